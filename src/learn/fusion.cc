#include "learn/fusion.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace xinjing::learn {
namespace {

bool within(const Columns& columns, std::uint32_t column) {
  return column >= columns.first && column - columns.first < columns.count;
}

bool stands_on(const UnitMatrix& unit, Ground ground, std::uint32_t column) {
  const bool cue = within(unit.cues, column) || within(unit.cues_agent, column);
  if (ground == Ground::kAll) return true;
  return ground == Ground::kWords ? !cue : cue || within(unit.shapes, column);
}

/// The loss of weights and offsets, and its gradient.
class Likelihood {
 public:
  Likelihood(const HeadPlan& plan, std::span<const Scored> fits)
      : x_several(plan.kind == language::HeadKind::kSeveral),
        x_fits(fits),
        x_z(fits.front().outputs) {
    for (const float w : fits.front().weight) x_total += w;
  }

  std::size_t numbers() const { return x_fits.size() + x_z.size(); }

  std::vector<double> gradient(std::span<const double> at) {
    std::vector<double> gradient(numbers());
    const Scored& first = x_fits.front();
    for (std::size_t i = 0; i < first.size(); ++i) {
      for (std::size_t k = 0; k < x_z.size(); ++k) {
        x_z[k] = at[x_fits.size() + k];
        for (std::size_t m = 0; m < x_fits.size(); ++m) x_z[k] += at[m] * x_fits[m].score(i)[k];
      }
      to_probabilities();
      for (std::size_t k = 0; k < x_z.size(); ++k) {
        const double g = first.weight[i] * (x_z[k] - first.truth(i)[k]) / x_total;
        gradient[x_fits.size() + k] += g;
        for (std::size_t m = 0; m < x_fits.size(); ++m) gradient[m] += g * x_fits[m].score(i)[k];
      }
    }
    return gradient;
  }

 private:
  void to_probabilities() {
    if (x_several) {
      for (double& z : x_z) z = 1 / (1 + std::exp(-z));
      return;
    }
    const double top = *std::max_element(x_z.begin(), x_z.end());
    double sum = 0;
    for (double& z : x_z) sum += z = std::exp(z - top);
    for (double& z : x_z) z /= sum;
  }

  bool x_several;
  std::span<const Scored> x_fits;
  std::vector<double> x_z;
  double x_total = 1e-9;
};

}  // namespace

PartOfUnit part_of(const UnitMatrix& unit, Ground ground) {
  constexpr std::uint32_t kGone = ~0U;
  PartOfUnit part;
  std::vector<std::uint32_t> place(unit.features, kGone);
  for (std::uint32_t c = 0; c < unit.features; ++c) {
    if (!stands_on(unit, ground, c)) continue;
    place[c] = static_cast<std::uint32_t>(part.from.size());
    part.from.push_back(c);
  }
  part.unit.features = static_cast<std::uint32_t>(part.from.size());
  for (std::size_t r = 0; r < unit.x.size(); ++r) {
    const auto columns = unit.x.columns(r);
    const auto values = unit.x.values(r);
    for (std::size_t j = 0; j < columns.size(); ++j) {
      if (place[columns[j]] != kGone) part.unit.x.add(place[columns[j]], values[j]);
    }
    part.unit.x.end_row();
  }
  return part;
}

LinearFit lifted(const LinearFit& fit, std::span<const std::uint32_t> from,
                 std::uint32_t features) {
  LinearFit whole{.outputs = fit.outputs};
  whole.bias = fit.bias;
  whole.objective = fit.objective;
  whole.iterations = fit.iterations;
  whole.weights.resize(std::size_t{features} * fit.outputs);
  for (std::size_t c = 0; c < from.size(); ++c) {
    std::copy_n(fit.weights.begin() + static_cast<std::ptrdiff_t>(c * fit.outputs), fit.outputs,
                whole.weights.begin() + static_cast<std::ptrdiff_t>(from[c] * fit.outputs));
  }
  return whole;
}

std::vector<float> lowered(const LinearFit& whole, std::span<const std::uint32_t> from) {
  std::vector<float> weights;
  weights.reserve(from.size() * whole.outputs);
  for (const std::uint32_t column : from) {
    const auto row = whole.weights.begin() + static_cast<std::ptrdiff_t>(column * whole.outputs);
    weights.insert(weights.end(), row, row + whole.outputs);
  }
  return weights;
}

std::vector<float> fusion_weights(const HeadPlan& plan, std::span<const Scored> fits) {
  constexpr int kSteps = 200;
  constexpr double kPenalty = 1e-3;  // towards an even share where the fits cannot be told apart
  const double even = 1.0 / static_cast<double>(fits.size());
  Likelihood likelihood(plan, fits);
  std::vector<double> at(likelihood.numbers());
  std::fill_n(at.begin(), fits.size(), even);
  std::vector<double> mean(at.size());
  std::vector<double> square(at.size());
  for (int step = 1; step <= kSteps; ++step) {  // Adam; the loss is convex
    const std::vector<double> gradient = likelihood.gradient(at);
    for (std::size_t k = 0; k < at.size(); ++k) {
      const bool is_weight = k < fits.size();
      const double g = gradient[k] + kPenalty * (at[k] - (is_weight ? even : 0));
      mean[k] = 0.9 * mean[k] + 0.1 * g;
      square[k] = 0.99 * square[k] + 0.01 * g * g;
      const double m = mean[k] / (1 - std::pow(0.9, step));
      const double s = square[k] / (1 - std::pow(0.99, step));
      at[k] -= 0.1 / (1 + step / 30.0) * m / (std::sqrt(s) + 1e-8);
      if (is_weight) at[k] = std::max(0.0, at[k]);
    }
  }
  return {at.begin(), at.begin() + static_cast<std::ptrdiff_t>(fits.size())};
}

Scored fused(std::span<const Scored> fits, std::span<const float> weights) {
  XINJING_CHECK(fits.size() == weights.size());
  Scored sum = fits.front();
  for (std::size_t i = 0; i < sum.scores.size(); ++i) {
    sum.scores[i] *= weights[0];
    for (std::size_t m = 1; m < fits.size(); ++m) sum.scores[i] += weights[m] * fits[m].scores[i];
  }
  return sum;
}

LinearFit fused(std::span<const LinearFit> fits, std::span<const float> weights) {
  XINJING_CHECK(fits.size() == weights.size());
  LinearFit sum{.outputs = fits.front().outputs};
  sum.weights.resize(fits.front().weights.size());
  sum.bias.resize(sum.outputs);
  for (std::size_t m = 0; m < fits.size(); ++m) {
    for (std::size_t i = 0; i < sum.weights.size(); ++i) {
      sum.weights[i] += weights[m] * fits[m].weights[i];
    }
    for (std::size_t k = 0; k < sum.outputs; ++k) sum.bias[k] += weights[m] * fits[m].bias[k];
    sum.iterations = std::max(sum.iterations, fits[m].iterations);
  }
  return sum;
}

}  // namespace xinjing::learn
