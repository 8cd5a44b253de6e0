#include "language/work_calendar.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/format.h"

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

std::vector<std::string> split(std::string_view text, char mark) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(mark, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

int weekday_of(Day day) { return ((day.number + 3) % 7 + 7) % 7; }

Result<WorkCalendar> WorkCalendar::parse(std::string_view text, std::string_view name) {
  WorkCalendar calendar;
  bool header = false;
  std::uint32_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const auto refuse = [&](int column, Said said) {
      return fail(ErrorCode::kBadInput, std::move(said),
                  fmt::format("{}:{}:{}", name, number, column));
    };
    if (!header) {
      header = line == kHeader;
      if (header) continue;
      return refuse(
          1, {"the header is: day kind name, with tabs", "表头应为：day kind name，以制表符分隔"});
    }
    const std::vector<std::string> cells = split(line, '\t');
    if (cells.size() != 3) return refuse(1, {"a row has 3 columns", "每行应有 3 列"});
    const std::optional<Day> day = day_from(cells[0]);
    if (!day) return refuse(1, {"there is no such day", "没有这一天"});
    if (!calendar.x_days.empty() && *day <= calendar.x_days.rbegin()->first) {
      return refuse(1, {"days are in order, each once", "日期应按顺序，且不重复"});
    }
    const int kind_column = static_cast<int>(cells[0].size()) + 2;
    if (cells[1] != "off" && cells[1] != "work") {
      return refuse(kind_column, {"the kind is off or work", "kind 应为 off 或 work"});
    }
    const bool off = cells[1] == "off";
    if (off && cells[2].empty()) {
      return refuse(kind_column, {"a day off has a name", "休息日应有名称"});
    }
    calendar.x_days[*day] = {off, off ? split(cells[2], '|') : std::vector<std::string>{}};
  }
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
