#include "learn/metric.h"

#include <cmath>
#include <map>

#include "base/check.h"
#include "base/hash.h"

namespace xinjing::learn {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

std::vector<double> ranks(std::span<const double> v) {
  std::vector<std::size_t> order(v.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return v[a] < v[b]; });
  std::vector<double> rank(v.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t j = i;
    while (j + 1 < order.size() && v[order[j + 1]] == v[order[i]]) ++j;
    for (std::size_t k = i; k <= j; ++k) rank[order[k]] = static_cast<double>(i + j) / 2;
    i = j + 1;
  }
  return rank;
}

double pearson(std::span<const double> a, std::span<const double> b) {
  const auto n = static_cast<double>(a.size());
  const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n;
  const double mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
  double ab = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : kUnknown;
}

double order_aware_divergence(std::span<const double> p, std::span<const double> q) {
  double sum = 0;
  int present = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (p[i] <= 0) continue;
    ++present;
    for (std::size_t j = 0; j < p.size(); ++j) {
      const double distance = std::abs(static_cast<double>(i) - static_cast<double>(j));
      sum += distance * (p[j] - q[j]) * (p[j] - q[j]);
    }
  }
  return present > 0 ? sum / present : 0;
}

}  // namespace

double kappa(std::span<const int> a, std::span<const int> b) {
  XINJING_CHECK(a.size() == b.size());
  if (a.empty()) return kUnknown;
  std::map<int, double> shares_a;
  std::map<int, double> shares_b;
  const auto n = static_cast<double>(a.size());
  double equal = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    equal += a[i] == b[i] ? 1 / n : 0;
    shares_a[a[i]] += 1 / n;
    shares_b[b[i]] += 1 / n;
  }
  double chance = 0;
  for (const auto& [state, share] : shares_a) chance += share * shares_b[state];
  return chance < 1 - 1e-12 ? (equal - chance) / (1 - chance) : kUnknown;
}

double weighted_kappa(std::span<const int> a, std::span<const int> b) {
  XINJING_CHECK(a.size() == b.size());
  if (a.empty()) return kUnknown;
  std::map<int, double> shares_a;
  std::map<int, double> shares_b;
  const auto n = static_cast<double>(a.size());
  double distance = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    distance += static_cast<double>((a[i] - b[i]) * (a[i] - b[i])) / n;
    shares_a[a[i]] += 1 / n;
    shares_b[b[i]] += 1 / n;
  }
  double chance = 0;
  for (const auto& [x, share_x] : shares_a) {
    for (const auto& [y, share_y] : shares_b) chance += share_x * share_y * (x - y) * (x - y);
  }
  return chance > 0 ? 1 - distance / chance : kUnknown;
}

void Hits::count(bool gold, bool said) {
  true_positive += gold && said ? 1 : 0;
  false_positive += said && !gold ? 1 : 0;
  false_negative += gold && !said ? 1 : 0;
}

double Hits::f1() const {
  const std::int64_t all = 2 * true_positive + false_positive + false_negative;
  return all > 0 ? static_cast<double>(2 * true_positive) / static_cast<double>(all) : kUnknown;
}

double macro_f1(std::span<const Hits> states, std::int64_t least) {
  double sum = 0;
  int counted = 0;
  for (const Hits& hits : states) {
    if (hits.gold() < least) continue;
    sum += hits.f1();
    ++counted;
  }
  return counted > 0 ? sum / counted : kUnknown;
}

double spearman(std::span<const double> a, std::span<const double> b) {
  XINJING_CHECK(a.size() == b.size());
  if (a.empty()) return kUnknown;
  return pearson(ranks(a), ranks(b));
}

double calibration_error(std::span<const double> p, std::span<const bool> right) {
  XINJING_CHECK(p.size() == right.size());
  struct Bin {
    double p = 0;
    double right = 0;
  };
  std::array<Bin, 10> bins{};
  for (std::size_t i = 0; i < p.size(); ++i) {
    Bin& bin = bins[std::clamp(static_cast<int>(p[i] * 10), 0, 9)];
    bin.p += p[i];
    bin.right += right[i] ? 1 : 0;
  }
  double error = 0;
  for (const Bin& bin : bins) error += std::abs(bin.p - bin.right);
  return p.empty() ? kUnknown : error / static_cast<double>(p.size());
}

double nmd(std::span<const double> p, std::span<const double> q) {
  double cumulated = 0;
  double sum = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    cumulated += p[i] - q[i];
    sum += std::abs(cumulated);
  }
  return sum / static_cast<double>(p.size() - 1);
}

double rsnod(std::span<const double> p, std::span<const double> q) {
  const double both = order_aware_divergence(p, q) + order_aware_divergence(q, p);
  return std::sqrt(both / 2 / static_cast<double>(p.size() - 1));
}

Interval bootstrap(std::size_t count,
                   const std::function<double(std::span<const std::uint32_t>)>& measure,
                   std::uint64_t seed, int draws) {
  std::vector<double> values;
  std::vector<std::uint32_t> drawn(count);
  std::uint64_t state = seed;
  for (int d = 0; d < draws; ++d) {
    for (std::uint32_t& i : drawn) i = static_cast<std::uint32_t>(mix64(state++) % count);
    const double value = measure(drawn);
    if (std::isfinite(value)) values.push_back(value);
  }
  if (values.empty()) return {kUnknown, kUnknown};
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    return values[static_cast<std::size_t>(
        std::lround(share * static_cast<double>(values.size() - 1)))];
  };
  return {at(0.025), at(0.975)};
}

}  // namespace xinjing::learn
