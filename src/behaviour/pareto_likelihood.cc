#include "behaviour/pareto_likelihood.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "behaviour/quadrature.h"
#include "behaviour/special_functions.h"

namespace xinjing::behaviour {
namespace {

/// Integrals of f(y) times 1, ln(alpha + y), 1 / (alpha + y), ln(beta + y), 1 / (beta + y), where f
/// is the integrand of I. In units of f at the point that a function names.
struct Moments {
  double one = 0, log_alpha = 0, by_alpha = 0, log_beta = 0, by_beta = 0;

  Moments& operator+=(const Moments& m) { return add(m, 1); }
  Moments& add(const Moments& m, double times) {
    one += times * m.one;
    log_alpha += times * m.log_alpha;
    by_alpha += times * m.by_alpha;
    log_beta += times * m.log_beta;
    by_beta += times * m.by_beta;
    return *this;
  }
};

/// ln(alpha + t) and ln(beta + t) at the end of each day: what all cells and repeats share.
struct DayLogs {
  std::vector<double> alpha, beta;

  DayLogs(const BuyingParameters& p, std::int32_t oldest) {
    for (std::int32_t d = 0; d <= oldest; ++d) {
      alpha.push_back(std::log(p.alpha + d / kDaysPerWeek));
      beta.push_back(std::log(p.b + d / kDaysPerWeek));
    }
  }
};

/// f for one number of repeats.
class Integrand {
 public:
  Integrand(const BuyingParameters& p, double repeats)
      : x_alpha(p.alpha), x_beta(p.b), x_k(p.r + repeats), x_l(p.a + 1) {}

  double log_at(double y) const {
    return -x_k * std::log(x_alpha + y) - x_l * std::log(x_beta + y);
  }
  double log_at_day(const DayLogs& logs, std::int32_t day) const {
    return -x_k * logs.alpha[std::size_t(day)] - x_l * logs.beta[std::size_t(day)];
  }
  /// How fast ln f falls.
  double rate(double y) const { return x_k / (x_alpha + y) + x_l / (x_beta + y); }

  void add(double y, double weight, double unit, Moments& to) const {
    const double a = std::log(x_alpha + y), b = std::log(x_beta + y);
    const double f = weight * std::exp(-x_k * a - x_l * b - unit);
    to.one += f;
    to.log_alpha += f * a;
    to.by_alpha += f / (x_alpha + y);
    to.log_beta += f * b;
    to.by_beta += f / (x_beta + y);
  }

  /// From `from` to `to`, in units of f(from): panels of the logarithm of time, in which f has no
  /// singularity near, each so short that f falls little; ended when f is as good as gone.
  Moments between(double from, double to, const QuadratureRule& rule) const {
    Moments out;
    if (!(to > from)) return out;
    const double shift = std::min(x_alpha, x_beta), unit = log_at(from);
    double u = std::log(from + shift);
    const double end = std::log(to + shift);
    while (u < end) {
      const double y = std::exp(u) - shift;
      if (log_at(y) - unit < -45) break;
      const double width = std::min({1.0, 6 / (1 + rate(y) * (y + shift)), end - u});
      for (std::size_t i = 0; i < rule.size(); ++i) {
        const double e = std::exp(u + width * rule.nodes[i]);
        add(e - shift, width * rule.weights[i] * e, unit, out);
      }
      u += width;
    }
    return out;
  }

 private:
  double x_alpha, x_beta, x_k, x_l;
};

struct Rules {
  QuadratureRule wide = gauss_legendre(16);
  QuadratureRule narrow = gauss_legendre(4);  // for a day in which f hardly falls
};

const Rules& rules() {
  static const Rules rules;
  return rules;
}

/// The integrals from each day on to the last one, each in units of f on that day.
class DaysToEnd {
 public:
  DaysToEnd(const Integrand& f, const DayLogs& logs, int first, int last) : x_first(first) {
    x_rest.resize(std::size_t(last - first) + 1);
    x_log.resize(x_rest.size());
    for (int d = first; d <= last; ++d) x_log[at(d)] = f.log_at_day(logs, d);
    for (int d = last - 1; d >= first; --d) {
      x_rest[at(d)] = day(f, d);
      x_rest[at(d)].add(x_rest[at(d + 1)], std::exp(x_log[at(d + 1)] - x_log[at(d)]));
    }
  }

  /// f falls, so what lies between is no small difference of large numbers.
  Moments between(int from, int to) const {
    Moments out = x_rest[at(from)];
    return out.add(x_rest[at(to)], -std::exp(x_log[at(to)] - x_log[at(from)]));
  }

 private:
  std::size_t at(int d) const { return std::size_t(d - x_first); }

  Moments day(const Integrand& f, int d) const {
    const double from = d / kDaysPerWeek, width = 1 / kDaysPerWeek;
    if (f.rate(from) * width > 0.3) return f.between(from, from + width, rules().wide);
    Moments out;
    const QuadratureRule& rule = rules().narrow;
    for (std::size_t i = 0; i < rule.size(); ++i) {
      f.add(from + width * rule.nodes[i], width * rule.weights[i], x_log[at(d)], out);
    }
    return out;
  }

  int x_first;
  std::vector<Moments> x_rest;
  std::vector<double> x_log;
};

struct Sums {
  double value = 0, r = 0, alpha = 0, s = 0, beta = 0;
};

/// What all cells with the same number of repeats share.
class Run {
 public:
  Run(const BuyingParameters& p, const DayLogs& logs, std::span<const BuyingCell> cells)
      : x_p(p),
        x_logs(logs),
        x_cells(cells),
        x_repeats(cells.front().repeats),
        x_f(p, x_repeats),
        x_log_s(std::log(p.a)),
        x_log_beta(std::log(p.b)) {
    const double k = p.r + x_repeats;
    x_level = log_gamma(k) - log_gamma(p.r) + p.r * std::log(p.alpha) + p.a * x_log_beta;
    x_of_r = digamma(k) - digamma(p.r) + std::log(p.alpha);
  }

  Sums sum(std::span<double> alive) const {
    Sums out;
    int first = x_cells.front().last_days, last = 0;
    for (const BuyingCell& cell : x_cells) last = std::max(last, cell.age_days);
    // A table costs 4 points a day, a cell alone some 32.
    const bool shared = std::size_t(last - first) < 8 * x_cells.size();
    std::optional<DaysToEnd> days;
    if (shared) days.emplace(x_f, x_logs, first, last);
    for (std::size_t i = 0; i < x_cells.size(); ++i) {
      const BuyingCell& cell = x_cells[i];
      const Moments gone = shared ? days->between(cell.last_days, cell.age_days)
                                  : x_f.between(cell.last_days / kDaysPerWeek,
                                                cell.age_days / kDaysPerWeek, rules().wide);
      const double stays = add(cell, gone, out);
      if (!alive.empty()) alive[i] = stays;
    }
    return out;
  }

 private:
  /// L = C [(alpha + T)^-k (beta + T)^-s + s I]; returns the share of the first term.
  double add(const BuyingCell& cell, const Moments& m, Sums& out) const {
    const double age = cell.age_days / kDaysPerWeek, k = x_p.r + x_repeats, s = x_p.a;
    const double a = x_logs.alpha[std::size_t(cell.age_days)];
    const double b = x_logs.beta[std::size_t(cell.age_days)];
    const double stayed = -k * a - s * b;
    double odds = -INFINITY;  // of having left, logarithm
    if (m.one > 0) {
      odds = x_log_s + x_f.log_at_day(x_logs, cell.last_days) + std::log(m.one) - stayed;
    }
    const double small = std::exp(-std::abs(odds));
    const double gone = odds > 0 ? 1 / (1 + small) : small / (1 + small);
    const double extra = std::max(odds, 0.0) + std::log1p(small);
    const double n = cell.customers, stays = 1 - gone;
    const double of = m.one > 0 ? gone / m.one : 0;
    out.value += n * (x_level + stayed + extra);
    out.r += n * (x_of_r - stays * a - of * m.log_alpha);
    out.alpha += n * (x_p.r / x_p.alpha - stays * k / (x_p.alpha + age) - of * k * m.by_alpha);
    out.s += n * (x_log_beta - stays * b + gone / s - of * m.log_beta);
    out.beta += n * (s / x_p.b - stays * s / (x_p.b + age) - of * (s + 1) * m.by_beta);
    return stays;
  }

  const BuyingParameters& x_p;
  const DayLogs& x_logs;
  std::span<const BuyingCell> x_cells;
  int x_repeats;
  Integrand x_f;
  double x_log_s, x_log_beta;
  double x_level = 0, x_of_r = 0;
};

struct Stretch {
  std::size_t begin = 0, end = 0;
};

/// Runs of cells with equal repeats; long ones in pieces, so that cores share them.
std::vector<Stretch> stretches(std::span<const BuyingCell> cells) {
  constexpr std::size_t kLongest = 32'768;
  std::vector<Stretch> out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool same =
        i > 0 && cells[i].repeats == cells[i - 1].repeats && i - out.back().begin < kLongest;
    if (!same) out.push_back({i, i});
    out.back().end = i + 1;
  }
  return out;
}

}  // namespace

BuyingLikelihood pareto_likelihood(const BuyingParameters& p, std::span<const BuyingCell> cells,
                                   std::span<double> alive) {
  const std::vector<Stretch> runs = stretches(cells);
  std::int32_t oldest = 0;
  for (const BuyingCell& cell : cells) {
    oldest = std::max({oldest, cell.age_days, cell.last_days});
  }
  const DayLogs logs(p, oldest);
  std::vector<Sums> parts(runs.size());
  const auto one = [&](std::size_t i, std::size_t) {
    const auto [begin, end] = runs[i];
    const auto mine = alive.empty() ? alive : alive.subspan(begin, end - begin);
    parts[i] = Run(p, logs, cells.subspan(begin, end - begin)).sum(mine);
  };
  constexpr std::size_t kWorthThreads = 4096;
  parallel_for(runs.size(), cells.size() < kWorthThreads ? 1 : 0, one);
  BuyingLikelihood out;
  for (const Sums& s : parts) {
    out.log_likelihood += s.value;
    out.slope[0] += p.r * s.r, out.slope[1] += p.alpha * s.alpha;
    out.slope[2] += p.a * s.s, out.slope[3] += p.b * s.beta;
  }
  return out;
}

}  // namespace xinjing::behaviour
