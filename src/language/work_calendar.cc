#include "language/work_calendar.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/tsv.h"

namespace xinjing::language {
namespace {

constexpr std::string_view kHeader = "day\tkind\tname";

std::optional<Day> day_from(std::string_view text) {
  int part[3] = {};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int i = 0; i < 3; ++i) {
    const auto [next, error] = std::from_chars(at, end, part[i]);
    if (error != std::errc() || (i < 2 && (next == end || *next != '-'))) return std::nullopt;
    at = i < 2 ? next + 1 : next;
  }
  if (at != end) return std::nullopt;
  return day_from_date(part[0], part[1], part[2]);
}

}  // namespace

int weekday_of(Day day) { return ((day.number + 3) % 7 + 7) % 7; }

Result<WorkCalendar> WorkCalendar::parse(std::string_view text, std::string_view name) {
  WorkCalendar calendar;
  const Status read = TsvReader(text, name, kHeader).each([&](const TsvRow& row) -> Status {
    const auto& cells = row.cells;
    const std::optional<Day> day = day_from(cells[0]);
    if (!day) return row.refuse(cells[0], {"there is no such day", "没有这一天"});
    if (!calendar.x_days.empty() && *day <= calendar.x_days.rbegin()->first) {
      return row.refuse(cells[0], {"days are in order, each once", "日期应按顺序，且不重复"});
    }
    if (cells[1] != "off" && cells[1] != "work") {
      return row.refuse(cells[1], {"the kind is off or work", "kind 应为 off 或 work"});
    }
    const bool off = cells[1] == "off";
    if (off && cells[2].empty()) {
      return row.refuse(cells[1], {"a day off has a name", "休息日应有名称"});
    }
    std::vector<std::string> names;
    if (off) {
      for (const std::string_view one : split(cells[2], '|')) names.emplace_back(one);
    }
    calendar.x_days[*day] = {off, std::move(names)};
    return {};
  });
  if (!read) return read.failure();
  return calendar;
}

bool WorkCalendar::is_working(Day day) const {
  const auto special = x_days.find(day);
  return special == x_days.end() ? weekday_of(day) < 5 : !special->second.off;
}

Day WorkCalendar::after(Day day, int n) const {
  while (n > 0) {
    ++day.number;
    n -= is_working(day) ? 1 : 0;
  }
  return day;
}

bool WorkCalendar::begins_holiday(Day day, const Special& special) const {
  const auto before = x_days.find(Day{day.number - 1});
  return before == x_days.end() || !before->second.off || before->second.names != special.names;
}

std::optional<Day> WorkCalendar::next_holiday(std::string_view name, Day day) const {
  for (auto at = x_days.upper_bound(day); at != x_days.end(); ++at) {
    const auto& [there, special] = *at;
    const bool named = name.empty() || std::find(special.names.begin(), special.names.end(),
                                                 name) != special.names.end();
    if (special.off && named && begins_holiday(there, special)) return there;
  }
  return std::nullopt;
}

std::optional<Day> WorkCalendar::back_at_work(Day day) const {
  const auto here = x_days.find(day);
  const bool inside = here != x_days.end() && here->second.off;
  const std::optional<Day> holiday = inside ? std::optional(day) : next_holiday("", day);
  if (!holiday) return std::nullopt;
  Day at = *holiday;
  for (auto special = x_days.find(at); special != x_days.end() && special->second.off;
       special = x_days.find(at)) {
    ++at.number;
  }
  return after(Day{at.number - 1}, 1);
}

}  // namespace xinjing::language
