#include <algorithm>

#include "base/json_writer.h"
#include "cli/clv_text.h"
#include "report/terminal_chart.h"

namespace xinjing::cli {
namespace {

using behaviour::Holdout;
using behaviour::HoldoutGroup;
using behaviour::HoldoutScore;
using report::fitted;
using report::fitted_right;

constexpr std::size_t kBar = 36;

Said rule_label(const std::string& id, behaviour::BuyingModel model) {
  if (id == "model") return model_label(model);
  if (id == "as_before") return {"everyone as before", "人人照旧"};
  if (id == "same_for_all") return {"everyone the same", "人人相同"};
  return {"nobody buys", "无人购买"};
}

void write_scores(const Context& context, const ClvView& view, const Holdout& holdout) {
  const bool zh = context.lang == Lang::kZh;
  context.print("\n  {} {} {} {} {}\n", fitted(zh ? "规则" : "rule", 20),
                fitted_right(zh ? "预期订单" : "expected", 10),
                fitted_right(zh ? "平均绝对误差" : "MAE", zh ? 13 : 8),
                fitted_right(zh ? "均方根误差" : "RMSE", zh ? 11 : 8),
                fitted_right(zh ? "相关" : "correlation", zh ? 8 : 12));
  for (const HoldoutScore& one : holdout.scores) {
    context.print("  {} {:>10.0f} {} {} {}\n",
                  fitted(context.say(rule_label(one.id, view.model.buying.model)), 20),
                  one.expected, fitted_right(fmt::format("{:.3f}", one.mae), zh ? 13 : 8),
                  fitted_right(fmt::format("{:.3f}", one.rmse), zh ? 11 : 8),
                  fitted_right(one.correlation == 0 ? "-" : fmt::format("{:.3f}", one.correlation),
                               zh ? 8 : 12));
  }
}

void write_groups(const Context& context, const Holdout& holdout) {
  const bool zh = context.lang == Lang::kZh;
  context.print("\n{}\n", zh ? "按之前复购次数：一位客户在后一段的订单（▒ 预期，█ 实际）"
                             : "By repeat purchases before: orders of a customer in the part held "
                               "out (▒ expected, █ actual)");
  double most = 1e-9;
  for (const HoldoutGroup& one : holdout.groups) most = std::max({most, one.expected, one.actual});
  for (const HoldoutGroup& one : holdout.groups) {
    std::string light;
    const auto cells = std::size_t(one.expected / most * double(kBar) + 0.5);
    for (std::size_t i = 0; i < cells; ++i) light += "▒";
    const std::string name = fmt::format("{}{}", one.repeats, one.or_more ? "+" : "");
    context.print("  {:>3} {:>8} {:>6.2f} {}\n", name,
                  fmt::format(fmt::runtime(zh ? "{:.0f}" : "{:.0f}"), one.customers), one.expected,
                  light);
    context.print("  {:>3} {:>8} {:>6.2f} {}\n", "", "", one.actual,
                  report::bar(one.actual, most, kBar));
  }
}

void write_weeks(const Context& context, const Holdout& holdout) {
  const bool zh = context.lang == Lang::kZh;
  if (holdout.actual_by_week.empty()) return;
  constexpr std::size_t kRows = 13;
  const std::size_t weeks = holdout.actual_by_week.size();
  const double most =
      std::max({1e-9, holdout.actual_by_week.back(), holdout.expected_by_week.back()});
  context.print("\n{}\n",
                zh ? "逐周累计订单：预期、实际" : "Orders summed up by week: expected, actual");
  std::size_t before = 0;
  for (std::size_t row = 1; row <= std::min(kRows, weeks); ++row) {
    const std::size_t week = row * weeks / std::min(kRows, weeks);
    if (week == before) continue;
    before = week;
    const double expected = holdout.expected_by_week[week - 1];
    const double actual = holdout.actual_by_week[week - 1];
    // One bar for both: █ up to the smaller, then ▒ what is expected beyond, ░ what came beyond.
    const auto cells = [&](double x) { return std::size_t(x / most * double(kBar) + 0.5); };
    std::string line;
    for (std::size_t i = 0; i < cells(std::min(expected, actual)); ++i) line += "█";
    for (std::size_t i = cells(actual); i < cells(expected); ++i) line += "▒";
    for (std::size_t i = cells(expected); i < cells(actual); ++i) line += "░";
    context.print("  {:>4} {:>9.0f} {:>9.0f} {}\n", week, expected, actual, line);
  }
  context.print("  {}\n", zh ? "█ 二者都到，▒ 预期而未来，░ 来了而未料到"
                             : "█ both, ▒ expected only, ░ came beyond what was expected");
}

}  // namespace

void write_holdout_text(const Context& context, const ClvView& view, const Holdout& holdout) {
  const Day split = view.asked.buyers.as_of;
  context.print(
      "{}\n",
      context.say(
          {fmt::format("Fitted to {} customers up to {}, held against the {} weeks after: {:.0f} "
                       "orders expected, {:.0f} came ({:+.1f}%)",
                       holdout.customers, iso_date(split), holdout.weeks,
                       holdout.scores.front().expected, holdout.actual,
                       100 * (holdout.scores.front().expected / std::max(1., holdout.actual) - 1)),
           fmt::format(
               "以 {} 之前的 {} 位客户拟合，与其后 {} 周对照：预期订单 {:.0f}，实际 {:.0f}"
               "（{:+.1f}%）",
               iso_date(split), holdout.customers, holdout.weeks, holdout.scores.front().expected,
               holdout.actual,
               100 * (holdout.scores.front().expected / std::max(1., holdout.actual) - 1))}));
  write_scores(context, view, holdout);
  context.print(
      "\n{}\n",
      context.say(
          {fmt::format("  orders lie within their 95 % interval for {:.1f}% of customers",
                       100 * holdout.orders_within),
           fmt::format("  {:.1f}% 的客户实际订单落在其 95% 区间内", 100 * holdout.orders_within)}));
  if (view.model.spend) {
    const std::string& currency = view.asked.buyers.notes.currency;
    const std::string expected = short_money(currency, holdout.expected_money);
    const std::string actual = short_money(currency, holdout.actual_money);
    context.print("{}\n",
                  context.say({fmt::format("  money: {} expected, {} came, correlation {:.3f}; "
                                           "within the interval for {:.1f}%",
                                           expected, actual, holdout.money_correlation,
                                           100 * holdout.money_within),
                               fmt::format("  金额：预期 {}，实际 {}，相关 {:.3f}；{:.1f}% "
                                           "落在区间内",
                                           expected, actual, holdout.money_correlation,
                                           100 * holdout.money_within)}));
  }
  write_groups(context, holdout);
  write_weeks(context, holdout);
  tell_notes(context, view.asked.notes);
}

void write_holdout_json(const Context& context, const ClvView& view, const Holdout& holdout) {
  std::string out;
  {
    JsonWriter json(out);
    json.begin_object().field("split", iso_date(view.asked.buyers.as_of));
    json.field("model", model_id(view.model.buying.model));
    json.field("customers", std::int64_t(holdout.customers)).field("weeks", holdout.weeks);
    json.field("actual", holdout.actual).field("orders_within", holdout.orders_within);
    if (view.model.spend) {
      json.field("expected_money", holdout.expected_money, 2);
      json.field("actual_money", holdout.actual_money, 2);
      json.field("money_correlation", holdout.money_correlation);
      json.field("money_within", holdout.money_within);
    }
    json.field("alive", holdout.alive).field("came_again", holdout.still_there);
    json.key("rules").begin_array();
    for (const HoldoutScore& one : holdout.scores) {
      json.begin_object().field("rule", one.id).field("expected", one.expected);
      json.field("mae", one.mae).field("rmse", one.rmse);
      json.field("correlation", one.correlation).end_object();
    }
    json.end_array().key("by_repeats").begin_array();
    for (const HoldoutGroup& one : holdout.groups) {
      json.begin_object().field("repeats", one.repeats).field("or_more", one.or_more);
      json.field("customers", std::int64_t(one.customers)).field("expected", one.expected);
      json.field("actual", one.actual).end_object();
    }
    json.end_array().key("by_week").begin_array();
    for (std::size_t week = 0; week < holdout.actual_by_week.size(); ++week) {
      json.begin_object().field("week", int(week) + 1);
      json.field("expected", holdout.expected_by_week[week], 2);
      json.field("actual", holdout.actual_by_week[week], 0).end_object();
    }
    json.end_array().end_object();
  }
  fmt::print(context.out, "{}\n", out);
}

}  // namespace xinjing::cli
