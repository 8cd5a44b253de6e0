#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/lang.h"
#include "behaviour/churn.h"

namespace xinjing::report {

/// What `xinjing churn` shows.
struct ChurnShown {
  behaviour::ChurnStudy study{};
  std::optional<behaviour::Bounds> acts_alone{};  // AUC without the words' signals
  std::optional<behaviour::Bounds> gain{};        // and what the words add to it
  behaviour::Covariates all{};
  std::vector<std::uint32_t> told{};  // rows of `all` that are customers to be told of, by risk
  std::vector<std::string> names{};   // parallel to `told`, as far as they are shown
  std::vector<double> risks{};        // parallel to `told`
  Said leaving{};                     // what leaving means here
  bool in_time = false;               // rows are periods, not customers
  std::size_t of_words = 0;           // columns from the words
};

/// How good it is: AUC, calibration, gain curve, what goes with leaving.
std::string churn_study_text(const ChurnShown& shown, Lang lang);
/// The customers at most risk, why, and what speaks against it.
std::string churn_people_text(const ChurnShown& shown, Lang lang);

/// One JSON object a line: the study, then the customers.
std::string churn_json(const ChurnShown& shown, Lang lang);

}  // namespace xinjing::report
