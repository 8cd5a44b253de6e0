#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "learn/sparse.h"

namespace xinjing::learn {

/// How scores become probabilities.
enum class Link {
  kSoftmax,  // one of the outputs holds
  kSigmoid   // each output by itself
};

/// What is to be fitted: examples are some rows of `x`, targets may be shares between 0 and 1.
struct FitTask {
  const SparseRows* x = nullptr;
  std::span<const std::uint32_t> rows{};  // the examples, as rows of x
  std::uint32_t features = 0;             // columns of x
  std::uint32_t outputs = 0;
  std::vector<float> target{};  // examples x outputs
  std::vector<float> weight{};  // examples x outputs (kSigmoid) or examples (kSoftmax)
  Link link = Link::kSoftmax;
  double l2 = 1;
  int iterations = 40;
  double tolerance = 1e-2;  // stop when the gradient is this share of its length at zero weights
  std::span<const float> start{};  // features x outputs: weights to begin with; empty: zero
  // examples x outputs: scores from elsewhere to which the fit adds; empty: none.
  std::span<const float> offset{};
  bool has_bias = true;  // false: it stays 0
};

/// score = bias + x weights.
struct LinearFit {
  std::uint32_t outputs = 0;
  std::vector<float> weights{};  // features x outputs
  std::vector<float> bias{};
  double objective = 0;
  int iterations = 0;

  void add_scores(const SparseRows& x, std::size_t row, std::span<float> scores) const;
};

/// Logistic regression with an L2 penalty on the weights (not on the bias): minimises
///   sum_i weight_i x cross-entropy_i + l2 / 2 x |weights|^2
/// by L-BFGS (Nocedal 1980; five corrections, backtracking). Convex, so the optimum is the only
/// one. One thread; the same input gives the same bits. Cost per iteration: 4 x non-zeros x
/// outputs.
LinearFit fit_linear(const FitTask& task);

}  // namespace xinjing::learn
