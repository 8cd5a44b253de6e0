#include "behaviour/special_functions.h"

#include <math.h>  // lgamma_r is POSIX, not in <cmath>

#include <cmath>

namespace xinjing::behaviour {
namespace {

constexpr double kTiny = 1e-300;
constexpr int kMostTerms = 100'000;

/// The lower regularised gamma function by its series; best for x < a + 1.
double gamma_series(double a, double x) {
  double term = 1 / a, sum = term;
  for (int n = 1; n < kMostTerms && term > sum * 1e-16; ++n) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * std::exp(a * std::log(x) - x - log_gamma(a));
}

/// The upper one by Lentz's continued fraction; best for x >= a + 1.
double gamma_fraction(double a, double x) {
  double b = x + 1 - a, c = 1 / kTiny, d = 1 / b, h = d;
  for (int n = 1; n < kMostTerms; ++n) {
    const double step = -n * (n - a);
    b += 2;
    d = step * d + b;
    if (std::abs(d) < kTiny) d = kTiny;
    c = b + step / c;
    if (std::abs(c) < kTiny) c = kTiny;
    d = 1 / d;
    h *= d * c;
    if (std::abs(d * c - 1) < 1e-15) break;
  }
  return h * std::exp(a * std::log(x) - x - log_gamma(a));
}

}  // namespace

double log_gamma(double x) {
  int sign = 0;
  return ::lgamma_r(x, &sign);
}

double digamma(double x) {
  double out = 0;
  for (; x < 10; ++x) out -= 1 / x;
  const double y = 1 / (x * x);
  return out + std::log(x) - 0.5 / x -
         y * (1. / 12 - y * (1. / 120 - y * (1. / 252 - y * (1. / 240 - y * (1. / 132)))));
}

double hypergeometric(double a, double b, double c, double z) {
  double term = 1, sum = 1, largest = 1;
  for (int n = 0; n < kMostTerms; ++n) {
    const double ratio = (a + n) * (b + n) / ((c + n) * (n + 1)) * z;
    term *= ratio;
    sum += term;
    largest = std::max(largest, std::abs(sum));
    // What is left is at most a geometric series once the ratio has settled.
    if (std::abs(ratio) < 1 && std::abs(term) < 1e-15 * largest * (1 - std::abs(ratio))) break;
  }
  return sum;
}

double chi_square_tail(double x, double degrees) {
  if (x <= 0) return 1;
  const double a = degrees / 2, half = x / 2;
  return half < a + 1 ? 1 - gamma_series(a, half) : gamma_fraction(a, half);
}

}  // namespace xinjing::behaviour
