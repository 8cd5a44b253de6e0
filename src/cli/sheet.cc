#include "cli/sheet.h"

#include "base/format.h"
#include "ingest/header.h"
#include "ingest/values.h"
#include "sources/source.h"

namespace xinjing::cli {

Result<Sheet> read_sheet(const std::filesystem::path& file, std::size_t most_rows) {
  auto source = sources::open_source(file, {});
  if (!source) return source.failure();
  Sheet out;
  for (sources::Batch batch;;) {
    if (Status read = (*source)->next(batch); !read) return read.failure();
    if (batch.empty()) break;
    out.rejected += batch.problems.size();
    for (const sources::Record& record : batch.records) {
      Sheet::Cells cells;
      for (const std::string_view cell : batch.cells(record)) {
        cells.emplace_back(ingest::trimmed(cell));
      }
      out.rows.push_back(std::move(cells));
      out.lines.push_back(record.line);
    }
    if (out.rows.size() > most_rows) {
      return fail(
          ErrorCode::kBadInput,
          {fmt::format("more than {} rows", most_rows), fmt::format("超过 {} 行", most_rows)},
          file.string());
    }
  }
  const auto header = (*source)->header();
  out.header.assign(header.begin(), header.end());
  for (Sheet::Cells& row : out.rows) row.resize(out.header.size());
  if (!out.rows.empty()) return out;
  return fail(ErrorCode::kBadInput, {"there are no rows", "没有数据行"}, file.string());
}

std::optional<std::size_t> find_column(const Sheet& sheet, std::string_view name) {
  for (std::size_t c = 0; c < sheet.header.size(); ++c) {
    if (sheet.header[c] == name) return c;
  }
  for (std::size_t c = 0; c < sheet.header.size(); ++c) {
    if (ingest::header_key(sheet.header[c]) == ingest::header_key(name)) return c;
  }
  return {};
}

}  // namespace xinjing::cli
