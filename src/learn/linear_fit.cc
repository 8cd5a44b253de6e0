#include "learn/linear_fit.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <deque>

#include "base/check.h"

namespace xinjing::learn {
namespace {

constexpr std::size_t kCorrections = 5;

using Vector = std::vector<float>;
using Float4 = float __attribute__((vector_size(16)));

/// Outputs are padded with zeros to whole vectors of four.
constexpr std::size_t padded(std::size_t outputs) { return (outputs + 3) / 4 * 4; }

Float4 load(const float* from) {
  Float4 v;
  std::memcpy(&v, from, sizeof v);
  return v;
}
void store(float* to, Float4 v) { std::memcpy(to, &v, sizeof v); }

double dot(const Vector& a, const Vector& b) {
  // Short sums in float, long ones in double: fast and exact enough.
  constexpr std::size_t kBlock = 1024;
  double sum = 0;
  for (std::size_t begin = 0; begin < a.size(); begin += kBlock) {
    const std::size_t end = std::min(a.size(), begin + kBlock);
    Float4 four{};
    for (std::size_t i = begin; i < end; i += 4) four += load(&a[i]) * load(&b[i]);
    sum += double{four[0]} + four[1] + four[2] + four[3];
  }
  return sum;
}

void add(Vector& to, double factor, const Vector& from) {
  const auto f = static_cast<float>(factor);
  for (std::size_t i = 0; i < to.size(); i += 4) store(&to[i], load(&to[i]) + f * load(&from[i]));
}

/// The objective; parameters are the weights, then the bias.
class Objective {
 public:
  explicit Objective(const FitTask& task)
      : x_task(task), x_outputs(task.outputs), x_stride(padded(task.outputs)) {
    XINJING_CHECK(task.target.size() == task.rows.size() * x_outputs);
    XINJING_CHECK(task.weight.size() ==
                  task.rows.size() * (task.link == Link::kSigmoid ? x_outputs : 1));
  }

  std::size_t size() const { return (std::size_t{x_task.features} + 1) * x_stride; }

  double operator()(const Vector& at, Vector& gradient) const {
    const std::size_t bias = std::size_t{x_task.features} * x_stride;
    double loss = dot(at, at);
    for (std::size_t k = bias; k < at.size(); ++k) loss -= double{at[k]} * at[k];
    loss *= x_task.l2 / 2;
    std::fill(gradient.begin(), gradient.end(), 0.0F);
    add(gradient, x_task.l2, at);
    std::fill(gradient.begin() + static_cast<std::ptrdiff_t>(bias), gradient.end(), 0.0F);
    std::vector<float> z(x_stride);
    for (std::size_t e = 0; e < x_task.rows.size(); ++e) {
      std::copy_n(at.begin() + static_cast<std::ptrdiff_t>(bias), x_stride, z.begin());
      add_products(e, at, z);
      for (std::size_t k = 0; !x_task.offset.empty() && k < x_outputs; ++k) {
        z[k] += x_task.offset[e * x_outputs + k];
      }
      loss += x_task.link == Link::kSoftmax ? softmax_loss(e, z) : sigmoid_loss(e, z);
      push_gradient(e, z, gradient);
      for (std::size_t k = 0; x_task.has_bias && k < x_outputs; ++k) gradient[bias + k] += z[k];
    }
    return loss;
  }

 private:
  void add_products(std::size_t e, const Vector& at, std::vector<float>& z) const {
    const auto columns = x_task.x->columns(x_task.rows[e]);
    const auto values = x_task.x->values(x_task.rows[e]);
    float* to = z.data();
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const float* w = at.data() + std::size_t{columns[j]} * x_stride;
      const float v = values[j];
      for (std::size_t k = 0; k < x_stride; k += 4) store(to + k, load(to + k) + v * load(w + k));
    }
  }

  void push_gradient(std::size_t e, const std::vector<float>& g, Vector& gradient) const {
    const auto columns = x_task.x->columns(x_task.rows[e]);
    const auto values = x_task.x->values(x_task.rows[e]);
    const float* from = g.data();
    for (std::size_t j = 0; j < columns.size(); ++j) {
      float* to = gradient.data() + std::size_t{columns[j]} * x_stride;
      const float v = values[j];
      for (std::size_t k = 0; k < x_stride; k += 4) {
        store(to + k, load(to + k) + v * load(from + k));
      }
    }
  }

  /// Turns the scores `z` into the gradient with respect to them; returns the loss.
  double softmax_loss(std::size_t e, std::vector<float>& z) const {
    const float* target = x_task.target.data() + e * x_outputs;
    const float weight = x_task.weight[e];
    const auto scores = std::span(z).first(x_outputs);
    const float top = *std::max_element(scores.begin(), scores.end());
    double sum = 0;
    for (const float s : scores) sum += std::exp(double{s} - top);
    const double log_sum = std::log(sum) + top;
    double loss = 0;
    for (std::size_t k = 0; k < x_outputs; ++k) {
      loss -= target[k] * (z[k] - log_sum);
      z[k] = weight * (static_cast<float>(std::exp(z[k] - log_sum)) - target[k]);
    }
    return weight * loss;
  }

  double sigmoid_loss(std::size_t e, std::vector<float>& z) const {
    const float* target = x_task.target.data() + e * x_outputs;
    const float* weight = x_task.weight.data() + e * x_outputs;
    double loss = 0;
    for (std::size_t k = 0; k < x_outputs; ++k) {
      const double s = z[k];
      const double log_one_plus = s > 0 ? s + std::log1p(std::exp(-s)) : std::log1p(std::exp(s));
      loss += weight[k] * (log_one_plus - target[k] * s);
      z[k] = weight[k] * static_cast<float>(1 / (1 + std::exp(-s)) - target[k]);
    }
    return loss;
  }

  const FitTask& x_task;
  std::size_t x_outputs;
  std::size_t x_stride;
};

/// Begins with the bias that alone would fit best, so that the first gradient is about the
/// features.
void start_at_shares(const FitTask& task, Vector& at) {
  float* bias = at.data() + std::size_t{task.features} * padded(task.outputs);
  const bool sigmoid = task.link == Link::kSigmoid;
  for (std::size_t k = 0; k < task.outputs; ++k) {
    double yes = 1;
    double all = 2;
    for (std::size_t e = 0; e < task.rows.size(); ++e) {
      const double weight = task.weight[sigmoid ? e * task.outputs + k : e];
      yes += weight * task.target[e * task.outputs + k];
      all += weight;
    }
    const double share = std::min(yes / all, 1 - 1e-6);
    bias[k] = static_cast<float>(sigmoid ? std::log(share / (1 - share)) : std::log(share));
  }
}

void start_at_weights(const FitTask& task, Vector& at) {
  const std::size_t stride = padded(task.outputs);
  for (std::size_t f = 0; f < task.features; ++f) {
    std::copy_n(task.start.begin() + static_cast<std::ptrdiff_t>(f * task.outputs), task.outputs,
                at.begin() + static_cast<std::ptrdiff_t>(f * stride));
  }
}

struct Correction {
  Vector step;
  Vector change;
  double rho = 0;
};

/// Minus the inverse Hessian times the gradient, by the two-loop recursion.
Vector direction(const std::deque<Correction>& memory, const Vector& gradient) {
  Vector d = gradient;
  std::vector<double> alpha(memory.size());
  for (std::size_t i = memory.size(); i-- > 0;) {
    alpha[i] = memory[i].rho * dot(memory[i].step, d);
    add(d, -alpha[i], memory[i].change);
  }
  if (!memory.empty()) {
    const Correction& last = memory.back();
    const double scale = 1 / (last.rho * dot(last.change, last.change));
    for (float& v : d) v = static_cast<float>(scale * v);
  }
  for (std::size_t i = 0; i < memory.size(); ++i) {
    const double beta = memory[i].rho * dot(memory[i].change, d);
    add(d, alpha[i] - beta, memory[i].step);
  }
  for (float& v : d) v = -v;
  return d;
}

/// The parameters without their padding.
void take_out(const FitTask& task, const Vector& at, LinearFit& fit) {
  const std::size_t stride = padded(task.outputs);
  fit.weights.reserve(std::size_t{task.features} * task.outputs);
  for (std::size_t f = 0; f < task.features; ++f) {
    const auto row = at.begin() + static_cast<std::ptrdiff_t>(f * stride);
    fit.weights.insert(fit.weights.end(), row, row + task.outputs);
  }
  const auto bias = at.begin() + static_cast<std::ptrdiff_t>(task.features * stride);
  fit.bias.assign(bias, bias + task.outputs);
}

}  // namespace

void LinearFit::add_scores(const SparseRows& x, std::size_t row, std::span<float> scores) const {
  for (std::size_t k = 0; k < outputs; ++k) scores[k] += bias[k];
  const auto columns = x.columns(row);
  const auto values = x.values(row);
  for (std::size_t j = 0; j < columns.size(); ++j) {
    const float* w = weights.data() + std::size_t{columns[j]} * outputs;
    for (std::size_t k = 0; k < outputs; ++k) scores[k] += values[j] * w[k];
  }
}

LinearFit fit_linear(const FitTask& task) {
  const Objective objective(task);
  Vector at(objective.size());
  if (task.has_bias && task.offset.empty()) start_at_shares(task, at);
  Vector gradient(objective.size());
  double value = objective(at, gradient);
  const double first_length = std::sqrt(dot(gradient, gradient));
  if (!task.start.empty()) {
    XINJING_CHECK(task.start.size() == std::size_t{task.features} * task.outputs);
    start_at_weights(task, at);
    value = objective(at, gradient);
  }
  std::deque<Correction> memory;
  LinearFit fit{.outputs = task.outputs};
  for (; fit.iterations < task.iterations; ++fit.iterations) {
    if (std::sqrt(dot(gradient, gradient)) <= task.tolerance * first_length) break;
    Vector d = direction(memory, gradient);
    const double slope = dot(d, gradient);
    if (!(slope < 0)) break;
    double step = memory.empty() ? std::min(1.0, 1.0 / std::sqrt(dot(gradient, gradient))) : 1.0;
    Vector next(at.size());
    Vector next_gradient(at.size());
    double next_value = 0;
    bool accepted = false;
    for (int tries = 0; tries < 25 && !accepted; ++tries) {
      if (tries > 0) step /= 2;
      next = at;
      add(next, step, d);
      next_value = objective(next, next_gradient);
      accepted = next_value <= value + 1e-4 * step * slope;
    }
    if (!accepted) break;
    Correction c{.step = std::move(next), .change = std::move(next_gradient)};
    // After this block `at` and `gradient` are the new ones, the correction holds the differences.
    std::swap(at, c.step);
    std::swap(gradient, c.change);
    for (std::size_t i = 0; i < at.size(); ++i) {
      c.step[i] = at[i] - c.step[i];
      c.change[i] = gradient[i] - c.change[i];
    }
    value = next_value;
    const double curvature = dot(c.step, c.change);
    if (curvature > 1e-12) {
      c.rho = 1 / curvature;
      memory.push_back(std::move(c));
      if (memory.size() > kCorrections) memory.pop_front();
    }
  }
  take_out(task, at, fit);
  fit.objective = value;
  return fit;
}

}  // namespace xinjing::learn
