#pragma once

#include "learn/head_plan.h"
#include "learn/linear_fit.h"
#include "learn/text_units.h"

namespace xinjing::learn {

/// The episode's features written in another way, for one head: what a gram says when the customer
/// says it is the sum of a weight of its own and of one that it shares with the agent's words, and
/// its value is the full inverse document frequency. Scores stay linear in the unit's own features,
/// so a fit is led back to them exactly; only the penalty sees the difference. This is the
/// augmentation of Daumé (2007), "Frustratingly easy domain adaptation", with speakers as domains.
class SharedGrams {
 public:
  SharedGrams(const TextUnits& units, const SharedScales& scales, float agent_scale);

  /// One row per example, as in the unit.
  const UnitMatrix& unit() const { return x_unit; }
  /// The same scores as a fit on the unit's own features.
  LinearFit led_back(const LinearFit& fit) const;

 private:
  /// Where a feature of the unit goes: its own place, and one that others go to as well.
  struct Way {
    float gain = 1;
    std::uint32_t shared = 0;
    float shared_gain = 0;
  };
  std::vector<Way> x_ways;
  UnitMatrix x_unit;
};

}  // namespace xinjing::learn
