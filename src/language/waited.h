#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/span.h"

// Waits that a text tells of with their length: 等了三天, 排队两小时, "waited 3 weeks", "on hold
// for 40 minutes".
namespace xinjing::language {

/// A length of time, as it stands in a text.
struct Wait {
  Span chars;  // the number and its unit
  double minutes = 0;

  /// 1 where it is at most a quarter of an hour, -1 from 40 minutes on; between them 0.
  int sign() const { return minutes <= kShort ? 1 : minutes >= kLong ? -1 : 0; }

  static constexpr double kShort = 15;  // minutes
  static constexpr double kLong = 40;
};

/// The length of time whose number begins at `at`; of size 0 where there is none.
/// REQUIRES: `text` is normalised, at < text.size().
Wait wait_at(std::u32string_view text, std::size_t at);

/// What makes a length of time behind it a wait, with at most kWaitReach characters between and in
/// the same clause: 等了, 排队, "waited", "on hold".
std::span<const std::u32string> words_of_waiting();
inline constexpr std::size_t kWaitReach = 12;
/// Whether a clause ends here for that.
bool ends_wait(char32_t c);

}  // namespace xinjing::language
