#pragma once

#include <optional>
#include <string_view>

#include "language/due_time.h"

// The two scanners behind find_due_time, and what they share.
namespace xinjing::language {

/// A due time at a place of a normalised text. [characters]
struct FoundDue {
  std::size_t begin = 0;
  std::size_t end = 0;
  Day day;
  std::optional<int> minute;
};

/// The first one at or after the beginning of `text`, which is normalised.
std::optional<FoundDue> scan_chinese(std::u32string_view text, Moment said,
                                     const WorkCalendar& calendar);
std::optional<FoundDue> scan_english(std::u32string_view text, Moment said,
                                     const WorkCalendar& calendar);

Day plus_days(Day day, int n);
/// The same day of a month `n` months on, or that month's last day.
Day plus_months(Day day, int n);
/// The last day of the month `n` months on.
Day month_end(Day day, int n);
int year_of(Day day);
/// 31 December of the day's year.
Day year_end(Day day);
/// The day of this month with that number, of the next if it is past; nothing if neither has it.
std::optional<Day> month_day(Day day, int number);
/// A date of the year; next year's if this year's is more than a month past.
std::optional<Day> year_day(Day day, int month, int number);
/// A moment `minutes` after another.
FoundDue after_minutes(Moment said, int minutes);

}  // namespace xinjing::language
