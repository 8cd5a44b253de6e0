#pragma once

#include <optional>
#include <string_view>

#include "base/day.h"
#include "base/span.h"
#include "language/reading.h"

namespace xinjing::language {

/// A time by which something is due, as words say it.
struct DueTime {
  Day day;
  Span span;  // bytes of the text that say it
};

/// The first due time that `text` names, counted from the day it was said: 今天/明天/后天…前,
/// N小时内, N天内, N个工作日, 周五前, 下周三, 月底, 3月13号…前; within 24 hours, in two business
/// days, by Friday, by tomorrow, end of the month. Working days leave out Saturdays and Sundays;
/// public holidays are not known. Hours are rounded up to whole days. Nothing where no time is
/// named.
std::optional<DueTime> find_due_time(std::string_view text, Day said_on);

/// The due time that goes with what is said in one turn: named there, or in the next turn of the
/// other side. Nothing where the turns have no time. `offset_minutes`: the local zone.
std::optional<Day> due_day(const Conversation& conversation, std::uint32_t turn,
                           int offset_minutes);

}  // namespace xinjing::language
