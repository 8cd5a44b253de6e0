#pragma once

#include <map>
#include <vector>

#include "base/day.h"
#include "evidence/card.h"
#include "evidence/tally.h"

namespace xinjing::psychology {

/// What one day says about one construct, decayed to the day of reading.
struct DecayedDay {
  Day day;
  double weight = 1;           // 2^(-age / half-life)
  double exposures = 0;        // times looked at (not decayed)
  std::vector<double> nats;    // per state (not decayed)
  std::vector<double> counts;  // per state (not decayed)
};

/// The days of one construct up to `as_of`, ascending.
std::vector<DecayedDay> decayed_days(const evidence::Tally& tally, std::uint16_t construct,
                                     const evidence::Card& card, Day as_of);

/// exp and normalise, safely.
std::vector<double> softmax(std::vector<double> logits);

/// log of the priors of the card's states, floored at 1e-4.
std::vector<double> log_priors(const evidence::Card& card);

}  // namespace xinjing::psychology
