#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "base/utf8.h"
#include "ingest/values.h"

namespace xinjing::ingest {
namespace {

constexpr Phrase kNoTime{"not a time", "不是时间"};
constexpr Phrase kOutOfRange{"the year is not between 1900 and 2200", "年份不在 1900 至 2200 之间"};
constexpr Phrase kNoSuchDate{"there is no such date", "没有这一天"};
constexpr Phrase kNoSuchHour{"there is no such time of day", "没有这样的时刻"};
constexpr Phrase kNoYear{"the date has no year", "日期没有年份"};

struct Clock {
  int hour = 0, minute = 0, second = 0, millis = 0;
  int half = 0;  // 1: before noon, 2: after noon was said
};

struct Parts {
  int year = 0, month = 0, day = 1;
  bool has_date = false;
  Clock clock;
  std::optional<int> zone;
};

Taken<Instant> refused(const Phrase& why) { return {std::nullopt, &why}; }

Taken<Instant> instant_of(Parts parts, const TimeOptions& options) {
  if (parts.year < 1900 || parts.year > 2200) return refused(kOutOfRange);
  const std::optional<Day> day = day_from_date(parts.year, parts.month, parts.day);
  if (!day) return refused(kNoSuchDate);
  Clock& clock = parts.clock;
  if (clock.half == 2 && clock.hour < 12) clock.hour += 12;
  if (clock.half == 1 && clock.hour == 12) clock.hour = 0;
  const bool midnight = clock.hour == 24 && clock.minute == 0 && clock.second == 0;
  if ((clock.hour > 23 && !midnight) || clock.minute > 59 || clock.second > 60) {
    return refused(kNoSuchHour);
  }
  const std::int64_t seconds = clock.hour * 3600LL + clock.minute * 60LL + clock.second;
  Instant at = instant_at(*day, seconds, parts.zone.value_or(options.offset_minutes));
  at.millis += clock.millis;
  return {at, nullptr};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

int number_of(std::string_view digits) {
  int n = 0;
  for (const char c : digits.substr(0, 9)) n = n * 10 + (c - '0');
  return n;
}

/// 20260305, 202603050912, 20260305091233, 20260305091233123, 202603.
Taken<Instant> from_digits(std::string_view d, const TimeOptions& options) {
  Parts parts;
  const auto at = [d](std::size_t begin, std::size_t size) {
    return begin < d.size() ? number_of(d.substr(begin, size)) : 0;
  };
  parts.year = at(0, 4), parts.month = at(4, 2), parts.day = d.size() == 6 ? 1 : at(6, 2);
  parts.clock = {at(8, 2), at(10, 2), at(12, 2), at(14, 3), 0};
  return instant_of(parts, options);
}

/// Whole numbers and decimals without separators: compact dates, Unix times, Excel's days.
Taken<Instant> from_number(std::string_view text, const TimeOptions& options) {
  const std::string_view whole = text.substr(0, text.find('.'));
  const bool plain = whole.size() == text.size();
  if (plain && (whole.size() == 6 || whole.size() == 8 || whole.size() == 12 ||
                whole.size() == 14 || whole.size() == 17)) {
    return from_digits(whole, options);
  }
  const double value = std::strtod(std::string(text).c_str(), nullptr);
  if (plain && whole.size() == 13) return {Instant{std::int64_t(value)}, nullptr};
  if (whole.size() == 10 || (whole.size() == 9 && value >= 3e8)) {
    return {Instant{std::llround(value * 1000)}, nullptr};
  }
  if (whole.size() != 5 || value < 15000 || value > 110000) return refused(kNoTime);
  // Excel counts days from 1899-12-30 in local time.
  const std::int64_t seconds = std::llround((value - std::floor(value)) * 86400);
  const Day day{std::int32_t(std::floor(value)) - 25569};
  return {instant_at(day, seconds, options.offset_minutes), nullptr};
}

struct Rewrite {
  std::string_view from, to;
};
constexpr Rewrite kRewrites[] = {
    {"年", "-"},      {"月", "-"},      {"日", " "},      {"号", " "},      {"时", ":"},
    {"点", ":"},      {"分", ":"},      {"秒", " "},      {"：", ":"},      {"　", " "},
    {"／", "/"},      {"－", "-"},      {"上午", " am "}, {"早上", " am "}, {"凌晨", " am "},
    {"下午", " pm "}, {"晚上", " pm "}, {"中午", " pm "}, {"\u00a0", " "},  {"\ufeff", ""},
    {"，", " "},      {"星期", "@"},    {"周", "@"}};

/// Chinese words and full-width characters as the ASCII ones the scanner knows; false if something
/// else is there. 星期三 becomes nothing.
bool to_ascii(std::string_view text, std::string& out) {
  while (!text.empty()) {
    if (static_cast<unsigned char>(text[0]) < 0x80) {
      out.push_back(text[0]);
      text.remove_prefix(1);
      continue;
    }
    const CodePoint c = decode_utf8(text);
    if (c.value >= 0xff10 && c.value <= 0xff19) {
      out.push_back(char('0' + (c.value - 0xff10)));
      text.remove_prefix(c.bytes);
      continue;
    }
    const auto* found = std::find_if(std::begin(kRewrites), std::end(kRewrites),
                                     [&](const Rewrite& r) { return text.starts_with(r.from); });
    if (found == std::end(kRewrites)) return false;
    text.remove_prefix(found->from.size());
    if (found->to != "@") {
      out += found->to;
    } else if (!text.empty()) {
      text.remove_prefix(decode_utf8(text).bytes);
    }
  }
  return true;
}

constexpr std::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::string_view kWeekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// Reads a time written with separators, from left to right.
class TimeScanner {
 public:
  TimeScanner(std::string_view text, const TimeOptions& options)
      : x_text(text), x_options(options) {}

  Taken<Instant> scan() {
    while (x_at < x_text.size()) {
      const char c = x_text[x_at];
      if (c == ' ' || c == ',' || c == '\t') {
        ++x_at;
      } else if (is_digit(c)) {
        if (!(x_parts.has_date ? scan_clock_or_year() : scan_date())) return refused(kNoTime);
      } else if (is_letter(c)) {
        if (!scan_word()) return refused(kNoTime);
      } else if ((c == '+' || c == '-') && x_has_clock && !x_parts.zone) {
        if (!scan_zone()) return refused(kNoTime);
      } else {
        return refused(kNoTime);
      }
    }
    return finish();
  }

 private:
  Taken<Instant> finish() {
    if (x_parts.year == 0) x_parts.year = x_options.year;
    if (!x_parts.has_date && x_parts.month == 0) return refused(kNoTime);
    if (x_parts.year == 0) return refused(kNoYear);
    return instant_of(x_parts, x_options);
  }

  std::string_view digits() {
    const std::size_t begin = x_at;
    while (x_at < x_text.size() && is_digit(x_text[x_at])) ++x_at;
    return x_text.substr(begin, x_at - begin);
  }
  bool take(char c) {
    if (x_at >= x_text.size() || x_text[x_at] != c) return false;
    ++x_at;
    return true;
  }
  bool next_is_digit() const { return x_at < x_text.size() && is_digit(x_text[x_at]); }

  /// 2026-3-5, 3/5/2026, 3-5 (without year), 2026-3, or a day or year beside a month's name.
  bool scan_date() {
    std::array<std::string_view, 3> n;
    std::size_t count = 0;
    char separator = 0;
    do {
      n[count++] = digits();
      const char c = x_at < x_text.size() ? x_text[x_at] : '\0';
      if (c == ':' && count == 1 && x_parts.month != 0) return scan_clock(n[0]);
      if (c != '-' && c != '/' && c != '.') break;
      if (separator != 0 && c != separator && count < 2) return false;
      separator = c;
      ++x_at;
    } while (count < 3 && next_is_digit());
    if (x_parts.month != 0 && separator == 0) return scan_day_or_year(n[0]);
    if (separator == 0) {
      if (n[0].size() == 8 && take('T')) return set_compact(n[0]);
      return n[0].size() <= 2 && (x_pending_day = number_of(n[0])) > 0;
    }
    return set_date(n, count, separator);
  }

  bool set_compact(std::string_view d) {
    x_parts.year = number_of(d.substr(0, 4)), x_parts.month = number_of(d.substr(4, 2));
    x_parts.day = number_of(d.substr(6, 2));
    x_parts.has_date = true;
    const std::string_view clock = digits();
    if (clock.size() != 4 && clock.size() != 6) return false;
    x_parts.clock.hour = number_of(clock.substr(0, 2));
    x_parts.clock.minute = number_of(clock.substr(2, 2));
    x_parts.clock.second = clock.size() == 6 ? number_of(clock.substr(4, 2)) : 0;
    return x_has_clock = true;
  }

  bool set_date(const std::array<std::string_view, 3>& n, std::size_t count, char separator) {
    if (x_parts.month != 0) return false;
    x_parts.has_date = true;
    if (n[0].size() > 9 || n[1].size() > 9 || n[2].size() > 9) return false;
    if (n[0].size() >= 3) {
      x_parts.year = number_of(n[0]), x_parts.month = number_of(n[1]);
      if (count == 3) x_parts.day = number_of(n[2]);
      if (x_at < x_text.size() && x_text[x_at] == 'T') ++x_at;
      return count >= 2;
    }
    int month = number_of(n[0]), day = number_of(n[1]);
    const bool swap = separator == '.' || x_options.day_first || month > 12;
    if (swap && day <= 12 && count == 3) std::swap(month, day);
    x_parts.month = month, x_parts.day = day;
    if (count == 3 && n[2].size() < 4) return false;  // 26/3/5: nobody knows
    if (count == 3) x_parts.year = number_of(n[2]);
    return count >= 2;
  }

  bool scan_day_or_year(std::string_view n) {
    if (n.size() >= 4) {
      x_parts.year = number_of(n);
    } else if (!x_has_day) {
      x_parts.day = number_of(n), x_has_day = true;
    } else {
      return false;
    }
    return true;
  }

  bool scan_clock_or_year() {
    const std::string_view n = digits();
    if (n.size() == 4 && x_parts.year == 0) return scan_day_or_year(n);
    return scan_clock(n);
  }

  bool scan_clock(std::string_view hour) {
    if (x_has_clock || hour.size() > 2) return false;
    x_has_clock = true;
    Clock& clock = x_parts.clock;
    clock.hour = number_of(hour);
    if (!take(':')) return clock.half != 0 || next_is_half();
    if (next_is_digit() && !take_two(clock.minute)) return false;
    if (!take(':')) return true;
    if (next_is_digit() && !take_two(clock.second)) return false;
    if (!take('.') && !take(',')) return true;
    const std::string_view fraction = digits();
    for (std::size_t i = 0, unit = 100; i < 3 && i < fraction.size(); ++i, unit /= 10) {
      clock.millis += (fraction[i] - '0') * int(unit);
    }
    return !fraction.empty();
  }

  bool take_two(int& value) {
    const std::string_view n = digits();
    value = number_of(n);
    return n.size() <= 2;
  }

  bool next_is_half() const {
    const std::string_view rest = trimmed(x_text.substr(x_at));
    return rest.size() >= 2 && (rest[1] == 'm' || rest[1] == 'M');
  }

  bool scan_word() {
    const std::size_t begin = x_at;
    while (x_at < x_text.size() && is_letter(x_text[x_at])) ++x_at;
    std::string word(x_text.substr(begin, x_at - begin));
    for (char& c : word) c = char(c | 0x20);
    if (x_at < x_text.size() && x_text[x_at] == '.') ++x_at;
    if (word == "t") return x_parts.has_date;
    if (word == "am" || word == "pm") {
      x_parts.clock.half = word == "am" ? 1 : 2;
      return true;
    }
    if (word == "z" || word == "utc" || word == "gmt") {
      x_parts.zone = 0;
      const bool more = x_at < x_text.size() && (x_text[x_at] == '+' || x_text[x_at] == '-');
      return more ? scan_zone() : true;
    }
    if (word == "th" || word == "st" || word == "nd" || word == "rd")
      return x_pending_day || x_has_day;
    const auto starts = [&](std::string_view name) {
      return word.size() >= 3 && word.starts_with(name);
    };
    if (std::any_of(std::begin(kWeekdays), std::end(kWeekdays), starts)) return true;
    const auto* month = std::find_if(std::begin(kMonths), std::end(kMonths), starts);
    if (month == std::end(kMonths) || x_parts.month != 0) return false;
    x_parts.month = int(month - std::begin(kMonths)) + 1;
    if (x_pending_day > 0) x_parts.day = x_pending_day, x_has_day = true;
    x_pending_day = 0;
    return true;
  }

  bool scan_zone() {
    const std::size_t begin = x_at++;
    while (x_at < x_text.size() && (is_digit(x_text[x_at]) || x_text[x_at] == ':')) ++x_at;
    x_parts.zone = zone_from(x_text.substr(begin, x_at - begin));
    return x_parts.zone.has_value();
  }

  std::string_view x_text;
  const TimeOptions& x_options;
  Parts x_parts;
  std::size_t x_at = 0;
  int x_pending_day = 0;
  bool x_has_clock = false, x_has_day = false;
};

/// 2026-03-05 09:12:33 in exactly this form, the one most rows have.
bool is_plain(std::string_view t) {
  constexpr std::string_view kForm = "dddd-dd-dd dd:dd:dd";
  if (t.size() != kForm.size()) return false;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    const bool fits =
        kForm[i] == 'd' ? is_digit(t[i]) : t[i] == kForm[i] || (i == 10 && t[i] == 'T');
    if (!fits) return false;
  }
  return true;
}

}  // namespace

Taken<Instant> take_time(std::string_view text, const TimeOptions& options) {
  text = trimmed(text);
  if (text.empty() || text.size() > 64) return refused(kNoTime);
  if (is_plain(text)) {
    const auto at = [text](std::size_t begin, std::size_t size) {
      return number_of(text.substr(begin, size));
    };
    Parts parts{at(0, 4), at(5, 2), at(8, 2), true, {at(11, 2), at(14, 2), at(17, 2), 0, 0}, {}};
    return instant_of(parts, options);
  }
  std::string ascii;
  if (!to_ascii(text, ascii)) return refused(kNoTime);
  const std::string_view clean = trimmed(ascii);
  const std::size_t point = clean.find('.');
  const std::string_view whole = clean.substr(0, point);
  const bool fraction = point != std::string_view::npos && all_digits(clean.substr(point + 1));
  if (all_digits(whole) && (point == std::string_view::npos || (fraction && whole.size() >= 5))) {
    return from_number(clean, options);
  }
  return TimeScanner(clean, options).scan();
}

Taken<Day> take_day(std::string_view text, const TimeOptions& options) {
  const Taken<Instant> at = take_time(text, options);
  if (!at.value) return {std::nullopt, at.why};
  return {day_of(*at.value, options.offset_minutes), nullptr};
}

std::optional<int> zone_from(std::string_view text) {
  text = trimmed(text);
  for (const std::string_view prefix : {"UTC", "GMT", "utc", "gmt"}) {
    if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  }
  if (text.empty() || text == "Z" || text == "z") return 0;
  if (text == "Asia/Shanghai" || text == "北京时间") return 480;
  if (text[0] != '+' && text[0] != '-') return {};
  const int sign = text[0] == '-' ? -1 : 1;
  std::string digits;
  for (const char c : text.substr(1)) {
    if (is_digit(c)) digits.push_back(c);
    if (!is_digit(c) && c != ':') return {};
  }
  if (digits.empty() || digits.size() > 4) return {};
  const bool hours_only = digits.size() <= 2;
  const int hours = number_of(hours_only ? digits : digits.substr(0, digits.size() - 2));
  const int minutes = hours_only ? 0 : number_of(digits.substr(digits.size() - 2));
  if (hours > 14 || minutes > 59) return {};
  return sign * (hours * 60 + minutes);
}

}  // namespace xinjing::ingest
