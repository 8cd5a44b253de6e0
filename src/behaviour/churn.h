#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "behaviour/covariates.h"
#include "behaviour/ranking.h"

// Who will leave: a hazard in discrete time. Method: docs/methods/churn.md.
namespace xinjing::behaviour {

/// One row a customer and period at risk: what was known before the period began, and what came.
struct ChurnRows {
  Covariates x{};
  std::vector<std::uint8_t> left{};       // within the row's period
  std::vector<std::int8_t> by_horizon{};  // within the horizon: 1, 0; below 0: not known yet
  std::vector<std::uint64_t> who{};       // the same for all rows of a customer, else not
  std::vector<std::int32_t> at{};         // number of the day after which the period begins

  std::size_t size() const { return who.size(); }
};

struct ChurnOptions {
  Link link = Link::kLogit;
  std::size_t folds = 10;
  int horizon_days = 1;  // of what is asked for
  int period_days = 1;   // of a row
  bool forward = true;   // also tried on the last day whose end is known
};

/// A fitted hazard, calibrated on people who were not in the fit. Immutable; any thread.
struct ChurnModel {
  Design design{};
  HazardFit fit{};
  double ridge = 0;
  double offset = 0, slope = 1;  // Platt 1999: of the sum
  Link link = Link::kLogit;
  double periods = 1;  // in the horizon

  /// The probability of leaving within the horizon.
  double risk(const Covariates& x, std::uint32_t row) const;
  /// What each covariate adds to the calibrated sum, against the mean of all.
  std::vector<double> parts(const Covariates& x, std::uint32_t row) const;
};

struct ChurnStudy {
  ChurnModel model{};
  std::size_t customers = 0, leavers = 0;  // people, not rows
  Judged cross{};                          // each by a model of other people; known horizons only
  std::vector<std::uint32_t> cross_rows{};
  Judged raw{};       // the same, of the same people, before calibration
  Judged last_day{};  // of `cross`, the rows that look from `forward_at`
  Judged forward{};   // the last day whose end is known, by a model of what was known by then
  std::int32_t forward_at = 0;
  std::vector<double> weight{};  // of each covariate: the mean size of what it adds
};

/// Fewer who left, or stayed, say nothing.
inline constexpr std::size_t kFewestLeavers = 20;

/// Fits the rows, and tests it: by folds of people, and forward in time where there is time. The
/// same rows in any order give the same study. kBadInput where there are too few.
/// Cost: some 60 passes of fit_hazard over the rows.
Result<ChurnStudy> study_churn(const ChurnRows& rows, const ChurnOptions& options);

}  // namespace xinjing::behaviour
