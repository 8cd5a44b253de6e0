#include "behaviour/hazard.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace xinjing::behaviour {
namespace {

constexpr double kFarthest = 30;  // of a sum: beyond it nothing changes in double precision
constexpr double kTiny = 1e-12;
constexpr int kMostSteps = 60;
constexpr int kMostHalvings = 25;

double dot(std::span<const double> a, std::span<const double> b) {
  double out = 0;
  for (std::size_t i = 0; i < a.size(); ++i) out += a[i] * b[i];
  return out;
}

/// What a row adds to the likelihood, its slope and its expected curvature in the sum, per unit.
struct Moment {
  double p = 0;
  double slope = 0;  // dp / dsum
};

Moment moment_of(Link link, double sum) {
  sum = std::clamp(sum, -kFarthest, kFarthest);
  Moment out;
  out.p = std::clamp(probability_of(link, sum), kTiny, 1 - kTiny);
  out.slope = link == Link::kLogit ? out.p * (1 - out.p)
                                   : std::max(kTiny, std::exp(sum) * std::exp(-std::exp(sum)));
  return out;
}

double units(const HazardData& data, std::size_t row) {
  return data.at_risk.empty() ? 1 : data.at_risk[row];
}

double log_likelihood(const HazardData& data, std::span<const double> beta, Link link) {
  double out = 0;
  for (std::size_t i = 0; i < data.x.size(); ++i) {
    const double p = moment_of(link, dot(data.x[i], beta)).p;
    const double n = units(data, i);
    out += data.events[i] * std::log(p) + (n - data.events[i]) * std::log1p(-p);
  }
  return out;
}

double fine(std::span<const double> beta, std::span<const double> penalty) {
  double out = 0;
  for (std::size_t c = 0; c < beta.size(); ++c) out += penalty[c] * beta[c] * beta[c] / 2;
  return out;
}

/// Adds the outer products of some rows, each times its weight, to the upper half of a matrix. Four
/// at a time, so that the matrix is read and written a quarter as often.
class OuterProducts {
 public:
  OuterProducts(std::size_t columns, std::vector<double>& to) : x_columns(columns), x_to(to) {}

  void add(std::span<const double> row, double weight) {
    x_rows[x_count] = row.data();
    x_weights[x_count] = weight;
    if (++x_count == kAtOnce) finish();
  }

  /// Adds what is left. REQUIRES: called after the last row.
  void finish() {
    if (x_count == 0) return;
    for (std::size_t i = x_count; i < kAtOnce; ++i) x_rows[i] = x_rows[0], x_weights[i] = 0;
    const double *r0 = x_rows[0], *r1 = x_rows[1], *r2 = x_rows[2], *r3 = x_rows[3];
    for (std::size_t a = 0; a < x_columns; ++a) {
      const double s0 = x_weights[0] * r0[a], s1 = x_weights[1] * r1[a];
      const double s2 = x_weights[2] * r2[a], s3 = x_weights[3] * r3[a];
      if (s0 == 0 && s1 == 0 && s2 == 0 && s3 == 0) continue;  // one-hot columns are mostly nothing
      double* const to = x_to.data() + a * x_columns;
      for (std::size_t b = a; b < x_columns; ++b) {
        to[b] += (s0 * r0[b] + s1 * r1[b]) + (s2 * r2[b] + s3 * r3[b]);
      }
    }
    x_count = 0;
  }

 private:
  static constexpr std::size_t kAtOnce = 4;

  std::size_t x_columns;
  std::vector<double>& x_to;
  std::size_t x_count = 0;
  const double* x_rows[kAtOnce] = {};
  double x_weights[kAtOnce] = {};
};

/// Gradient and expected information (upper half) at `beta`.
struct Curve {
  std::vector<double> gradient, information;
};

Curve curve_of(const HazardData& data, std::span<const double> beta, Link link) {
  const std::size_t p = data.x.columns;
  Curve out{std::vector<double>(p), std::vector<double>(p * p)};
  OuterProducts information(p, out.information);
  for (std::size_t i = 0; i < data.x.size(); ++i) {
    const std::span<const double> row = data.x[i];
    const Moment m = moment_of(link, dot(row, beta));
    const double n = units(data, i), spread = m.p * (1 - m.p);
    const double score = (data.events[i] - n * m.p) * m.slope / spread;
    const double weight = n * m.slope * m.slope / spread;
    for (std::size_t a = 0; a < p; ++a) out.gradient[a] += score * row[a];
    information.add(row, weight);
  }
  information.finish();
  return out;
}

/// The lower Cholesky factor of a symmetric matrix given by its upper half; a pivot that is nothing
/// stands for a column that depends on others, whose coefficient stays at 0.
std::vector<double> factor(const std::vector<double>& upper, std::size_t p) {
  std::vector<double> out(p * p);
  for (std::size_t j = 0; j < p; ++j) {
    double pivot = upper[j * p + j];
    for (std::size_t k = 0; k < j; ++k) pivot -= out[j * p + k] * out[j * p + k];
    const bool sound = pivot > 1e-10 * std::max(1.0, upper[j * p + j]);
    out[j * p + j] = sound ? std::sqrt(pivot) : 1e150;
    for (std::size_t i = j + 1; i < p; ++i) {
      double cell = upper[j * p + i];
      for (std::size_t k = 0; k < j; ++k) cell -= out[i * p + k] * out[j * p + k];
      out[i * p + j] = sound ? cell / out[j * p + j] : 0;
    }
  }
  return out;
}

std::vector<double> solve(const std::vector<double>& lower, std::vector<double> right) {
  const std::size_t p = right.size();
  for (std::size_t i = 0; i < p; ++i) {
    for (std::size_t k = 0; k < i; ++k) right[i] -= lower[i * p + k] * right[k];
    right[i] /= lower[i * p + i];
  }
  for (std::size_t i = p; i-- > 0;) {
    for (std::size_t k = i + 1; k < p; ++k) right[i] -= lower[k * p + i] * right[k];
    right[i] /= lower[i * p + i];
  }
  return right;
}

std::vector<double> inverse(const std::vector<double>& lower, std::size_t p) {
  std::vector<double> out(p * p);
  for (std::size_t c = 0; c < p; ++c) {
    std::vector<double> unit(p);
    unit[c] = 1;
    const std::vector<double> column = solve(lower, std::move(unit));
    std::copy(column.begin(), column.end(), out.begin() + std::ptrdiff_t(c * p));
  }
  return out;
}

/// trace(covariance x information).
double trace_of(const std::vector<double>& covariance, const std::vector<double>& upper,
                std::size_t p) {
  double out = 0;
  for (std::size_t a = 0; a < p; ++a) {
    for (std::size_t b = 0; b < p; ++b) {
      out += covariance[a * p + b] * upper[std::min(a, b) * p + std::max(a, b)];
    }
  }
  return out;
}

}  // namespace

double probability_of(Link link, double sum) {
  return link == Link::kLogit ? 1 / (1 + std::exp(-sum)) : -std::expm1(-std::exp(sum));
}

HazardFit fit_hazard(const HazardData& data, std::span<const double> penalty, Link link,
                     std::span<const double> start) {
  const std::size_t p = data.x.columns;
  XINJING_CHECK(penalty.size() == p && data.events.size() == data.x.size());
  HazardFit out;
  out.beta.assign(p, 0);
  if (start.size() == p) out.beta.assign(start.begin(), start.end());
  out.log_likelihood = log_likelihood(data, out.beta, link);
  double value = out.log_likelihood - fine(out.beta, penalty);
  std::vector<double> information, lower;
  for (int step = 0; step < kMostSteps; ++step) {
    Curve curve = curve_of(data, out.beta, link);
    information = curve.information;
    for (std::size_t c = 0; c < p; ++c) {
      curve.gradient[c] -= penalty[c] * out.beta[c];
      curve.information[c * p + c] += penalty[c];
    }
    lower = factor(curve.information, p);
    std::vector<double> move = solve(lower, curve.gradient);
    double gain = 0;
    for (int halving = 0; halving < kMostHalvings; ++halving) {
      std::vector<double> beta = out.beta;
      for (std::size_t c = 0; c < p; ++c) beta[c] += move[c];
      const double likelihood = log_likelihood(data, beta, link);
      const double now = likelihood - fine(beta, penalty);
      if (now >= value) {
        gain = now - value;
        value = now;
        out.log_likelihood = likelihood;
        out.beta = std::move(beta);
        break;
      }
      for (double& part : move) part /= 2;
    }
    if (gain < 1e-9 * (1 + std::abs(value))) {
      out.converged = true;
      break;
    }
  }
  for (const double beta : out.beta)
    out.converged = out.converged && std::abs(beta) < kFarthest / 2;
  out.covariance = inverse(lower, p);
  out.freedom = trace_of(out.covariance, information, p);
  return out;
}

Clustered clustered(const HazardData& data, const HazardFit& fit, Link link,
                    std::span<const std::uint64_t> who) {
  const std::size_t p = data.x.columns;
  Clustered out{std::vector<double>(p * p)};
  std::vector<double> score(p), moved(p);
  double groups = 0;
  for (std::size_t i = 0; i < data.x.size(); ++i) {
    const std::span<const double> row = data.x[i];
    const Moment m = moment_of(link, dot(row, fit.beta));
    const double slope = (data.events[i] - units(data, i) * m.p) * m.slope / (m.p * (1 - m.p));
    for (std::size_t c = 0; c < p; ++c) score[c] += slope * row[c];
    if (i + 1 < who.size() && who[i + 1] == who[i]) continue;
    groups += 1;
    for (std::size_t a = 0; a < p; ++a) {
      moved[a] = dot(std::span(fit.covariance).subspan(a * p, p), score);
    }
    out.freedom += dot(moved, score);
    for (std::size_t a = 0; a < p; ++a) {
      for (std::size_t b = 0; b < p; ++b) out.covariance[a * p + b] += moved[a] * moved[b];
    }
    std::fill(score.begin(), score.end(), 0);
  }
  const double few = groups > 1 ? groups / (groups - 1) : 1;
  for (double& cell : out.covariance) cell *= few;
  return out;
}

}  // namespace xinjing::behaviour
