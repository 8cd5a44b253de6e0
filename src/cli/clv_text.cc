#include "cli/clv_text.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/json_writer.h"
#include "report/terminal_chart.h"

namespace xinjing::cli {
namespace {

using behaviour::BuyingModel;
using behaviour::BuyingParameters;
using behaviour::CustomerValue;
using behaviour::Holdout;
using behaviour::ValueEstimate;
using behaviour::ValueTotals;
using report::fitted;
using report::fitted_right;

const std::string& currency_of(const ClvView& view) { return view.asked.buyers.notes.currency; }

std::string error_of(const behaviour::Square& covariance, std::size_t j, double value) {
  const double relative = std::sqrt(std::max(0., covariance.at(j, j)));
  return fmt::format("{:.4g} (±{:.2g})", value, value * relative);
}

/// "r 0.243 (±0.012), alpha 4.41 (±0.38), …": with the standard error.
std::string parameters_text(const behaviour::BuyingFit& fit) {
  const auto names = behaviour::parameter_names(fit.model);
  const auto logs = fit.of_level(0).logs();
  std::vector<std::string> parts;
  for (std::size_t j = 0; j < names.size(); ++j) {
    parts.push_back(fmt::format("{} {}", names[j], error_of(fit.covariance, j, std::exp(logs[j]))));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string spend_text(const behaviour::SpendFit& fit) {
  const auto& [p, q, gamma] = fit.parameters;
  const double q_error = std::sqrt(std::max(0., fit.covariance.at(1, 1))) * (q - 1);
  return fmt::format("p {}, q {:.4g} (±{:.2g}), gamma {}", error_of(fit.covariance, 0, p), q,
                     q_error, error_of(fit.covariance, 2, gamma));
}

void write_covariate(const Context& context, const ClvView& view) {
  const behaviour::BuyingFit& fit = view.model.buying;
  const auto& levels = view.asked.buyers.levels;
  if (levels.size() < 2) return;
  const double p = view.model.covariate_p();
  context.print("{}\n",
                context.say({fmt::format("  groups differ: the fit is better by {:.1f} nats, p {}",
                                         fit.log_likelihood - view.model.plain->log_likelihood,
                                         p < 1e-4 ? "< 0.0001" : fmt::format("= {:.4f}", p)),
                             fmt::format("  各组差别：拟合改善 {:.1f} 奈特，p {}",
                                         fit.log_likelihood - view.model.plain->log_likelihood,
                                         p < 1e-4 ? "< 0.0001" : fmt::format("= {:.4f}", p))}));
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const auto n =
        std::count_if(view.asked.buyers.all.begin(), view.asked.buyers.all.end(),
                      [&](const behaviour::Buyer& b) { return std::size_t(b.level) == level; });
    const std::size_t at = behaviour::kBuyingParameters + 2 * (level - 1);
    const double faster = level == 0 ? 1 : std::exp(fit.theta[at]);
    const double leaves = level == 0 ? 1 : std::exp(fit.theta[at + 1]);
    context.print("  {} {}\n", fitted(levels[level], 20),
                  context.say({fmt::format("{} customers; buy {:.2f} times as fast, leave {:.2f} "
                                           "times as readily",
                                           n, faster, leaves),
                               fmt::format("{} 位；购买快慢 {:.2f} 倍，离开倾向 {:.2f} 倍", n,
                                           faster, leaves)}));
  }
}

std::vector<Said> model_notes(const ClvView& view) {
  std::vector<Said> out;
  const auto add = [&](std::string en, std::string zh) {
    out.push_back({std::move(en), std::move(zh)});
  };
  const std::vector<std::string_view> loose = view.model.buying.loose();
  if (!view.model.buying.settled && loose.empty()) {
    add("the search for the parameters did not settle; take the figures as rough",
        "参数的搜索没有收敛，数字仅供参考");
  }
  if (!loose.empty()) {
    const std::string names = fmt::format("{}", fmt::join(loose, ", "));
    add(fmt::format(
            "the data hardly say how large {} is: customers are alike in it, or the time is "
            "too short to see them leave; 'alive' may then be near 100 % for all",
            names),
        fmt::format("数据几乎不能确定 {} "
                    "的大小：客户在这一点上差别不大，或时间太短看不出离开；“仍在”因此可能人人接近 "
                    "100%",
                    names));
  }
  if (!view.model.spend) {
    add("no money to speak of in the orders: their number is foretold, values are not",
        "订单中没有足够的金额：只预测订单数，不估价值");
    return out;
  }
  if (view.model.given_back > 0) {
    add(fmt::format("{} customers gave back as much as they bought", view.model.given_back),
        fmt::format("{} 位客户退回的不少于所买的", view.model.given_back));
  }
  if (view.model.spend->held) {
    add("customers spend so differently that the model of spend has no mean of its own: the mean "
        "of all customers is taken, and figures of money are rough",
        "客户间消费悬殊，消费模型得不出均值：改用全体客户的平均值，金额仅供参考");
  }
  const double correlation = view.model.spend->correlation;
  constexpr double kNoticeable = 0.3;
  if (std::abs(correlation) > kNoticeable) {
    add(fmt::format("how often and how much go together (correlation {:.2f}); the model of spend "
                    "takes them as independent",
                    correlation),
        fmt::format("购买频次与单次金额相关（相关系数 {:.2f}），而消费模型假定二者独立",
                    correlation));
  }
  return out;
}

void write_head(const Context& context, const ClvView& view) {
  const behaviour::Buyers& buyers = view.asked.buyers;
  const auto n = std::int64_t(buyers.all.size());
  context.print(
      "{}\n",
      context.say(
          {fmt::format("{} customers who bought from {} to {}, {} of them again; looking {} days "
                       "ahead",
                       n, iso_date(view.asked.first_order), iso_date(buyers.as_of),
                       buyers.repeaters(), view.horizon_days),
           fmt::format("{} 至 {} 买过的客户 {} 位，其中复购 {} 位；向前看 {} 天",
                       iso_date(view.asked.first_order), iso_date(buyers.as_of), n,
                       buyers.repeaters(), view.horizon_days)}));
  context.print("{}: {}\n", context.say(model_label(view.model.buying.model)),
                parameters_text(view.model.buying));
  context.print(
      "  {}\n",
      context.say(
          {fmt::format("log-likelihood {:.1f}; times in weeks", view.model.buying.log_likelihood),
           fmt::format("对数似然 {:.1f}；时间单位为周", view.model.buying.log_likelihood)}));
  write_covariate(context, view);
  if (!view.model.spend) return;
  context.print("{}: {}\n", context.say({"Gamma-Gamma spend", "Gamma-Gamma 消费模型"}),
                spend_text(*view.model.spend));
}

std::string range_text(const ValueEstimate& e) {
  return fmt::format("{:.0f} ({:.0f}–{:.0f})", e.value, e.low, e.high);
}

std::string money_range(const std::string& currency, const ValueEstimate& e) {
  return fmt::format("{} ({}–{})", short_money(currency, e.value), short_money(currency, e.low),
                     short_money(currency, e.high));
}

void write_totals(const Context& context, const ClvView& view, const ValueTotals& totals) {
  const bool zh = context.lang == Lang::kZh;
  const double n = double(view.asked.buyers.all.size());
  context.print("\n{}\n", zh ? "合计（括号内为 95% 区间）" : "In all (95 % intervals in brackets)");
  context.print("  {} {:.0f} ({:.0f}%)\n",
                fitted(zh ? "仍是客户" : "still customers", zh ? 12 : 18), totals.alive,
                100 * totals.alive / n);
  context.print("  {} {}\n", fitted(zh ? "预期订单" : "expected orders", zh ? 12 : 18),
                range_text(totals.orders));
  if (!view.model.spend) return;
  const std::string terms =
      context.say({fmt::format("margin {:g}, discount {:g}% a year", view.options.margin,
                               100 * view.discount_per_year),
                   fmt::format("毛利率 {:g}，年折现率 {:g}%", view.options.margin,
                               100 * view.discount_per_year)});
  context.print("  {} {}   {}\n", fitted(zh ? "预期价值" : "expected value", zh ? 12 : 18),
                money_range(currency_of(view), totals.value), terms);
  if (totals.resamples == 0) return;
  context.print("  {}\n",
                context.say({fmt::format("bootstrap over {} resamples of customers, of "
                                         "the expectation: {} orders, {}",
                                         totals.resamples, range_text(totals.orders_bootstrap),
                                         money_range(currency_of(view), totals.value_bootstrap)),
                             fmt::format("自助法（重抽客户 {} 次），期望的区间：{} "
                                         "笔订单，{}",
                                         totals.resamples, range_text(totals.orders_bootstrap),
                                         money_range(currency_of(view), totals.value_bootstrap))}));
}

/// Buyers by value, where there is one, else by orders; the same ones by id.
std::vector<std::size_t> best_first(const ClvView& view, const behaviour::Valuation& valuation) {
  std::vector<std::size_t> order(valuation.customers.size());
  std::iota(order.begin(), order.end(), 0);
  const auto& all = valuation.customers;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (all[a].value != all[b].value) return all[a].value > all[b].value;
    if (all[a].orders != all[b].orders) return all[a].orders > all[b].orders;
    return view.asked.ids[a] < view.asked.ids[b];
  });
  return order;
}

void write_customer(const Context& context, const ClvView& view, std::size_t i,
                    const CustomerValue& value) {
  const behaviour::Buyer& buyer = view.asked.buyers.all[i];
  std::string line = fmt::format(
      "  {} {} {:>6} {:>4.0f}% {:>6.2f} {}", fitted(visible_line(view.asked.ids[i]), 20),
      fitted_right(std::to_string(buyer.purchases), 6), iso_date(buyer.last), 100 * value.alive,
      value.orders, fitted_right(fmt::format("{}–{}", value.orders_low, value.orders_high), 7));
  if (view.model.spend) {
    const std::string& currency = currency_of(view);
    line += fmt::format(" {}  {}–{}", fitted_right(short_money(currency, value.value), 12),
                        short_money(currency, value.value_low),
                        short_money(currency, value.value_high));
  }
  context.print("{}\n", line);
}

void write_customers(const Context& context, const ClvView& view,
                     const behaviour::Valuation& valuation, int limit) {
  const bool zh = context.lang == Lang::kZh;
  const std::vector<std::size_t> order = best_first(view, valuation);
  const std::size_t shown = limit > 0 ? std::min(order.size(), std::size_t(limit)) : order.size();
  context.print("\n  {} {} {} {} {} {} {}  {}\n", fitted(zh ? "客户" : "customer", 20),
                fitted_right(zh ? "购买" : "bought", 6), fitted(zh ? "最近" : "last", 10),
                fitted_right(zh ? "仍在" : "alive", 5), fitted_right(zh ? "订单" : "orders", 6),
                fitted_right("95%", 7),
                view.model.spend ? fitted_right(zh ? "价值" : "value", 12) : std::string(),
                view.model.spend ? "95%" : "");
  for (std::size_t k = 0; k < shown; ++k) {
    write_customer(context, view, order[k], valuation.customers[order[k]]);
  }
  if (shown < order.size()) {
    context.print("  {}\n", context.say({fmt::format("... and {} more (--limit 0 shows all, --json "
                                                     "gives every figure)",
                                                     order.size() - shown),
                                         fmt::format("……另有 {} 位（--limit 0 全部列出，--json "
                                                     "给出全部数字）",
                                                     order.size() - shown)}));
  }
}

void write_estimate(JsonWriter& json, std::string_view name, const ValueEstimate& e, double error) {
  json.key(name).begin_object().field("value", e.value, 4).field("low", e.low, 4);
  json.field("high", e.high, 4).field("standard_error", error, 6).end_object();
}

void write_parameters(JsonWriter& json, const ClvView& view) {
  const behaviour::BuyingFit& fit = view.model.buying;
  constexpr int kDigits = 6;
  json.key("parameters").begin_object();
  const auto names = behaviour::parameter_names(fit.model);
  const auto logs = fit.of_level(0).logs();
  for (std::size_t j = 0; j < names.size(); ++j) json.field(names[j], std::exp(logs[j]), kDigits);
  json.end_object().key("standard_errors").begin_object();
  for (std::size_t j = 0; j < names.size(); ++j) {
    const double relative = std::sqrt(std::max(0., fit.covariance.at(j, j)));
    json.field(names[j], std::exp(logs[j]) * relative, kDigits);
  }
  json.end_object().field("log_likelihood", fit.log_likelihood, 4).field("settled", fit.settled);
  if (view.model.plain) {
    json.key("covariate").begin_array();
    for (std::size_t level = 0; level < view.asked.buyers.levels.size(); ++level) {
      const std::size_t at = behaviour::kBuyingParameters + 2 * (level - 1);
      json.begin_object().field("value", view.asked.buyers.levels[level]);
      json.field("faster", level == 0 ? 1 : std::exp(fit.theta[at]));
      json.field("leaves", level == 0 ? 1 : std::exp(fit.theta[at + 1])).end_object();
    }
    json.end_array().field("covariate_p", view.model.covariate_p(), 8);
  }
  if (!view.model.spend) return;
  const behaviour::SpendFit& spend = *view.model.spend;
  json.key("spend").begin_object().field("p", spend.parameters.p, kDigits);
  json.field("q", spend.parameters.q, kDigits).field("gamma", spend.parameters.gamma, kDigits);
  json.field("log_likelihood", spend.log_likelihood, 4);
  json.field("customers", std::int64_t(spend.customers)).field("correlation", spend.correlation);
  json.end_object();
}

}  // namespace

Said model_label(BuyingModel model) {
  switch (model) {
    case BuyingModel::kBgNbd:
      return {"BG/NBD", "BG/NBD"};
    case BuyingModel::kMbgNbd:
      return {"MBG/NBD", "MBG/NBD"};
    case BuyingModel::kParetoNbd:
      break;
  }
  return {"Pareto/NBD", "Pareto/NBD"};
}

void write_clv_text(const Context& context, const ClvView& view,
                    const behaviour::Valuation& valuation, int limit) {
  write_head(context, view);
  write_totals(context, view, valuation.totals);
  write_customers(context, view, valuation, limit);
  tell_notes(context, model_notes(view));
  tell_notes(context, view.asked.notes);
}

void write_clv_json(const Context& context, const ClvView& view,
                    const behaviour::Valuation& valuation) {
  const Day as_of = view.asked.buyers.as_of;
  for (std::size_t i = 0; i < valuation.customers.size(); ++i) {
    const CustomerValue& value = valuation.customers[i];
    const behaviour::Buyer& buyer = view.asked.buyers.all[i];
    std::string out;
    {
      JsonWriter json(out);
      json.begin_object().field("customer", view.asked.ids[i]).field("as_of", iso_date(as_of));
      json.field("model", model_id(view.model.buying.model));
      json.field("purchases", buyer.purchases).field("first", iso_date(buyer.first));
      json.field("last", iso_date(buyer.last)).field("horizon_days", view.horizon_days);
      json.field("alive", value.alive).field("orders", value.orders);
      json.field("orders_low", value.orders_low).field("orders_high", value.orders_high);
      if (view.model.spend) {
        json.field("currency", currency_of(view)).field("spend", value.spend);
        json.field("value", value.value).field("value_low", value.value_low);
        json.field("value_high", value.value_high).field("standard_error", value.value_error);
      }
      json.end_object();
    }
    fmt::print(context.out, "{}\n", out);
  }
}

void write_totals_json(const Context& context, const ClvView& view,
                       const behaviour::Valuation& valuation) {
  const behaviour::Buyers& buyers = view.asked.buyers;
  const ValueTotals& totals = valuation.totals;
  std::string out;
  {
    JsonWriter json(out);
    json.begin_object().field("as_of", iso_date(buyers.as_of));
    json.field("model", model_id(view.model.buying.model));
    json.field("customers", std::int64_t(buyers.all.size())).field("repeaters", buyers.repeaters());
    json.field("horizon_days", view.horizon_days);
    write_parameters(json, view);
    json.field("alive", totals.alive);
    write_estimate(json, "orders", totals.orders, totals.orders_error);
    if (view.model.spend) {
      json.field("currency", currency_of(view));
      write_estimate(json, "value", totals.value, totals.value_error);
    }
    if (totals.resamples > 0) {
      json.field("resamples", totals.resamples);
      write_estimate(json, "orders_bootstrap", totals.orders_bootstrap, NAN);
      write_estimate(json, "value_bootstrap", totals.value_bootstrap, NAN);
    }
    json.key("notes").begin_array();
    for (const Said& note : model_notes(view)) json.string(context.say(note));
    for (const Said& note : view.asked.notes) json.string(context.say(note));
    json.end_array().end_object();
  }
  fmt::print(context.out, "{}\n", out);
}

}  // namespace xinjing::cli
