#include <algorithm>
#include <array>
#include <cmath>

#include "language/due_clock_zh.h"
#include "language/due_scan.h"

namespace xinjing::language {
namespace {

/// A named day before its clock is looked at.
struct Named {
  Day day;
  std::size_t end = 0;
  bool sure = false;     // names what is to come by itself: 明天, 下周三, 月底
  bool evening = false;  // 今晚, 明晚
  bool morning = false;  // 明早
};

/// A day with its year; nothing where the year has no such day.
struct YearDay {
  std::optional<Day> day;
  std::size_t end = 0;
  bool sure = false;  // the end of a month or a year
};

class Scan : private DueClockZh {
 public:
  Scan(Text text, Moment said, const WorkCalendar& calendar)
      : DueClockZh(text), x_said(said), x_calendar(calendar) {}

  std::optional<FoundDue> run() const {
    for (std::size_t at = 0; at < x_text.size(); ++at) {
      if (!may_begin(x_text[at])) continue;
      if (const std::optional<YearDay> full = dated_with_year(at)) {
        std::optional<FoundDue> found =
            full->day ? with_clock(at, {.day = *full->day, .end = full->end, .sure = full->sure})
                      : std::nullopt;
        if (found) found->begin = at;
        if (found) return found;
        at = full->end - 1;  // its month and day are not those of another year
        continue;
      }
      for (const auto look : {&Scan::named, &Scan::duration, &Scan::clock_alone}) {
        std::optional<FoundDue> found = (this->*look)(at);
        if (!found) continue;
        found->begin = at;
        return found;
      }
    }
    return std::nullopt;
  }

 private:
  /// Whether a due time may begin with this character: a test that spares most places the looks.
  static bool may_begin(char32_t c) {
    if (c < 0x80) return is_digit(c);
    constexpr Text kFirst =
        U"下今明后这本当大月年周星礼早上中傍晚夜凌一二三四五六七八九十零两半国春过元劳端清节";
    return kFirst.find(c) != Text::npos;
  }

  // --- 三天内, 48小时, 两个半小时, 五个工作日 ---
  enum class Unit { kMinute, kQuarter, kHour, kDay, kWorkday, kWeek, kMonth };

  std::optional<std::pair<Unit, std::size_t>> unit(std::size_t at, bool counted) const {
    if (const auto end = past_any(at, {U"工作日"})) return std::pair(Unit::kWorkday, end);
    if (const auto end = past_any(at, {U"小时", U"钟头"})) return std::pair(Unit::kHour, end);
    if (const auto end = past_any(at, {U"刻钟"})) return std::pair(Unit::kQuarter, end);
    if (const auto end = past_any(at, {U"分钟"})) return std::pair(Unit::kMinute, end);
    if (const auto end = past_any(at, {U"天", U"日内", U"日之内", U"日以内"})) {
      return std::pair(Unit::kDay, x_text[at] == U'天' ? end : at + 1);
    }
    if (const auto end = past_any(at, {U"周", U"星期", U"礼拜"})) {
      if (end < x_text.size() && Text(U"一二三四五六日天末").find(x_text[end]) != Text::npos) {
        return std::nullopt;
      }
      return std::pair(Unit::kWeek, end);
    }
    if (counted) {
      if (const auto end = past_any(at, {U"月"})) return std::pair(Unit::kMonth, end);
    }
    return std::nullopt;
  }

  /// 两三天, 三五天: two digits beside each other before a unit of time; the later counts.
  std::optional<Number> either(std::size_t at) const {
    if (at + 2 >= x_text.size() || (at > 0 && digit_of(x_text[at - 1]) >= 0)) return std::nullopt;
    const int first = digit_of(x_text[at]);
    const int second = digit_of(x_text[at + 1]);
    if (first < 1 || second <= first || digit_of(x_text[at + 2]) >= 0) return std::nullopt;
    return Number{double(second), at + 2};
  }

  /// 两到三天, 3至5个工作日: of a range the later counts.
  std::optional<Number> later_of_range(const Number& first) const {
    const auto mark = past_any(skip_space(first.end), {U"到", U"至"});
    if (mark == 0) return std::nullopt;
    const std::optional<Number> second = number(skip_space(mark));
    if (!second || second->value <= first.value) return std::nullopt;
    const std::size_t end = skip_space(second->end);
    const bool counted = has(end, U"个");
    return unit(skip_space(counted ? end + 1 : end), counted) ? second : std::nullopt;
  }

  std::optional<FoundDue> duration(std::size_t at) const {
    std::optional<Number> n = number(at);
    if (!n) n = either(at);
    if (!n) return std::nullopt;
    if (const auto later = later_of_range(*n)) n = later;
    std::size_t end = skip_space(n->end);
    bool counted = false;
    if (has(end, U"个")) counted = true, end = skip_space(end + 1);
    if (n->value >= 1 && has(end, U"半")) n->value += 0.5, ++end;
    const auto measure = unit(end, counted);
    if (!measure) return std::nullopt;
    end = measure->second;
    if (n->value >= 1 && measure->first == Unit::kDay && has(end, U"半") && !has(end + 1, U"夜")) {
      n->value += 0.5;
      ++end;
    }
    const std::size_t suffix =
        past_any(end, {U"之内", U"以内", U"内", U"里", U"之后", U"以后", U"后", U"左右内"});
    if (!is_due(at, end, suffix, measure->first)) return std::nullopt;
    FoundDue found = counted_from(*n, measure->first);
    found.end = suffix != 0 ? suffix : end;
    return found;
  }

  bool is_due(std::size_t at, std::size_t end, std::size_t suffix, Unit unit) const {
    const Text ahead = before(at, 8);
    const Text behind = after(suffix != 0 ? suffix : end, 8);
    if (behind.starts_with(U"了") || behind.starts_with(U"前") || behind.starts_with(U"以前") ||
        behind.starts_with(U"之前") || behind.starts_with(U"多") || behind.starts_with(U"来")) {
      return false;
    }
    if (any_in(behind,
               {U"无理由", U"有效", U"包退", U"包换", U"可退", U"可换", U"免费", U"热线", U"客服",
                U"营业", U"在线", U"值班", U"保修", U"质保", U"之久", U"不间断"})) {
      return false;
    }
    if (ends_in(ahead, {U"等了", U"过了", U"拖了", U"了",   U"已经", U"都",    U"过去", U"最近",
                        U"近",   U"每",   U"第",   U"满",   U"这",   U"上",    U"前",   U"已",
                        U"住",   U"修了", U"整整", U"保修", U"质保", U"有效期"})) {
      return false;
    }
    if (suffix != 0) return !any_in(ahead, {U"质保", U"保修期", U"有效期", U"过去"});
    for (const Text given : {U"给您", U"给你", U"帮您", U"为您", U"就给", U"就能", U"一定给"}) {
      if (behind.starts_with(given)) return !any_in(behind, {U"了", U"没", U"过", U"服务"});
    }
    if (any_in(ahead, {U"最多", U"最迟", U"最晚", U"最慢", U"最长", U"不超过", U"需要", U"大概",
                       U"大约", U"预计", U"一般", U"再等", U"再给", U"再过",   U"给我", U"给你",
                       U"给您", U"限",   U"稍等", U"请等", U"还要", U"还需",   U"约"}) ||
        ends_in(ahead, {U"过", U"要", U"需", U"就"})) {
      return !any_in(behind, {U"了", U"没"}) && !any_in(ahead, {U"等了", U"已经"});
    }
    return unit == Unit::kWorkday && !any_in(behind, {U"了", U"还没", U"过去"}) &&
           !any_in(ahead, {U"等", U"已", U"超过"});
  }

  FoundDue counted_from(const Number& n, Unit unit) const {
    const int whole = static_cast<int>(n.value);
    const bool half = n.value > whole;
    switch (unit) {
      case Unit::kMinute:
        return after_minutes(x_said, whole);
      case Unit::kQuarter:
        return after_minutes(x_said, 15 * whole);
      case Unit::kHour:
        return after_minutes(x_said, static_cast<int>(std::lround(n.value * kMinutesPerHour)));
      case Unit::kWorkday:
        return {.day = x_calendar.after(x_said.day, std::max(1, whole)), .minute = {}};
      case Unit::kWeek:
        return {.day = plus_days(x_said.day, 7 * whole), .minute = {}};
      case Unit::kMonth:
        return {.day = half ? plus_days(plus_months(x_said.day, whole), 15)
                            : plus_months(x_said.day, whole),
                .minute = {}};
      case Unit::kDay:
        break;
    }
    if (half) return after_minutes(x_said, static_cast<int>(n.value * 24 * kMinutesPerHour));
    return {.day = plus_days(x_said.day, whole), .minute = {}};
  }

  // --- clocks alone ---
  /// Whether the words after a clock time tell what will be then: 九点肯定来, 两点我打给您.
  bool told_for_certain(std::size_t at) const {
    constexpr std::size_t kNext = 8;
    const Text behind = after(at, kNext);
    return any_in(behind, {U"肯定", U"一定", U"保证", U"准时", U"打给您", U"打给你", U"给您打",
                           U"给你打", U"到您", U"到你家", U"给您送", U"给您回", U"回您"}) &&
           !any_in(behind, {U"了", U"过", U"吗", U"没"});
  }

  /// A clock or a part of the day without a day: 三点前, 下午5点之前, 下班前.
  std::optional<FoundDue> clock_alone(std::size_t at) const {
    if (at > 0 && (is_digit(x_text[at - 1]) || digit_of(x_text[at - 1]) >= 0)) return std::nullopt;
    const std::optional<Clock> found = clock(at);
    if (!found || found->minute < 0) return std::nullopt;
    if (x_text[at] == U'的' || x_text[at] == U' ') return std::nullopt;
    const bool closing = has(at, U"下班");
    const std::size_t by = past_by(found->end);
    if (by == 0 && !closing && !told_for_certain(found->end)) return std::nullopt;
    if (ends_in(before(at, 4), {U"每天", U"天天", U"昨天", U"前天", U"昨"})) return std::nullopt;
    int minute = found->minute;
    if (!found->part && minute <= x_said.minute && minute + 12 * kMinutesPerHour > x_said.minute &&
        minute <= 12 * kMinutesPerHour) {
      minute += 12 * kMinutesPerHour;
    }
    const int days = minute <= x_said.minute ? 1 : 0;
    return FoundDue{.end = by != 0 ? by : found->end,
                    .day = plus_days(x_said.day, days + minute / (24 * kMinutesPerHour)),
                    .minute = minute % (24 * kMinutesPerHour)};
  }

  // --- named days ---
  std::optional<FoundDue> named(std::size_t at) const {
    for (const auto look : {&Scan::relative, &Scan::these_days, &Scan::week, &Scan::month,
                            &Scan::new_year, &Scan::holiday, &Scan::date}) {
      const std::optional<Named> day = (this->*look)(at);
      if (day) return with_clock(at, *day);
    }
    return std::nullopt;
  }

  /// 这两天就给您办, 这几天会安排: what is to come, not what has lasted so long.
  std::optional<Named> these_days(std::size_t at) const {
    struct Word {
      Text word;
      int days;
    };
    for (const Word& w :
         {Word{U"这一两天", 2}, Word{U"这两天", 2}, Word{U"这两三天", 3}, Word{U"这几天", 3}}) {
      if (!has(at, w.word)) continue;
      const std::size_t end = at + w.word.size();
      constexpr std::size_t kNext = 10;
      const Text behind = after(end, kNext);
      const bool to_do =
          past_any(end, {U"就给", U"就帮", U"就为", U"就会", U"就安排", U"就能", U"会",     U"一定",
                         U"给您", U"给你", U"帮您", U"为您", U"内",     U"安排", U"我们会", U"之内",
                         U"尽快", U"就去", U"就来", U"就办", U"就修",   U"就退", U"就发"}) != 0;
      if (!to_do || any_in(behind, {U"了", U"没", U"过的", U"吗"})) return std::nullopt;
      return Named{plus_days(x_said.day, w.days), end, true, false, false};
    }
    return std::nullopt;
  }

  /// 年前, 年后: before and after the Spring Festival; not 三年前.
  std::optional<Named> new_year(std::size_t at) const {
    const bool before_it = has(at, U"年前") || has(at, U"年之前");
    if (!before_it && !has(at, U"年后")) return std::nullopt;
    if (at > 0 &&
        (is_digit(x_text[at - 1]) || digit_of(x_text[at - 1]) >= 0 ||
         Text(U"十百几多半去今明后前每当成新周学往近老少青早晚中跨元 ").find(x_text[at - 1]) !=
             Text::npos)) {
      return std::nullopt;
    }
    const auto start = x_calendar.next_holiday("春节", x_said.day);
    if (!start) return std::nullopt;
    const std::size_t end = at + (has(at, U"年之前") ? 3 : 2);
    if (before_it) return Named{plus_days(*start, -1), end, true, false, false};
    const auto day = x_calendar.back_at_work(*start);
    return day ? std::optional(Named{*day, end, true, false, false}) : std::nullopt;
  }

  std::optional<Named> relative(std::size_t at) const {
    struct Word {
      Text word;
      int days;
      bool evening, morning;
    };
    static constexpr std::array<Word, 18> kWords = {{{U"大后天", 3, false, false},
                                                     {U"后天", 2, false, false},
                                                     {U"后日", 2, false, false},
                                                     {U"明天", 1, false, false},
                                                     {U"明日", 1, false, false},
                                                     {U"明儿", 1, false, false},
                                                     {U"明早", 1, false, true},
                                                     {U"明晚", 1, true, false},
                                                     {U"明晨", 1, false, true},
                                                     {U"明上午", 1, false, false},
                                                     {U"今天", 0, false, false},
                                                     {U"今日", 0, false, false},
                                                     {U"今儿", 0, false, false},
                                                     {U"当天", 0, false, false},
                                                     {U"当日", 0, false, false},
                                                     {U"今晚", 0, true, false},
                                                     {U"今夜", 0, true, false},
                                                     {U"今早", 0, false, true}}};
    for (const Word& w : kWords) {
      if (!has(at, w.word)) continue;
      return Named{plus_days(x_said.day, w.days), at + w.word.size(), w.days > 0, w.evening,
                   w.morning};
    }
    return std::nullopt;
  }

  std::optional<Named> week(std::size_t at) const {
    std::size_t end = at;
    int weeks = -1;  // not said
    if (const auto p = past_any(end, {U"下下个", U"下下"}))
      weeks = 2, end = p;
    else if (const auto q = past_any(end, {U"下个", U"下"}))
      weeks = 1, end = q;
    else if (const auto r = past_any(end, {U"这个", U"本", U"这"}))
      weeks = 0, end = r;
    if (weeks < 0 && at > 0 &&
        Text(U"上每下这本个两一二三四五六0123456789").find(x_text[at - 1]) != Text::npos) {
      return std::nullopt;
    }
    const auto name = past_any(end, {U"周", U"星期", U"礼拜"});
    if (name == 0) return std::nullopt;
    if (name < x_text.size()) {
      constexpr Text kDays = U"一二三四五六日";
      const char32_t c = x_text[name] == U'天' ? U'日' : x_text[name];
      const Day monday = plus_days(x_said.day, -weekday_of(x_said.day));
      if (const std::size_t day = kDays.find(c); day != Text::npos) {
        const int wanted = static_cast<int>(day);
        Day on = plus_days(monday, 7 * std::max(0, weeks) + wanted);
        if (weeks < 0 && on < x_said.day) on = plus_days(on, 7);
        return Named{on, name + 1, weeks > 0, false, false};
      }
      const int later = 7 * std::max(0, weeks);
      if (c == U'末') return Named{plus_days(monday, later + 6), name + 1, true, false, false};
    }
    if (weeks < 0) return std::nullopt;
    const Day monday = plus_days(x_said.day, -weekday_of(x_said.day));
    return Named{plus_days(monday, 7 * weeks + 6), name, weeks > 0, false, false};
  }

  std::optional<Named> month(std::size_t at) const {
    if (const auto e = past_any(at, {U"下个月底", U"下月底", U"下个月末", U"下月末"})) {
      return Named{month_end(x_said.day, 1), e, true, false, false};
    }
    for (const Text next : {Text(U"下个月"), Text(U"下月")}) {
      if (!has(at, next)) continue;
      const std::optional<Number> n = number(skip_space(at + next.size()));
      if (n && past_any(n->end, {U"号", U"日"}) != 0) {
        const Day first = plus_days(month_end(x_said.day, 0), 1);
        const std::optional<Day> day = month_day(first, static_cast<int>(n->value));
        if (day) return Named{*day, n->end + 1, true, false, false};
      }
      return std::nullopt;
    }
    if (const auto e =
            past_any(at, {U"本月底", U"这个月底", U"这月底", U"月底", U"月末", U"本月末"})) {
      if (at > 0 && (x_text[at - 1] == U'上' || x_text[at - 1] == U'个' ||
                     is_digit(x_text[at - 1]) || digit_of(x_text[at - 1]) >= 0)) {
        return std::nullopt;
      }
      return Named{month_end(x_said.day, 0), e, true, false, false};
    }
    if (const auto e = past_any(at, {U"本月内", U"这个月内", U"当月内", U"本月之内", U"月内"})) {
      if (at > 0 && (x_text[at - 1] == U'个' || is_digit(x_text[at - 1]))) return std::nullopt;
      return Named{month_end(x_said.day, 0), e, true, false, false};
    }
    if (const auto e = past_any(at, {U"今年年底", U"年底", U"年末", U"今年内", U"年内"})) {
      // 二十年内 lasts, as a guarantee does, and is no end of this year.
      const bool lasts = at > 0 && (is_digit(x_text[at - 1]) || digit_of(x_text[at - 1]) >= 0 ||
                                    Text(U"十百两半几数多").find(x_text[at - 1]) != Text::npos);
      if (lasts || (at > 0 && Text(U"去前上").find(x_text[at - 1]) != Text::npos)) {
        return std::nullopt;
      }
      return Named{year_end(x_said.day), e, true, false, false};
    }
    return std::nullopt;
  }

  std::optional<Named> holiday(std::size_t at) const {
    struct Word {
      Text word;
      std::string_view name;
    };
    static constexpr std::array<Word, 12> kWords = {{{U"国庆", "国庆"},
                                                     {U"十一假期", "国庆"},
                                                     {U"十一", "国庆"},
                                                     {U"春节", "春节"},
                                                     {U"过年", "春节"},
                                                     {U"元旦", "元旦"},
                                                     {U"五一", "五一"},
                                                     {U"劳动节", "五一"},
                                                     {U"中秋", "中秋"},
                                                     {U"端午", "端午"},
                                                     {U"清明", "清明"},
                                                     {U"节", ""}}};
    for (const Word& w : kWords) {
      if (!has(at, w.word)) continue;
      if (w.word == U"节" && at > 0 && !ends_clause(x_text[at - 1]) &&
          any_in(x_text.substr(at - 1, 1), {U"季", U"环", U"细", U"情", U"调", U"章", U"春", U"秋",
                                            U"午", U"明", U"动", U"庆"})) {
        return std::nullopt;
      }
      std::size_t end = at + w.word.size();
      if (const auto e = past_any(end, {U"节假期", U"假期", U"节", U"长假"})) end = e;
      if (const auto e = past_any(end, {U"之前", U"以前", U"放假前", U"前"})) {
        const auto day = x_calendar.next_holiday(w.name, x_said.day);
        if (day) return Named{plus_days(*day, -1), e, true, false, false};
      }
      if (const auto e = past_any(end, {U"后的第一个工作日", U"后第一个工作日", U"后首个工作日"})) {
        const auto start =
            w.name.empty() ? std::nullopt : x_calendar.next_holiday(w.name, x_said.day);
        const auto day = x_calendar.back_at_work(start.value_or(x_said.day));
        if (day) return Named{*day, e, true, false, false};
      }
      // 春节后第一时间, 国庆节后给您装: the first working day.
      if (const auto e = past_any(end, {U"之后", U"以后", U"后", U"一过", U"过后", U"过完"})) {
        const auto start =
            w.name.empty() ? std::nullopt : x_calendar.next_holiday(w.name, x_said.day);
        const auto day = x_calendar.back_at_work(start.value_or(x_said.day));
        const Text behind = after(e);
        const bool to_do = any_in(behind, {U"给", U"会", U"安排", U"第一时间", U"马上", U"就",
                                           U"一定", U"上门", U"联系", U"发货", U"处理"});
        if (day && to_do && !any_in(behind, {U"了", U"没", U"吗"})) {
          return Named{*day, e, true, false, false};
        }
      }
    }
    return std::nullopt;
  }

  /// 2025年12月30日, 2025-12-30, 二〇二五年底, 明年3月底: the year that is said is the one meant.
  std::optional<YearDay> dated_with_year(std::size_t at) const {
    const std::optional<Number> said = year(at, year_of(x_said.day));
    if (!said) return std::nullopt;
    const int in = static_cast<int>(said->value);
    const char32_t mark = x_text[said->end - 1];
    const bool numeric = mark != U'年';
    std::size_t end = skip_space(said->end);
    if (const auto e = past_any(end, {U"年底", U"年末", U"底", U"末"}); e != 0 && !numeric) {
      return YearDay{day_from_date(in, 12, 31), e, true};
    }
    const std::optional<Number> month = whole(end);
    if (!month || month->value < 1 || month->value > 12) return std::nullopt;
    const int of_year = static_cast<int>(month->value);
    if (!has(month->end, numeric ? Text(&mark, 1) : Text(U"月"))) return std::nullopt;
    end = numeric ? month->end + 1 : skip_space(month->end + 1);
    if (const auto e = past_any(end, {U"底", U"末"}); e != 0 && !numeric) {
      const std::optional<Day> first = day_from_date(in, of_year, 1);
      return YearDay{first ? std::optional(month_end(*first, 0)) : std::nullopt, e, true};
    }
    const std::optional<Number> day = whole(end);
    if (!day || day->value < 1 || day->value > 31) return std::nullopt;
    const auto e = past_any(day->end, {U"日", U"号"});
    return YearDay{day_from_date(in, of_year, static_cast<int>(day->value)), e != 0 ? e : day->end};
  }

  std::optional<Named> date(std::size_t at) const {
    const std::optional<Number> first = number(at);
    if (!first || first->value < 1 || first->value > 31) return std::nullopt;
    const int value = static_cast<int>(first->value);
    if (value != first->value) return std::nullopt;
    if (has(first->end, U"月") && value <= 12) {
      const std::size_t after_month = skip_space(first->end + 1);
      if (const auto e = past_any(first->end, {U"月底", U"月末"})) {
        const auto start = year_day(x_said.day, value, 1);
        if (start) return Named{month_end(*start, 0), e, true, false, false};
      }
      const std::optional<Number> second = number(after_month);
      if (!second || second->value > 31) return std::nullopt;
      std::size_t end = second->end;
      if (has(end, U"日") || has(end, U"号")) ++end;
      const auto day = year_day(x_said.day, value, static_cast<int>(second->value));
      if (day) return Named{*day, end, false, false, false};
      return std::nullopt;
    }
    if (at > 0 && x_text[at - 1] == U'月') return std::nullopt;  // of a date that does not exist
    const bool numbered = has(first->end, U"号") && !has(first->end, U"号楼") &&
                          !has(first->end, U"号线") && !has(first->end, U"号窗") &&
                          !has(first->end, U"号柜") && !has(first->end, U"号店");
    const bool dated = has(first->end, U"日") && past_by(first->end + 1) != 0 &&
                       !has(first->end, U"日内") && !has(first->end, U"日之内") &&
                       !has(first->end, U"日以内");
    if (!numbered && !dated) return std::nullopt;
    const auto day = month_day(x_said.day, value);
    if (day) return Named{*day, first->end + 1, false, false, false};
    return std::nullopt;
  }

  std::optional<FoundDue> with_clock(std::size_t at, const Named& day) const {
    FoundDue found{.end = day.end, .day = day.day, .minute = {}};
    std::size_t end = day.end;
    if (day.morning) found.minute = 600;
    // Between the day and its clock other words may stand: 明天师傅下午三点前到.
    std::optional<Clock> time = clock(end);
    if (!time && !day.morning && !day.evening) time = clock_later(end);
    if (time && day.evening && time->minute >= 0 && time->minute < 12 * kMinutesPerHour) {
      time->minute += 12 * kMinutesPerHour;
    }
    if (time && !time->part && !day.evening && !day.morning && time->minute > 0 &&
        time->minute < 7 * kMinutesPerHour) {
      time->minute += 12 * kMinutesPerHour;
    }
    if (time) {
      end = time->end;
      if (time->minute >= 0) {
        found.day = plus_days(found.day, time->minute / (24 * kMinutesPerHour));
        found.minute = time->minute % (24 * kMinutesPerHour);
      }
    }
    const std::size_t by = past_by(end);
    found.end = by != 0 ? by : end;
    const bool passed = found.day < x_said.day ||
                        (found.day == x_said.day && found.minute && *found.minute < x_said.minute);
    if (passed || !to_come(at, found.end, by != 0, day)) return std::nullopt;
    return found;
  }

  bool to_come(std::size_t at, std::size_t end, bool by, const Named& day) const {
    const Text ahead = before(at, 6);
    if (ends_in(ahead, {U"上", U"从", U"自", U"每", U"到了", U"去年", U"截至"})) return false;
    const Text behind = after(end);
    if (behind.starts_with(U"到周") || behind.starts_with(U"至周") ||
        behind.starts_with(U"到星期")) {
      return false;  // office hours
    }
    const bool possessive = [&] {
      const std::size_t of = behind.substr(0, 7).find(U'的');
      return of != Text::npos && of > 0;
    }();
    if (by || ends_in(ahead, {U"最迟", U"最晚", U"赶在", U"截止", U"定在", U"约在", U"改到",
                              U"改在", U"约好", U"预约", U"延到", U"推到", U"安排在", U"不晚于"})) {
      return true;
    }
    if (any_in(behind, {U"了没", U"过了"})) return false;
    if (day.sure) return !behind.starts_with(U"了");
    if (possessive || any_in(behind, {U"了", U"过的", U"各", U"都是"})) return false;
    return any_in(behind,
                  {U"一定", U"会",   U"能",   U"必须", U"给",   U"可以", U"送",   U"安排", U"上门",
                   U"完成", U"处理", U"解决", U"答复", U"回",   U"要",   U"发",   U"修",   U"恢复",
                   U"来",   U"到",   U"就",   U"得",   U"请",   U"有人", U"联系", U"办",   U"去",
                   U"装",   U"付",   U"缴",   U"收",   U"截止", U"拆",   U"换",   U"开",   U"通",
                   U"停",   U"搞定", U"弄好", U"交",   U"出",   U"再",   U"帮",   U"我们"});
  }

  Moment x_said;
  const WorkCalendar& x_calendar;
};

}  // namespace

std::optional<FoundDue> scan_chinese(std::u32string_view text, Moment said,
                                     const WorkCalendar& calendar) {
  return Scan(text, said, calendar).run();
}

}  // namespace xinjing::language
