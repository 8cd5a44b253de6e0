#include "behaviour/holdout.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace xinjing::behaviour {
namespace {

constexpr int kGroups = 7;  // 0 to 6, and 7 or more

double correlation(std::span<const double> x, std::span<const double> y) {
  const double n = double(x.size());
  double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    sx += x[i], sy += y[i], sxx += x[i] * x[i], syy += y[i] * y[i], sxy += x[i] * y[i];
  }
  const double vx = sxx - sx * sx / n, vy = syy - sy * sy / n;
  return vx > 1e-12 && vy > 1e-12 ? (sxy - sx * sy / n) / std::sqrt(vx * vy) : 0;
}

HoldoutScore score(std::string id, std::span<const double> expected,
                   std::span<const double> actual) {
  HoldoutScore out;
  out.id = std::move(id);
  double squares = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double off = expected[i] - actual[i];
    out.expected += expected[i], out.mae += std::abs(off), squares += off * off;
  }
  const double n = std::max(1., double(expected.size()));
  out.mae /= n;
  out.rmse = std::sqrt(squares / n);
  out.correlation = correlation(expected, actual);
  return out;
}

std::vector<HoldoutGroup> groups_of(const Buyers& buyers, std::span<const double> expected,
                                    std::span<const double> actual) {
  std::vector<HoldoutGroup> out(kGroups + 1);
  for (std::size_t i = 0; i < buyers.all.size(); ++i) {
    HoldoutGroup& group =
        out[std::size_t(std::min<std::int64_t>(kGroups, buyers.all[i].purchases - 1))];
    group.customers += 1, group.expected += expected[i], group.actual += actual[i];
  }
  for (int g = 0; g <= kGroups; ++g) {
    HoldoutGroup& group = out[std::size_t(g)];
    group.repeats = g, group.or_more = g == kGroups;
    if (group.customers > 0) {
      group.expected /= group.customers, group.actual /= group.customers;
    }
  }
  std::erase_if(out, [](const HoldoutGroup& group) { return group.customers == 0; });
  return out;
}

/// The orders expected of all up to the end of each week.
std::vector<double> path_of(const Buyers& buyers, const BuyingFit& fit,
                            std::span<const CustomerValue> values, int weeks) {
  struct Key {
    std::int32_t level, repeats, age;
    auto operator<=>(const Key&) const = default;
  };
  std::map<Key, double> alive;  // expected number of customers who are still there
  for (std::size_t i = 0; i < buyers.all.size(); ++i) {
    const BuyingCell cell = buyers.all[i].cell(buyers.as_of);
    alive[{cell.level, cell.repeats, cell.age_days}] += values[i].alive;
  }
  std::vector<double> out(static_cast<std::size_t>(weeks));
  for (const auto& [key, n] : alive) {
    const auto path =
        expected_path(fit.model, fit.of_level(std::size_t(key.level)), key.repeats, key.age, weeks);
    for (std::size_t week = 0; week < out.size(); ++week) out[week] += n * path[week];
  }
  return out;
}

void compare_money(std::span<const CustomerValue> values, const Later& later, Holdout& out) {
  std::vector<double> expected;
  for (std::size_t i = 0; i < values.size(); ++i) {
    expected.push_back(values[i].value);
    out.expected_money += values[i].value, out.actual_money += later.money[i];
    const bool within = later.money[i] >= values[i].value_low - 1e-9 &&
                        later.money[i] <= values[i].value_high + 1e-9;
    out.money_within += within ? 1 : 0;
  }
  out.money_correlation = correlation(expected, later.money);
}

}  // namespace

Holdout compare_holdout(const Buyers& buyers, const ValueModel& model, const ValueOptions& options,
                        const Later& later) {
  const Valuation valuation = valuate(buyers, model, options);
  const std::span<const CustomerValue> values = valuation.customers;
  Holdout out;
  out.customers = double(values.size());
  out.weeks = int(later.orders_by_week.size());
  std::vector<double> expected, before;
  double mean = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Buyer& buyer = buyers.all[i];
    expected.push_back(values[i].orders);
    const double age = std::max(1., double(buyers.as_of.number - buyer.first.number));
    before.push_back(double(buyer.purchases - 1) / age * kDaysPerWeek * options.horizon.weeks);
    mean += before.back() / double(values.size());
    out.actual += later.orders[i];
    out.still_there += later.orders[i] > 0 ? 1 : 0;
    out.alive += values[i].alive;
    const bool within = later.orders[i] >= double(values[i].orders_low) &&
                        later.orders[i] <= double(values[i].orders_high);
    out.orders_within += within ? 1 : 0;
  }
  if (model.spend) compare_money(values, later, out);
  for (double* share : {&out.orders_within, &out.money_within, &out.still_there, &out.alive}) {
    *share /= std::max(1., out.customers);
  }
  out.groups = groups_of(buyers, expected, later.orders);
  out.expected_by_week = path_of(buyers, model.buying, values, out.weeks);
  double sum = 0;
  for (const double week : later.orders_by_week) out.actual_by_week.push_back(sum += week);
  out.scores.push_back(score("model", expected, later.orders));
  out.scores.push_back(score("as_before", before, later.orders));
  const std::vector<double> same(values.size(), mean), none(values.size());
  out.scores.push_back(score("same_for_all", same, later.orders));
  out.scores.push_back(score("none", none, later.orders));
  return out;
}

}  // namespace xinjing::behaviour
