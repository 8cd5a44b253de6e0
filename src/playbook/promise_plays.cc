#include "playbook/promise_plays.h"

#include <algorithm>

#include "base/format.h"

namespace xinjing::playbook {
namespace {

constexpr std::string_view kHeader = "when\tact\tzh\ten";

}  // namespace

Result<PromisePlays> PromisePlays::parse(std::string_view text, std::string_view name) {
  PromisePlays plays;
  bool header = false;
  std::uint32_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const auto refuse = [&](std::size_t column, Said said) {
      return fail(ErrorCode::kBadInput, std::move(said),
                  fmt::format("{}:{}:{}", name, number, column + 1));
    };
    if (!header) {
      header = line == kHeader;
      if (header) continue;
      return refuse(0, {"the header is: when act zh en, with tabs",
                        "表头应为：when act zh en，以制表符分隔"});
    }
    std::vector<std::string> cells;
    for (std::size_t at = 0; at <= line.size();) {
      const std::size_t tab = std::min(line.find('\t', at), line.size());
      if (tab == at) return refuse(at, {"a cell is empty", "有空单元格"});
      cells.emplace_back(line.substr(at, tab - at));
      at = tab + 1;
    }
    if (cells.size() != 4) return refuse(0, {"a row has 4 columns", "每行应有 4 列"});
    plays.x_rows.push_back({cells[0], cells[1], {cells[3], cells[2]}});
  }
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
