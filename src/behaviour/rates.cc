#include "behaviour/rates.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/normal.h"

namespace xinjing::behaviour {
namespace {

/// The quantile 0.975 of Student's t (Hill 1970 by way of the expansion of Cornish and Fisher; good
/// to three digits from 3 degrees of freedom on, tables below).
double t_quantile(std::int64_t freedom) {
  constexpr double kTable[] = {12.7062, 4.3027, 3.1824, 2.7764, 2.5706};
  if (freedom <= 5) return kTable[std::max<std::int64_t>(freedom, 1) - 1];
  const double n = double(freedom), z = kNormal95, z3 = z * z * z, z5 = z3 * z * z;
  return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n) +
         (3 * z5 * z * z + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
}

/// The continued fraction of the incomplete beta function (Lentz's way).
double beta_fraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300;
  const auto safe = [](double v) { return std::abs(v) < kTiny ? kTiny : v; };
  double c = 1;
  double d = 1 / safe(1 - (a + b) * x / (a + 1));
  double out = d;
  for (int m = 1; m <= 10'000; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / safe(1 + even * d), c = safe(1 + even / c), out *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / safe(1 + odd * d), c = safe(1 + odd / c);
    out *= d * c;
    if (std::abs(d * c - 1) < 1e-14) break;
  }
  return out;
}

/// P(X <= x).
double beta_below(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
  return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

/// The largest k with P(Binomial(n, 1/2) < k) <= 0.025: the k-th smallest and the k-th largest of n
/// values bound the median. Beyond 500 values by the normal approximation.
std::size_t rank_below_median(std::size_t n) {
  if (n > 500) return std::size_t((double(n) - kNormal95 * std::sqrt(double(n))) / 2);
  std::size_t k = 0;
  double below = 0;
  double term = std::exp(-double(n) * std::log(2.0));
  while (below + term <= 0.025 && k < n / 2) {
    below += term;
    ++k;
    term *= double(n - k + 1) / double(k);
  }
  return k;
}

std::int64_t sum_of(std::span<const std::int64_t> counts) {
  std::int64_t n = 0;
  for (const std::int64_t one : counts) n += one;
  return n;
}

}  // namespace

Estimate share(const Rate& rate) {
  if (rate.chances <= 0) return {0, 0, 1, 0};
  const double n = double(rate.chances), p = double(rate.hits) / n, z2 = kNormal95 * kNormal95;
  const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kNormal95 / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  // At the ends the formula is exact but for rounding.
  return {p, rate.hits == 0 ? 0 : middle - half, rate.hits == rate.chances ? 1 : middle + half,
          rate.chances};
}

BetaPrior prior_of(std::span<const Rate> customers) {
  double n = 0, sum = 0, squares = 0, inverse = 0;
  for (const Rate& one : customers) {
    if (one.chances < 2) continue;
    const double p = double(one.hits) / double(one.chances);
    n += 1, sum += p, squares += p * p, inverse += 1 / double(one.chances);
  }
  if (n < 10) return {};
  const double mean = sum / n;
  const double spread = std::max(0.0, squares / n - mean * mean) * n / (n - 1);
  const double within = mean * (1 - mean);
  if (within <= 0) return {};
  // Var(p) = within * (s + rho): s of the sampling, rho = 1 / (weight + 1) of the customers.
  const double sampling = inverse / n;
  const double rho = (spread / within - sampling) / std::max(1e-9, 1 - sampling);
  const double weight = rho <= 0 ? 100 : std::clamp(1 / rho - 1, 1.0, 100.0);
  return {weight * mean, weight * (1 - mean)};
}

Estimate posterior(const Rate& rate, const BetaPrior& prior) {
  const double a = prior.hits + double(rate.hits);
  const double b = prior.misses + double(rate.chances - rate.hits);
  return {a / (a + b), beta_quantile(a, b, 0.025), beta_quantile(a, b, 0.975), rate.chances};
}

double beta_above(double a, double b, double x) {
  XINJING_CHECK(a > 0 && b > 0);
  return beta_below(b, a, 1 - x);
}

double beta_quantile(double a, double b, double p) {
  double low = 0, high = 1;
  for (int i = 0; i < 50; ++i) {
    const double middle = (low + high) / 2;
    (beta_below(a, b, middle) < p ? low : high) = middle;
  }
  return (low + high) / 2;
}

Estimate entropy(std::span<const std::int64_t> counts) {
  const double n = double(sum_of(counts));
  if (n <= 0) return {};
  double sum = 0, squares = 0, kinds = 0;
  for (const std::int64_t one : counts) {
    if (one <= 0) continue;
    const double p = double(one) / n, l = std::log(p);
    sum -= p * l, squares += p * l * l, kinds += 1;
  }
  const double most = std::log(std::max(kinds, 1.0));
  const double corrected = std::min(most, sum + (kinds - 1) / (2 * n));
  const double half = kNormal95 * std::sqrt(std::max(0.0, squares - sum * sum) / n);
  return {corrected, std::max(0.0, corrected - half), corrected + half, std::int64_t(n)};
}

std::optional<double> concentration(std::span<const std::int64_t> counts) {
  const double n = double(sum_of(counts));
  if (n < 2) return {};
  double alike = 0;
  for (const std::int64_t one : counts) alike += double(one) * double(one - 1);
  return alike / (n * (n - 1));
}

Estimate mean_of(std::span<const double> values) {
  const double n = double(values.size());
  if (values.empty()) return {};
  double sum = 0, squares = 0;
  for (const double x : values) sum += x;
  const double mean = sum / n;
  if (values.size() == 1) return {mean, mean, mean, 1};
  for (const double x : values) squares += (x - mean) * (x - mean);
  const double half =
      t_quantile(std::int64_t(values.size()) - 1) * std::sqrt(squares / (n - 1) / n);
  return {mean, mean - half, mean + half, std::int64_t(values.size())};
}

Estimate median_of(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  const double median = n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
  const std::size_t k = rank_below_median(n);
  const std::size_t at = k == 0 ? 0 : k - 1;
  return {median, values[at], values[n - 1 - at], std::int64_t(n)};
}

double risen(std::int64_t before, double days_before, std::int64_t after, double days_after) {
  XINJING_CHECK(days_before > 0 && days_after > 0);
  // With gamma posteriors, after * days_before-scaled odds are Beta: P(l2 > l1) is P(B > q) of the
  // share of the later one.
  return beta_above(double(after) + 0.5, double(before) + 0.5,
                    days_after / (days_before + days_after));
}

double fell_silent(std::int64_t acts, double days, double silent) {
  XINJING_CHECK(days > 0);
  return 1 - std::exp(double(acts) * std::log(days / (days + std::max(0.0, silent))));
}

}  // namespace xinjing::behaviour
