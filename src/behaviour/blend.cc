#include <cmath>

#include "behaviour/recommender.h"

namespace xinjing::behaviour {
namespace {

constexpr int kMostSteps = 25;
constexpr double kRidge = 1;
constexpr double kConverged = 1e-8;
constexpr std::size_t kLeastOfAKind = 10;

struct Newton {
  Features gradient{};
  std::array<Features, kFeatures> curvature{};  // lower half
};

Newton newton_at(const Features& weights, std::span<const Features> rows,
                 std::span<const std::uint8_t> labels) {
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
    const double ridge = i == 0 ? 1e-9 : kRidge;
    out.gradient[i] -= ridge * weights[i];
    out.curvature[i][i] += ridge;
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

Features fit_logistic(std::span<const Features> rows, std::span<const std::uint8_t> labels) {
  std::size_t yes = 0;
  for (const std::uint8_t label : labels) yes += label;
  Features weights{};
  const double n = double(rows.size());
  weights[0] = std::log((double(yes) + 0.5) / (n - double(yes) + 0.5));
  if (yes < kLeastOfAKind || rows.size() - yes < kLeastOfAKind) return weights;
  for (int step = 0; step < kMostSteps; ++step) {
    const Features change = step_of(newton_at(weights, rows, labels));
    double largest = 0;
    for (std::size_t i = 0; i < kFeatures; ++i) {
      weights[i] += change[i];
      largest = std::max(largest, std::abs(change[i]));
    }
    if (largest < kConverged) break;
  }
  return weights;
}

}  // namespace xinjing::behaviour
