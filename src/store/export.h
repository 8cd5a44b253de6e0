#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace xinjing::store {

enum class ExportFormat : std::uint8_t { kCsv, kJsonLines, kParquet };

/// The ending of such a file, which is also the word on the command line: "csv", "jsonl",
/// "parquet".
std::string_view export_ending(ExportFormat format);
std::optional<ExportFormat> export_format_from(std::string_view word);

struct ExportedFile {
  std::filesystem::path path;
  std::int64_t rows = 0;
};

/// The views of docs/schema.md without their "v_": customers, portraits, …
std::vector<std::string> exported_views();

/// For what an export is made, and what it may hold of the constructs: goes into the file `use`.
struct ExportUse {
  struct Rule {
    std::string construct;
    bool allowed = false;
    std::string reason;  // why it is not
  };
  std::string use;
  std::vector<Rule> rules;  // one for each construct that is known; others are left out
};

struct ExportOptions {
  ExportFormat format = ExportFormat::kCsv;
  /// Texts in CSV as they are. Else one that a spreadsheet would take for a formula, because it
  /// begins with = + - @, a tab or a line end, gets an apostrophe before it. Numbers never do.
  bool raw = false;
  /// Rows of constructs that it does not allow are left out of the views that name a construct;
  /// in `readings` their columns are empty, and `expectations` has no row. Null: everything.
  const ExportUse* use = nullptr;
};

/// Writes one file for each view into `folder`, which is made if need be; existing files of these
/// names are replaced. With a use one more file, `use`, says what may be used and why the rest may
/// not. Rows are sorted by all columns, so equal databases give equal files (CSV and
/// JSON lines). Cost: sorts each view, outside memory where needed.
Result<std::vector<ExportedFile>> export_views(const Database& database,
                                               const std::filesystem::path& folder,
                                               const ExportOptions& options = {});

}  // namespace xinjing::store
