#pragma once

#include <string>
#include <vector>

#include "behaviour/customer_value.h"

namespace xinjing::behaviour {

/// What customers did after the day on which the models stopped looking. Parallel to the buyers.
struct Later {
  std::vector<double> orders;
  std::vector<double> money;           // of them, in the currency's unit
  std::vector<double> orders_by_week;  // of all together: one for each week
};

/// Expected and actual of customers who had bought again so often before.
struct HoldoutGroup {
  int repeats = 0;  // the last group holds this many or more
  bool or_more = false;
  double customers = 0;
  double expected = 0;  // orders of a customer
  double actual = 0;
};

/// How well a rule foretold the number of orders of each customer.
struct HoldoutScore {
  std::string id;       // model, as_before, same_for_all, none
  double expected = 0;  // orders in all
  double mae = 0;       // mean absolute error for a customer
  double rmse = 0;
  double correlation = 0;  // 0 where a rule says the same of all
};

struct Holdout {
  double customers = 0;
  int weeks = 0;
  double actual = 0;  // orders in all
  double actual_money = 0;
  double expected_money = 0;
  double money_correlation = 0;
  double orders_within = 0;  // share of customers whose orders lie within their interval
  double money_within = 0;
  double still_there = 0;  // share that came again
  double alive = 0;        // mean probability of being a customer at the split
  std::vector<HoldoutGroup> groups;
  std::vector<double> expected_by_week;  // summed up to the end of each week
  std::vector<double> actual_by_week;
  std::vector<HoldoutScore> scores;  // the model first
};

/// Compares what models fitted to `buyers` expect of the weeks after with what came. The rules
/// beside it: everyone goes on as before (repeats / age), everyone buys as the mean of `as before`,
/// nobody buys. REQUIRES: `options.horizon.weeks` is the length of `later`, undiscounted.
Holdout compare_holdout(const Buyers& buyers, const ValueModel& model, const ValueOptions& options,
                        const Later& later);

}  // namespace xinjing::behaviour
