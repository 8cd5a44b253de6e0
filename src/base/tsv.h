#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace xinjing {

/// The text between marks, empty pieces included.
std::vector<std::string_view> split(std::string_view text, char mark);

/// A row of a data file. Views into its text.
struct TsvRow {
  std::string_view line;
  std::vector<std::string_view> cells;
  std::string place;  // "scope.zh.tsv:12"

  /// A failure (kBadInput) at a part of the line, with file:line:column (in bytes).
  Failure refuse(std::string_view part, Said said) const;
};

/// Reads a data file of the project row by row: comment lines with '#', empty lines, one header
/// line, then rows with as many cells. `name` is the file's, for places. What is not so is refused
/// with file:line:column.
class TsvReader {
 public:
  TsvReader(std::string_view text, std::string_view name, std::string_view header)
      : x_text(text), x_name(name), x_header(header) {}
  /// The next row, or nothing at the end.
  Result<std::optional<TsvRow>> next();
  /// Calls `visit`, a Status(const TsvRow&), for each row that is left; the first failure, of the
  /// file or of `visit`, ends it and is returned.
  template <typename Visit>
  Status each(Visit&& visit) {
    for (;;) {
      const Result<std::optional<TsvRow>> row = next();
      if (!row) return row.failure();
      if (!*row) return {};
      if (Status done = visit(**row); !done) return done;
    }
  }

 private:
  std::string_view x_text, x_name, x_header;
  std::size_t x_at = 0;
  std::uint32_t x_line = 0;
  bool x_headed = false;
};

}  // namespace xinjing
