#include "report/recommendation_text.h"

#include <cmath>

#include "base/check.h"
#include "base/format.h"
#include "base/json_writer.h"
#include "base/normal.h"
#include "base/visible.h"
#include "report/terminal_chart.h"

namespace xinjing::report {
namespace {

using behaviour::Method;
using behaviour::MethodFigures;
using behaviour::RankFigures;
using behaviour::RecommendationRow;
using behaviour::Why;

constexpr double kCheap = 1.0 / 3;
constexpr double kWidelyBought = 0.05;
constexpr int kNewDays = 60;
constexpr std::int64_t kProved = 3;
constexpr std::size_t kBarColumns = 14;

std::int64_t whole(const std::optional<double>& days) {
  return std::int64_t(std::llround(days.value_or(0)));
}

Said again_in_words(const RecommendationRow& row) {
  const int elapsed = row.elapsed_days.value_or(0);
  if (row.why == Why::kDue) {
    return {fmt::format("bought about every {} days ({} times), last {} days ago",
                        whole(row.gap_days), row.times, elapsed),
            fmt::format("大约每 {} 天买一次（已买 {} 次），上次在 {} 天前", whole(row.gap_days),
                        row.times, elapsed)};
  }
  return {fmt::format("bought {} days ago; others buy it again after about {} days", elapsed,
                      whole(row.gap_days)),
          fmt::format("{} 天前买过；别的客户大约隔 {} 天再买", elapsed, whole(row.gap_days))};
}

struct Bounds {
  double value = 0, low = 0, high = 0;
};

/// A mean and its normal interval; of a share Wilson's.
Bounds bounds_of(const behaviour::FigureSums& sums, bool share) {
  const double n = sums.n;
  if (n == 0) return {};
  const double mean = sums.mean();
  const double z = kNormal95;
  if (share) {
    const double middle = (mean + z * z / (2 * n)) / (1 + z * z / n);
    const double half =
        z * std::sqrt(mean * (1 - mean) / n + z * z / (4 * n * n)) / (1 + z * z / n);
    return {mean, std::max(0.0, middle - half), std::min(1.0, middle + half)};
  }
  const double variance = n > 1 ? std::max(0.0, sums.squares / n - mean * mean) * n / (n - 1) : 1;
  const double half = z * std::sqrt(variance / n);
  return {mean, std::max(0.0, mean - half), std::min(1.0, mean + half)};
}

std::string percent(const Bounds& of, bool interval) {
  return interval
             ? fmt::format("{:5.1f} ({:4.1f}–{:4.1f})", of.value * 100, of.low * 100, of.high * 100)
             : fmt::format("{:5.1f}", of.value * 100);
}

/// A bar and blanks behind it: every block takes one column and three bytes.
std::string bar_column(double value, double highest) {
  const std::string out = bar(value, highest, kBarColumns);
  return out + std::string(kBarColumns + 2 - out.size() / 3, ' ');
}

class TrialPage {
 public:
  TrialPage(const behaviour::Trial& trial, int k, Lang lang)
      : x_trial(trial), x_k(k), x_lang(lang) {}

  std::string text() {
    x_out +=
        say({fmt::format("Judged by time: {} customers who bought from {} on ({} days),\n"
                         "ranked by what was known before.\n",
                         x_trial.people_tested, iso_date(x_trial.test_from), x_trial.window_days),
             fmt::format("按时间检验：{} 起 {} 天内买过东西的 {} 位客户，只用此前已知的排序。\n",
                         iso_date(x_trial.test_from), x_trial.window_days, x_trial.people_tested)});
    if (x_trial.people_in_test > x_trial.people_tested) {
      x_out += say({fmt::format("A sample: {} bought.\n", x_trial.people_in_test),
                    fmt::format("为抽样：共 {} 位买过。\n", x_trial.people_in_test)});
    }
    x_out += say(
        {fmt::format("Figures in %, with 95 % intervals; the first {} products count; "
                     "coverage is of {} products.\n",
                     x_k, x_trial.products),
         fmt::format("数字为百分比，括号内为 95% 区间；看前 {} 件；覆盖率以 {} 种商品为分母。\n",
                     x_k, x_trial.products)});
    write(x_trial.any, {"Any product", "任何商品"});
    write(x_trial.fresh, {"Only products new to the customer", "只看客户没买过的商品"});
    return std::move(x_out);
  }

 private:
  std::string say(const Said& said) const { return said.in(x_lang); }

  void write(const behaviour::TaskFigures& task, const Said& title) {
    x_out += "\n" + say(title) + "\n";
    x_out += "  " + padded("", 20) + padded(say({"hit rate", "命中率"}), 20) +
             padded(say({"recall", "召回率"}), 8) + padded("NDCG", 20) + padded("MRR", 7) +
             say({"coverage", "覆盖率"}) + "\n";
    double highest = 0;
    for (const MethodFigures& one : task.methods) {
      highest =
          std::max({highest, one.all.ndcg.mean(), one.warm.ndcg.mean(), one.cold.ndcg.mean()});
    }
    for (const MethodFigures& one : task.methods) write_row(one, task.chosen, highest);
    write_groups(task, highest);
  }

  void write_row(const MethodFigures& one, Method chosen, double highest) {
    const double coverage =
        x_trial.products > 0 ? double(one.products) / double(x_trial.products) : 0;
    const std::string bars = bar(one.all.ndcg.mean(), highest, kBarColumns);
    x_out += fmt::format("{} {}{}  {}   {}  {}   {:5.1f}  {}\n", one.method == chosen ? "*" : " ",
                         padded(say(method_in_words(one.method)), 20),
                         percent(bounds_of(one.all.hit, true), true),
                         percent(bounds_of(one.all.recall, false), false),
                         percent(bounds_of(one.all.ndcg, false), true),
                         percent(bounds_of(one.all.mrr, false), false), coverage * 100, bars);
  }

  void write_groups(const behaviour::TaskFigures& task, double highest) {
    const RankFigures& warm = task.methods.front().warm;
    const RankFigures& cold = task.methods.front().cold;
    x_out += say(
        {fmt::format("  NDCG of {:.0f} warm customers (2 earlier baskets or more) and {:.0f} "
                     "cold ones (0 or 1)\n",
                     warm.ndcg.n, cold.ndcg.n),
         fmt::format(
             "  NDCG 分开看：熟客 {:.0f} 位（此前购物 2 次以上），新客 {:.0f} 位（0 或 1 次）\n",
             warm.ndcg.n, cold.ndcg.n)});
    for (const MethodFigures& one : task.methods) {
      x_out += fmt::format("  {}", padded(say(method_in_words(one.method)), 20));
      for (const RankFigures* group : {&one.warm, &one.cold}) {
        x_out += padded(percent(bounds_of(group->ndcg, false), true), 20) +
                 bar_column(group->ndcg.mean(), highest);
      }
      while (x_out.ends_with(' ')) x_out.pop_back();
      x_out += "\n";
    }
  }

  const behaviour::Trial& x_trial;
  int x_k;
  Lang x_lang;
  std::string x_out;
};

void write_bounds(JsonWriter& json, std::string_view name, const Bounds& bounds) {
  json.key(name).begin_object().field("value", bounds.value);
  json.field("low", bounds.low).field("high", bounds.high).end_object();
}

std::string figures_json(std::string_view task, const MethodFigures& one, std::string_view group,
                         const RankFigures& figures, const behaviour::Trial& trial, bool chosen) {
  std::string out;
  {
    JsonWriter json(out);
    json.begin_object().field("task", task).field("method", method_id(one.method));
    json.field("customers", group).field("n", std::int64_t(figures.hit.n)).field("chosen", chosen);
    write_bounds(json, "hit", bounds_of(figures.hit, true));
    write_bounds(json, "recall", bounds_of(figures.recall, false));
    write_bounds(json, "ndcg", bounds_of(figures.ndcg, false));
    write_bounds(json, "mrr", bounds_of(figures.mrr, false));
    if (group == "all") {
      json.field("coverage",
                 trial.products > 0 ? double(one.products) / double(trial.products) : 0);
      json.field("validation_ndcg", one.validation);
    }
    json.end_object();
  }
  return out + "\n";
}

}  // namespace

Said method_in_words(Method method) {
  switch (method) {
    case Method::kRandom:
      return {"random", "随机"};
    case Method::kPopular:
      return {"popular lately", "近期热销"};
    case Method::kOften:
      return {"own most bought", "本人最常买"};
    case Method::kAgain:
      return {"due again", "到了再买的时候"};
    case Method::kTogether:
      return {"bought together", "一起买（物品相似）"};
    case Method::kNext:
      return {"next basket", "下一次（马尔可夫）"};
    case Method::kFactors:
      return {"factors (ALS)", "隐因子（ALS）"};
    case Method::kBlend:
      return {"blend", "综合"};
  }
  XINJING_CHECK(false);
}

Said reason_in_words(const RecommendationRow& row) {
  const std::string other = visible_line(row.other);
  switch (row.why) {
    case Why::kDue:
    case Why::kAgain:
      return again_in_words(row);
    case Why::kTogether:
      return {fmt::format("of {} who bought {}, {} bought it too", row.of_times, other, row.times),
              fmt::format("买过{}的 {} 人中有 {} 人也买了它", other, row.of_times, row.times)};
    case Why::kNext:
      return {fmt::format("last time it was {}: of {} such baskets, the next had it {} times",
                          other, row.of_times, row.times),
              fmt::format("上次买了{}：{} 次这样的购物里，下一次买它的有 {} 次", other,
                          row.of_times, row.times)};
    case Why::kSeason:
      return {fmt::format("bought {:.1f} times as often in this season", row.season.value_or(1)),
              fmt::format("这个季节买它的是平时的 {:.1f} 倍", row.season.value_or(1))};
    case Why::kPopular:
      return {fmt::format("bought by {} of {} customers lately", row.times, row.of_times),
              fmt::format("近来买过东西的 {} 位客户中有 {} 位买了它", row.of_times, row.times)};
  }
  XINJING_CHECK(false);
}

Said fit_in_words(const RecommendationRow& row, const std::set<std::string>& drivers) {
  Said out;
  const auto add = [&](std::string_view driver, bool fits, const Said& words) {
    if (!fits || !drivers.contains(std::string(driver))) return;
    out.en += (out.en.empty() ? "" : "; ") + words.en;
    out.zh += (out.zh.empty() ? "" : "；") + words.zh;
  };
  const bool bought = row.why == Why::kDue || row.why == Why::kAgain;
  add("lowprice", row.price_rank && *row.price_rank <= kCheap,
      {"looks for low prices: among the cheapest third", "看重便宜：在价格最低的三分之一里"});
  add("convenience", bought,
      {"wants convenience: the same as before, no searching",
       "图方便：还是买过的那一款，不用再挑"});
  add("practical", bought && row.times >= kProved,
      {"wants what is useful: proved in use", "讲实用：已经用惯了"});
  add("social", row.popularity_rank <= kWidelyBought,
      {"goes by others: among the most bought", "看别人买什么：属于买的人最多的"});
  add("novelty", row.days_on_sale <= kNewDays,
      {"likes what is new: on sale since lately", "喜欢新的：上市不久"});
  return out;
}

std::string trial_text(const behaviour::Trial& trial, int k, Lang lang) {
  return TrialPage(trial, k, lang).text();
}

std::string trial_json(const behaviour::Trial& trial, int /*k*/) {
  std::string out;
  for (const auto& [name, task] : {std::pair{"any", &trial.any}, std::pair{"new", &trial.fresh}}) {
    for (const MethodFigures& one : task->methods) {
      const bool chosen = one.method == task->chosen;
      out += figures_json(name, one, "all", one.all, trial, chosen);
      out += figures_json(name, one, "warm", one.warm, trial, chosen);
      out += figures_json(name, one, "cold", one.cold, trial, chosen);
    }
  }
  return out;
}

std::string recommendation_json(const RecommendationRow& row, const std::string& customer,
                                const Said& fit) {
  std::string out;
  {
    JsonWriter json(out);
    json.begin_object().field("customer", customer).field("rank", row.rank);
    json.field("product", row.product).field("name", row.label()).field("score", row.score);
    json.field("method", row.method).field("why", why_id(row.why));
    if (!row.other.empty()) json.field("other", row.other);
    json.field("times", row.times).field("of", row.of_times);
    if (row.gap_days) json.field("gap_days", *row.gap_days).field("own_gaps", row.own_gaps);
    if (row.elapsed_days) json.field("elapsed_days", *row.elapsed_days);
    if (row.season) json.field("season", *row.season);
    const Said words = reason_in_words(row);
    json.key("because").begin_object().field("zh", words.zh).field("en", words.en).end_object();
    if (!fit.en.empty()) {
      json.key("driver").begin_object().field("zh", fit.zh).field("en", fit.en).end_object();
    }
    json.field("window_days", row.window_days).field("as_of", iso_date(row.as_of)).end_object();
  }
  return out;
}

}  // namespace xinjing::report
