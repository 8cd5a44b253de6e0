#include "sources/batch.h"

#include <algorithm>
#include <cstring>

#include "base/check.h"

namespace xinjing::sources {

char* Arena::room(std::size_t size) {
  constexpr std::size_t kBlock = 1U << 16;
  while (x_current < x_blocks.size()) {
    Block& block = x_blocks[x_current];
    if (block.size - block.used >= size) {
      block.used += size;
      return block.bytes.get() + (block.used - size);
    }
    ++x_current;
  }
  const std::size_t capacity = std::max(size, kBlock);
  x_blocks.push_back({std::make_unique_for_overwrite<char[]>(capacity), capacity, size});
  return x_blocks.back().bytes.get();
}

std::string_view Arena::keep(std::string_view text) {
  if (text.empty()) return {};
  char* copy = room(text.size());
  std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

void Arena::clear() {
  // One huge cell must not hold its memory for the rest of the file.
  std::erase_if(x_blocks, [](const Block& block) { return block.size > (1U << 20); });
  for (Block& block : x_blocks) block.used = 0;
  x_current = 0;
}

void Batch::clear() {
  records.clear();
  problems.clear();
  repaired = 0;
  end = {};
  x_cells.clear();
  x_columns.clear();
  x_arena.clear();
}

void Batch::begin_record(std::int64_t line) {
  records.push_back({line, std::uint32_t(x_cells.size()), 0});
}

void Batch::add_cell(std::string_view text, std::uint32_t column) {
  XINJING_CHECK(!records.empty());
  x_cells.push_back(text);
  x_columns.push_back(column);
  ++records.back().count;
}

void Batch::drop_record() {
  x_cells.resize(records.back().first);
  x_columns.resize(records.back().first);
  records.pop_back();
}

}  // namespace xinjing::sources
