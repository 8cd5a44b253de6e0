#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "behaviour/tariff_plan.h"
#include "behaviour/usual_use.h"

namespace xinjing::behaviour {

/// What the use of the past would have cost in a year under one plan, and what that saves.
struct PlanCost {
  const TariffPlan* plan = nullptr;
  double year = 0;   // money
  double saves = 0;  // against the present plan
  double low = 0;    // 95 % interval of `saves`
  double high = 0;
  double probability = 0;  // that it saves anything
};

/// The plans compared for one meter.
struct PlanComparison {
  const TariffPlan* present = nullptr;
  double kwh = 0;                 // a year
  int months = 0;                 // different months of the year that are known; 12 is all
  std::vector<PlanCost> costs{};  // of the plans that can be judged, cheapest first
  /// Plans by the hour, where readings are too coarse, with the share of use that must fall into
  /// their cheapest hours for them to cost as little as the present plan; > 1: never.
  struct Unjudged {
    const TariffPlan* plan = nullptr;
    double share = 0;
  };
  std::vector<Unjudged> unjudged{};

  /// The cheapest plan if its interval lies above 0; else null.
  const PlanCost* clear() const;
};

struct SavingOptions {
  int draws = 400;
  std::uint64_t seed = 20260101;
  int fewest_months = 3;  // nothing is said of fewer
};

/// Prices the past use of a meter under each of `plans`, the present one first, and annualises it:
/// each month of the year has the mean of its own months, or that of all where it is missing. The
/// interval of fine series is a bootstrap over whole weeks within each month (Kuensch 1989); of
/// coarse ones, over the months' deviations from level and season. It takes behaviour to stay as it
/// was, and does not hold what years differ by. Nothing where fewer than options.fewest_months are
/// known. Cost: O(slots * plans + draws * weeks * windows). REQUIRES: plans is not empty.
std::optional<PlanComparison> compare_plans(const MeterSeries& series,
                                            std::span<const TariffPlan* const> plans,
                                            const Seasons& seasons,
                                            const SavingOptions& options = {});

}  // namespace xinjing::behaviour
