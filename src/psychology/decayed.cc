#include "psychology/decayed.h"

#include <algorithm>
#include <cmath>

namespace xinjing::psychology {
namespace {

constexpr double kLeastPrior = 1e-4;

}  // namespace

std::vector<DecayedDay> decayed_days(const evidence::Tally& tally, std::uint16_t construct,
                                     const evidence::Card& card, Day as_of) {
  const std::size_t states = card.states.size();
  std::map<Day, DecayedDay> days;
  for (const evidence::Tally::Entry& entry : tally.entries_of(construct)) {
    if (entry.key.day > as_of) continue;
    DecayedDay& day = days[entry.key.day];
    if (day.nats.empty()) day.nats.resize(states), day.counts.resize(states);
    if (entry.key.state == evidence::kExposure) {
      day.exposures += double(entry.sum.count);
    } else if (entry.key.state < states) {
      day.nats[entry.key.state] += double(entry.sum.micro_nats) / evidence::kMicroNatsPerNat;
      day.counts[entry.key.state] += double(entry.sum.count);
    }
  }
  std::vector<DecayedDay> out;
  for (auto& [when, day] : days) {
    day.day = when;
    day.weight = std::exp2(-double(as_of.number - when.number) / card.half_life_days);
    out.push_back(std::move(day));
  }
  return out;
}

std::vector<double> softmax(std::vector<double> logits) {
  if (logits.empty()) return logits;
  const double top = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (double& x : logits) sum += x = std::exp(x - top);
  for (double& x : logits) x /= sum;
  return logits;
}

std::vector<double> log_priors(const evidence::Card& card) {
  std::vector<double> out;
  for (const auto& state : card.states) out.push_back(std::log(std::max(kLeastPrior, state.prior)));
  return out;
}

}  // namespace xinjing::psychology
