#include "behaviour/buying_forecast.h"

#include <algorithm>
#include <cmath>

#include "behaviour/quadrature.h"
#include "behaviour/special_functions.h"

namespace xinjing::behaviour {
namespace {

constexpr double kNegligible = 1e-10;
constexpr double kShown = 1e-5;
constexpr std::size_t kMostOrders = 20'000;

const QuadratureRule& wide_rule() {
  static const QuadratureRule rule = gauss_legendre(8);
  return rule;
}

/// E[(1 + p ratio)^-power] of p from Beta(a, b), where the series would overflow: the sum over the
/// logit of p, which converges at once for so smooth a peak. Cost: some 20 us.
double beta_mean(double a, double b, double power, double ratio) {
  const auto log_at = [&](double x) {
    return -a * std::log1p(std::exp(-x)) - b * std::log1p(std::exp(x)) -
           power * std::log1p(ratio / (1 + std::exp(-x)));
  };
  double low = -60, high = 60;
  constexpr int kThirds = 100;
  for (int i = 0; i < kThirds; ++i) {
    const double x = low + (high - low) / 3, y = high - (high - low) / 3;
    (log_at(x) < log_at(y) ? low : high) = log_at(x) < log_at(y) ? x : y;
  }
  const double peak = (low + high) / 2, top = log_at(peak);
  constexpr double kNear = 1e-3, kFar = -45;
  const double bend = (2 * top - log_at(peak + kNear) - log_at(peak - kNear)) / (kNear * kNear);
  const double step = 0.2 / std::sqrt(std::max(bend, 1e-2));
  double sum = 1;
  for (const double side : {-step, step}) {
    for (double x = peak + side; log_at(x) - top > kFar; x += side)
      sum += std::exp(log_at(x) - top);
  }
  const double beta = log_gamma(a) + log_gamma(b) - log_gamma(a + b);
  return step * sum * std::exp(top - beta);
}

/// What is known of a customer who is still one: the rate is Gamma(k, A), the probability of
/// leaving Beta(a, b), or the rate of leaving Gamma(s, B).
struct Posterior {
  BuyingModel model;
  double k, A, a, b;

  Posterior(BuyingModel m, const BuyingParameters& p, int repeats, int age_days)
      : model(m), k(p.r + repeats), A(p.alpha + age_days / kDaysPerWeek), a(p.a), b(p.b) {
    if (m == BuyingModel::kParetoNbd) {
      b += age_days / kDaysPerWeek;
    } else {
      b += m == BuyingModel::kMbgNbd ? repeats + 1 : repeats;
    }
  }

  /// Of kParetoNbd: still a customer after u weeks.
  double stays(double u) const { return std::exp(-a * std::log1p(u / b)); }

  /// Orders a week, after u weeks: E[lambda e^(-lambda p u)], or E[lambda] E[e^(-mu u)].
  double rate(double u) const {
    if (model == BuyingModel::kParetoNbd) return k / A * stays(u);
    constexpr double kSafe = 100;  // logarithm of what the series may reach
    if (std::max(a, a + b - k - 1) * std::log1p(u / A) > kSafe) {
      return k / A * beta_mean(a, b, k + 1, u / A);
    }
    return k / A * std::exp(-a * std::log1p(u / A)) *
           hypergeometric(a, a + b - k - 1, a + b, u / (A + u));
  }
};

/// Sums g(u) du from 0 to `weeks`, where g falls no faster than (1 + u / scale)^-steepness: panels
/// of the logarithm of time, in each of which it falls by e^4 at most.
template <typename Function>
void integrate(double weeks, double scale, double steepness, Function g) {
  constexpr double kGone = 40;
  const double all = std::min(std::log1p(weeks / scale), kGone / steepness);
  const int panels = std::max(1, int(std::ceil(all * std::max(1 / 1.5, steepness / 4))));
  const double width = all / panels;
  const QuadratureRule& rule = wide_rule();
  for (int panel = 0; panel < panels; ++panel) {
    for (std::size_t i = 0; i < rule.size(); ++i) {
      const double e = std::exp(width * (panel + rule.nodes[i]));
      g(scale * (e - 1), width * rule.weights[i] * scale * e);
    }
  }
}

double scale_of(const Posterior& post) {
  return post.model == BuyingModel::kParetoNbd ? post.b : post.A;
}

double steepness_of(const Posterior& post) {
  return post.model == BuyingModel::kParetoNbd ? post.a : std::min(post.a, post.k + 1);
}

/// P(at least n orders of a Gamma-mixed Poisson process in u weeks), n = 1, 2, ... one by one.
class MixedPoisson {
 public:
  MixedPoisson(double k, double A, double u)
      : x_k(k), x_log_share(std::log(u) - std::log(A + u)), x_log(-k * std::log1p(u / A)) {}

  double next() {
    x_below += std::exp(x_log);
    x_log += std::log((x_k + x_n) / (x_n + 1)) + x_log_share;
    ++x_n;
    return std::max(0., 1 - x_below);
  }

 private:
  double x_k, x_log_share, x_log, x_below = 0, x_n = 0;
};

void take(Prospect& out, std::size_t n, double probability) {
  out.squares += (2 * double(n) - 1) * probability;
  if (probability >= kShown) out.at_least.push_back(probability);
}

/// Who buys n times has not left after the first n - 1: independent of the rate.
void count_beta(const Posterior& post, double weeks, Prospect& out) {
  MixedPoisson process(post.k, post.A, weeks);
  double stayed = 1;
  for (std::size_t n = 1; n < kMostOrders; ++n) {
    const double probability = stayed * process.next();
    take(out, n, probability);
    if (double(n) * probability < kNegligible) break;
    stayed *= (post.b + double(n) - 1) / (post.a + post.b + double(n) - 1);
  }
}

/// The n-th order must come before leaving: the sum over steps of the logarithm of time of the
/// probability that it comes in the step and that the customer stays until then.
void count_pareto(const Posterior& post, double weeks, Prospect& out) {
  constexpr int kSteps = 40;
  constexpr double kGone = 30;  // logarithm of what stays, beyond which nothing comes
  const double whole = std::min(std::log1p(weeks / post.b), kGone / post.a);
  std::vector<MixedPoisson> processes;
  std::vector<double> stays;
  for (int j = 1; j <= kSteps; ++j) {
    const auto at = [&](double step) { return post.b * std::expm1(step / kSteps * whole); };
    processes.emplace_back(post.k, post.A, at(j));
    stays.push_back((post.stays(at(j - 1)) + 4 * post.stays(at(j - 0.5)) + post.stays(at(j))) / 6);
  }
  for (std::size_t n = 1; n < kMostOrders; ++n) {
    double probability = 0, before = 0;
    for (std::size_t j = 0; j < processes.size(); ++j) {
      const double now = processes[j].next();
      probability += (now - before) * stays[j];
      before = now;
    }
    take(out, n, probability);
    if (double(n) * probability < kNegligible) break;
  }
}

}  // namespace

double Horizon::weekly(double per_year) { return std::log1p(per_year) * kDaysPerWeek / 365.25; }

std::int64_t Prospect::above(double alive, double p) const {
  std::int64_t n = 0;
  while (std::size_t(n) < at_least.size() && alive * at_least[std::size_t(n)] > p) ++n;
  return n;
}

std::int64_t Prospect::below(double alive, double p) const {
  std::int64_t n = 0;
  while (std::size_t(n) < at_least.size() && alive * at_least[std::size_t(n)] >= p) ++n;
  return n;
}

Prospect expected_prospect(BuyingModel model, const BuyingParameters& parameters, int repeats,
                           int age_days, const Horizon& horizon) {
  const Posterior post(model, parameters, repeats, age_days);
  Prospect out;
  integrate(horizon.weeks, scale_of(post), steepness_of(post), [&](double u, double weight) {
    const double orders = weight * post.rate(u);
    out.orders += orders;
    out.discounted += orders * std::exp(-horizon.discount_per_week * u);
  });
  return out;
}

Prospect prospect(BuyingModel model, const BuyingParameters& parameters, int repeats, int age_days,
                  const Horizon& horizon) {
  Prospect out = expected_prospect(model, parameters, repeats, age_days, horizon);
  const Posterior post(model, parameters, repeats, age_days);
  if (model == BuyingModel::kParetoNbd) {
    count_pareto(post, horizon.weeks, out);
  } else {
    count_beta(post, horizon.weeks, out);
  }
  return out;
}

std::vector<double> expected_path(BuyingModel model, const BuyingParameters& parameters,
                                  int repeats, int age_days, int weeks) {
  const Posterior post(model, parameters, repeats, age_days);
  static const QuadratureRule rule = gauss_legendre(3);
  std::vector<double> out;
  double sum = 0;
  for (int week = 0; week < weeks; ++week) {
    for (std::size_t i = 0; i < rule.size(); ++i) {
      sum += rule.weights[i] * post.rate(week + rule.nodes[i]);
    }
    out.push_back(sum);
  }
  return out;
}

}  // namespace xinjing::behaviour
