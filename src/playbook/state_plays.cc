#include "playbook/state_plays.h"

#include "base/tsv.h"

namespace xinjing::playbook {
namespace {

constexpr std::string_view kHeader = "construct\tstate\tzh\ten\tsay_zh\tsay_en";

std::string unless_dash(std::string_view cell) { return cell == "-" ? "" : std::string(cell); }

}  // namespace

Result<StatePlays> StatePlays::parse(std::string_view text, std::string_view name) {
  StatePlays plays;
  const Status read = TsvReader(text, name, kHeader).each([&](const TsvRow& line) -> Status {
    const auto& cells = line.cells;
    for (const std::string_view cell : cells) {
      if (cell.empty()) return line.refuse(cell, {"a cell is empty", "有空单元格"});
    }
    Row row = {std::string(cells[0]) + ":" + std::string(cells[1]),
               {{std::string(cells[3]), std::string(cells[2])},
                {unless_dash(cells[5]), unless_dash(cells[4])}}};
    if (plays.find(row.key) != nullptr) {
      return line.refuse(cells[1], {"this state has a play already", "这个状态已有做法"});
    }
    plays.x_rows.push_back(std::move(row));
    return {};
  });
  if (!read) return read.failure();
  return plays;
}

const Play* StatePlays::find(std::string_view key) const {
  for (const Row& row : x_rows) {
    if (row.key == key) return &row.play;
  }
  return nullptr;
}

}  // namespace xinjing::playbook
