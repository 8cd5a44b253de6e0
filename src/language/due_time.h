#pragma once

#include <optional>
#include <string_view>

#include "base/day.h"
#include "base/span.h"
#include "language/reading.h"
#include "language/work_calendar.h"

namespace xinjing::language {

/// A local moment, to the minute.
struct Moment {
  Day day;
  int minute = 0;  // of the day, 0 to 1439
};

Moment local_moment(Instant instant, int offset_minutes);

/// A time by which something is due, as words say it.
struct DueTime {
  Day day;
  std::optional<int> minute;  // of the day; nothing: by the end of the day
  Span span;                  // bytes of the text that say it
};

/// The first due time that `text` names, reckoned from the moment it was said: 48小时内,
/// 三个工作日, 半个月内, 明天下午3点前, 周五之前, 下周三, 月底, 3月13号, 国庆前, 下班前; within 24
/// hours, in two business days, by Friday, tomorrow morning, by the end of the month.
///
/// Conventions (docs/methods/due-time.md): hours count from the moment, days and weeks from the
/// day, working days by the calendar; a named day counts to its end; a part of a day has a clock
/// time (上午 12:00, 下午 18:00, end of day 18:00). Nothing for what is past or lasts: 等了三天,
/// 三天前, 保修一年, 24小时热线.
/// In a text of two languages each stretch is read in its own first.
/// Cost: one pass over the first 2,000 bytes.
std::optional<DueTime> find_due_time(std::string_view text, Moment said,
                                     const WorkCalendar& calendar = {});

/// A due time and the turn whose bytes say it.
struct TurnDue {
  std::uint32_t turn = 0;
  DueTime due;
};

/// The due time that some bytes of a turn name, a clause as a rule. Nothing where the turn has no
/// time. `offset_minutes`: the local zone.
std::optional<TurnDue> due_time(const Conversation& conversation, std::uint32_t turn, Span clause,
                                int offset_minutes, const WorkCalendar& calendar = {});

/// The due time that the answer to a turn names: the next turn, if another speaks there. Nothing
/// where either has no time.
std::optional<TurnDue> due_time_of_answer(const Conversation& conversation, std::uint32_t turn,
                                          int offset_minutes, const WorkCalendar& calendar = {});

}  // namespace xinjing::language
