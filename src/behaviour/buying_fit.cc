#include "behaviour/buying_fit.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace xinjing::behaviour {
namespace {

constexpr double kFarthest = 14;     // logarithms of parameters beyond are not tried
constexpr double kMostEffect = 2.5;  // of a covariate, beyond which it is restrained

/// Where the logarithm of a parameter begins to be restrained; alpha, and beta of Pareto/NBD, are
/// times in weeks.
double limit_of(BuyingModel model, std::size_t parameter) {
  constexpr double kNumber = 5, kTime = 9;
  const bool time = parameter == 1 || (parameter == 3 && model == BuyingModel::kParetoNbd);
  return time ? kTime : kNumber;
}

bool is_loose(BuyingModel model, std::span<const double> theta, std::size_t parameter) {
  return std::abs(theta[parameter]) > limit_of(model, parameter) - 0.1;
}

/// Cells of each level.
std::vector<std::span<const BuyingCell>> by_level(std::span<const BuyingCell> cells,
                                                  std::size_t levels) {
  std::vector<std::span<const BuyingCell>> out;
  std::size_t begin = 0;
  for (std::size_t level = 0; level < levels; ++level) {
    std::size_t end = begin;
    while (end < cells.size() && std::size_t(cells[end].level) == level) ++end;
    out.push_back(cells.subspan(begin, end - begin));
    begin = end;
  }
  XINJING_CHECK(begin == cells.size());
  return out;
}

/// The negative log-likelihood for each customer, by theta.
class Objective {
 public:
  Objective(BuyingModel model, std::span<const BuyingCell> cells, std::size_t levels)
      : x_parts(by_level(cells, levels)) {
    x_fit.model = model;
    for (const BuyingCell& cell : cells) x_customers += cell.customers;
  }

  double customers() const { return x_customers; }

  double operator()(std::span<const double> theta, std::span<double> slope) const {
    std::fill(slope.begin(), slope.end(), 0);
    for (const double one : theta) {
      if (!(std::abs(one) <= kFarthest)) return INFINITY;
    }
    double value = 0;
    for (std::size_t level = 0; level < x_parts.size(); ++level) {
      if (x_parts[level].empty()) continue;
      const BuyingLikelihood part =
          likelihood(x_fit.model, x_fit.of_level(theta, level), x_parts[level]);
      value -= part.log_likelihood;
      for (std::size_t j = 0; j < kBuyingParameters; ++j) slope[j] -= part.slope[j];
      if (level == 0) continue;
      const std::size_t at = kBuyingParameters + 2 * (level - 1);
      slope[at] += part.slope[1];
      slope[at + 1] += x_fit.model == BuyingModel::kParetoNbd ? part.slope[3] : -part.slope[2];
    }
    for (double& one : slope) one /= x_customers;
    value /= x_customers;
    for (std::size_t j = 0; j < theta.size(); ++j) {
      const double limit = j < kBuyingParameters ? limit_of(x_fit.model, j) : kMostEffect;
      value += restraint(theta[j], limit, slope[j]);
    }
    return value;
  }

 private:
  std::vector<std::span<const BuyingCell>> x_parts;
  BuyingFit x_fit;
  double x_customers = 0;
};

bool is_loose(BuyingModel model, std::span<const double> theta) {
  for (std::size_t j = 0; j < kBuyingParameters; ++j) {
    if (is_loose(model, theta, j)) return true;
  }
  return false;
}

std::vector<std::vector<double>> starts(BuyingModel model, std::span<const BuyingCell> cells) {
  double repeats = 0, weeks = 0, n = 0;
  for (const BuyingCell& cell : cells) {
    repeats += cell.customers * cell.repeats, n += cell.customers;
    weeks += cell.customers * cell.age_days / kDaysPerWeek;
  }
  const double age = std::max(0.1, weeks / n), rate = std::max(1e-4, repeats / std::max(weeks, 1.));
  std::vector<std::vector<double>> out;
  for (const double r : {0.5, 2.0}) {
    BuyingParameters p{.r = r, .alpha = r / rate, .a = 0.8, .b = 2.5};
    if (model == BuyingModel::kParetoNbd) p.a = 0.6, p.b = age;
    const auto logs = p.logs();
    std::vector<double>& one = out.emplace_back(logs.begin(), logs.end());
    for (double& x : one) x = std::clamp(x, -kFarthest / 2, kFarthest / 2);
  }
  return out;
}

std::vector<BuyingCell> without_levels(std::span<const BuyingCell> cells) {
  std::vector<BuyingCell> out(cells.begin(), cells.end());
  for (BuyingCell& cell : out) cell.level = 0;
  return grouped(std::move(out));
}

}  // namespace

BuyingParameters BuyingFit::of_level(std::span<const double> at, std::size_t level) const {
  std::array<double, kBuyingParameters> logs{at[0], at[1], at[2], at[3]};
  if (level > 0) {
    const std::size_t effects = kBuyingParameters + 2 * (level - 1);
    logs[1] -= at[effects];
    if (model == BuyingModel::kParetoNbd) {
      logs[3] -= at[effects + 1];
    } else {
      logs[2] += at[effects + 1];
    }
  }
  return BuyingParameters::from_logs(logs);
}

std::vector<std::string_view> BuyingFit::loose() const {
  std::vector<std::string_view> out;
  const auto names = parameter_names(model);
  for (std::size_t j = 0; j < kBuyingParameters; ++j) {
    if (is_loose(model, theta, j)) out.push_back(names[j]);
  }
  return out;
}

std::array<std::string_view, kBuyingParameters> parameter_names(BuyingModel model) {
  if (model == BuyingModel::kParetoNbd) return {"r", "alpha", "s", "beta"};
  return {"r", "alpha", "a", "b"};
}

BuyingFit fit_buying(BuyingModel model, std::span<const BuyingCell> cells, std::size_t levels,
                     std::vector<double> start) {
  const Objective objective(model, cells, levels);
  const Slope f = [&](std::span<const double> x, std::span<double> g) { return objective(x, g); };
  Optimum best;
  int evaluations = 0;
  if (start.empty() && levels > 1) {
    const BuyingFit plain = fit_buying(model, without_levels(cells));
    evaluations += plain.evaluations;
    start = plain.theta;
  }
  if (!start.empty()) {
    start.resize(kBuyingParameters + 2 * (levels - 1));
    best = minimise(f, std::move(start));
    evaluations += best.evaluations;
  } else {
    for (std::vector<double>& from : starts(model, cells)) {
      if (!best.x.empty() && best.settled && !is_loose(model, best.x)) break;
      Optimum one = minimise(f, std::move(from));
      evaluations += one.evaluations;
      // Both ends are the same but for rounding, as a rule: then the first one stays.
      if (best.x.empty() || one.value < best.value - 1e-9) best = std::move(one);
    }
  }
  const double n = objective.customers();
  for (double& cell : best.curvature.cells) cell *= n;
  BuyingFit out{.model = model,
                .theta = std::move(best.x),
                .covariance = pseudo_inverse(best.curvature),
                .log_likelihood = -best.value * n,
                .customers = n,
                .evaluations = evaluations,
                .settled = best.settled};
  return out;
}

}  // namespace xinjing::behaviour
