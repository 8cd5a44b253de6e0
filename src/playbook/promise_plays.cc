#include "playbook/promise_plays.h"

#include <algorithm>

#include "base/tsv.h"

namespace xinjing::playbook {
namespace {

constexpr std::string_view kHeader = "when\tact\tzh\ten";

}  // namespace

Result<PromisePlays> PromisePlays::parse(std::string_view text, std::string_view name) {
  PromisePlays plays;
  const Status read = TsvReader(text, name, kHeader).each([&](const TsvRow& line) -> Status {
    const auto& cells = line.cells;
    for (const std::string_view cell : cells) {
      if (cell.empty()) return line.refuse(cell, {"a cell is empty", "有空单元格"});
    }
    plays.x_rows.push_back({std::string(cells[0]),
                            std::string(cells[1]),
                            {std::string(cells[3]), std::string(cells[2])}});
    return {};
  });
  if (!read) return read.failure();
  return plays;
}

const Said* PromisePlays::find(std::string_view when, std::string_view acts) const {
  const auto of = [&](std::string_view act) -> const Said* {
    for (const Row& row : x_rows) {
      if (row.when == when && row.act == act) return &row.text;
    }
    return nullptr;
  };
  for (std::size_t at = 0; at < acts.size();) {
    const std::size_t end = std::min(acts.find('+', at), acts.size());
    if (const Said* play = of(acts.substr(at, end - at))) return play;
    at = end + 1;
  }
  return of("*");
}

}  // namespace xinjing::playbook
