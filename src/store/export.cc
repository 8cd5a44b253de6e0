#include "store/export.h"

#include "base/format.h"

namespace xinjing::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEndings[] = {"csv", "jsonl", "parquet"};

std::string_view copy_options(ExportFormat format) {
  constexpr std::string_view kOptions[] = {"(FORMAT csv, HEADER)", "(FORMAT json)",
                                           "(FORMAT parquet, COMPRESSION zstd)"};
  return kOptions[static_cast<std::size_t>(format)];
}

// Full-width signs count as well: spreadsheets set to Chinese or Japanese read them as the narrow.
constexpr std::string_view kHarmless =
    "CASE WHEN REGEXP_MATCHES(\"{0}\", '^[-=+@\\t\\r\\n＝＋－＠]') "
    "THEN '''' || \"{0}\" ELSE \"{0}\" END AS \"{0}\"";

/// The columns of a view, its texts made harmless for spreadsheets.
Result<std::string> harmless_columns(const DuckConnection& connection, const std::string& view) {
  Result<DuckResult> rows =
      connection.query(fmt::format("SELECT column_name, column_type FROM (DESCRIBE v_{})", view));
  if (!rows) return rows.failure();
  std::vector<std::string> columns;
  const Status read = rows->each([&](const DuckRow& row) {
    const bool text = row.text(1) == "VARCHAR";
    columns.push_back(text ? fmt::format(kHarmless, row.text(0)) : std::string(row.text(0)));
  });
  if (!read) return read.failure();
  return fmt::format("{}", fmt::join(columns, ", "));
}

}  // namespace

std::string_view export_ending(ExportFormat format) {
  return kEndings[static_cast<std::size_t>(format)];
}

std::optional<ExportFormat> export_format_from(std::string_view word) {
  for (std::size_t i = 0; i < std::size(kEndings); ++i) {
    if (kEndings[i] == word) return static_cast<ExportFormat>(i);
  }
  return {};
}

std::vector<std::string> exported_views() {
  return {"customers", "portraits",     "readings", "expectations",
          "evidence",  "conversations", "messages", "tally"};
}

Result<std::vector<ExportedFile>> export_views(const Database& database, const fs::path& folder,
                                               const ExportOptions& options) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return fail(ErrorCode::kIo, {"cannot make the folder", "无法创建文件夹"}, folder.string());
  }
  std::vector<ExportedFile> out;
  for (const std::string& view : exported_views()) {
    const fs::path path = folder / fmt::format("{}.{}", view, export_ending(options.format));
    Result<std::string> columns = std::string("*");
    if (options.format == ExportFormat::kCsv && !options.raw) {
      columns = harmless_columns(database.connection(), view);
      if (!columns) return columns.failure();
    }
    Result<DuckResult> written = database.connection().query(
        fmt::format("COPY (SELECT {} FROM v_{} ORDER BY ALL) TO {} {}", *columns, view,
                    sql_quoted(path.string()), copy_options(options.format)));
    if (!written) {
      Failure failure = written.failure();
      failure.error.place = path.string();
      return failure;
    }
    out.push_back({path, written->rows_changed()});
  }
  return out;
}

}  // namespace xinjing::store
