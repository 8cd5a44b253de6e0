#include "insight/interval.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/normal.h"

namespace xinjing::insight {
namespace {

constexpr double kZ = kNormal95;
constexpr std::size_t kDraws = 96;
constexpr std::size_t kGrid = 200;

/// The 97.5 % point of Student's t, within 1 % from two degrees of freedom on (Cornish and Fisher).
double t_quantile(double degrees) {
  if (degrees < 1.5) return 12.706;
  const double z2 = kZ * kZ;
  const double a = kZ * (z2 + 1) / 4, b = kZ * (5 * z2 * z2 + 16 * z2 + 3) / 96;
  const double c = kZ * (3 * z2 * z2 * z2 + 19 * z2 * z2 + 17 * z2 - 15) / 384;
  return kZ + a / degrees + b / (degrees * degrees) + c / (degrees * degrees * degrees);
}

/// Two rows of points that fill the unit square evenly (Roberts 2018), as normal deviates.
struct Deviates {
  std::array<double, kDraws> first{}, second{};
  Deviates() {
    for (std::size_t i = 0; i < kDraws; ++i) {
      const double a = std::fmod(0.5 + 0.7548776662466927 * static_cast<double>(i + 1), 1);
      const double b = std::fmod(0.5 + 0.5698402909980532 * static_cast<double>(i + 1), 1);
      first[i] = normal_quantile(a), second[i] = normal_quantile(b);
    }
  }
};

/// A draw from the posterior Beta(hits + 1/2, misses + 1/2), by its logit, nearly normal, moved to
/// another company.
double drawn_rate(double hits, double of, double elsewhere, double deviate) {
  const double a = hits + 0.5, b = of - hits + 0.5;
  const double spread = std::sqrt(1 / a + 1 / b + elsewhere * elsewhere);
  return 1 / (1 + std::exp(-(std::log(a / b) + spread * deviate)));
}

double grid_point(std::size_t i) {  // denser near 0 and 1
  const double u = (static_cast<double>(i) + 0.5) / kGrid;
  return u * u * (3 - 2 * u);
}

/// A prior Beta(for_it, against).
struct Prior {
  double for_it = 0.5, against = 0.5;
};

/// What the share is if what is said, and what is not, is as often true here as in the trial.
Prior prior_of(double share_said, const ReaderError& error) {
  constexpr double kWeight = 8;  // units
  const double said = error.said_of_true + error.said_of_false;
  const double missed = error.true_units - error.said_of_true;
  const double silent = error.true_units + error.false_units - said;
  const double right = (error.said_of_true + 0.5) / (said + 1);
  const double overlooked = (missed + 0.5) / (silent + 1);
  const double mean = std::clamp(share_said * right + (1 - share_said) * overlooked, 0.005, 0.98);
  return {kWeight * mean, kWeight * (1 - mean)};
}

/// Adds the posterior under one reader at every point of the grid; impossible readers say less.
void add_posterior(double hits, double of, double sensitivity, double false_rate,
                   const Prior& prior, std::array<double, kGrid>& weights) {
  const double peak = of > 0 ? std::clamp(hits / of, 1e-9, 1 - 1e-9) : 0.5;
  for (std::size_t i = 0; i < kGrid; ++i) {
    const double p = grid_point(i);
    const double said = std::clamp(p * sensitivity + (1 - p) * false_rate, 1e-9, 1 - 1e-9);
    const double log_fit = hits * std::log(said / peak) +
                           (of - hits) * std::log((1 - said) / (1 - peak)) +
                           (prior.for_it - 1) * std::log(p) + (prior.against - 1) * std::log(1 - p);
    const double u = (static_cast<double>(i) + 0.5) / kGrid;
    weights[i] += std::exp(log_fit) * 6 * u * (1 - u);
  }
}

double quantile(const std::array<double, kGrid>& weights, double sum, double part) {
  double passed = 0;
  for (std::size_t i = 0; i < kGrid; ++i) {
    passed += weights[i];
    if (passed >= part * sum) return grid_point(i);
  }
  return 1;
}

}  // namespace

double Sums::variance() const {
  return n > 1 ? std::max(0.0, (squares - sum * sum / n) / (n - 1)) : 0;
}

double normal_tail(double z) { return normal_below(-z); }

Interval share_interval(double hits, double of) {
  if (of <= 0) return {0, 0, 1};
  const double p = hits / of;
  const double centre = (p + kZ * kZ / (2 * of)) / (1 + kZ * kZ / of);
  const double half =
      kZ / (1 + kZ * kZ / of) * std::sqrt(p * (1 - p) / of + kZ * kZ / (4 * of * of));
  return {p, std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

Interval mean_interval(const Sums& sums, double low, double high) {
  if (sums.n < 1) return {(low + high) / 2, low, high};
  if (sums.n < 2) return {sums.mean(), low, high};
  const double half = t_quantile(sums.n - 1) * std::sqrt(sums.variance() / sums.n);
  return {sums.mean(), std::max(low, sums.mean() - half), std::min(high, sums.mean() + half)};
}

Interval corrected_share(double hits, double of, const ReaderError& error, double elsewhere) {
  if (of <= 0) return {0, 0, 1};
  static const Deviates deviates;
  const Prior prior = prior_of(hits / of, error);
  std::array<double, kGrid> weights{};
  for (std::size_t i = 0; i < kDraws; ++i) {
    const double sensitivity =
        drawn_rate(error.said_of_true, error.true_units, elsewhere, deviates.first[i]);
    const double false_rate =
        drawn_rate(error.said_of_false, error.false_units, elsewhere, deviates.second[i]);
    if (sensitivity <= false_rate) continue;  // a reader who is worse than a coin tells nothing
    add_posterior(hits, of, sensitivity, false_rate, prior, weights);
  }
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (!(sum > 0)) return {hits / of, 0, 1};
  double mean = 0;
  for (std::size_t i = 0; i < kGrid; ++i) mean += weights[i] * grid_point(i);
  return {mean / sum, quantile(weights, sum, 0.025), quantile(weights, sum, 0.975)};
}

std::vector<bool> stands_among(std::span<const double> p, double rate) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return p[a] < p[b]; });
  std::size_t last = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double limit = rate * static_cast<double>(i + 1) / static_cast<double>(p.size());
    if (p[order[i]] <= limit) last = i + 1;
  }
  std::vector<bool> out(p.size());
  for (std::size_t i = 0; i < last; ++i) out[order[i]] = true;
  return out;
}

}  // namespace xinjing::insight
