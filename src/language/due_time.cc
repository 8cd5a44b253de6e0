#include "language/due_time.h"

#include <algorithm>
#include <chrono>

#include "language/due_scan.h"
#include "language/normalise.h"
#include "language/stretches.h"

namespace xinjing::language {
namespace {

using Civil = std::chrono::year_month_day;
using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

constexpr int kMinutesPerDay = 24 * 60;
constexpr int kMostDaysPast = 31;

Civil civil(Day day) { return Civil{sys_days{days{day.number}}}; }
Day day_from(Civil date) { return {std::int32_t(sys_days{date}.time_since_epoch().count())}; }

/// The month `n` months on.
std::chrono::year_month month_after(Day day, int n) {
  const Civil date = civil(day);
  return date.year() / date.month() + months{n};
}

/// The first due time of a text of two languages that a stretch names in its own.
std::optional<FoundDue> scan_stretches(std::u32string_view text, Moment said,
                                       const WorkCalendar& calendar) {
  std::vector<TextStretch> stretches;
  find_mixed_stretches(text, stretches);
  for (const TextStretch& stretch : stretches) {
    if (stretch.tongue == Tongue::kOther) continue;
    const auto scan = stretch.tongue == Tongue::kChinese ? scan_chinese : scan_english;
    const std::u32string_view part = text.substr(stretch.chars.begin, stretch.chars.size());
    std::optional<FoundDue> found = scan(part, said, calendar);
    if (!found) continue;
    found->begin += stretch.chars.begin;
    found->end += stretch.chars.begin;
    return found;
  }
  return {};
}

}  // namespace

Day plus_days(Day day, int n) { return {day.number + n}; }

Day month_end(Day day, int n) { return day_from(month_after(day, n) / std::chrono::last); }

Day plus_months(Day day, int n) {
  const Civil same = month_after(day, n) / civil(day).day();
  return same.ok() ? day_from(same) : month_end(day, n);
}

int year_of(Day day) { return int(civil(day).year()); }

Day year_end(Day day) { return day_from(civil(day).year() / std::chrono::December / 31); }

std::optional<Day> month_day(Day day, int number) {
  for (const int later : {0, 1}) {
    const Civil date = month_after(day, later) / std::chrono::day(static_cast<unsigned>(number));
    if (date.ok() && day_from(date) >= day) return day_from(date);
  }
  return std::nullopt;
}

std::optional<Day> year_day(Day day, int month, int number) {
  const int year = year_of(day);
  const std::optional<Day> same = day_from_date(year, month, number);
  if (same && same->number >= day.number - kMostDaysPast) return same;
  return day_from_date(year + 1, month, number);
}

FoundDue after_minutes(Moment said, int minutes) {
  const int at = said.minute + minutes;
  return {.day = plus_days(said.day, at / kMinutesPerDay), .minute = at % kMinutesPerDay};
}

Moment local_moment(Instant instant, int offset_minutes) {
  constexpr std::int64_t kMillisPerMinute = 60'000;
  const Day day = day_of(instant, offset_minutes);
  const Instant midnight = instant_at(day, 0, offset_minutes);
  return {day, static_cast<int>((instant.millis - midnight.millis) / kMillisPerMinute)};
}

std::optional<DueTime> find_due_time(std::string_view text, Moment said,
                                     const WorkCalendar& calendar) {
  constexpr std::size_t kMostBytes = 2000;
  if (text.size() > kMostBytes) {
    std::size_t end = kMostBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    text = text.substr(0, end);
  }
  Normalised normal;
  normalise(text, normal);
  std::optional<FoundDue> found = scan_stretches(normal.chars, said, calendar);
  if (!found) {
    found = scan_chinese(normal.chars, said, calendar);
    const std::optional<FoundDue> english = scan_english(normal.chars, said, calendar);
    if (english && (!found || english->begin < found->begin)) found = english;
  }
  if (!found) return std::nullopt;
  return DueTime{found->day, found->minute, normal.bytes(found->begin, found->end)};
}

std::optional<TurnDue> due_time(const Conversation& conversation, std::uint32_t turn, Span clause,
                                int offset_minutes, const WorkCalendar& calendar) {
  const Turn& said = conversation.turns[turn];
  if (!said.time) return {};
  auto found =
      find_due_time(slice(said.text, clause), local_moment(*said.time, offset_minutes), calendar);
  if (!found) return {};
  found->span.begin += clause.begin;
  found->span.end += clause.begin;
  return TurnDue{turn, *found};
}

std::optional<TurnDue> due_time_of_answer(const Conversation& conversation, std::uint32_t turn,
                                          int offset_minutes, const WorkCalendar& calendar) {
  const auto turns = conversation.turns;
  const std::uint32_t answer = turn + 1;
  if (answer >= turns.size() || !turns[turn].time) return {};
  if (turns[answer].speaker == turns[turn].speaker) return {};
  const auto bytes = std::uint32_t(turns[answer].text.size());
  return due_time(conversation, answer, {0, bytes}, offset_minutes, calendar);
}

}  // namespace xinjing::language
