#pragma once

#include <vector>

#include "behaviour/buying_model.h"

namespace xinjing::behaviour {

/// How far one looks, and by how much less a later order is worth.
struct Horizon {
  double weeks = 52;
  double discount_per_week = 0;  // continuous: worth e^-rate after a week

  /// From a rate a year: 0.1 makes an order in a year worth 1 / 1.1.
  static double weekly(double per_year);
};

/// What is to be expected of someone who is still a customer at the moment of looking. It hangs on
/// how often they bought and since when they are known, not on when they bought last.
struct Prospect {
  double orders = 0;             // expected in the horizon
  double discounted = 0;         // the same, each worth as much less as it comes later
  double squares = 0;            // the second moment of their number
  std::vector<double> at_least;  // [n - 1]: the probability of n orders or more; ends below 1e-5

  /// The smallest n such that more than n orders come with at most probability `p`, and the largest
  /// such that at least n come with probability `p` or more, for someone who is a customer with
  /// probability `alive`.
  std::int64_t above(double alive, double p) const;
  std::int64_t below(double alive, double p) const;
};

/// Cost: some 5 us (8 points of the rate at which customers buy; the probabilities of 1, 2, ...).
Prospect prospect(BuyingModel model, const BuyingParameters& parameters, int repeats, int age_days,
                  const Horizon& horizon);

/// Only `orders` and `discounted` of it.
Prospect expected_prospect(BuyingModel model, const BuyingParameters& parameters, int repeats,
                           int age_days, const Horizon& horizon);

/// The expected number of orders up to the end of each week, of who is still a customer.
std::vector<double> expected_path(BuyingModel model, const BuyingParameters& parameters,
                                  int repeats, int age_days, int weeks);

}  // namespace xinjing::behaviour
