#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/day.h"

namespace xinjing::behaviour {

/// How many rows a day has.
struct DayRows {
  Day day;
  std::int64_t rows = 0;
};

/// The days that clocks can have meant. Few rows (1 in 1,000 at most, or one) that lie over 90 days
/// after all others, or over two years before them, are errors of a clock: as where a field was
/// left at 1970 or a year was typed wrong. Of fewer than 20 rows none can be told to be odd.
struct SoundDays {
  Day first, last;          // of those that are believed
  Day earliest, latest;     // of all
  std::int64_t before = 0;  // rows before `first`
  std::int64_t beyond = 0;  // rows after `last`
};

/// Nothing where there is no day. REQUIRES: days ascending, each once, with rows.
std::optional<SoundDays> sound_days(std::span<const DayRows> days);

}  // namespace xinjing::behaviour
