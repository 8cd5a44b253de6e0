#pragma once

#include <optional>
#include <string_view>

#include "base/day.h"

namespace xinjing::language {

/// The last day before `said` (or that day) that the end of a text names: 10号, 周四, 昨天,
/// yesterday, on Monday; nothing if it names none.
/// REQUIRES: `text` is normalised. Cost: a search for each of its forty words.
std::optional<Day> past_day(std::u32string_view text, Day said);

}  // namespace xinjing::language
