#pragma once

#include <string_view>

#include "base/span.h"

namespace xinjing::language {

/// A length of time that somebody waited, as it stands in a text.
struct Wait {
  Span chars;  // the number and its unit
  double minutes = 0;
};
/// The wait whose number begins at `at`; of size 0 where there is none.
Wait wait_at(std::u32string_view text, std::size_t at);

inline constexpr double kShortWait = 15;  // minutes
inline constexpr double kLongWait = 40;

/// Calls `visit(chars, sign)` for each wait that a text tells of with its length: 等了三天,
/// 排队两小时, "waited 3 weeks", "on hold for 40 minutes". The sign is 1 where it is at most a
/// quarter of an hour, -1 from 40 minutes on; between them nothing is said. REQUIRES: `text` is
/// normalised. Cost: one pass over the characters.
template <typename Visit>
void for_each_wait(std::u32string_view text, Visit&& visit) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const Wait wait = wait_at(text, at);
    if (wait.chars.size() == 0) continue;
    at = wait.chars.end - 1;
    if (wait.minutes <= kShortWait) visit(wait.chars, 1);
    if (wait.minutes >= kLongWait) visit(wait.chars, -1);
  }
}

}  // namespace xinjing::language
