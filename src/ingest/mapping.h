#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "ingest/header.h"
#include "ingest/speaker.h"
#include "ingest/table.h"
#include "ingest/values.h"
#include "sources/source.h"

namespace xinjing::ingest {

/// What a mapping file (TOML, docs/files.md) says of the files whose name matches.
struct FileRule {
  std::string match;                             // name of a file, with * and ?
  const TableSpec* table = nullptr;              // null: found out
  bool skip = false;                             // the files are not read
  std::map<std::string, std::string> columns;    // header_key of the header -> field
  std::map<std::string, std::string> constants;  // field -> text in every row
  std::optional<int> offset_minutes;
  std::string currency;
  std::optional<bool> day_first;
  std::optional<int> year;
  sources::OpenOptions open;  // encoding, delimiter, sheet, header
};

/// A mapping file. Empty where there is none: everything is then found out.
struct Mapping {
  std::vector<FileRule> files;
  int offset_minutes = 480;
  std::string currency = "CNY";
  std::map<std::string, Speaker> speakers;  // header_key of the word

  /// `name` is the file's name, for places. Unknown keys, tables and fields are failures.
  static Result<Mapping> parse(std::string_view toml, std::string name);
  static Result<Mapping> load(const std::filesystem::path& path);

  /// The first rule that matches the name of a file (without its folder); null if none does.
  const FileRule* rule_for(std::string_view file_name) const;
};

/// True if `name` matches `pattern`, in which * stands for any text and ? for one byte.
bool matches(std::string_view pattern, std::string_view name);

/// How the columns of one file become rows of a table.
struct Plan {
  const TableSpec* table = nullptr;
  ColumnFields fields = {};
  std::vector<std::pair<int, std::string>> constants = {};  // field, text
  TimeOptions time = {};
  std::string currency = {};  // of amounts that name none
  std::map<std::string, Speaker> speakers = {};
  bool handle_of_sender = false;  // the handle is the one who wrote, not always the customer
  Fit fit = {};                   // why this table
};

/// The plan for a file with these headers: what its rule says, and the best fit for the rest.
/// Fails where no table fits, or a required column is missing.
Result<Plan> plan_for(std::string_view file_name, std::span<const std::string> headers,
                      const Mapping& mapping);

/// Whether the row of names of an opened file seems to be missing: what stands there is data.
bool lacks_header(const sources::Source& source, std::string_view file_name,
                  const Mapping& mapping);

/// The plan for an opened file; a failure has the file as its place, and says with the line where
/// it is that the row of names is missing.
Result<Plan> plan_for(const sources::Source& source, const std::string& path,
                      const Mapping& mapping);

/// Fills the plan's fields for a header that has grown.
void widen(Plan& plan, std::string_view file_name, std::span<const std::string> headers,
           const Mapping& mapping);

}  // namespace xinjing::ingest
