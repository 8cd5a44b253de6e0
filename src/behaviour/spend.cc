#include "behaviour/spend.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "base/check.h"
#include "base/parallel.h"
#include "behaviour/special_functions.h"

namespace xinjing::behaviour {
namespace {

constexpr std::size_t kChunk = 16'384;
constexpr double kFarthest = 20;
constexpr double kLeastQ = 1.5;
constexpr double kMostMean = 2;  // of the customers' own mean

struct Sums {
  double value = 0, p = 0, q = 0, gamma = 0;
};

/// What spenders with the same number of purchases share.
struct OfPurchases {
  double purchases = -1;
  double level = 0, by_p = 0, by_q = 0;

  void set(const SpendParameters& s, double x) {
    if (x == purchases) return;
    purchases = x;
    const double both = digamma(s.p * x + s.q);
    level = log_gamma(s.p * x + s.q) - log_gamma(s.p * x) - log_gamma(s.q) +
            s.q * std::log(s.gamma) + s.p * x * std::log(x);
    by_p = x * (both - digamma(s.p * x) + std::log(x));
    by_q = both - digamma(s.q) + std::log(s.gamma);
  }
};

Sums sum_of(const SpendParameters& s, std::span<const Spender> spenders,
            std::span<const double> logs) {
  Sums out;
  OfPurchases shared;
  for (std::size_t i = 0; i < spenders.size(); ++i) {
    const auto [x, mean, n] = spenders[i];
    shared.set(s, x);
    const double k = s.p * x + s.q, total = s.gamma + x * mean, log_total = std::log(total);
    out.value += n * (shared.level + (s.p * x - 1) * logs[i] - k * log_total);
    out.p += n * (shared.by_p + x * (logs[i] - log_total));
    out.q += n * (shared.by_q - log_total);
    out.gamma += n * (s.q / s.gamma - k / total);
  }
  return out;
}

/// The negative log-likelihood for each customer, by theta; money in units of the overall mean.
class Objective {
 public:
  explicit Objective(std::span<const Spender> spenders) : x_spenders(spenders) {
    for (const Spender& one : spenders) {
      x_logs.push_back(std::log(one.mean));
      x_customers += one.customers;
    }
  }

  double customers() const { return x_customers; }

  double operator()(std::span<const double> theta, std::span<double> slope) const {
    std::fill(slope.begin(), slope.end(), 0);
    for (const double one : theta) {
      if (!(std::abs(one) <= kFarthest)) return INFINITY;
    }
    const SpendParameters s = SpendFit::parameters_of(theta);
    std::vector<Sums> parts((x_spenders.size() + kChunk - 1) / kChunk);
    parallel_for(parts.size(), 0, [&](std::size_t i, std::size_t) {
      const std::size_t begin = i * kChunk, n = std::min(kChunk, x_spenders.size() - begin);
      parts[i] = sum_of(s, x_spenders.subspan(begin, n), {x_logs.data() + begin, n});
    });
    double value = 0;
    for (const Sums& part : parts) {
      value -= part.value;
      slope[0] -= s.p * part.p, slope[1] -= (s.q - 1) * part.q, slope[2] -= s.gamma * part.gamma;
    }
    constexpr double kLimits[] = {4, 4, 7};
    value /= x_customers;
    for (std::size_t j = 0; j < theta.size(); ++j) {
      slope[j] /= x_customers;
      value += restraint(theta[j], kLimits[j], slope[j]);
    }
    return value;
  }

 private:
  std::span<const Spender> x_spenders;
  std::vector<double> x_logs;
  double x_customers = 0;
};

/// The best p where q is 2 and the mean is 1: gamma = 1 / p. Of its curvature only that of p is
/// left, so that the others count as known.
Optimum held_minimum(const Objective& objective) {
  const Slope f = [&](std::span<const double> x, std::span<double> g) {
    std::array<double, 3> slope{};
    const double value = objective(std::array{x[0], 0., -x[0]}, slope);
    g[0] = slope[0] - slope[2];
    return value;
  };
  Optimum out = minimise(f, {0});
  Square curvature(3);
  curvature.at(0, 0) = out.curvature.at(0, 0);
  out.curvature = std::move(curvature);
  out.x = {out.x[0], 0, -out.x[0]};
  return out;
}

/// The variance of the customers' mean, relative to it.
double mean_error(std::span<const Spender> spenders) {
  double n = 0, sum = 0, squares = 0;
  for (const Spender& one : spenders) {
    n += one.customers, sum += one.customers * one.mean;
    squares += one.customers * one.mean * one.mean;
  }
  const double mean = sum / n;
  return std::max(0., squares / n - mean * mean) / (mean * mean) / n;
}

double correlation_of(std::span<const Spender> spenders) {
  double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
  for (const auto& [x, y, w] : spenders) {
    n += w, sx += w * x, sy += w * y, sxx += w * x * x, syy += w * y * y, sxy += w * x * y;
  }
  const double vx = sxx - sx * sx / n, vy = syy - sy * sy / n;
  return vx > 0 && vy > 0 ? (sxy - sx * sy / n) / std::sqrt(vx * vy) : 0;
}

}  // namespace

double SpendParameters::second_moment_of_scale(double purchases, double observed) const {
  const double shape = std::max(2.1, q + p * purchases), scale = gamma + purchases * observed;
  return scale * scale / ((shape - 1) * (shape - 2));
}

SpendParameters SpendFit::parameters_of(std::span<const double> theta) {
  return {.p = std::exp(theta[0]), .q = 1 + std::exp(theta[1]), .gamma = std::exp(theta[2])};
}

SpendFit fit_spend(std::vector<Spender> spenders, std::vector<double> start, bool needs_mean) {
  XINJING_CHECK(!spenders.empty());
  std::sort(spenders.begin(), spenders.end(), [](const Spender& a, const Spender& b) {
    return std::tuple(a.purchases, a.mean, a.customers) <
           std::tuple(b.purchases, b.mean, b.customers);
  });
  double money = 0, customers = 0;
  for (const Spender& one : spenders) money += one.customers * one.mean, customers += one.customers;
  const double unit = money / customers;  // keeps the parameters near 1 in any currency
  for (Spender& one : spenders) one.mean /= unit;
  const Objective objective(spenders);
  start.empty() ? void(start = {std::log(4.), std::log(2.5), std::log(2.5 / 4)})
                : void(start[2] -= std::log(unit));
  Optimum best = minimise([&](auto x, auto g) { return objective(x, g); }, std::move(start));
  const SpendParameters found = SpendFit::parameters_of(best.x);
  const bool held = needs_mean && (found.q < kLeastQ || found.mean() > kMostMean);
  if (held) best = held_minimum(objective);
  for (double& cell : best.curvature.cells) cell *= customers;
  SpendFit out;
  out.theta = std::move(best.x);
  out.covariance = pseudo_inverse(best.curvature);
  out.log_likelihood = -best.value * customers - customers * std::log(unit);
  out.customers = customers;
  out.correlation = correlation_of(spenders);
  out.settled = best.settled;
  out.held = held;
  if (held) out.covariance.at(2, 2) += mean_error(spenders);
  out.theta[2] += std::log(unit);
  out.parameters = SpendFit::parameters_of(out.theta);
  return out;
}

}  // namespace xinjing::behaviour
