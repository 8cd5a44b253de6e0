#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/result.h"

namespace xinjing::playbook {

/// What to do for somebody, and words to begin with.
struct Play {
  Said what;
  Said say;  // may be empty
};

/// What to do by construct and state (plays/states.tsv): bond:leave, motive:vent, need:safety, …
class StatePlays {
 public:
  /// Reads comment lines with '#', the header `construct state zh en say_zh say_en`, and rows; `-`
  /// is nothing to say. Refused with file:line:column: another header, a row with other than six
  /// cells, an empty cell, a state twice.
  static Result<StatePlays> parse(std::string_view text, std::string_view name);

  /// The play of "construct:state"; null if there is none.
  const Play* find(std::string_view key) const;
  std::size_t size() const { return x_rows.size(); }

 private:
  struct Row {
    std::string key;
    Play play;
  };
  std::vector<Row> x_rows;
};

}  // namespace xinjing::playbook
