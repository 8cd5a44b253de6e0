#pragma once

#include <optional>
#include <span>
#include <vector>

#include "behaviour/buyer.h"
#include "behaviour/buying_fit.h"
#include "behaviour/buying_forecast.h"
#include "behaviour/spend.h"

namespace xinjing::behaviour {

struct ValueOptions {
  BuyingModel model = BuyingModel::kMbgNbd;
  Horizon horizon;
  double margin = 1;  // of money: 1 makes the value a revenue
  int resamples = 0;  // of customers, for a bootstrap interval of the totals
  std::uint64_t seed = 1;
};

/// A figure and its 95 % interval.
struct ValueEstimate {
  double value = 0;
  double low = 0;
  double high = 0;
};

/// The models that a company's buyers were fitted to.
struct ValueModel {
  BuyingFit buying;
  std::optional<BuyingFit> plain;  // without the covariate, where there is one
  std::optional<SpendFit> spend;   // none: no money, or too few who spend
  SpendBasis basis = SpendBasis::kAll;
  std::int64_t given_back = 0;  // gave back as much as they bought: not in the fit of spend

  /// Likelihood ratio test of the covariate: the probability of as good a fit by chance.
  double covariate_p() const;
};

/// What is expected of one customer. Money is in the currency's unit.
struct CustomerValue {
  double alive = 0;
  double orders = 0;            // expected in the horizon
  std::int64_t orders_low = 0;  // with 95 % probability so many come
  std::int64_t orders_high = 0;
  double spend = 0;      // of one order
  double value = 0;      // discounted, times the margin
  double value_low = 0;  // with 95 % probability it comes to so much
  double value_high = 0;
  double value_error = 0;  // standard error of `value` as an expectation: of the estimates
};

struct ValueTotals {
  double alive = 0;      // customers expected to be still there
  ValueEstimate orders;  // intervals hold chance and error of the estimates
  ValueEstimate value;
  double orders_error = 0;  // standard errors of the estimates alone (delta method)
  double value_error = 0;
  int resamples = 0;               // 0: no bootstrap
  ValueEstimate orders_bootstrap;  // 2.5 and 97.5 % of the expectation over resampled customers
  ValueEstimate value_bootstrap;
};

struct Valuation {
  std::vector<CustomerValue> customers;  // parallel to the buyers
  ValueTotals totals;
};

/// Fits the models. REQUIRES: enough buyers (`too_few`).
ValueModel fit_values(const Buyers& buyers, BuyingModel model, SpendBasis basis = SpendBasis::kAll);

/// What everyone is worth. Intervals of customers hold the chance of their own future (approximate
/// for money: a log-normal distribution with the first two moments, given that they come at all);
/// `value_error` comes from the delta method.
/// Cost: about 1 us a customer and 60 us for each pair of repeats and age; a bootstrap as much as a
/// fit for each resample.
Valuation valuate(const Buyers& buyers, const ValueModel& model, const ValueOptions& options);

}  // namespace xinjing::behaviour
