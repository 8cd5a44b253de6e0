#include "report/usage_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "base/normal.h"
#include "base/visible.h"
#include "report/terminal_chart.h"
#include "report/usage_words.h"

namespace xinjing::report {
namespace {

using behaviour::MeterStudy;
using behaviour::SeriesState;
using behaviour::UsageRows;

constexpr std::size_t kNameColumns = 34;

/// "12.1 (5.2–22.1)": the median, and between what nine tenths lie. Nothing of no values.
std::string spread(std::vector<double> values, int decimals) {
  if (values.empty()) return "—";
  std::ranges::sort(values);
  const auto at = [&](double share) {
    return values[std::size_t(std::lround(share * double(values.size() - 1)))];
  };
  return fmt::format("{:.{}f} ({:.{}f}–{:.{}f})", at(0.5), decimals, at(0.05), decimals, at(0.95),
                     decimals);
}

/// The plan the rows pay by against those that could be judged, over all meters.
struct PlanCount {
  std::string name;
  std::int64_t judged = 0;
  std::int64_t unjudged = 0;
  std::int64_t clear = 0;
  std::vector<double> savings;  // of those for whom it clearly saves
  std::vector<double> shares;   // needed of cheap hours, where readings are too coarse
};

class UsageText {
 public:
  UsageText(const UsageRows& rows, const UsageTextOptions& options)
      : x_rows(rows), x_options(options), x_words{options.lang} {
    for (const MeterStudy& one : rows.study.meters) {
      if (one.number > 1) x_several = true;
    }
  }

  std::string all() {
    source();
    mean_day();
    habits();
    features();
    changes();
    unusual(true);
    unusual(false);
    if (x_options.plans) plans();
    return std::move(x_out);
  }

  std::string of_person(std::int64_t person) {
    for (const MeterStudy& one : x_rows.study.meters) {
      if (one.person == person) meter(one);
    }
    return std::move(x_out);
  }

 private:
  std::string say(std::string en, std::string zh) const {
    return x_words.say(std::move(en), std::move(zh));
  }
  void line(const std::string& text) { x_out += text + "\n"; }
  void title(const std::string& text) { x_out += (x_out.empty() ? "" : "\n") + text + "\n"; }
  std::size_t limit() const { return x_options.limit == 0 ? SIZE_MAX : x_options.limit; }
  void more(std::size_t all) {
    if (all <= limit()) return;
    line(say(fmt::format("  and {} more (--limit 0 shows all)", all - limit()),
             fmt::format("  另有 {} 条（--limit 0 全部列出）", all - limit())));
  }

  void source();
  void rows_left_out();
  void mean_day();
  void habits();
  void features();
  void changes();
  void unusual(bool high);
  void plans();
  void plan_table();
  void savers();
  void meter(const MeterStudy& is);
  void meter_hours(const MeterStudy& is);
  void meter_months(const MeterStudy& is);
  void meter_plans(const MeterStudy& is);

  const UsageRows& x_rows;
  const UsageTextOptions& x_options;
  UsageWords x_words;
  bool x_several = false;
  std::string x_out;
};

void UsageText::source() {
  const behaviour::UsageSource& is = x_rows.source;
  std::map<int, std::int64_t> steps;
  std::int64_t good = 0;
  behaviour::ReadingFaults faults;
  std::map<SeriesState, std::int64_t> silent;
  for (const MeterStudy& one : x_rows.study.meters) {
    faults.merge(one.faults);
    if (one.state == SeriesState::kGood) {
      ++good;
      constexpr int kDay = behaviour::MeterSeries::kDayMinutes;
      ++steps[one.fine() ? one.step_minutes
                         : (one.step_minutes + kDay * 5) / (kDay * 10) * kDay * 10];
    } else {
      ++silent[one.state];
    }
  }
  const bool amounts = is.mode == behaviour::ReadingMode::kConsumption;
  line(say(fmt::format("Readings: {} of {} meters, as of {}", is.used, x_rows.study.meters.size(),
                       iso_date(is.as_of)),
           fmt::format("读数：{} 个，{} 块表，截至 {}", is.used, x_rows.study.meters.size(),
                       iso_date(is.as_of))));
  line(say(fmt::format("  taken as {} ({} rise, {} fall)",
                       amounts ? "the use of each interval" : "standings of meters",
                       is.counts.rises, is.counts.falls),
           fmt::format("  视为{}（{} 次上升，{} 次下降）", amounts ? "每段时间的用量" : "表底示数",
                       is.counts.rises, is.counts.falls)));
  for (const auto& [step, n] : steps) {
    line(say(fmt::format("  {}: {} meters", x_words.step(step), n),
             fmt::format("  {}：{} 块表", x_words.step(step), n)));
  }
  rows_left_out();
  if (const std::string words = x_words.faults(faults); !words.empty()) {
    line(say("  readings: ", "  读数：") + words);
  }
  for (const auto& [state, n] : silent) {
    line(say(fmt::format("  nothing is said of {}: {}", n, x_words.state(state)),
             fmt::format("  {} 块表不下结论：{}", n, x_words.state(state))));
  }
}

void UsageText::rows_left_out() {
  const behaviour::UsageSource& is = x_rows.source;
  struct Part {
    std::int64_t n;
    std::string en, zh;
  };
  const Part parts[] = {{is.nobody, "without a customer", "没有客户"},
                        {is.later, "after that day", "晚于该日"},
                        {is.earlier, "before 2000 or without a number", "早于 2000 年或没有数值"},
                        {is.other_unit, "in no unit of electricity", "单位不是电量"},
                        {is.other_kind, fmt::format("of another kind than '{}'", is.kind),
                         fmt::format("类型不是“{}”", is.kind)}};
  for (const Part& part : parts) {
    if (part.n == 0) continue;
    line(say(fmt::format("  rows left out, {}: {}", part.en, part.n),
             fmt::format("  未采用的行，{}：{}", part.zh, part.n)));
  }
}

void UsageText::mean_day() {
  std::vector<double> load(24);
  std::size_t n = 0;
  for (const MeterStudy& one : x_rows.study.meters) {
    if (!one.features.curve || !one.features.per_day) continue;
    for (std::size_t h = 0; h < 24; ++h)
      load[h] += (*one.features.curve)[h] * *one.features.per_day;
    ++n;
  }
  if (n == 0) {
    title(say(
        "Hours of the day are unknown: no meter has readings of at most two hours on 14 full days.",
        "不知道一天里何时用电：没有一块表有 14 个完整日、间隔不超过两小时的读数。"));
    return;
  }
  for (double& one : load) one /= double(n);
  const auto low = std::ranges::min_element(load) - load.begin();
  const auto high = std::ranges::max_element(load) - load.begin();
  title(say(fmt::format("A mean day ({} meters)", n), fmt::format("平均一天（{} 块表）", n)));
  line(say(fmt::format("  00 {} 23   lowest {:.2f} kW at {:02}:00, highest {:.2f} kW at {:02}:00",
                       sparks(load), load[std::size_t(low)], low, load[std::size_t(high)], high),
           fmt::format("  00 {} 23   {:02} 时最低 {:.2f} 千瓦，{:02} 时最高 {:.2f} 千瓦",
                       sparks(load), low, load[std::size_t(low)], high, load[std::size_t(high)])));
}

void UsageText::habits() {
  const auto& habits = x_rows.study.habits;
  if (habits.empty()) return;
  const std::string width = x_rows.study.silhouette
                                ? say(fmt::format("; silhouette {:.2f}", *x_rows.study.silhouette),
                                      fmt::format("；轮廓系数 {:.2f}", *x_rows.study.silhouette))
                                : "";
  title(say(fmt::format("Habits: shapes of the day (k-means, seed {}{})",
                        behaviour::ClusterOptions().seed, width),
            fmt::format("用电习惯：一天的形状（k 均值，种子 {}{}）",
                        behaviour::ClusterOptions().seed, width)));
  for (const behaviour::Habit& one : habits) {
    line(fmt::format("  {}00 {} 23 {:>8}", padded(x_words.say(one.name.said), kNameColumns),
                     sparks(one.curve), one.meters));
  }
  constexpr double kWeak = 0.25;
  if (x_rows.study.silhouette.value_or(1) < kWeak) {
    line(
        say("  The groups run into each other (silhouette under 0.25): take them as a description.",
            "  各组彼此交叠（轮廓系数低于 0.25），只宜作描述。"));
  }
}

void UsageText::features() {
  struct Row {
    std::string en, zh;
    int decimals;
    double scale;
    std::optional<double> behaviour::LoadFeatures::*field;
  };
  using Is = behaviour::LoadFeatures;
  const Row rows[] = {{"kWh a day", "日均电量（千瓦时）", 1, 1, &Is::per_day},
                      {"base load, kW", "基荷（千瓦）", 2, 1, &Is::base_kw},
                      {"peak of a day, kW", "日峰荷（千瓦）", 2, 1, &Is::peak_kw},
                      {"load factor", "负荷率", 2, 1, &Is::load_factor},
                      {"night 00–06, %", "夜间 0–6 时占比（%）", 0, 100, &Is::night},
                      {"evening 17–22, %", "傍晚 17–22 时占比（%）", 0, 100, &Is::evening},
                      {"weekend by working day", "周末比工作日", 2, 1, &Is::weekend},
                      {"highest month by lowest", "最高月比最低月", 1, 1, &Is::season}};
  title(say("Features: median of meters (nine tenths lie between)",
            "特征：各表中位数（九成在括号内）"));
  for (const Row& row : rows) {
    std::vector<double> values;
    for (const MeterStudy& one : x_rows.study.meters) {
      if (const auto& value = one.features.*row.field) values.push_back(*value * row.scale);
    }
    if (values.empty()) continue;
    const std::size_t n = values.size();
    line(fmt::format("  {}{}  {}", padded(say(row.en, row.zh), kNameColumns),
                     padded(spread(std::move(values), row.decimals), 24),
                     say(fmt::format("{} meters", n), fmt::format("{} 块表", n))));
  }
}

void UsageText::changes() {
  std::vector<const MeterStudy*> changed;
  for (const MeterStudy& one : x_rows.study.meters) {
    if (one.change) changed.push_back(&one);
  }
  std::ranges::stable_sort(changed, [](const MeterStudy* a, const MeterStudy* b) {
    return a->change->since > b->change->since;
  });
  const bool seasons = x_rows.study.seasons.known();
  title(say(fmt::format("Lasting changes, the latest first ({})", changed.size()),
            fmt::format("持续的变化，最近的在前（{}）", changed.size())));
  line(seasons ? say("  seasons are taken out by the other meters", "  已按其他表去掉季节")
               : say("  under 10 meters: seasons are known only from last year, where it is there",
                     "  不足 10 块表：季节只能与去年同期比，没有去年的则未去除"));
  for (std::size_t i = 0; i < std::min(limit(), changed.size()); ++i) {
    line(fmt::format("  {}{}", padded(x_words.who(*changed[i], x_several), 10),
                     x_words.change(*changed[i]->change)));
  }
  more(changed.size());
}

void UsageText::unusual(bool high) {
  std::vector<std::pair<const MeterStudy*, const behaviour::UnusualUse*>> found;
  for (const MeterStudy& one : x_rows.study.meters) {
    for (const behaviour::UnusualUse& use : one.unusual) {
      if (use.more() == high) found.emplace_back(&one, &use);
    }
  }
  std::ranges::stable_sort(found, [](const auto& a, const auto& b) {
    const auto off = [](const behaviour::UnusualUse& u) {
      return std::abs(u.period.kwh - u.usual);
    };
    return off(*a.second) > off(*b.second);
  });
  title(high ? say(fmt::format("Far more than usual: may become a complaint ({})", found.size()),
                   fmt::format("远高于平常，可能变成投诉（{}）", found.size()))
             : say(fmt::format(
                       "Far less than usual: an empty home, or a meter that stands still ({})",
                       found.size()),
                   fmt::format("远低于平常，可能无人居住，或表停走（{}）", found.size())));
  for (std::size_t i = 0; i < std::min(limit(), found.size()); ++i) {
    line(fmt::format("  {}{}", padded(x_words.who(*found[i].first, x_several), 10),
                     x_words.unusual(*found[i].second)));
  }
  more(found.size());
}

void UsageText::plans() {
  title(say(fmt::format("Plans: what the past year's use would cost ({}; if use stays as it was)",
                        x_options.currency),
            fmt::format("资费方案：按过去的用电一年要付多少（{}；假定用电习惯不变）",
                        x_options.currency)));
  plan_table();
  savers();
}

void UsageText::plan_table() {
  std::map<std::string, PlanCount> counts;
  std::int64_t compared = 0;
  for (const MeterStudy& one : x_rows.study.meters) {
    if (!one.plans) continue;
    ++compared;
    for (const behaviour::PlanCost& cost : one.plans->costs) {
      PlanCount& count = counts[cost.plan->id];
      count.name = x_words.say(cost.plan->name);
      ++count.judged;
      if (cost.plan == one.plans->present || cost.low <= 0) continue;
      ++count.clear;
      count.savings.push_back(cost.saves);
    }
    for (const auto& cost : one.plans->unjudged) {
      PlanCount& count = counts[cost.plan->id];
      count.name = x_words.say(cost.plan->name);
      ++count.unjudged;
      count.shares.push_back(100 * cost.share);
    }
  }
  if (compared == 0) {
    line(say("  No meter can be compared: three months are needed, and a present plan.",
             "  没有可以比较的表：至少要三个月的用量，并知道现在的方案。"));
    return;
  }
  for (auto& [id, is] : counts) {
    std::string words;
    if (is.judged > 0) {
      words = say(fmt::format("judged for {}, clearly cheaper for {}", is.judged, is.clear),
                  fmt::format("可比 {} 块表，明确更省的 {} 块", is.judged, is.clear));
      if (is.clear > 0) {
        words += say(", saves ", "，省 ") + spread(is.savings, 0);
      }
    } else {
      std::ranges::sort(is.shares);
      words =
          say(fmt::format("goes by the hour, readings do not; pays with {:.0f} % in cheap hours",
                          is.shares[is.shares.size() / 2]),
              fmt::format("按时段计价，读数不分时段，无法判断；低价时段占 {:.0f}% 以上才合算",
                          is.shares[is.shares.size() / 2]));
    }
    line(fmt::format("  {}{}", padded(is.name, kNameColumns), words));
  }
}

void UsageText::savers() {
  std::vector<std::pair<const MeterStudy*, const behaviour::PlanCost*>> found;
  for (const MeterStudy& one : x_rows.study.meters) {
    if (!one.plans) continue;
    if (const behaviour::PlanCost* best = one.plans->clear()) found.emplace_back(&one, best);
  }
  if (found.empty()) {
    line(say("  For nobody another plan is clearly cheaper (95 % interval above 0).",
             "  没有人换方案能明确省钱（95% 区间都高于 0 才算）。"));
    return;
  }
  std::ranges::stable_sort(
      found, [](const auto& a, const auto& b) { return a.second->saves > b.second->saves; });
  line(say("  Who saves most in a year (95 % interval):", "  一年省得最多的（95% 区间）："));
  for (std::size_t i = 0; i < std::min(limit(), found.size()); ++i) {
    const auto& [meter, cost] = found[i];
    const std::string partial = meter->plans->months < 12
                                    ? say(fmt::format("; {} months known", meter->plans->months),
                                          fmt::format("；只知道 {} 个月份", meter->plans->months))
                                    : "";
    line(fmt::format("    {}{} → {}: {:.0f} ({:.0f}–{:.0f}){}",
                     padded(x_words.who(*meter, x_several), 10),
                     x_words.say(meter->plans->present->name), x_words.say(cost->plan->name),
                     cost->saves, cost->low, cost->high, partial));
  }
  more(found.size());
}

void UsageText::meter(const MeterStudy& is) {
  title(x_words.who(is, x_several));
  if (const std::string words = x_words.faults(is.faults); !words.empty()) {
    line(say("  readings: ", "  读数：") + words);
  }
  if (is.state != SeriesState::kGood) {
    line(say("  nothing is said: ", "  不下结论：") + x_words.state(is.state));
    return;
  }
  const behaviour::LoadFeatures& has = is.features;
  line(say(fmt::format("  {}, {} days that count, {} to {}", x_words.step(is.step_minutes),
                       has.days, iso_date(has.first), iso_date(has.last)),
           fmt::format("  {}，有效 {} 天，{} 至 {}", x_words.step(is.step_minutes), has.days,
                       iso_date(has.first), iso_date(has.last))));
  if (!has.enough()) {
    line(say(fmt::format("  too few days: {}, and 14 are needed", has.days),
             fmt::format("  天数太少：{} 天，至少需要 14 天", has.days)));
    return;
  }
  meter_hours(is);
  meter_months(is);
  if (is.change) line(say("  lasting change ", "  持续的变化：") + x_words.change(*is.change));
  for (const behaviour::UnusualUse& one : is.unusual) {
    line(say("  unusual ", "  异常：") + x_words.unusual(one));
  }
  if (x_options.plans) meter_plans(is);
}

void UsageText::meter_hours(const MeterStudy& is) {
  const behaviour::LoadFeatures& has = is.features;
  std::string mean = fmt::format("{:.2f}", *has.per_day);
  if (has.per_day_error) mean += fmt::format(" ± {:.2f}", kNormal95 * *has.per_day_error);
  line(say("  kWh a day: ", "  日均（千瓦时）：") + mean);
  if (has.weekend) {
    line(say(fmt::format("  a weekend day by a working day: {:.2f}", *has.weekend),
             fmt::format("  周末日比工作日：{:.2f}", *has.weekend)));
  }
  if (has.season) {
    line(say(fmt::format("  highest month {}, lowest {}: {:.1f} times", has.high_month,
                         has.low_month, *has.season),
             fmt::format("  最高 {} 月，最低 {} 月：{:.1f} 倍", has.high_month, has.low_month,
                         *has.season)));
  }
  if (!has.curve) return;
  line(fmt::format("  00 {} 23  {}", sparks(*has.curve),
                   is.habit ? x_words.say(x_rows.study.habits[*is.habit].name.said) : ""));
  const std::int32_t top = has.top_minute;
  constexpr int kDay = behaviour::MeterSeries::kDayMinutes;
  line(say(
      fmt::format("  base {:.2f} kW, peak of a day {:.2f} kW, highest {:.2f} kW on {} {:02}:{:02}",
                  *has.base_kw, *has.peak_kw, *has.top_kw, iso_date({top / kDay}), top % kDay / 60,
                  top % 60),
      fmt::format("  基荷 {:.2f} 千瓦，日峰荷 {:.2f} 千瓦，最高 {:.2f} 千瓦（{} {:02}:{:02}）",
                  *has.base_kw, *has.peak_kw, *has.top_kw, iso_date({top / kDay}), top % kDay / 60,
                  top % 60)));
  line(say(fmt::format("  night 00–06 {:.0f} %, evening 17–22 {:.0f} % of use", 100 * *has.night,
                       100 * *has.evening),
           fmt::format("  夜间 0–6 时占 {:.0f}%，傍晚 17–22 时占 {:.0f}%", 100 * *has.night,
                       100 * *has.evening)));
}

void UsageText::meter_months(const MeterStudy& is) {
  double most = 0;
  for (const behaviour::UsePeriod& one : is.periods) most = std::max(most, one.per_day());
  constexpr std::size_t kMost = 24, kColumns = 40;
  const std::size_t from = is.periods.size() > kMost ? is.periods.size() - kMost : 0;
  if (from < is.periods.size())
    line(say("  kWh of each period (bars: a day)", "  各期电量（条形为日均）"));
  for (std::size_t i = from; i < is.periods.size(); ++i) {
    const behaviour::UsePeriod& one = is.periods[i];
    line(fmt::format("    {} {:>3} {} {:>9.1f}  {}", iso_date(one.first), one.days,
                     say("days", "天"), one.kwh, bar(one.per_day(), most, kColumns)));
  }
}

void UsageText::meter_plans(const MeterStudy& is) {
  if (!is.plans) {
    line(
        say("  plans: not compared; three months and a present plan are needed, and hours if the "
            "present plan goes by them",
            "  方案：无法比较；至少要三个月的用量并知道现在的方案，若现方案分时段还要分时读数"));
    return;
  }
  line(say(fmt::format("  plans, {} a year for {:.0f} kWh, if use stays as it was ({} of 12 months "
                       "known)",
                       x_options.currency, is.plans->kwh, is.plans->months),
           fmt::format(
               "  方案：一年 {:.0f} 千瓦时要付多少（{}；假定用电习惯不变；12 个月份中知道 {} 个）",
               is.plans->kwh, x_options.currency, is.plans->months)));
  for (const behaviour::PlanCost& one : is.plans->costs) {
    const bool present = one.plan == is.plans->present;
    const std::string words =
        present ? say("the present one", "现在的方案")
                : say(fmt::format("saves {:.0f} ({:.0f} to {:.0f})", one.saves, one.low, one.high),
                      fmt::format("省 {:.0f}（{:.0f} 至 {:.0f}）", one.saves, one.low, one.high));
    line(fmt::format("    {}{:>10.0f}  {}", padded(x_words.say(one.plan->name), kNameColumns),
                     one.year, words));
  }
  for (const auto& one : is.plans->unjudged) {
    line(fmt::format(
        "    {}{}", padded(x_words.say(one.plan->name), kNameColumns),
        one.share > 1
            ? say("goes by the hour; never cheaper", "按时段计价；不可能更省")
            : say(fmt::format("goes by the hour; cheaper with over {:.0f} % in "
                              "cheap hours",
                              100 * one.share),
                  fmt::format("按时段计价；低价时段超过 {:.0f}% 才更省", 100 * one.share))));
  }
}

}  // namespace

std::string usage_text(const UsageRows& rows, const UsageTextOptions& options) {
  return UsageText(rows, options).all();
}

std::string usage_of_person(const UsageRows& rows, std::int64_t person,
                            const UsageTextOptions& options) {
  return UsageText(rows, options).of_person(person);
}

}  // namespace xinjing::report
