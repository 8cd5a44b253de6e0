#include "base/tsv.h"

#include <algorithm>

#include "base/format.h"

namespace xinjing {

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(mark, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

Failure TsvRow::refuse(std::string_view part, Said said) const {
  return fail(ErrorCode::kBadInput, std::move(said),
              fmt::format("{}:{}", place, part.data() - line.data() + 1));
}

Result<std::optional<TsvRow>> TsvReader::next() {
  while (x_at < x_text.size()) {
    const std::size_t end = std::min(x_text.find('\n', x_at), x_text.size());
    const std::string_view line = x_text.substr(x_at, end - x_at);
    x_at = end + 1;
    ++x_line;
    if (line.empty() || line.front() == '#') continue;
    TsvRow row{line, split(line, '\t'), fmt::format("{}:{}", x_name, x_line)};
    const std::vector<std::string_view> header = split(x_header, '\t');
    if (!x_headed) {
      x_headed = line == x_header;
      if (x_headed) continue;
      const std::string names = fmt::format("{}", fmt::join(header, " "));
      return row.refuse(line, {fmt::format("the header is: {}, with tabs", names),
                               fmt::format("表头应为：{}，以制表符分隔", names)});
    }
    if (row.cells.size() != header.size()) {
      return row.refuse(line, {fmt::format("a row has {} columns", header.size()),
                               fmt::format("每行应有 {} 列", header.size())});
    }
    return std::optional<TsvRow>(std::move(row));
  }
  return std::optional<TsvRow>();
}

}  // namespace xinjing
