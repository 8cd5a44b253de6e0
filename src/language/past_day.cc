#include "language/past_day.h"

#include <array>
#include <string>

#include "language/work_calendar.h"

namespace xinjing::language {
namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

}  // namespace

std::optional<Day> past_day(std::u32string_view text, Day said) {
  struct DayName {
    std::u32string_view word;
    int weekday;  // Monday is 0; -1: some days ago
    int ago;
  };
  constexpr std::array kNames = {
      DayName{U"昨", -1, 1},        DayName{U"前天", -1, 2},    DayName{U"今天", -1, 0},
      DayName{U"刚才", -1, 0},      DayName{U"上周", -1, 7},    DayName{U"上礼拜", -1, 7},
      DayName{U"上个月", -1, 30},   DayName{U"周一", 0, 0},     DayName{U"周二", 1, 0},
      DayName{U"周三", 2, 0},       DayName{U"周四", 3, 0},     DayName{U"周五", 4, 0},
      DayName{U"周六", 5, 0},       DayName{U"周日", 6, 0},     DayName{U"yesterday", -1, 1},
      DayName{U"last week", -1, 7}, DayName{U"monday", 0, 0},   DayName{U"tuesday", 1, 0},
      DayName{U"wednesday", 2, 0},  DayName{U"thursday", 3, 0}, DayName{U"friday", 4, 0},
      DayName{U"saturday", 5, 0},   DayName{U"sunday", 6, 0},   DayName{U"礼拜一", 0, 0},
      DayName{U"礼拜二", 1, 0},     DayName{U"礼拜三", 2, 0},   DayName{U"礼拜四", 3, 0},
      DayName{U"礼拜五", 4, 0},     DayName{U"礼拜六", 5, 0},   DayName{U"礼拜天", 6, 0},
      DayName{U"星期一", 0, 0},     DayName{U"星期二", 1, 0},   DayName{U"星期三", 2, 0},
      DayName{U"星期四", 3, 0},     DayName{U"星期五", 4, 0},   DayName{U"星期六", 5, 0},
      DayName{U"星期天", 6, 0}};
  std::size_t latest = 0;
  std::optional<Day> day;
  for (const DayName& name : kNames) {
    const std::size_t at = text.rfind(name.word);
    if (at == text.npos || (day && at < latest)) continue;
    latest = at;
    const int ago = name.weekday < 0 ? name.ago : (weekday_of(said) - name.weekday + 7) % 7;
    day = Day{said.number - ago};
  }
  for (std::size_t at = text.rfind(U'号'); at != text.npos && at > 0;
       at = text.rfind(U'号', at - 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_digit(text[begin - 1])) --begin;
    if (begin == at || at - begin > 2 || (day && begin < latest)) break;
    int number = 0;
    for (std::size_t i = begin; i < at; ++i)
      number = number * 10 + static_cast<int>(text[i] - U'0');
    for (int ago = 0; ago <= 31; ++ago) {
      const Day then{said.number - ago};
      const std::string iso = iso_date(then);
      if (std::stoi(iso.substr(iso.size() - 2)) == number) return then;
    }
    break;
  }
  return day;
}

}  // namespace xinjing::language
