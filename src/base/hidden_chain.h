#pragma once

#include <span>
#include <vector>

namespace xinjing {

/// A hidden Markov chain over K states: rows of `next` and `start` sum to 1.
struct HiddenChain {
  std::vector<double> start;              // K
  std::vector<std::vector<double>> next;  // K x K: next[from][to]
};

/// The probability of each state at each step given all steps: forward-backward (Rabiner 1989, "A
/// tutorial on hidden Markov models", eqs 19 to 27), scaled at each step. `log_likelihoods`: steps
/// x K, each step up to a constant. Cost: steps x K^2. No step: an empty answer.
std::vector<std::vector<double>> smoothed(const HiddenChain& chain,
                                          std::span<const std::vector<double>> log_likelihoods);

}  // namespace xinjing
