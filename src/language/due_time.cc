#include "language/due_time.h"

#include <algorithm>
#include <chrono>
#include <regex>
#include <string>
#include <vector>

#include "base/utf8.h"

namespace xinjing::language {
namespace {

using Civil = std::chrono::year_month_day;

Civil civil(Day day) { return Civil{std::chrono::sys_days{std::chrono::days{day.number}}}; }

/// Monday is 0.
int weekday(Day day) { return ((day.number + 3) % 7 + 7) % 7; }

Day plus_working_days(Day day, int n) {
  while (n > 0) {
    ++day.number;
    if (weekday(day) < 5) --n;
  }
  return day;
}

Day end_of_month(Day day) {
  const Civil date = civil(day);
  const std::chrono::year_month_day_last last{date.year(),
                                              std::chrono::month_day_last{date.month()}};
  return {std::int32_t(std::chrono::sys_days{last}.time_since_epoch().count())};
}

/// The next `wanted` weekday, today included; with `next` the one of the coming week.
Day on_weekday(Day day, int wanted, bool next) {
  const Day monday{day.number - weekday(day)};
  if (next) return {monday.number + 7 + wanted};
  const Day this_week{monday.number + wanted};
  return this_week < day ? Day{this_week.number + 7} : this_week;
}

int number_from(const std::string& text) {
  static constexpr std::pair<std::string_view, int> kWords[] = {
      {"一", 1},   {"两", 2},   {"二", 2},  {"三", 3},    {"四", 4},   {"五", 5},  {"六", 6},
      {"七", 7},   {"八", 8},   {"九", 9},  {"十", 10},   {"one", 1},  {"two", 2}, {"three", 3},
      {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7}, {"ten", 10}, {"a", 1},   {"an", 1}};
  if (!text.empty() && text[0] >= '0' && text[0] <= '9')
    return std::min(1000, std::stoi(text.substr(0, 4)));
  for (const auto& [word, value] : kWords) {
    if (text == word) return value;
  }
  return 0;
}

int weekday_from(std::string text) {
  static constexpr std::pair<std::string_view, int> kWords[] = {
      {"一", 0},  {"二", 1},  {"三", 2},  {"四", 3},  {"五", 4},  {"六", 5},  {"日", 6}, {"天", 6},
      {"mon", 0}, {"tue", 1}, {"wed", 2}, {"thu", 3}, {"fri", 4}, {"sat", 5}, {"sun", 6}};
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  for (const auto& [word, value] : kWords) {
    if (text.starts_with(word)) return value;
  }
  return 0;
}

std::optional<Day> on_date(Day said_on, int month, int day) {
  const int year = int(civil(said_on).year());
  const std::optional<Day> same = day_from_date(year, month, day);
  // A date a month behind is next year's; one just behind is what it says.
  if (same && same->number < said_on.number - 31) return day_from_date(year + 1, month, day);
  return same;
}

/// A text as the patterns see it, so that a character class holds characters, not bytes.
struct Letters {
  std::wstring letters;
  std::vector<std::uint32_t> at;  // where each begins, and the size

  explicit Letters(std::string_view text) {
    for (std::uint32_t byte = 0; byte < text.size();) {
      const CodePoint c = decode_utf8(text.substr(byte));
      const bool upper = c.value >= U'A' && c.value <= U'Z';
      letters.push_back(static_cast<wchar_t>(upper ? c.value + 32 : c.value));
      at.push_back(byte);
      byte += c.bytes;
    }
    at.push_back(std::uint32_t(text.size()));
  }
};

using Match = std::wsmatch;

struct Rule {
  std::string_view must;  // words without which the pattern cannot match, separated by spaces
  std::wregex pattern;
  std::optional<Day> (*day)(const Match& match, Day said_on);
};

constexpr const wchar_t* kNumberZh = L"([0-9]{1,3}|一|两|二|三|四|五|六|七|八|九|十)";

std::string word(const Match::value_type& part) {
  std::string out;
  for (auto c = part.first; c != part.second; ++c) append_utf8(out, static_cast<char32_t>(*c));
  return out;
}

Day plus(Day day, int n) { return {day.number + n}; }

constexpr auto kFlags = std::wregex::ECMAScript | std::wregex::optimize;

std::vector<Rule> chinese_rules() {
  const std::wstring n = kNumberZh;
  return {
      {"小时", std::wregex(n + L" ?个?小时(?:之内|以内|内)", kFlags),
       [](const Match& m, Day d) -> std::optional<Day> {
         return plus(d, (number_from(word(m[1])) + 23) / 24);
       }},
      {"工作日", std::wregex(n + L" ?个?工作日", kFlags),
       [](const Match& m, Day d) -> std::optional<Day> {
         return plus_working_days(d, number_from(word(m[1])));
       }},
      {"天", std::wregex(n + L" ?天(?:之内|以内|内|后)", kFlags),
       [](const Match& m, Day d) -> std::optional<Day> {
         return plus(d, number_from(word(m[1])));
       }},
      {"月",
       std::wregex(L"([0-9]{1,2})月([0-9]{1,2})[日号]?(?:上午|下午|中午|晚上)?(?:[0-"
                   "9一二两三四五六七八九十]{1,6}[点时][半]?)?(?:之前|以前|前)",
                   kFlags),
       [](const Match& m, Day d) {
         return on_date(d, number_from(word(m[1])), number_from(word(m[2])));
       }},
      {"天 日 晚",
       std::wregex(
           L"(今天|今晚|今日|当天|明天|明日|后天|大后天)[^，。！？,.!?]{0,18}(?:之前|以前|前|"
           "内|一定|就)",
           kFlags),
       [](const Match& m, Day d) -> std::optional<Day> {
         const std::string said = word(m[1]);
         if (said == "明天" || said == "明日") return plus(d, 1);
         if (said == "后天") return plus(d, 2);
         if (said == "大后天") return plus(d, 3);
         return d;
       }},
      {"周 星期 礼拜",
       std::wregex(L"(下)?个?(?:周|星期|礼拜)(一|二|三|四|五|六|日|天)(?:[^，。！？,.!?]{0,9})(?:"
                   "之前|以前|前)",
                   kFlags),
       [](const Match& m, Day d) -> std::optional<Day> {
         return on_weekday(d, weekday_from(word(m[2])), m[1].matched);
       }},
      {"月底 月末", std::wregex(L"(?:月底|月末)(?:之前|以前|前)?", kFlags),
       [](const Match&, Day d) -> std::optional<Day> { return end_of_month(d); }}};
}

std::vector<Rule> english_rules() {
  return {
      {"hour",
       std::wregex(L"\\b(?:within|in) (?:the next "
                   ")?([0-9]{1,3}|an?|one|two|three|four|five|six|seven|ten) hours?\\b",
                   kFlags),
       [](const Match& m, Day d) -> std::optional<Day> {
         return plus(d, (number_from(word(m[1])) + 23) / 24);
       }},
      {"business working",
       std::wregex(L"\\b(?:within|in) ([0-9]{1,3}|one|two|three|four|five|six|seven|ten) "
                   L"(?:business|working) days?\\b",
                   kFlags),
       [](const Match& m, Day d) -> std::optional<Day> {
         return plus_working_days(d, number_from(word(m[1])));
       }},
      {"day",
       std::wregex(L"\\b(?:within|in) ([0-9]{1,3}|one|two|three|four|five|six|seven|ten) days?\\b",
                   kFlags),
       [](const Match& m, Day d) -> std::optional<Day> {
         return plus(d, number_from(word(m[1])));
       }},
      {"day", std::wregex(L"\\bby (next )?(mon|tues|wednes|thurs|fri|satur|sun)day\\b", kFlags),
       [](const Match& m, Day d) -> std::optional<Day> {
         return on_weekday(d, weekday_from(word(m[2])), m[1].matched);
       }},
      {"today tonight tomorrow", std::wregex(L"\\bby (today|tonight|tomorrow)\\b", kFlags),
       [](const Match& m, Day d) -> std::optional<Day> {
         return plus(d, word(m[1]).size() == 8 ? 1 : 0);
       }},
      {"month", std::wregex(L"\\b(?:by the )?end of (?:the|this) month\\b", kFlags),
       [](const Match&, Day d) -> std::optional<Day> { return end_of_month(d); }}};
}

const std::vector<Rule>& rules() {
  static const std::vector<Rule> all = [] {
    std::vector<Rule> made = chinese_rules();
    for (Rule& rule : english_rules()) made.push_back(std::move(rule));
    return made;
  }();
  return all;
}

/// A look at the bytes that spares most texts the patterns, which are slow.
bool has_any(std::string_view text, std::string_view words) {
  while (!words.empty()) {
    const std::size_t space = std::min(words.find(' '), words.size());
    if (text.find(words.substr(0, space)) != std::string_view::npos) return true;
    words.remove_prefix(std::min(words.size(), space + 1));
  }
  return false;
}

}  // namespace

std::optional<DueTime> find_due_time(std::string_view text, Day said_on) {
  // Longer texts than any message are not searched to their end: the patterns backtrack.
  constexpr std::size_t kMostBytes = 2000;
  text = text.substr(0, std::min(kMostBytes, text.size()));
  std::optional<Letters> letters;
  std::optional<DueTime> first;
  for (const Rule& rule : rules()) {
    Match match;
    if (!has_any(text, rule.must)) continue;
    if (!letters) letters.emplace(text);
    if (!std::regex_search(letters->letters, match, rule.pattern)) continue;
    const std::optional<Day> day = rule.day(match, said_on);
    const auto begin = std::size_t(match.position(0));
    if (!day || (first && first->span.begin <= letters->at[begin])) continue;
    first = DueTime{*day, {letters->at[begin], letters->at[begin + std::size_t(match.length(0))]}};
  }
  return first;
}

std::optional<Day> due_day(const Conversation& conversation, std::uint32_t turn,
                           int offset_minutes) {
  const auto turns = conversation.turns;
  for (std::size_t t = turn; t < std::min<std::size_t>(turns.size(), turn + 2U); ++t) {
    if (!turns[t].time) continue;
    const auto found = find_due_time(turns[t].text, day_of(*turns[t].time, offset_minutes));
    if (found) return found->day;
  }
  return {};
}

}  // namespace xinjing::language
