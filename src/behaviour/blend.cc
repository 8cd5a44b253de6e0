#include <algorithm>
#include <cmath>

#include "behaviour/recommender.h"

namespace xinjing::behaviour {
namespace {

constexpr int kMostSteps = 50;
constexpr double kRidge = 1;
constexpr double kHeldFast = 1e9;  // as good as no freedom
constexpr double kShortestStep = 1e-3;
constexpr double kConverged = 1e-7;  // gain in log likelihood
constexpr std::size_t kLeastOfAKind = 10;

struct Newton {
  Features gradient{};
  std::array<Features, kFeatures> curvature{};  // lower half
};

Newton newton_at(const Features& weights, std::span<const Features> rows,
                 std::span<const std::uint8_t> labels, const Features& prior, double ridge_of_all) {
  Newton out;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const double p = logistic(weights, rows[r]);
    const double off = double(labels[r]) - p;
    const double spread = std::max(p * (1 - p), 1e-10);
    for (std::size_t i = 0; i < kFeatures; ++i) {
      out.gradient[i] += off * rows[r][i];
      const double scaled = spread * rows[r][i];
      for (std::size_t j = 0; j <= i; ++j) out.curvature[i][j] += scaled * rows[r][j];
    }
  }
  for (std::size_t i = 0; i < kFeatures; ++i) {
    const double ridge = i == 0 ? 1e-9 : ridge_of_all;
    out.gradient[i] -= ridge * (weights[i] - prior[i]);
    out.curvature[i][i] += ridge;
  }
  return out;
}

/// The logarithm of the likelihood, with the penalty.
double fit_of(const Features& weights, std::span<const Features> rows,
              std::span<const std::uint8_t> labels, const Features& prior, double ridge) {
  double out = 0;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const double p = std::clamp(logistic(weights, rows[r]), 1e-12, 1 - 1e-12);
    out += std::log(labels[r] != 0 ? p : 1 - p);
  }
  for (std::size_t i = 1; i < kFeatures; ++i) {
    out -= ridge / 2 * (weights[i] - prior[i]) * (weights[i] - prior[i]);
  }
  return out;
}

/// The step that Newton's method takes: Cholesky.
Features step_of(Newton at) {
  auto& a = at.curvature;
  Features b = at.gradient;
  for (std::size_t j = 0; j < kFeatures; ++j) {
    for (std::size_t k = 0; k < j; ++k) a[j][j] -= a[j][k] * a[j][k];
    a[j][j] = std::sqrt(std::max(a[j][j], 1e-12));
    for (std::size_t i = j + 1; i < kFeatures; ++i) {
      for (std::size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
      a[i][j] /= a[j][j];
    }
  }
  for (std::size_t i = 0; i < kFeatures; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i][k] * b[k];
    b[i] /= a[i][i];
  }
  for (std::size_t i = kFeatures; i-- > 0;) {
    for (std::size_t k = i + 1; k < kFeatures; ++k) b[i] -= a[k][i] * b[k];
    b[i] /= a[i][i];
  }
  return b;
}

}  // namespace

Features fit_logistic(std::span<const Features> rows, std::span<const std::uint8_t> labels,
                      const Features& prior) {
  std::size_t yes = 0;
  for (const std::uint8_t label : labels) yes += label;
  if (yes == 0 || yes == rows.size()) return prior;
  const bool few = yes < kLeastOfAKind || rows.size() - yes < kLeastOfAKind;
  const double ridge = few ? kHeldFast : kRidge;
  const double share = double(yes) / double(rows.size());
  Features weights = few ? prior : Features{std::log(share / (1 - share))};
  double fit = fit_of(weights, rows, labels, prior, ridge);
  for (int step = 0; step < kMostSteps; ++step) {
    const Features change = step_of(newton_at(weights, rows, labels, prior, ridge));
    Features next = weights;
    double better = fit;
    for (double length = 1; length > kShortestStep; length /= 2) {
      for (std::size_t i = 0; i < kFeatures; ++i) next[i] = weights[i] + length * change[i];
      better = fit_of(next, rows, labels, prior, ridge);
      if (better >= fit) break;
    }
    const double gained = better - fit;
    if (gained < 0) break;
    weights = next;
    fit = better;
    if (gained < kConverged) break;
  }
  return weights;
}

}  // namespace xinjing::behaviour
