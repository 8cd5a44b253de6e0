#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace xinjing::cli {

/// A table that somebody brings, all of it in memory.
struct Sheet {
  using Cells = std::vector<std::string>;  // without blanks at their ends; as many as the header
  Cells header;
  std::vector<Cells> rows;
  std::vector<std::int64_t> lines;  // of the file; parallel to rows
  std::size_t rejected = 0;         // rows that could not be read
};

/// Reads CSV, TSV, JSON lines, Parquet or XLSX. kBadInput where there are no rows, or more than
/// `most_rows`.
Result<Sheet> read_sheet(const std::filesystem::path& file, std::size_t most_rows);

/// The column of this name, letter by letter if there is one, else whatever its capitals and marks.
std::optional<std::size_t> find_column(const Sheet& sheet, std::string_view name);

}  // namespace xinjing::cli
