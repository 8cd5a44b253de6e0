#include "behaviour/customer_value.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "base/normal.h"
#include "base/parallel.h"
#include "behaviour/special_functions.h"

namespace xinjing::behaviour {
namespace {

constexpr double kTail = 0.025;
constexpr double kStep = 1e-3;  // of the logarithm of a parameter
constexpr std::size_t kLeastSpenders = 10;

/// Buyers by cell, and cells by what is expected of them: level, repeats and age.
struct Histories {
  std::vector<BuyingCell> cells;
  std::vector<std::uint32_t> cell_of;      // of a buyer
  std::vector<std::uint32_t> prospect_of;  // of a cell
  std::vector<BuyingCell> prospects;       // `last_days` is not meant
  std::size_t levels = 1;

  Histories(const Buyers& buyers) : levels(buyers.levels.size()) {
    cells = grouped(buyers.cells(), &cell_of);
    std::vector<BuyingCell> ages = cells;
    for (BuyingCell& cell : ages) cell.last_days = 0;
    prospects = grouped(std::move(ages), &prospect_of);
  }

  std::span<const BuyingCell> of_level(std::size_t level) const {
    const auto begin = std::partition_point(cells.begin(), cells.end(), [&](const auto& cell) {
      return std::size_t(cell.level) < level;
    });
    const auto end = std::partition_point(
        begin, cells.end(), [&](const auto& cell) { return std::size_t(cell.level) == level; });
    return {begin, end};
  }
};

/// The probability of each cell still to be customers.
std::vector<double> alive_of(const Histories& histories, const BuyingFit& fit,
                             std::span<const double> theta) {
  std::vector<double> out(histories.cells.size());
  for (std::size_t level = 0; level < histories.levels; ++level) {
    const auto cells = histories.of_level(level);
    if (cells.empty()) continue;
    const std::size_t begin = std::size_t(cells.data() - histories.cells.data());
    (void)likelihood(fit.model, fit.of_level(theta, level), cells,
                     {out.data() + begin, cells.size()});
  }
  return out;
}

template <typename One>
std::vector<Prospect> prospects_of(const Histories& histories, const BuyingFit& fit,
                                   std::span<const double> theta, One one) {
  std::vector<BuyingParameters> parameters;
  for (std::size_t level = 0; level < histories.levels; ++level) {
    parameters.push_back(fit.of_level(theta, level));
  }
  std::vector<Prospect> out(histories.prospects.size());
  constexpr std::size_t kBatch = 256;
  parallel_for((out.size() + kBatch - 1) / kBatch, 0, [&](std::size_t batch, std::size_t) {
    for (std::size_t i = batch * kBatch; i < std::min(out.size(), (batch + 1) * kBatch); ++i) {
      const BuyingCell& cell = histories.prospects[i];
      out[i] = one(fit.model, parameters[std::size_t(cell.level)], cell.repeats, cell.age_days);
    }
  });
  return out;
}

/// Expected orders of each cell, plain and discounted.
struct Expected {
  std::vector<double> orders, discounted;
};

Expected expected_of(const Histories& histories, const BuyingFit& fit,
                     std::span<const double> theta, const Horizon& horizon) {
  const std::vector<double> alive = alive_of(histories, fit, theta);
  const auto prospects =
      prospects_of(histories, fit, theta, [&](auto model, const auto& p, int repeats, int age) {
        return expected_prospect(model, p, repeats, age, horizon);
      });
  Expected out;
  for (std::size_t i = 0; i < alive.size(); ++i) {
    const Prospect& prospect = prospects[histories.prospect_of[i]];
    out.orders.push_back(alive[i] * prospect.orders);
    out.discounted.push_back(alive[i] * prospect.discounted);
  }
  return out;
}

/// How each cell's expectations change with each element of theta: central differences.
std::vector<Expected> slopes_of(const Histories& histories, const BuyingFit& fit,
                                const Horizon& horizon) {
  std::vector<Expected> out;
  for (std::size_t j = 0; j < fit.theta.size(); ++j) {
    std::vector<double> theta = fit.theta;
    theta[j] += kStep;
    Expected up = expected_of(histories, fit, theta, horizon);
    theta[j] -= 2 * kStep;
    const Expected down = expected_of(histories, fit, theta, horizon);
    for (std::size_t i = 0; i < up.orders.size(); ++i) {
      up.orders[i] = (up.orders[i] - down.orders[i]) / (2 * kStep);
      up.discounted[i] = (up.discounted[i] - down.discounted[i]) / (2 * kStep);
    }
    out.push_back(std::move(up));
  }
  return out;
}

/// What a customer spends at an order, and how that changes with each element of theta.
struct Spending {
  double mean = 0;
  double scale = 0;  // second_moment_of_scale
  double p = 0;
  std::array<double, 3> slope{};
};

Spending spending_of(const SpendFit& fit, const Buyer::Spending& known) {
  const auto [purchases, observed] = known;
  const SpendParameters& s = fit.parameters;
  Spending out{.mean = s.mean_of(purchases, observed),
               .scale = s.second_moment_of_scale(purchases, observed),
               .p = s.p};
  const double below = s.p * purchases + s.q - 1;
  out.slope = {out.mean * (s.q - 1) / below, -out.mean * (s.q - 1) / below, s.p * s.gamma / below};
  return out;
}

/// The second moment of the money of n orders, by the moments of n.
double second_moment(const Spending& spending, double orders, double squares) {
  return spending.scale * spending.p * (orders + spending.p * squares);
}

/// The range of the money: nothing with the probability that no order comes, else log-normal with
/// these moments.
void set_range(double comes, double mean, double square, CustomerValue& out) {
  const auto at = [&](double level) {
    const double stays_away = 1 - comes;
    if (level <= stays_away || comes <= 0 || mean <= 0) return 0.;
    const double m = mean / comes, v = square / comes;
    const double s2 = std::log(std::max(1 + 1e-12, v / (m * m)));
    return std::exp(std::log(m) - s2 / 2 +
                    std::sqrt(s2) * normal_quantile((level - stays_away) / comes));
  };
  out.value_low = at(kTail);
  out.value_high = at(1 - kTail);
}

class Valuer {
 public:
  Valuer(const Buyers& buyers, const ValueModel& model, const ValueOptions& options)
      : x_buyers(buyers), x_model(model), x_options(options), x_histories(buyers) {}

  Valuation run() {
    const BuyingFit& fit = x_model.buying;
    x_alive = alive_of(x_histories, fit, fit.theta);
    x_prospects = prospects_of(x_histories, fit, fit.theta,
                               [&](auto model, const auto& p, int repeats, int age) {
                                 return prospect(model, p, repeats, age, x_options.horizon);
                               });
    x_slopes = slopes_of(x_histories, fit, x_options.horizon);
    x_out.customers.resize(x_buyers.all.size());
    x_orders_slope.assign(fit.theta.size(), 0);
    x_value_slope.assign(fit.theta.size(), 0);
    for (std::size_t i = 0; i < x_buyers.all.size(); ++i) add(i);
    close();
    if (x_options.resamples > 0) resample();
    return std::move(x_out);
  }

 private:
  void add(std::size_t i) {
    const std::uint32_t cell = x_histories.cell_of[i];
    const Prospect& ahead = x_prospects[x_histories.prospect_of[cell]];
    CustomerValue& out = x_out.customers[i];
    out.alive = x_alive[cell];
    out.orders = out.alive * ahead.orders;
    out.orders_low = ahead.below(out.alive, 1 - kTail);
    out.orders_high = ahead.above(out.alive, kTail);
    x_out.totals.alive += out.alive;
    x_out.totals.orders.value += out.orders;
    const double squares = out.alive * ahead.squares;
    x_orders_chance += squares - out.orders * out.orders;
    for (std::size_t j = 0; j < x_slopes.size(); ++j) x_orders_slope[j] += x_slopes[j].orders[cell];
    if (x_model.spend) add_money(i, cell, ahead, squares);
  }

  void add_money(std::size_t i, std::uint32_t cell, const Prospect& ahead, double squares) {
    CustomerValue& out = x_out.customers[i];
    const Spending spending = spending_of(*x_model.spend, x_buyers.all[i].spending(x_model.basis));
    const double discounted = out.alive * ahead.discounted;
    const double unit = spending.mean * x_options.margin;
    out.spend = spending.mean;
    out.value = discounted * unit;
    const double worth = ahead.orders > 0 ? ahead.discounted / ahead.orders : 1;
    const double factor = x_options.margin * worth;
    const double square = factor * factor * second_moment(spending, out.orders, squares);
    const double comes = ahead.at_least.empty() ? 0 : out.alive * ahead.at_least.front();
    set_range(comes, out.value, square, out);
    std::vector<double>& slope = x_scratch;
    slope.resize(x_slopes.size());
    for (std::size_t j = 0; j < slope.size(); ++j) {
      slope[j] = unit * x_slopes[j].discounted[cell];
      x_value_slope[j] += slope[j];
    }
    std::array<double, 3> of_spend{};
    for (std::size_t j = 0; j < 3; ++j) {
      of_spend[j] = discounted * x_options.margin * spending.slope[j];
      x_spend_slope[j] += of_spend[j];
    }
    out.value_error = std::sqrt(std::max(
        0., x_model.buying.covariance.form(slope) + x_model.spend->covariance.form(of_spend)));
    x_out.totals.value.value += out.value;
    x_value_chance += std::max(0., square - out.value * out.value);
  }

  static void set_interval(ValueEstimate& total, double variance) {
    const double width = kNormal95 * std::sqrt(std::max(0., variance));
    total.low = std::max(0., total.value - width), total.high = total.value + width;
  }

  void close() {
    ValueTotals& totals = x_out.totals;
    const double orders = std::max(0., x_model.buying.covariance.form(x_orders_slope));
    totals.orders_error = std::sqrt(orders);
    set_interval(totals.orders, orders + x_orders_chance);
    if (!x_model.spend) return;
    const double value = std::max(0., x_model.buying.covariance.form(x_value_slope) +
                                          x_model.spend->covariance.form(x_spend_slope));
    totals.value_error = std::sqrt(value);
    set_interval(totals.value, value + x_value_chance);
  }

  /// One resample: each customer counts as often as a Poisson draw says, the models are fitted
  /// again, and the totals of the customers that there are are told anew.
  std::pair<double, double> resampled(std::mt19937_64& random) const {
    std::poisson_distribution<int> draw(1);
    std::vector<BuyingCell> cells = x_histories.cells;
    for (BuyingCell& cell : cells) {
      std::poisson_distribution<std::int64_t> many(cell.customers);
      cell.customers = double(many(random));
    }
    std::erase_if(cells, [](const BuyingCell& cell) { return cell.customers == 0; });
    const BuyingFit fit =
        fit_buying(x_model.buying.model, cells, x_histories.levels, x_model.buying.theta);
    const Expected expected = expected_of(x_histories, fit, fit.theta, x_options.horizon);
    std::pair<double, double> out;
    for (std::size_t i = 0; i < expected.orders.size(); ++i) {
      out.first += x_histories.cells[i].customers * expected.orders[i];
    }
    if (!x_model.spend) return out;
    std::vector<Spender> spenders;
    for (const Buyer& one : x_buyers.all) {
      const auto [purchases, mean] = one.spending(x_model.basis);
      const int times = mean > 0 ? draw(random) : 0;
      if (times > 0) spenders.push_back({purchases, mean, double(times)});
    }
    if (spenders.size() < kLeastSpenders) return out;
    const SpendFit spend =
        fit_spend(std::move(spenders), x_model.spend->theta, x_model.basis == SpendBasis::kRepeats);
    for (std::size_t i = 0; i < x_buyers.all.size(); ++i) {
      const auto [purchases, mean] = x_buyers.all[i].spending(x_model.basis);
      out.second += x_options.margin * expected.discounted[x_histories.cell_of[i]] *
                    spend.parameters.mean_of(purchases, mean);
    }
    return out;
  }

  void resample() {
    std::mt19937_64 random(x_options.seed);
    std::vector<double> orders, values;
    for (int i = 0; i < x_options.resamples; ++i) {
      const auto [n, value] = resampled(random);
      orders.push_back(n), values.push_back(value);
    }
    const auto set = [](std::vector<double>& from, double value, ValueEstimate& to) {
      std::sort(from.begin(), from.end());
      const auto at = [&](double p) {
        return from[std::size_t(p * double(from.size() - 1) + 0.5)];
      };
      to = {value, at(kTail), at(1 - kTail)};
    };
    ValueTotals& totals = x_out.totals;
    totals.resamples = x_options.resamples;
    set(orders, totals.orders.value, totals.orders_bootstrap);
    set(values, totals.value.value, totals.value_bootstrap);
  }

  const Buyers& x_buyers;
  const ValueModel& x_model;
  const ValueOptions& x_options;
  Histories x_histories;
  std::vector<double> x_alive;
  std::vector<Prospect> x_prospects;
  std::vector<Expected> x_slopes;
  std::vector<double> x_scratch;
  std::vector<double> x_orders_slope, x_value_slope;
  std::array<double, 3> x_spend_slope{};
  double x_orders_chance = 0, x_value_chance = 0;
  Valuation x_out;
};

}  // namespace

double ValueModel::covariate_p() const {
  if (!plain) return 1;
  return chi_square_tail(2 * (buying.log_likelihood - plain->log_likelihood),
                         double(buying.theta.size() - plain->theta.size()));
}

ValueModel fit_values(const Buyers& buyers, BuyingModel model, SpendBasis basis) {
  ValueModel out;
  out.basis = basis;
  std::vector<BuyingCell> cells = grouped(buyers.cells());
  if (buyers.levels.size() > 1) {
    std::vector<BuyingCell> plain = cells;
    for (BuyingCell& cell : plain) cell.level = 0;
    out.plain = fit_buying(model, grouped(std::move(plain)));
    out.buying = fit_buying(model, cells, buyers.levels.size(), out.plain->theta);
  } else {
    out.buying = fit_buying(model, cells);
  }
  std::vector<Spender> spenders;
  for (const Buyer& one : buyers.all) {
    const auto [purchases, mean] = one.spending(basis);
    if (one.money > 0 && one.kept() == 0) ++out.given_back;
    if (mean > 0) spenders.push_back({purchases, mean});
  }
  if (spenders.size() >= kLeastSpenders) {
    out.spend = fit_spend(std::move(spenders), {}, basis == SpendBasis::kRepeats);
  }
  return out;
}

Valuation valuate(const Buyers& buyers, const ValueModel& model, const ValueOptions& options) {
  return Valuer(buyers, model, options).run();
}

}  // namespace xinjing::behaviour
