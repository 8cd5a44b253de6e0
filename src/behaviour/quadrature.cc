#include "behaviour/quadrature.h"

#include <cmath>
#include <numbers>
#include <utility>

namespace xinjing::behaviour {
namespace {

/// The Legendre polynomial of degree n at x, and its slope.
std::pair<double, double> legendre(int n, double x) {
  double before = 1, now = x;
  for (int k = 2; k <= n; ++k) {
    before = std::exchange(now, ((2 * k - 1) * x * now - (k - 1) * before) / k);
  }
  return {now, n * (x * now - before) / (x * x - 1)};
}

}  // namespace

QuadratureRule gauss_legendre(int n) {
  QuadratureRule out;
  for (int i = 0; i < n; ++i) {
    double x = -std::cos(std::numbers::pi * (i + 0.75) / (n + 0.5));
    constexpr int kSteps = 8;
    for (int step = 0; step < kSteps; ++step) {
      const auto [value, slope] = legendre(n, x);
      x -= value / slope;
    }
    const double slope = legendre(n, x).second;
    out.nodes.push_back((1 + x) / 2);
    out.weights.push_back(1 / ((1 - x * x) * slope * slope));
  }
  return out;
}

}  // namespace xinjing::behaviour
