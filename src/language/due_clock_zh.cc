#include "language/due_clock_zh.h"

#include <array>
#include <cmath>

namespace xinjing::language {

std::optional<std::pair<DueClockZh::Part, std::size_t>> DueClockZh::part(std::size_t at) const {
  constexpr std::array<Part, 17> kParts = {{{U"一大早", 600, false},
                                            {U"一早", 600, false},
                                            {U"早上", 600, false},
                                            {U"早晨", 600, false},
                                            {U"早", 600, false},
                                            {U"上午", 720, false},
                                            {U"中午", 780, false},
                                            {U"下午", 1080, true},
                                            {U"傍晚", 1140, true},
                                            {U"晚上", -1, true},
                                            {U"晚间", -1, true},
                                            {U"夜里", -1, true},
                                            {U"晚", -1, true},
                                            {U"凌晨", -1, false},
                                            {U"下班前", 1080, false},
                                            {U"下班之前", 1080, false},
                                            {U"下班以前", 1080, false}}};
  for (const Part& p : kParts) {
    if (has(at, p.word)) return std::pair(p, at + p.word.size());
  }
  return std::nullopt;
}

std::optional<DueClockZh::Clock> DueClockZh::clock(std::size_t at) const {
  std::size_t end = skip_space(at);
  if (has(end, U"的")) ++end;
  const auto of_day = part(end);
  if (of_day) end = skip_space(of_day->second);
  const std::optional<Number> hour = number(end);
  const auto alone = [&]() -> std::optional<Clock> {
    if (!of_day) return std::nullopt;
    constexpr int kNoon = 12 * kMinutesPerHour;
    if (of_day->first.word == U"中午" && past_by(of_day->second) != 0) {
      return Clock{kNoon, of_day->second, true};
    }
    return Clock{of_day->first.minute, of_day->second, true};
  };
  if (!hour || hour->value > 24 || hour->value != std::floor(hour->value)) return alone();
  int minute = static_cast<int>(hour->value) * kMinutesPerHour;
  std::size_t after_hour = hour->end;
  if (has(after_hour, U":")) {
    const std::optional<Number> past = minutes_at(after_hour + 1);
    if (!past) return alone();
    minute += static_cast<int>(past->value);
    after_hour = past->end;
  } else if (const auto mark = past_any(after_hour, {U"点钟", U"点整", U"点", U"时"})) {
    if (has(mark, U"间") || has(mark, U"候")) return alone();
    after_hour = mark;
    if (has(mark, U"半")) {
      minute += 30;
      after_hour = mark + 1;
    } else if (has(mark, U"一刻")) {
      minute += 15;
      after_hour = mark + 2;
    } else if (const auto past = number(mark); past && past->value < 60 && past->value >= 5) {
      minute += static_cast<int>(past->value);
      after_hour = past->end;
      if (has(after_hour, U"分")) ++after_hour;
    }
  } else {
    return alone();
  }
  if (of_day && of_day->first.afternoon && minute < 12 * kMinutesPerHour)
    minute += 12 * kMinutesPerHour;
  if (of_day && of_day->first.word == U"中午" && minute < 6 * kMinutesPerHour)
    minute += 12 * kMinutesPerHour;
  const Clock first{minute, after_hour, of_day.has_value()};
  return later_of_range(first).value_or(first);
}

/// 上午九点到十一点: by the later end it is due.
std::optional<DueClockZh::Clock> DueClockZh::later_of_range(const Clock& first) const {
  const std::size_t mark = past_any(skip_space(first.end), {U"到", U"至", U"-", U"~", U"—"});
  if (mark == 0) return std::nullopt;
  const std::size_t at = skip_space(mark);
  const auto of_day = part(at);
  if (!number(of_day ? skip_space(of_day->second) : at)) return std::nullopt;
  std::optional<Clock> later = clock(mark);
  if (!later || (of_day && later->end == of_day->second)) return std::nullopt;
  constexpr int kHalfDay = 12 * kMinutesPerHour;
  if (!later->part && later->minute <= first.minute && later->minute + kHalfDay > first.minute) {
    later->minute += kHalfDay;  // 下午两点到四点
  }
  if (later->minute <= first.minute || later->minute >= 2 * kHalfDay) return std::nullopt;
  later->part = first.part || later->part;
  return later;
}

std::optional<DueTextZh::Number> DueClockZh::minutes_at(std::size_t at) const {
  if (at + 1 >= x_text.size() || !is_digit(x_text[at]) || !is_digit(x_text[at + 1])) {
    return std::nullopt;
  }
  return Number{10.0 * (x_text[at] - U'0') + (x_text[at + 1] - U'0'), at + 2};
}

std::size_t DueClockZh::past_by(std::size_t at) const {
  return past_any(skip_space(at), {U"之前", U"以前", U"前", U"之内", U"以内", U"内"});
}

std::optional<DueClockZh::Clock> DueClockZh::clock_later(std::size_t at) const {
  constexpr std::size_t kFar = 10;
  for (std::size_t i = at; i < x_text.size() && i - at < kFar && !ends_clause(x_text[i]); ++i) {
    if (!part(i)) continue;
    std::optional<Clock> found = clock(i);
    const bool hour = found && found->end > part(i)->second;
    return hour ? found : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace xinjing::language
