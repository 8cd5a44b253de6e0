#include "learn/sequence_fit.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "learn/metric.h"

namespace xinjing::learn {
namespace {

constexpr double kCountBefore = 0.5;
constexpr double kCapNats = 3;  // as on the card: one episode says no more

int likeliest(std::span<const double> p) {
  return static_cast<int>(std::max_element(p.begin(), p.end()) - p.begin());
}

void to_shares(std::vector<double>& counts) {
  double sum = 0;
  for (const double n : counts) sum += n;
  for (double& n : counts) n /= sum;
}

}  // namespace

std::vector<Sequence> sequences(std::span<const HeldOut> episodes, std::span<const float> priors) {
  std::map<std::string, Sequence> by_customer;
  for (const HeldOut& one : episodes) {
    Sequence& to = by_customer[one.customer];
    to.group = one.group;
    std::vector<double> ratio;
    for (std::size_t s = 0; s < one.p.size(); ++s) {
      const double prior = std::max(1e-4, double{priors[s]});
      ratio.push_back(
          std::clamp(std::log(std::max(1e-6, double{one.p[s]}) / prior), -kCapNats, kCapNats));
    }
    to.log_ratio.push_back(std::move(ratio));
    to.p.emplace_back(one.p.begin(), one.p.end());
    to.state.push_back(
        std::size_t(std::max_element(one.truth.begin(), one.truth.end()) - one.truth.begin()));
  }
  std::vector<Sequence> out;
  for (auto& [customer, sequence] : by_customer) out.push_back(std::move(sequence));
  return out;
}

HiddenChain fit_chain(std::span<const Sequence> from, std::size_t states) {
  HiddenChain chain{.start = std::vector<double>(states, kCountBefore),
                    .next = {states, std::vector<double>(states, kCountBefore)}};
  for (const Sequence& one : from) {
    for (std::size_t t = 0; t < one.state.size(); ++t) {
      ++(t == 0 ? chain.start : chain.next[one.state[t - 1]])[one.state[t]];
    }
  }
  to_shares(chain.start);
  for (auto& row : chain.next) to_shares(row);
  return chain;
}

SequenceVerdict judge_sequence(std::span<const Sequence> sequences,
                               std::vector<std::string> states) {
  std::set<std::string> groups;
  for (const Sequence& one : sequences) groups.insert(one.group);
  std::vector<int> gold;
  std::vector<int> by_text;
  std::vector<int> by_chain;
  for (const std::string& group : groups) {
    std::vector<Sequence> others;
    for (const Sequence& one : sequences) {
      if (one.group != group) others.push_back(one);
    }
    const HiddenChain chain = fit_chain(others, states.size());
    for (const Sequence& one : sequences) {
      if (one.group != group) continue;
      const auto path = smoothed(chain, one.log_ratio);
      for (std::size_t t = 0; t < path.size(); ++t) {
        gold.push_back(static_cast<int>(one.state[t]));
        by_text.push_back(likeliest(one.p[t]));
        by_chain.push_back(likeliest(path[t]));
      }
    }
  }
  SequenceVerdict verdict{.episodes = gold.size(),
                          .text = kappa(gold, by_text),
                          .chain = kappa(gold, by_chain),
                          .states = std::move(states),
                          .all = {}};
  verdict.all = fit_chain(sequences, verdict.states.size());
  return verdict;
}

}  // namespace xinjing::learn
