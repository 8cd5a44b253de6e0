#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/hidden_chain.h"
#include "learn/head_training.h"

namespace xinjing::learn {

/// A customer's episodes in their order: what the text said of each, and what is true.
struct Sequence {
  std::string group;                           // the industry
  std::vector<std::vector<double>> log_ratio;  // per episode and state: log p / prior, capped
  std::vector<std::vector<double>> p;          // per episode and state: what the text alone says
  std::vector<std::size_t> state;              // per episode
};

/// The sequences of a head's held-out episodes. `priors`: of the head.
std::vector<Sequence> sequences(std::span<const HeldOut> episodes, std::span<const float> priors);

/// Start and transitions as counted, each count begun at a half.
HiddenChain fit_chain(std::span<const Sequence> from, std::size_t states);

/// How customers of each industry are followed by texts and a chain of the other industries.
struct SequenceVerdict {
  std::size_t episodes = 0;
  double text = 0;   // kappa of the most probable state by the text alone
  double chain = 0;  // kappa of the most probable state given all of the customer's episodes
  std::vector<std::string> states;
  HiddenChain all;  // of all customers: what the card of the construct may be told
};
SequenceVerdict judge_sequence(std::span<const Sequence> sequences,
                               std::vector<std::string> states);

}  // namespace xinjing::learn
