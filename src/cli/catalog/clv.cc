#include <charconv>

#include "cli/clv_text.h"

namespace xinjing::cli::catalog {
namespace {

using behaviour::Buyer;
using behaviour::BuyingModel;
using behaviour::Later;

constexpr int kMostDays = 3'650;

/// "90d", "12w", "12m", "1y" in days.
std::optional<int> days_of(std::string_view text) {
  if (text.size() < 2) return {};
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size() - 1, number);
  if (error != std::errc() || end != text.data() + text.size() - 1 || number < 1) return {};
  const char unit = text.back();
  const double days = unit == 'd'   ? 1
                      : unit == 'w' ? 7
                      : unit == 'm' ? 365.25 / 12
                      : unit == 'y' ? 365.25
                                    : 0;
  const double all = days * number;
  if (all < 1 || all > kMostDays) return {};
  return int(all + 0.5);
}

/// What the buyers did from the split to the end, a Later parallel to them.
Result<Later> later_of(const DuckConnection& connection, const behaviour::Buyers& buyers, Day to) {
  const auto purchases = behaviour::load_later(connection, buyers.as_of, to);
  if (!purchases) return purchases.failure();
  Later out;
  out.orders.resize(buyers.all.size()), out.money.resize(buyers.all.size());
  out.orders_by_week.resize(std::size_t(to.number - buyers.as_of.number) / 7);
  std::size_t at = 0;
  for (const behaviour::LaterPurchase& one : *purchases) {
    while (at < buyers.all.size() && buyers.all[at].person < one.person) ++at;
    if (at == buyers.all.size() || buyers.all[at].person != one.person) continue;
    const auto week = std::size_t(one.day.number - buyers.as_of.number - 1) / 7;
    out.orders[at] += 1, out.orders_by_week[week] += 1;
    out.money[at] += double(one.money) / 1e4;
  }
  return out;
}

class Clv final : public Command {
 public:
  void declare(Arguments& arguments) override {
    x_acts.declare(arguments);
    arguments.add({.name = "--model",
                   .field = &x_model,
                   .help = {"bg (BG/NBD), mbg (MBG/NBD) or pareto (Pareto/NBD)",
                            "bg（BG/NBD）、mbg（MBG/NBD）或 pareto（Pareto/NBD）"},
                   .choices = {"bg", "mbg", "pareto"}});
    arguments.add({.name = "--horizon",
                   .field = &x_horizon,
                   .help = {"how far to look: 90d, 12w, 6m, 1y (default: 1y)",
                            "向前看多久：90d、12w、6m、1y（默认 1y）"}});
    arguments.add({.name = "--discount",
                   .field = &x_discount,
                   .help = {"how much less an order in a year is worth: 0.1 is 10 % a year "
                            "(default: 0)",
                            "一年后的订单折价多少：0.1 即每年 10%（默认 0）"}});
    arguments.add({.name = "--margin",
                   .field = &x_margin,
                   .help = {"the part of the money that stays: 0.3 (default: 1, value is revenue)",
                            "毛利占金额的比例：0.3（默认 1，即价值为营业额）"}});
    arguments.add({.name = "--spend",
                   .field = &x_spend,
                   .help = {"which purchases tell what a customer spends: all, or repeat (as "
                            "published figures have it)",
                            "用哪些购买推断客户的消费：all 全部，或 repeat 仅复购（文献的做法）"},
                   .choices = {"all", "repeat"}});
    arguments.add(
        {.name = "--covariate",
         .field = &x_covariate,
         .help = {"let customers differ by a column: region, level, kind, channel (of the "
                  "first order), ...",
                  "按某列分组拟合：region、level、kind、channel（首单渠道）等"}});
    arguments.add({.name = "--bootstrap",
                   .field = &x_resamples,
                   .help = {"also intervals of the totals by so many resamples of customers",
                            "另用自助法重抽客户这么多次，给出合计的区间"}});
    arguments.add({.name = "--validate",
                   .field = &x_validate,
                   .help = {"fit to the first part of the time, and show the rest against it",
                            "只用前一段时间拟合，与后一段对照"}});
    arguments.add({.name = "--split",
                   .field = &x_split,
                   .help = {"the last day of the first part, for --validate (default: the middle)",
                            "--validate 前一段的最后一天（默认：中点）"}});
    arguments.add({.name = "--as-of",
                   .field = &x_as_of,
                   .help = {"the day to look from, 2026-03-05 (default: the last day with orders)",
                            "从哪一天看，如 2026-03-05（默认：有订单的最后一天）"}});
    arguments.add(
        {.name = "--limit",
         .field = &x_limit,
         .help = {"at most so many customers are listed; 0: all", "最多列出几位；0 为全部"}});
    arguments.add({.name = "--totals",
                   .field = &x_totals,
                   .help = {"with --json: one object with parameters and totals instead",
                            "与 --json 同用：只输出参数与合计"}});
    arguments.add({.name = "--json",
                   .field = &x_json,
                   .help = {"one JSON object a customer; with --validate one for all",
                            "每位客户一个 JSON 对象；与 --validate 同用时只有一个"}});
  }

  Result<int> run(const Context& context) override {
    const std::optional<int> days = days_of(x_horizon);
    if (!days) {
      return fail(ErrorCode::kUsage, {"--horizon is a span like 90d, 12w, 6m or 1y, up to 10 years",
                                      "--horizon 应为 90d、12w、6m、1y 这样的时长，最多十年"});
    }
    if (Status sound = check_numbers(); !sound) return sound.failure();
    x_options.model = *behaviour::model_from(x_model);
    x_options.horizon = {.weeks = *days / behaviour::kDaysPerWeek,
                         .discount_per_week = behaviour::Horizon::weekly(x_discount)};
    x_options.margin = x_margin;
    x_options.resamples = x_resamples;
    Result<Acts> acts = x_acts.open(context);
    if (!acts) return acts.failure();
    return x_validate ? validate(context, acts->connection())
                      : value(context, acts->connection(), *days);
  }

 private:
  behaviour::SpendBasis basis() const {
    return x_spend == "all" ? behaviour::SpendBasis::kAll : behaviour::SpendBasis::kRepeats;
  }

  Status check_numbers() const {
    if (!(x_discount >= 0 && x_discount <= 10)) {
      return fail(ErrorCode::kUsage,
                  {"--discount is 0 to 10 (1000 % a year)", "--discount 为 0 到 10（每年 1000%）"});
    }
    if (!(x_margin > 0 && x_margin <= 1)) {
      return fail(ErrorCode::kUsage,
                  {"--margin is above 0 and at most 1", "--margin 大于 0，不超过 1"});
    }
    if (x_resamples < 0 || x_resamples > 10'000 || x_limit < 0) {
      return fail(ErrorCode::kUsage, {"--bootstrap is 0 to 10000, --limit 0 or more",
                                      "--bootstrap 为 0 到 10000，--limit 不小于 0"});
    }
    if (!x_split.empty() && !x_validate) {
      return fail(ErrorCode::kUsage,
                  {"--split is given with --validate only", "--split 只与 --validate 同用"});
    }
    return {};
  }

  Result<int> value(const Context& context, const DuckConnection& connection, int days) {
    const Result<AskedBuyers> asked = ask_buyers(connection, x_as_of, x_covariate);
    if (!asked) return asked.failure();
    if (const auto few = behaviour::too_few(asked->buyers)) {
      return fail(ErrorCode::kBadInput, few->said());
    }
    const behaviour::ValueModel model =
        behaviour::fit_values(asked->buyers, x_options.model, basis());
    const behaviour::Valuation valuation = behaviour::valuate(asked->buyers, model, x_options);
    const ClvView view{*asked, model, x_options, days, x_discount};
    if (x_json && x_totals) {
      write_totals_json(context, view, valuation);
    } else if (x_json) {
      write_clv_json(context, view, valuation);
    } else {
      write_clv_text(context, view, valuation, x_limit);
    }
    return int{kDone};
  }

  /// The day of the split and the last whole week after it.
  Result<std::pair<Day, Day>> split_days(const DuckConnection& connection) const {
    const auto days = behaviour::order_days(connection);
    if (!days) return days.failure();
    if (!*days) {
      return fail(ErrorCode::kBadInput,
                  {"there are no orders of any customer", "没有任何客户的订单"});
    }
    Day end = (*days)->last;
    if (!x_as_of.empty()) {
      const Result<Day> asked = day_argument(x_as_of);
      if (!asked) return asked.failure();
      end = std::min(end, *asked);
    }
    Day split{(*days)->first.number + (end.number - (*days)->first.number) / 2};
    if (!x_split.empty()) {
      const Result<Day> asked = day_argument(x_split);
      if (!asked) return asked.failure();
      split = *asked;
    }
    const int weeks = (end.number - split.number) / 7;
    if (weeks < 1 || split < (*days)->first) {
      return fail(
          ErrorCode::kBadInput,
          {fmt::format("no whole week lies between the split {} and the last order {}",
                       iso_date(split), iso_date(end)),
           fmt::format("分割日 {} 与最后订单 {} 之间不足一周", iso_date(split), iso_date(end))});
    }
    return std::pair(split, Day{split.number + 7 * weeks});
  }

  Result<int> validate(const Context& context, const DuckConnection& connection) {
    const auto days = split_days(connection);
    if (!days) return days.failure();
    Result<AskedBuyers> asked = ask_buyers(connection, iso_date(days->first), x_covariate);
    if (!asked) return asked.failure();
    asked->notes.clear();  // what lies after the split is meant to
    if (const auto few = behaviour::too_few(asked->buyers)) {
      return fail(ErrorCode::kBadInput, few->said());
    }
    const Result<Later> later = later_of(connection, asked->buyers, days->second);
    if (!later) return later.failure();
    x_options.horizon = {.weeks = double(later->orders_by_week.size()), .discount_per_week = 0};
    x_options.margin = 1;
    const behaviour::ValueModel model =
        behaviour::fit_values(asked->buyers, x_options.model, basis());
    const behaviour::Holdout holdout =
        behaviour::compare_holdout(asked->buyers, model, x_options, *later);
    const ClvView view{*asked, model, x_options, holdout.weeks * 7, 0};
    if (x_json) {
      write_holdout_json(context, view, holdout);
    } else {
      write_holdout_text(context, view, holdout);
    }
    return int{kDone};
  }

  ActsArgument x_acts;
  std::string x_model = "mbg";
  std::string x_horizon = "1y";
  double x_discount = 0;
  double x_margin = 1;
  std::string x_spend = "all";
  std::string x_covariate;
  int x_resamples = 0;
  bool x_validate = false;
  std::string x_split;
  std::string x_as_of;
  int x_limit = 20;
  bool x_totals = false;
  bool x_json = false;
  behaviour::ValueOptions x_options;
};

}  // namespace

const Entry& clv() {
  static const Entry entry{
      .name = "clv",
      .summary = {"who will still buy, how often, and what they are worth",
                  "谁还会买、会买几次、值多少"},
      .details =
          {"Fits a model of repeat buying to the orders: customers buy at random while they are "
           "customers, and leave unseen. For each customer: the probability of still being one, "
           "expected orders within the horizon, expected money, and 95 % intervals of what may "
           "come. --validate shows how the same model would have done on the later half of the "
           "time.\nMBG/NBD is the default: in BG/NBD whoever bought once is held for a customer "
           "with "
           "certainty.\n\nExamples:\n"
           "  xinjing clv --db company.duckdb --horizon 12w\n  xinjing clv orders.csv --discount "
           "0.1 --margin 0.3 --bootstrap 200\n  xinjing clv --validate\n  xinjing clv --covariate "
           "region --json > values.jsonl",
           "用订单拟合复购模型：客户在“在”的时候随机购买，何时离开看不见。对每位客户给出：仍是客户"
           "的"
           "概率、期限内预期订单、预期金额，以及可能结果的 95% 区间。--validate 用前一半时间拟合、"
           "与后一半对照。\n默认 MBG/NBD：在 BG/NBD 中，只买过一次的人被视为必然还在。\n\n示例：\n"
           "  xinjing clv --db company.duckdb --horizon 12w\n  xinjing clv orders.csv --discount "
           "0.1 --margin 0.3 --bootstrap 200\n  xinjing clv --validate\n  xinjing clv --covariate "
           "region --json > values.jsonl"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Clv>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
