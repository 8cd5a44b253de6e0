#include "behaviour/special_functions.h"

#include <math.h>  // lgamma_r is POSIX, not in <cmath>

#include <cmath>
#include <numbers>

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

double acklam(double p) {
  constexpr double a[] = {-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                          1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
  constexpr double b[] = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
                          6.680131188771972e+01, -1.328068155288572e+01};
  constexpr double c[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                          -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
  constexpr double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                          3.754408661907416e+00};
  constexpr double kLow = 0.02425;
  if (p > 1 - kLow) return -acklam(1 - p);
  if (p < kLow) {
    const double q = std::sqrt(-2 * std::log(p));
    return (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
           ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
  }
  const double q = p - 0.5, r = q * q;
  return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q /
         (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
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

double normal_quantile(double p) {
  const double x = acklam(p);
  const double e = 0.5 * std::erfc(-x / std::numbers::sqrt2) - p;
  const double u = e * std::sqrt(2 * std::numbers::pi) * std::exp(x * x / 2);
  return x - u / (1 + x * u / 2);
}

double chi_square_tail(double x, double degrees) {
  if (x <= 0) return 1;
  const double a = degrees / 2, half = x / 2;
  return half < a + 1 ? 1 - gamma_series(a, half) : gamma_fraction(a, half);
}

}  // namespace xinjing::behaviour
