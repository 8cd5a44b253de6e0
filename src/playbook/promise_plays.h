#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/result.h"

namespace xinjing::playbook {

/// What to do about a promise, by its situation and the kind of act (plays/promises.tsv).
class PromisePlays {
 public:
  /// Reads comment lines with '#', the header `when act zh en`, and rows; act `*` is any. Refused
  /// with file:line:column: another header, a row with other than four columns, an empty cell.
  static Result<PromisePlays> parse(std::string_view text, std::string_view name);

  /// For a situation (overdue, soon, open, undated, unmet) and acts joined by '+': the play of the
  /// first act that has one, else that of any act; null if there is none.
  const Said* find(std::string_view when, std::string_view acts) const;

 private:
  struct Row {
    std::string when, act;
    Said text;
  };
  std::vector<Row> x_rows;
};

}  // namespace xinjing::playbook
