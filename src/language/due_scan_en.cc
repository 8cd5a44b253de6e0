#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "language/due_scan.h"
#include "language/due_text_en.h"

namespace xinjing::language {
namespace {

constexpr int kMinutesPerHour = 60;

class Scan : private DueTextEn {
 public:
  Scan(Text text, Moment said, const WorkCalendar& calendar)
      : DueTextEn(text), x_said(said), x_calendar(calendar) {}

  std::optional<FoundDue> run() const {
    for (std::size_t w = 0; w < x_words.size(); ++w) {
      for (const auto look : {&Scan::duration, &Scan::clock_first, &Scan::day, &Scan::end_of}) {
        std::optional<FoundDue> found = (this->*look)(w);
        if (found) return found;
      }
    }
    return std::nullopt;
  }

 private:
  FoundDue from(std::size_t first, std::size_t last, Day day,
                std::optional<int> minute = {}) const {
    return {.begin = x_words[first].begin, .end = x_words[last].end, .day = day, .minute = minute};
  }

  // --- within 24 hours, in two business days, 3 to 5 working days ---
  std::optional<FoundDue> duration(std::size_t w) const {
    std::size_t at = w;
    if (is(at, {U"the"})) return std::nullopt;
    bool half = false;
    if (is(at, {U"half"}) && is(at + 1, {U"an", U"a"})) half = true, ++at;
    std::optional<double> n = number(at);
    if (!n) return fortnight(w);
    if (is(at, {U"a"}) && is(at + 1, {U"couple"})) {
      n = 2;
      ++at;
      if (is(at + 1, {U"of"})) ++at;
    }
    // Of a range the later end counts.
    if (is(at + 1, {U"to", U"or"}) && number(at + 2)) return std::nullopt;
    if (half) n = 0.5;
    ++at;
    if (is(at, {U"and"}) && is(at + 1, {U"a"}) && is(at + 2, {U"half"})) n = *n + 0.5, at += 3;
    if (is(at, {U"more", U"full", U"short", U"calendar"})) ++at;
    const bool work = is(at, {U"business", U"working", U"work"});
    if (work) ++at;
    const std::optional<FoundDue> counted = count(*n, at, work);
    if (!counted || !is_due(w, at, work)) return std::nullopt;
    return from(first_of(w), at, counted->day, counted->minute);
  }

  std::optional<FoundDue> fortnight(std::size_t w) const {
    if (!is(w, {U"fortnight"}) || !before(w, 3, {U"within", U"in", U"inside"})) return std::nullopt;
    return from(w, w, plus_days(x_said.day, 14));
  }

  /// Where the words that lead to a duration begin.
  std::size_t first_of(std::size_t w) const {
    std::size_t first = w;
    while (first > 0 && !x_words[first - 1].clause_ends &&
           is(first - 1, {U"within", U"in", U"the", U"next", U"about", U"around", U"inside", U"to",
                          U"than", U"later", U"no", U"most", U"at", U"up"})) {
      --first;
    }
    return first;
  }

  std::optional<FoundDue> count(double n, std::size_t at, bool work) const {
    const int whole = static_cast<int>(n);
    if (work) {
      if (!is(at, {U"day", U"days"})) return std::nullopt;
      return FoundDue{.day = x_calendar.after(x_said.day, std::max(1, whole)), .minute = {}};
    }
    if (is(at, {U"minute", U"minutes", U"min", U"mins"})) return after_minutes(x_said, whole);
    if (is(at, {U"hour", U"hours", U"hr", U"hrs"})) {
      return after_minutes(x_said, static_cast<int>(std::lround(n * kMinutesPerHour)));
    }
    if (is(at, {U"day", U"days"}))
      return FoundDue{.day = plus_days(x_said.day, whole), .minute = {}};
    if (is(at, {U"week", U"weeks"})) {
      return FoundDue{.day = plus_days(x_said.day, 7 * whole), .minute = {}};
    }
    if (is(at, {U"fortnight"})) return FoundDue{.day = plus_days(x_said.day, 14), .minute = {}};
    if (is(at, {U"month", U"months"})) {
      return FoundDue{.day = plus_months(x_said.day, whole), .minute = {}};
    }
    return std::nullopt;
  }

  bool is_due(std::size_t w, std::size_t last, bool work) const {
    if (is(last + 1, {U"ago", U"now", U"already", U"late", U"old", U"warranty", U"guarantee",
                      U"trial", U"earlier", U"before", U"since", U"running", U"straight", U"of"})) {
      return false;
    }
    if (is(last + 1, {U"a"}) && is(last + 2, {U"day", U"week", U"month", U"year"})) return false;
    const bool told = before(w, 8, {U"told", U"promised", U"said"});
    if (told && anywhere({U"last", U"yesterday", U"ago"})) return false;
    if (before(w, 2, {U"for"})) return false;
    if (before(w, 4,
               {U"been", U"waited", U"waiting", U"after", U"past", U"last", U"every", U"lasted",
                U"took", U"spent", U"since", U"previous", U"over"})) {
      return false;
    }
    if (before(w, 4, {U"within", U"inside", U"under", U"max", U"maximum"})) {
      return !anywhere({U"warranty"});
    }
    if (before(w, 4, {U"in"})) {
      const bool done = [&] {
        for (std::size_t i = w; i > 0 && w - i < 8 && !x_words[i - 1].clause_ends; --i) {
          if (word(i - 1).ends_with(U"ed") || is(i - 1, {U"times"})) return true;
        }
        return false;
      }();
      return speaks_of_the_future() || !done;
    }
    if (before(w, 4,
               {U"most", U"than", U"take", U"takes", U"need", U"give", U"another", U"to", U"up",
                U"next", U"allow"})) {
      return true;
    }
    return work && !anywhere({U"ago", U"already"});
  }

  // --- clocks ---
  struct Clock {
    int minute = 0;
    std::size_t last = 0;
  };
  std::optional<Clock> clock(std::size_t w) const {
    if (is(w, {U"noon", U"midday"})) return Clock{12 * kMinutesPerHour, w};
    if (is(w, {U"half"}) && is(w + 1, {U"past"})) {
      const std::optional<double> hour = number(w + 2);
      if (!hour || *hour > 12) return std::nullopt;
      const int afternoon =
          *hour < 8 ? 12 : 0;  // nobody is served at half past five in the morning
      return Clock{(static_cast<int>(*hour) + afternoon) * kMinutesPerHour + 30, w + 2};
    }
    if (is(w, {U"midnight"})) return Clock{24 * kMinutesPerHour, w};
    Text text = word(w);
    if (text.empty() || !is_digit(text[0])) return std::nullopt;
    bool pm = false;
    bool am = false;
    std::size_t last = w;
    if (text.ends_with(U"pm") || text.ends_with(U"am")) {
      pm = text.ends_with(U"pm");
      am = !pm;
      text.remove_suffix(2);
    } else if (is(w + 1, {U"pm", U"am"}) && !x_words[w].clause_ends) {
      pm = is(w + 1, {U"pm"});
      am = !pm;
      last = w + 1;
    } else if (is(w + 1, {U"p", U"a"}) && is(w + 2, {U"m"})) {
      pm = is(w + 1, {U"p"});
      am = !pm;
      last = w + 2;
    } else if (is(w + 1, {U"o'clock"})) {
      last = w + 1;
    }
    int part[2] = {0, 0};
    int index = 0;
    for (const char32_t c : text) {
      if (c == U':' || c == U'.') {
        if (++index > 1) return std::nullopt;
      } else if (is_digit(c)) {
        part[index] = 10 * part[index] + static_cast<int>(c - U'0');
        if (part[index] > 99) return std::nullopt;
      } else {
        return std::nullopt;
      }
    }
    const bool told = pm || am || index == 1 || last > w;
    if (!told || part[0] > 24 || part[1] > 59) return std::nullopt;
    if (pm && part[0] < 12) part[0] += 12;
    if (am && part[0] == 12) part[0] = 0;
    return Clock{part[0] * kMinutesPerHour + part[1], last};
  }

  /// by 5 pm, by noon tomorrow, before 18:00 on Friday.
  std::optional<FoundDue> clock_first(std::size_t w) const {
    if (!is(w, {U"by", U"before", U"at", U"than"})) return std::nullopt;
    const std::optional<Clock> time = clock(w + 1);
    if (!time || (is(w, {U"at"}) && (past_verb() || !speaks_of_the_future()))) return std::nullopt;
    std::size_t next = time->last + 1;
    if (is(next, {U"on"})) ++next;
    if (is(next, {U"this"}) && is(next + 1, {U"morning", U"afternoon", U"evening"})) {
      return dated(w, next + 1, x_said.day, time->minute);
    }
    const std::optional<FoundDue> on = named_day(next);
    if (on && !x_words[time->last].clause_ends) {
      return dated(w, last_of(*on), on->day, time->minute);
    }
    if (is(w, {U"at"})) return std::nullopt;
    const int days = time->minute <= x_said.minute ? 1 : 0;
    return dated(w, time->last, plus_days(x_said.day, days), time->minute);
  }

  FoundDue dated(std::size_t first, std::size_t last, Day day, int minute) const {
    return from(first, last, plus_days(day, minute / (24 * kMinutesPerHour)),
                minute % (24 * kMinutesPerHour));
  }

  std::size_t last_of(const FoundDue& found) const {
    std::size_t w = 0;
    while (w + 1 < x_words.size() && x_words[w].end < found.end) ++w;
    return w;
  }

  // --- days ---
  static int weekday_from(Text text) {
    static constexpr std::array<Text, 7> kDays = {U"monday", U"tuesday",  U"wednesday", U"thursday",
                                                  U"friday", U"saturday", U"sunday"};
    for (std::size_t d = 0; d < kDays.size(); ++d) {
      if (text == kDays[d]) return static_cast<int>(d);
    }
    return -1;
  }
  static int month_from(Text text) {
    static constexpr std::array<Text, 12> kMonths = {
        U"january", U"february", U"march",     U"april",   U"may",      U"june",
        U"july",    U"august",   U"september", U"october", U"november", U"december"};
    for (std::size_t m = 0; m < kMonths.size(); ++m) {
      if (text == kMonths[m] || (text.size() == 3 && kMonths[m].starts_with(text)) ||
          (m == 8 && text == U"sept")) {
        return static_cast<int>(m) + 1;
      }
    }
    return 0;
  }

  /// A day by itself: tomorrow, next Monday, the 15th, March 13; its words end at found.end.
  std::optional<FoundDue> named_day(std::size_t w) const {
    const Day monday = plus_days(x_said.day, -weekday_of(x_said.day));
    if (is(w, {U"today", U"tonight"})) return from(w, w, x_said.day);
    if (is(w, {U"tomorrow"})) return from(w, w, plus_days(x_said.day, 1));
    if (is(w, {U"the"}) && is(w + 1, {U"day"}) && is(w + 2, {U"after"}) &&
        is(w + 3, {U"tomorrow"})) {
      return from(w, w + 3, plus_days(x_said.day, 2));
    }
    const bool next = is(w, {U"next"});
    const bool coming = is(w, {U"this", U"coming"});
    const std::size_t name = w + (next || coming ? 1 : 0);
    if (const int wanted = weekday_from(word(name)); wanted >= 0) {
      Day on = plus_days(monday, wanted + (next ? 7 : 0));
      if (on < x_said.day) on = plus_days(on, 7);
      return from(w, name, on);
    }
    if (coming && is(name, {U"weekend"})) return from(w, name, plus_days(monday, 6));
    if (is(w, {U"the"}) && is(w + 1, {U"weekend"})) return from(w, w + 1, plus_days(monday, 6));
    if (next && is(name, {U"week"})) return from(w, name, plus_days(monday, 13));
    if (coming && is(name, {U"week"})) return from(w, name, plus_days(monday, 4));
    if (next && is(name, {U"month"})) return from(w, name, month_end(x_said.day, 1));
    if (coming && is(name, {U"month"})) return from(w, name, month_end(x_said.day, 0));
    return date(w);
  }

  /// A year as written: 2027; nothing for other numbers.
  static std::optional<int> year_from(Text text) {
    constexpr std::size_t kDigits = 4;
    if (text.size() != kDigits || text[0] != U'2' || text[1] != U'0') return std::nullopt;
    if (!is_digit(text[2]) || !is_digit(text[3])) return std::nullopt;
    return 2000 + static_cast<int>(text[2] - U'0') * 10 + static_cast<int>(text[3] - U'0');
  }

  /// The date whose month and day end at the word `last`, with the year that may follow: "March 3,
  /// 2027"; else the next such date. Nothing for what is past, or is no date.
  std::optional<FoundDue> with_year(std::size_t w, std::size_t last, int month, int day) const {
    const std::size_t next = last + (is(last + 1, {U"of", U"in"}) ? 2 : 1);
    const std::optional<int> year = year_from(word(next));
    if (!year) {
      const auto on = year_day(x_said.day, month, day);
      return on ? std::optional(from(w, last, *on)) : std::nullopt;
    }
    return dated_from(w, next, {*year, month, day});
  }

  /// A date in digits with its year: 2027-03-13, 2027/3/13, 3/13/2027 (the month first, unless it
  /// cannot be one), 13.3.2027.
  std::optional<FoundDue> date_in_digits(std::size_t w) const {
    const auto joined = [&](std::size_t i) {
      if (i + 1 >= x_words.size() || x_words[i + 1].begin != x_words[i].end + 1) return false;
      const char32_t c = x_text[x_words[i].end];
      return c == U'/' || c == U'-';
    };
    if (const auto dots = date_with_dots(word(w))) return dated_from(w, w, *dots);
    if (!joined(w) || !joined(w + 1)) return std::nullopt;
    const auto first = day_number(w);
    const auto middle = day_number(w + 1);
    const auto last = day_number(w + 2);
    if (const auto year = year_from(word(w)); year && middle && last) {
      return dated_from(w, w + 2, {*year, *middle, *last});
    }
    constexpr int kMonths = 12;
    const auto year = year_from(word(w + 2));
    if (!year || !first || !middle) return std::nullopt;
    if (*first > kMonths) return dated_from(w, w + 2, {*year, *middle, *first});
    return dated_from(w, w + 2, {*year, *first, *middle});
  }

  struct Date {
    int year = 0, month = 0, day = 0;
  };

  static std::optional<Date> date_with_dots(Text text) {
    std::array<int, 3> parts{};
    std::size_t part = 0;
    for (const char32_t c : text) {
      if (c == U'.' && ++part < parts.size()) continue;
      if (part >= parts.size() || !is_digit(c)) return std::nullopt;
      parts[part] = 10 * parts[part] + static_cast<int>(c - U'0');
      constexpr int kMost = 9999;
      if (parts[part] > kMost) return std::nullopt;
    }
    constexpr int kFirstYear = 2000;
    if (part != 2 || parts[2] < kFirstYear) return std::nullopt;
    return Date{parts[2], parts[1], parts[0]};
  }

  std::optional<FoundDue> dated_from(std::size_t first, std::size_t last, Date date) const {
    const std::optional<Day> on = day_from_date(date.year, date.month, date.day);
    if (!on || *on < x_said.day) return std::nullopt;
    return from(first, last, *on);
  }

  std::optional<FoundDue> date(std::size_t w) const {
    if (std::optional<FoundDue> found = date_in_digits(w)) return found;
    std::size_t at = w + (is(w, {U"the"}) ? 1 : 0);
    if (const int month = month_from(word(at)); month > 0) {
      std::size_t number = at + 1;
      if (is(number, {U"the"})) ++number;
      const std::optional<int> day = day_number(number);
      if (!day || x_words[at].clause_ends) return std::nullopt;
      return with_year(w, number, month, *day);
    }
    const std::optional<int> day = day_number(at);
    if (!day) return std::nullopt;
    const std::size_t of = at + (is(at + 1, {U"of"}) ? 2 : 1);
    if (const int month = month_from(word(of)); month > 0 && !x_words[at].clause_ends) {
      return with_year(w, of, month, *day);
    }
    if (!is_ordinal(at) || !is(w, {U"the"})) return std::nullopt;
    if (is(at + 1, {U"floor", U"street", U"avenue", U"time", U"order", U"call", U"unit"})) {
      return std::nullopt;
    }
    const auto on = month_day(x_said.day, *day);
    if (!on) return std::nullopt;
    const bool of_next = is(at + 1, {U"of"}) && is(at + 2, {U"next"}) && is(at + 3, {U"month"});
    if (of_next) {
      const auto later = month_day(plus_days(month_end(x_said.day, 0), 1), *day);
      if (later) return from(w, at + 3, *later);
    }
    return from(w, at, *on);
  }

  std::optional<FoundDue> day(std::size_t w) const {
    const bool by = is(w, {U"by", U"before", U"until", U"till", U"than"});
    const bool on = is(w, {U"on", U"for"});
    const std::size_t at = w + (by || on ? 1 : 0);
    std::optional<FoundDue> found = named_day(at);
    if (!found) return std::nullopt;
    std::size_t last = last_of(*found);
    found->begin = x_words[w].begin;
    take_part(*found, last);
    found->end = x_words[last].end;
    return to_come(w, at, last, *found, by) ? found : std::nullopt;
  }

  /// morning, afternoon, at 3 pm, by noon behind a day.
  void take_part(FoundDue& found, std::size_t& last) const {
    std::size_t at = last + 1;
    if (x_words[last].clause_ends) return;
    if (is(at, {U"at", U"by", U"before", U"around"})) ++at;
    if (const std::optional<Clock> time = clock(at)) {
      found.day = plus_days(found.day, time->minute / (24 * kMinutesPerHour));
      found.minute = time->minute % (24 * kMinutesPerHour);
      last = time->last;
      return;
    }
    if (is(at, {U"morning"}))
      found.minute = 12 * kMinutesPerHour, last = at;
    else if (is(at, {U"lunchtime"}))
      found.minute = 13 * kMinutesPerHour, last = at;
    else if (is(at, {U"afternoon"}))
      found.minute = 18 * kMinutesPerHour, last = at;
    else if (is(at, {U"evening", U"night"}))
      last = at;
  }

  bool to_come(std::size_t w, std::size_t at, std::size_t last, const FoundDue& found,
               bool by) const {
    if (found.day < x_said.day) return false;
    if (found.day == x_said.day && found.minute && *found.minute < x_said.minute) return false;
    if (is(last + 1, {U"'s", U"ago"}) || word(last).ends_with(U"'s")) return false;
    if (before(w, 2, {U"since", U"last", U"from", U"until", U"dated", U"every"})) return false;
    if (by) return true;
    if (is(at, {U"tomorrow", U"tonight", U"next"})) return true;
    return speaks_of_the_future() && !past_verb();
  }

  bool past_verb() const {
    for (const Word& w : x_words) {
      if (w.text == U"was" || w.text == U"were" || w.text == U"came" || w.text == U"went" ||
          w.text == U"had" || w.text == U"did" || w.text == U"happened" || w.text == U"took" ||
          w.text == U"couldn't" || w.text == U"visited" || w.text == U"called") {
        return true;
      }
    }
    return false;
  }

  // --- before the National Day holiday, on the first working day after it ---
  std::optional<FoundDue> holiday(std::size_t w) const {
    if (is(w, {U"first"}) && is(w + 1, {U"working", U"business"}) && is(w + 2, {U"day"}) &&
        is(w + 3, {U"after"})) {
      const std::string_view name = holiday_from(w + 4);
      const auto start = name.empty() ? std::nullopt : x_calendar.next_holiday(name, x_said.day);
      const auto back = x_calendar.back_at_work(start.value_or(x_said.day));
      if (back) return from(w, w + 3, *back);
    }
    if (!is(w, {U"before"})) return std::nullopt;
    const std::string_view name = holiday_from(w + 1);
    const auto start = name.empty() ? std::nullopt : x_calendar.next_holiday(name, x_said.day);
    if (start) return from(w, w + 1, plus_days(*start, -1));
    return std::nullopt;
  }

  /// The calendar's name of the holiday that is named at `w`.
  std::string_view holiday_from(std::size_t w) const {
    static constexpr std::array<std::pair<Text, std::string_view>, 9> kNames = {
        {{U"national", "国庆"},
         {U"spring", "春节"},
         {U"chinese", "春节"},
         {U"new", "元旦"},
         {U"may", "五一"},
         {U"labour", "五一"},
         {U"mid", "中秋"},
         {U"dragon", "端午"},
         {U"qingming", "清明"}}};
    if (is(w, {U"the"})) ++w;
    for (const auto& [word_said, name] : kNames) {
      if (word(w) == word_said && (word_said != U"may" || is(w + 1, {U"day"}))) return name;
    }
    return {};
  }

  // --- end of day, end of the month, this afternoon ---
  std::optional<FoundDue> end_of(std::size_t w) const {
    const Day monday = plus_days(x_said.day, -weekday_of(x_said.day));
    if (is(w, {U"within"}) && is(w + 1, {U"the"}) && is(w + 2, {U"hour"})) {
      const FoundDue found = after_minutes(x_said, kMinutesPerHour);
      return from(w, w + 2, found.day, found.minute);
    }
    if (const auto found = holiday(w)) return found;
    if (is(w, {U"month"}) && is(w + 1, {U"end"})) return from(w, w + 1, month_end(x_said.day, 0));
    if (is(w, {U"year"}) && is(w + 1, {U"end"})) return from(w, w + 1, year_end(x_said.day));
    if (is(w, {U"eod", U"cob"})) return closing(w, w);
    if (is(w, {U"eow"})) return from(w, w, plus_days(monday, 4));
    if (is(w, {U"eom"})) return from(w, w, month_end(x_said.day, 0));
    if (is(w, {U"close"}) && is(w + 1, {U"of"}) && is(w + 2, {U"business", U"play"})) {
      return closing(w, w + 2);
    }
    if (is(w, {U"this"}) && is(w + 1, {U"afternoon"})) return later_today(w, 18 * kMinutesPerHour);
    if (is(w, {U"this"}) && is(w + 1, {U"morning"})) return later_today(w, 12 * kMinutesPerHour);
    if (is(w, {U"this"}) && is(w + 1, {U"evening"})) return from(w, w + 1, x_said.day);
    if (!is(w, {U"end"}) || !is(w + 1, {U"of"})) return std::nullopt;
    std::size_t at = w + 2;
    while (is(at, {U"the", U"this", U"business", U"working", U"calendar"})) ++at;
    if (is(at - 1, {U"business"}) && !is(at, {U"day"})) return closing(w, at - 1);
    const bool next = is(at, {U"next"});
    if (next) ++at;
    if (is(at, {U"day", U"today", U"business"})) return closing(w, at);
    if (is(at, {U"week"})) return from(w, at, plus_days(monday, 4 + (next ? 7 : 0)));
    if (is(at, {U"month"})) return from(w, at, month_end(x_said.day, next ? 1 : 0));
    if (is(at, {U"year"})) return from(w, at, year_end(plus_months(x_said.day, next ? 12 : 0)));
    if (const std::optional<int> year = year_from(word(at))) {
      return dated_from(w, at, {*year, 12, 31});
    }
    if (const int month = month_from(word(at)); month > 0) {
      const std::size_t last = at + (is(at + 1, {U"of", U"in"}) ? 2 : 1);
      if (const std::optional<int> year = year_from(word(last))) {
        const std::optional<Day> first = day_from_date(*year, month, 1);
        if (!first || month_end(*first, 0) < x_said.day) return std::nullopt;
        return from(w, last, month_end(*first, 0));
      }
      const auto first = year_day(x_said.day, month, 1);
      if (first) return from(w, at, month_end(*first, 0));
    }
    return std::nullopt;
  }

  /// 18:00 of today, or of the day that is named behind.
  FoundDue closing(std::size_t first, std::size_t last) const {
    std::size_t at = last + 1;
    if (is(at, {U"on"})) ++at;
    if (!x_words[last].clause_ends) {
      if (const std::optional<FoundDue> on = named_day(at)) {
        return from(first, last_of(*on), on->day, 18 * kMinutesPerHour);
      }
    }
    return from(first, last, x_said.day, 18 * kMinutesPerHour);
  }

  std::optional<FoundDue> later_today(std::size_t w, int minute) const {
    if (x_said.minute >= minute || past_verb()) return std::nullopt;
    return from(w, w + 1, x_said.day, minute);
  }

  Moment x_said;
  const WorkCalendar& x_calendar;
};

}  // namespace

std::optional<FoundDue> scan_english(std::u32string_view text, Moment said,
                                     const WorkCalendar& calendar) {
  const bool latin = std::any_of(text.begin(), text.end(), DueTextEn::is_letter);
  if (!latin) return std::nullopt;
  return Scan(text, said, calendar).run();
}

}  // namespace xinjing::language
