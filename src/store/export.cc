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
                                               ExportFormat format) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return fail(ErrorCode::kIo, {"cannot make the folder", "无法创建文件夹"}, folder.string());
  }
  std::vector<ExportedFile> out;
  for (const std::string& view : exported_views()) {
    const fs::path path = folder / fmt::format("{}.{}", view, export_ending(format));
    Result<DuckResult> written = database.connection().query(
        fmt::format("COPY (SELECT * FROM v_{} ORDER BY ALL) TO {} {}", view,
                    sql_quoted(path.string()), copy_options(format)));
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
