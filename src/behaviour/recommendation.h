#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/day.h"
#include "behaviour/recommender.h"

namespace xinjing::behaviour {

/// One row of the table `recommendations`.
struct RecommendationRow {
  std::int64_t person = 0;
  int rank = 0;
  std::string product{};
  std::string name{};
  double score = 0;
  std::string method{};
  Why why = Why::kPopular;
  std::string other{};
  std::int64_t times = 0, of_times = 0;
  std::optional<double> gap_days{};
  std::int64_t own_gaps = 0;
  std::optional<int> elapsed_days{};
  std::optional<double> season{};
  std::optional<double> price_rank{};
  double popularity_rank = 0;
  int days_on_sale = 0;
  int window_days = 0;
  Day as_of{};

  const std::string& label() const { return name.empty() ? product : name; }
};

}  // namespace xinjing::behaviour
