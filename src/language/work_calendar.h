#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"

namespace xinjing::language {

/// Monday is 0.
int weekday_of(Day day);

/// Which days are worked: Monday to Friday, but for public holidays and the days that make up for
/// them. Without a file it knows weekends only; beyond the years of its file too.
/// Immutable, any thread.
class WorkCalendar {
 public:
  WorkCalendar() = default;

  /// Reads lexicons/calendar.*.tsv: comment lines with '#', the header `day kind name`, ascending
  /// days; kind is off or work; name is a holiday's, several joined by '|'. `name` is the file's,
  /// for places. Refused with file:line:column: another header, a missing column, a day that does
  /// not exist or is out of order, an unknown kind, a day off without a name.
  static Result<WorkCalendar> parse(std::string_view text, std::string_view name);

  bool is_working(Day day) const;
  /// The n-th working day after `day`. REQUIRES: n >= 1.
  Day after(Day day, int n) const;
  /// The first day off of the next holiday of this name that begins after `day`.
  std::optional<Day> next_holiday(std::string_view name, Day day) const;
  /// The first working day after the holiday that `day` lies in or that comes next.
  std::optional<Day> back_at_work(Day day) const;

 private:
  struct Special {
    bool off = false;
    std::vector<std::string> names;
  };
  bool begins_holiday(Day day, const Special& special) const;
  std::map<Day, Special> x_days;
};

}  // namespace xinjing::language
