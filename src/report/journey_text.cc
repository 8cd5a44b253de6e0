#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/format.h"
#include "base/visible.h"
#include "insight/interval.h"
#include "report/journey_report.h"
#include "report/terminal_chart.h"
#include "report/wording.h"

namespace xinjing::report {
namespace {

using behaviour::ActivityFigures;
using behaviour::Edge;
using behaviour::EventLog;
using behaviour::Times;
using behaviour::Variant;

constexpr std::size_t kBar = 16;
constexpr std::size_t kNames = 24;

std::size_t least(std::size_t shown, std::size_t all) {
  return shown == 0 ? all : std::min(shown, all);
}

/// A name in at most so many columns, without the end where it is longer.
std::string cut(std::string_view name, std::size_t columns) {
  std::string out = visible_line(name);
  if (columns_of(out) <= columns) return out;
  while (!out.empty() && columns_of(out) + 1 > columns) {
    while ((static_cast<unsigned char>(out.back()) & 0xc0U) == 0x80U) out.pop_back();
    out.pop_back();
  }
  return out + "…";
}

std::string right(std::string_view text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  return std::string(used < columns ? columns - used : 0, ' ') + std::string(text);
}

std::string percent(const insight::Interval& share) {
  return fmt::format("{:.0f}% ({:.0f}–{:.0f})", 100 * share.value, 100 * share.low,
                     100 * share.high);
}

std::string share_text(std::int64_t hits, std::int64_t of) {
  return percent(insight::share_interval(double(hits), double(of)));
}

/// Lines of one table: the first column is a name, the last a bar, those between are right-aligned.
class Lines {
 public:
  Lines(std::string& out, std::size_t name_columns, std::vector<std::size_t> columns)
      : x_out(out), x_name(name_columns), x_columns(std::move(columns)) {}

  void add(std::string_view name, const std::vector<std::string>& cells,
           std::string_view bar = {}) {
    std::string line = "  " + padded(cut(name, x_name), x_name);
    for (std::size_t i = 0; i < cells.size(); ++i) line += " " + right(cells[i], x_columns[i]);
    if (!bar.empty()) line += "  " + std::string(bar);
    x_out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }

 private:
  std::string& x_out;
  std::size_t x_name;
  std::vector<std::size_t> x_columns;
};

class Text {
 public:
  Text(const JourneyReport& report, const JourneyShown& shown)
      : x_report(report), x_journey(report.journey), x_log(report.log), x_shown(shown) {}

  std::string all() {
    summary();
    steps();
    edges();
    variants();
    hand_overs();
    if (x_report.conformance) conformance();
    if (x_report.what_if) what_if();
    if (x_report.feelings) feelings();
    return std::move(x_out);
  }

 private:
  bool zh() const { return x_shown.lang == Lang::kZh; }
  std::string say(std::string en, std::string zh_text) const {
    return zh() ? std::move(zh_text) : std::move(en);
  }
  std::string time(double millis) const { return time_text(millis, x_shown.lang); }
  std::string median_and_p90(const Times& times) const {
    if (times.n == 0) return "-";
    return fmt::format("{} / {}", time(times.median), time(times.p90));
  }
  const std::string& activity(std::uint32_t number) const { return x_log.activity_names()[number]; }
  void heading(std::string en, std::string zh_text) {
    x_out += "\n" + say(std::move(en), std::move(zh_text)) + "\n";
  }
  void more(std::size_t shown, std::size_t all) {
    if (shown >= all) return;
    x_out += say(fmt::format("  … and {} more (--limit 0 shows all)\n", all - shown),
                 fmt::format("  ……另有 {} 条（--limit 0 全部列出）\n", all - shown));
  }

  void summary();
  void steps();
  void edges();
  void variants();
  void hand_overs();
  void conformance();
  void funnel();
  void what_if();
  void feelings();

  const JourneyReport& x_report;
  const behaviour::Journey& x_journey;
  const EventLog& x_log;
  const JourneyShown& x_shown;
  std::string x_out;
};

void Text::summary() {
  std::int64_t first = x_log.last_moment();
  for (std::size_t i = 0; i < x_log.steps(); ++i) first = std::min(first, x_log.started(i));
  const std::string from = iso_date(day_of({first}, x_report.zone_minutes));
  const std::string to = iso_date(day_of({x_log.last_moment()}, x_report.zone_minutes));
  const std::string steps = count_text(x_journey.steps), cases = count_text(x_journey.cases);
  const std::size_t kinds = x_journey.activities.size(), ways = x_journey.variants.size();
  x_out += say(fmt::format("{} steps of {} cases, {} to {}: {} kinds of steps, {} ways through\n",
                           steps, cases, from, to, kinds, ways),
               fmt::format("{} 个步骤，{} 个案例，{} 至 {}；步骤 {} 种，走法 {} 种\n", steps, cases,
                           from, to, kinds, ways));
  const Times& total = x_journey.total;
  if (total.n > 0) {
    x_out += say(fmt::format("Whole journey: half take at most {}, nine of ten at most {} ({} "
                             "cases of two steps or more)\n",
                             time(total.median), time(total.p90), count_text(total.n)),
                 fmt::format("全程：一半在 {}之内，九成在 {}之内（两步以上的案例 {} 个）\n",
                             time(total.median), time(total.p90), count_text(total.n)));
  }
  for (const Said& problem : journey_problems(x_report)) {
    x_out += "! " + problem.in(x_shown.lang) + "\n";
  }
}

void Text::steps() {
  heading("Steps (time from start to end: median / nine of ten)",
          "步骤（办理时长：中位数 / 九成以内）");
  Lines lines(x_out, kNames, {9, 9, 8, 14, 7, 18});
  lines.add("", {say("times", "次数"), say("cases", "案例"), say("first", "起点"),
                 say("last", "终点"), say("again", "重复"), say("takes", "时长")});
  const auto& all = x_journey.activities;
  const std::size_t count = least(x_shown.rows, all.size());
  for (std::size_t i = 0; i < count; ++i) {
    const ActivityFigures& one = all[i];
    lines.add(
        activity(one.activity),
        {count_text(one.steps), count_text(one.cases), count_text(one.starts),
         one.ends == 0 ? "0"
                       : share_text(one.ends - one.ends_open, x_journey.cases - x_journey.open),
         count_text(one.repeats), median_and_p90(one.service)},
        bar(double(one.steps), double(all[0].steps), kBar / 2));
  }
  more(count, all.size());
  x_out += say(
      fmt::format(
          "  last: share of ended cases that end there, with its 95 % interval. Cases whose last "
          "step\n  began less than {1} before the end of the data may still go on and are "
          "not counted: {0}.\n",
          count_text(x_journey.open), time(x_journey.patience)),
      fmt::format("  终点：已结束案例中止于此步的比例及 95% 区间。有 {} 个案例的最后一步距今不足 "
                  "{}，\n  可能还没结束，不计入。\n",
                  count_text(x_journey.open), time(x_journey.patience)));
}

void Text::edges() {
  if (x_journey.edges.empty()) return;
  double whole = 0;
  for (const Edge& edge : x_journey.edges) whole += edge.wait.mean * double(edge.n);
  std::vector<Edge> sorted = x_journey.edges;
  constexpr std::int64_t kRare = 5;  // cases: one long wait is not where time goes
  std::ranges::stable_sort(sorted, {}, [](const Edge& edge) {
    return std::pair(edge.cases < kRare, -edge.wait.mean * double(edge.n));
  });
  heading(x_log.has_ends() ? "Waits, where most time goes first (from the end of one step to the "
                             "start of the next)"
                           : "Waits, where most time goes first (from start to start: no ends are "
                             "known)",
          x_log.has_ends() ? "等待，耗时最多的在前（从上一步结束到下一步开始）"
                           : "等待，耗时最多的在前（没有结束时间，从开始到开始）");
  Lines lines(x_out, 2 * kNames - 8, {9, 18, 5});
  lines.add("",
            {say("times", "次数"), say("median / 90 %", "中位数 / 九成"), say("share", "占比")});
  const std::size_t count = least(x_shown.rows, sorted.size());
  for (std::size_t i = 0; i < count; ++i) {
    const Edge& one = sorted[i];
    const double share = whole > 0 ? one.wait.mean * double(one.n) / whole : 0;
    lines.add(cut(activity(one.from), kNames - 6) + " → " + cut(activity(one.to), kNames - 6),
              {count_text(one.n), median_and_p90(one.wait), fmt::format("{:.0f}%", 100 * share)},
              bar(share, 1, kBar));
  }
  more(count, sorted.size());
  x_out += say("  Share: of all waiting. Pairs of steps in fewer than 5 cases come last.\n",
               "  占比：占全部等待时间。不足 5 个案例的排在最后。\n");
  const auto overlapped =
      std::accumulate(x_journey.edges.begin(), x_journey.edges.end(), std::int64_t{0},
                      [](std::int64_t sum, const Edge& edge) { return sum + edge.overlapped; });
  if (overlapped == 0) return;
  x_out += say(
      fmt::format("  {} steps began before the one before had ended: a wait of 0.\n",
                  count_text(overlapped)),
      fmt::format("  有 {} 步在上一步结束之前就开始了，按等待 0 计。\n", count_text(overlapped)));
}

void Text::variants() {
  const auto& all = x_journey.variants;
  const std::size_t count = least(x_shown.variants, all.size());
  heading("Ways through, the most frequent first", "走法，最常见的在前");
  for (std::size_t i = 0; i < count; ++i) {
    const Variant& one = all[i];
    const auto path = x_log.activities_of(one.example);
    std::string names;
    for (std::size_t k = 0; k < std::min<std::size_t>(path.size(), 12); ++k) {
      if (k > 0) names += " › ";
      names += visible_line(activity(path[k]));
    }
    if (path.size() > 12) {
      names +=
          say(fmt::format(" … ({} steps)", path.size()), fmt::format(" ……（{} 步）", path.size()));
    }
    const double share = double(one.cases) / double(x_journey.cases);
    std::string line = fmt::format("  {} {} {}", right(count_text(one.cases), 9),
                                   right(fmt::format("{:.1f}%", 100 * share), 6),
                                   right(time(one.total.median), 10));
    if (const std::string length = bar(share, 1, kBar); !length.empty()) line += "  " + length;
    x_out += fmt::format("{}\n    {}\n", line, names);
  }
  if (count < all.size()) {
    x_out += say(fmt::format("  … and {} more (--variants 0 shows all)\n", all.size() - count),
                 fmt::format("  ……另有 {} 种（--variants 0 全部列出）\n", all.size() - count));
  }
}

void Text::hand_overs() {
  const behaviour::HandOvers& hands = x_journey.hand_overs;
  if (hands.known == 0) return;
  heading("Hand-overs between those who do the work", "经办人之间的转手");
  x_out += say(fmt::format("  {} of {} steps after another were passed on: {}; straight back: {}; "
                           "cases with any: {}\n",
                           count_text(hands.passed), count_text(hands.known),
                           share_text(hands.passed, hands.known), count_text(hands.back),
                           share_text(hands.cases, x_journey.cases)),
               fmt::format("  前后两步都知道经办的 {} 次中，转手 {} 次：{}；随即转回 {} "
                           "次；有转手的案例 {}\n",
                           count_text(hands.known), count_text(hands.passed),
                           share_text(hands.passed, hands.known), count_text(hands.back),
                           share_text(hands.cases, x_journey.cases)));
  Lines lines(x_out, 2 * kNames - 8, {9});
  const std::size_t count = least(x_shown.rows, hands.pairs.size());
  for (std::size_t i = 0; i < count; ++i) {
    const behaviour::HandOver& one = hands.pairs[i];
    lines.add(cut(x_log.resource_names()[one.from], kNames - 6) + " → " +
                  cut(x_log.resource_names()[one.to], kNames - 6),
              {count_text(one.n)}, bar(double(one.n), double(hands.pairs[0].n), kBar));
  }
  more(count, hands.pairs.size());
}

void Text::conformance() {
  const behaviour::Conformance& one = *x_report.conformance;
  heading("Against the path as it should be", "与理想路径相比");
  for (const std::string& name : one.missing) {
    x_out += say(fmt::format("! no case has the step '{}'\n", visible_line(name)),
                 fmt::format("! 没有案例有“{}”这一步\n", visible_line(name)));
  }
  if (one.too_long > 0) {
    x_out += say(fmt::format("! {} cases are too long to be compared and left out\n", one.too_long),
                 fmt::format("! {} 个案例过长，无法比较，未计入\n", one.too_long));
  }
  x_out += say(fmt::format("  Cases that keep to it: {}. Fitness (1 is perfect): {:.3f} a case, "
                           "{:.3f} over all steps.\n",
                           share_text(one.fitting, one.cases), one.fitness, one.log_fitness),
               fmt::format("  完全照走的案例：{}。吻合度（1 为完全吻合）：按案例 {:.3f}，按步骤 "
                           "{:.3f}。\n",
                           share_text(one.fitting, one.cases), one.fitness, one.log_fitness));
  if (one.total_fitting.n > 0 && one.total_deviating.n > 0) {
    x_out += say(fmt::format("  Half of them take at most {}; of those that do not, {}.\n",
                             time(one.total_fitting.median), time(one.total_deviating.median)),
                 fmt::format("  照走的全程中位数 {}，不照走的 {}。\n",
                             time(one.total_fitting.median), time(one.total_deviating.median)));
  }
  funnel();
  if (one.deviations.empty()) return;
  x_out += say("  Deviations (whole time of cases with it: median / nine of ten)\n",
               "  偏离（有此偏离的案例的全程：中位数 / 九成以内）\n");
  Lines lines(x_out, kNames + 10, {9, 14, 18});
  const std::size_t count = least(x_shown.rows, one.deviations.size());
  const Said kinds[] = {{"skipped", "跳过"},
                        {"not of the path", "路径外"},
                        {"again", "重复"},
                        {"out of order", "次序不对"}};
  for (std::size_t i = 0; i < count; ++i) {
    const behaviour::Deviation& row = one.deviations[i];
    lines.add(fmt::format("{}: {}", kinds[std::size_t(row.kind)].in(x_shown.lang),
                          cut(row.activity, kNames - 6)),
              {count_text(row.cases), share_text(row.cases, one.cases), median_and_p90(row.with)},
              bar(double(row.cases), double(one.cases), kBar));
  }
  more(count, one.deviations.size());
}

void Text::funnel() {
  const behaviour::Conformance& one = *x_report.conformance;
  x_out += say("  How far cases come (here or further; lost: ended without going further)\n",
               "  走到哪里（走到或走过此步；流失：止于此步且已结束）\n");
  Lines lines(x_out, kNames, {9, 9, 14});
  for (std::size_t k = 0; k < x_report.ideal.size(); ++k) {
    const std::int64_t before = one.reached[k];
    lines.add(x_report.ideal[k].activity,
              {count_text(one.reached[k]), count_text(one.lost[k]),
               one.lost[k] > 0 ? share_text(one.lost[k], before) : "-"},
              bar(double(one.reached[k]), double(x_journey.cases), kBar));
  }
}

void Text::what_if() {
  const behaviour::WhatIf& one = *x_report.what_if;
  heading(fmt::format("What if {}", visible_line(x_report.change)),
          fmt::format("假如 {}", visible_line(x_report.change)));
  const auto interval = [&](const behaviour::ChangeEstimate& e) {
    return say(fmt::format("{} ({} to {})", time(e.value), time(e.low), time(e.high)),
               fmt::format("{}（{} 至 {}）", time(e.value), time(e.low), time(e.high)));
  };
  x_out += say(
      fmt::format("  It touches {} of {} cases.\n", count_text(one.touched), count_text(one.cases)),
      fmt::format("  涉及 {} 个案例中的 {} 个。\n", count_text(one.cases),
                  count_text(one.touched)));
  Lines lines(x_out, 10, {14, 14, 44});
  lines.add("", {say("now", "现在"), say("then", "之后"), say("change (95 %)", "变化（95%）")});
  lines.add(say("median", "中位数"), {time(one.median_before.value), time(one.median_after.value),
                                      interval(one.median_change)});
  lines.add(say("mean", "平均"),
            {time(one.mean_before.value), time(one.mean_after.value), interval(one.mean_change)});
  x_out +=
      say("  Every case is played again with the other times as they were: no queue grows or "
          "shrinks,\n  nobody leaves or comes because of it. The interval is of the cases "
          "(bootstrap), not of this.\n",
          "  每个案例重放一遍，其余时间照旧：不计排队的连带变化，也不计因此来去的人。\n"
          "  区间只反映案例的抽样误差（自助法），不含上述假设的误差。\n");
}

void Text::feelings() {
  heading(
      fmt::format("What people say during a step or within {} h after it, beside the other steps",
                  x_report.feeling_hours),
      fmt::format("步骤中或其后 {} 小时内客户说的话，与其他步骤相比", x_report.feeling_hours));
  Lines lines(x_out, kNames - 4, {6, 6, 5, 23, 7, 7});
  const auto& all = *x_report.feelings;
  if (all.empty()) {
    x_out += say("  No conversation of a known customer was held then: not enough ground.\n",
                 "  这些时段内没有已知客户的对话：依据不足。\n");
    return;
  }
  const bool any = std::ranges::any_of(all, &insight::StepFeeling::enough);
  if (any) {
    lines.add("", {say("talks", "对话"), say("people", "人"), say("satis.", "满意"),
                   say("beside others (95 %)", "相比其他（95%）"), say("displ.", "不快"),
                   say("unmet", "落空")});
  }
  std::int64_t silent = 0;
  for (const insight::StepFeeling& one : all) {
    silent += !one.enough;
    if (!one.enough) continue;
    const std::string_view mark = !one.differs ? "  " : one.change.value < 0 ? " ▼" : " ▲";
    lines.add(one.activity,
              {count_text(one.conversations), count_text(one.people),
               signed_text(one.satisfaction.value, 1),
               fmt::format("{} ({}…{}){}", signed_text(one.change.value),
                           signed_text(one.change.low), signed_text(one.change.high), mark),
               fmt::format("{:.0f}%", 100 * one.displeased.value),
               fmt::format("{:.0f}%", 100 * one.unmet.value)});
  }
  if (silent > 0) {
    x_out += say(fmt::format("  {} other steps: not enough ground\n", silent),
                 fmt::format("  另有 {} 个步骤：依据不足\n", silent));
  }
  x_out +=
      say(fmt::format("  Satisfaction from -2 to 2 as read from words; ▼ ▲ stand at a false "
                      "discovery rate of 10 %; {} people are\n  needed here and elsewhere. It "
                      "tells where, not why.\n",
                      insight::kFewestPeople),
          fmt::format("  满意度从话里读出，-2 到 2；▼ ▲ 为错误发现率 10% 下成立的差别；此步与其他"
                      "步骤各需 {} 人。\n  只说明在哪里，不说明为什么。\n",
                      insight::kFewestPeople));
}

}  // namespace

std::string time_text(double millis, Lang lang) {
  constexpr double kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;
  const double size = std::abs(millis);
  const std::string sign = millis < 0 && size >= kSecond / 2 ? "−" : "";
  const auto unit = [&](double one, int digits, std::string_view en, std::string_view zh) {
    return fmt::format("{}{:.{}f} {}", sign, size / one, digits, lang == Lang::kZh ? zh : en);
  };
  if (size < kMinute) return unit(kSecond, 0, "s", "秒");
  if (size < 100 * kMinute) return unit(kMinute, 1, "min", "分钟");
  if (size < 48 * kHour) return unit(kHour, 1, "h", "小时");
  return unit(kDay, 1, "d", "天");
}

std::vector<Said> journey_problems(const JourneyReport& report) {
  std::vector<Said> out;
  const behaviour::LogProblems& p = report.log.problems();
  const auto add = [&out](std::int64_t n, std::string_view noun, std::string_view en,
                          std::string_view zh) {
    if (n == 0) return;
    out.push_back({fmt::format("{} {}{} {}", count_text(n), noun, n == 1 ? "" : "s", en),
                   fmt::format("{} {}", count_text(n), zh)});
  };
  add(p.out_of_range, "row", "left out: a time that cannot be (before 1971 or after now)",
      "行的时间不可能（早于 1971 年或晚于现在），未计入");
  add(p.nameless, "row", "left out: no case or no step is named", "行没有案例号或步骤名，未计入");
  add(report.scheduling, "row", "left out: only scheduling, assigning, suspending or resuming",
      "行只是排定、指派、暂停或恢复，不算步骤");
  add(p.ends_before, "step", "with an end before the start: the end is taken as unknown",
      "步的结束早于开始，按没有结束时间处理");
  add(p.ends_late, "step", "with an end after now: the end is taken as unknown",
      "步的结束晚于现在，按没有结束时间处理");
  add(p.same_moment, "step", "at the same moment as the one before: the order of the file holds",
      "步与上一步同时开始，按文件中的先后排");
  add(p.single, "case", "of one step only: no wait and no whole time",
      "个案例只有一步，没有等待和全程可言");
  const auto steps = std::int64_t(report.log.steps());
  const bool much = p.longest >= 10'000 || (p.longest >= 1000 && 5 * p.longest > steps);
  if (much) {
    const std::string id = visible_line(p.longest_case), n = count_text(p.longest);
    const double share = 100 * double(p.longest) / double(steps);
    out.push_back(
        {fmt::format("case '{}' has {} steps, {:.0f}% of all: is it one case?", id, n, share),
         fmt::format("案例“{}”有 {} 步，占全部 {:.0f}%：它真是一个案例吗？", id, n, share)});
  }
  return out;
}

std::string journey_text(const JourneyReport& report, const JourneyShown& shown) {
  return Text(report, shown).all();
}

}  // namespace xinjing::report
