#include "store/export.h"

#include <algorithm>

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

bool allows(const ExportUse* use, std::string_view construct) {
  if (use == nullptr) return true;
  return std::any_of(use->rules.begin(), use->rules.end(), [&](const ExportUse::Rule& rule) {
    return rule.construct == construct && rule.allowed;
  });
}

/// The construct that a column of v_readings tells of; empty for the others.
std::string_view construct_of(std::string_view view, std::string_view column) {
  constexpr std::string_view kRead[] = {"sentiment", "emotion",      "motive",     "need",
                                        "stage",     "satisfaction", "escalation", "urgency"};
  if (view != "readings") return {};
  if (column.ends_with("_p")) column.remove_suffix(2);
  const auto* const found = std::find(std::begin(kRead), std::end(kRead), column);
  return found == std::end(kRead) ? std::string_view() : *found;
}

/// What somebody may buy is for serving, contacting, recommending, segments and research.
bool allows_value(std::string_view use) {
  constexpr std::string_view kUses[] = {"service", "follow_up", "recommendation", "segmentation",
                                        "research"};
  return std::find(std::begin(kUses), std::end(kUses), use) != std::end(kUses);
}

/// The rows of a view that a use leaves, as a condition.
std::string allowed_rows(const ExportUse* use, std::string_view view) {
  if (use == nullptr) return "TRUE";
  if (view == "expectations") return allows(use, "expectation") ? "TRUE" : "FALSE";
  if (view == "customer_values" || view == "recommendations")
    return allows_value(use->use) ? "TRUE" : "FALSE";
  if (view != "portraits" && view != "evidence" && view != "tally") return "TRUE";
  std::string ids = "''";
  for (const ExportUse::Rule& rule : use->rules) {
    if (rule.allowed) ids += ", " + sql_quoted(rule.construct);
  }
  return fmt::format("construct IN ({})", ids);
}

std::string column_text(std::string_view name, bool text, const ExportOptions& options) {
  const bool harmless = options.format == ExportFormat::kCsv && !options.raw;
  return text && harmless ? fmt::format(kHarmless, name) : fmt::format("\"{}\"", name);
}

/// The columns of a view; what a use does not leave is empty, and texts in CSV are made harmless
/// for spreadsheets.
Result<std::string> columns_of(const DuckConnection& connection, const std::string& view,
                               const ExportOptions& options) {
  Result<DuckResult> rows =
      connection.query(fmt::format("SELECT column_name, column_type FROM (DESCRIBE v_{})", view));
  if (!rows) return rows.failure();
  std::vector<std::string> columns;
  const Status read = rows->each([&](const DuckRow& row) {
    const std::string_view construct = construct_of(view, row.text(0));
    columns.push_back(construct.empty() || allows(options.use, construct)
                          ? column_text(row.text(0), row.text(1) == "VARCHAR", options)
                          : fmt::format("NULL::{} AS \"{}\"", row.text(1), row.text(0)));
  });
  if (!read) return read.failure();
  return fmt::format("{}", fmt::join(columns, ", "));
}

/// The rules of a use as a table.
std::string rules_query(const ExportUse& use, const ExportOptions& options) {
  std::string rows;
  for (const ExportUse::Rule& rule : use.rules) {
    rows += fmt::format("{}({}, {}, {}, {})", rows.empty() ? "" : ", ", sql_quoted(use.use),
                        sql_quoted(rule.construct), rule.allowed, sql_quoted(rule.reason));
  }
  return fmt::format(
      "SELECT {}, {}, allowed, {} FROM (VALUES {}) AS rules(use, construct, allowed, reason)",
      column_text("use", true, options), column_text("construct", true, options),
      column_text("reason", true, options), rows);
}

Result<ExportedFile> copied(const Database& database, const std::string& query,
                            const fs::path& path, ExportFormat format) {
  Result<DuckResult> written = database.connection().query(fmt::format(
      "COPY ({} ORDER BY ALL) TO {} {}", query, sql_quoted(path.string()), copy_options(format)));
  if (!written) {
    Failure failure = written.failure();
    failure.error.place = path.string();
    return failure;
  }
  return ExportedFile{path, written->rows_changed()};
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
  return {"customers",     "portraits",     "readings",        "expectations",
          "evidence",      "conversations", "messages",        "tally",
          "usage",         "usage_alerts",  "customer_values", "recommendations",
          "journey_steps", "journey_edges", "journey_variants"};
}

Result<std::vector<ExportedFile>> export_views(const Database& database, const fs::path& folder,
                                               const ExportOptions& options) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return fail(ErrorCode::kIo, {"cannot make the folder", "无法创建文件夹"}, folder.string());
  }
  std::vector<ExportedFile> out;
  const auto add = [&](std::string_view name, const std::string& query) -> Status {
    const fs::path path = folder / fmt::format("{}.{}", name, export_ending(options.format));
    Result<ExportedFile> file = copied(database, query, path, options.format);
    if (!file) return file.failure();
    out.push_back(std::move(*file));
    return {};
  };
  for (const std::string& view : exported_views()) {
    const Result<std::string> columns = columns_of(database.connection(), view, options);
    if (!columns) return columns.failure();
    const std::string query = fmt::format("SELECT {} FROM v_{} WHERE {}", *columns, view,
                                          allowed_rows(options.use, view));
    if (Status added = add(view, query); !added) return added.failure();
  }
  if (options.use != nullptr) {
    Status added = add("use", rules_query(*options.use, options));
    if (!added) return added.failure();
  }
  return out;
}

}  // namespace xinjing::store
