#pragma once

#include <array>
#include <optional>

#include "behaviour/meter_series.h"

namespace xinjing::behaviour {

/// What a load curve says of one meter. Figures that need hours are there only where readings are
/// at most two hours apart; nothing is said of fewer than kFewestDays full days.
/// Definitions: docs/methods/usage.md.
struct LoadFeatures {
  static constexpr int kFewestDays = 14;

  int days = 0;  // full days: nine tenths of their slots are there
  Day first, last;
  std::optional<double> per_day;        // kWh of a mean day
  std::optional<double> per_day_error;  // its standard error, from means of weeks
  std::optional<double> base_kw;        // median over days of the load exceeded 95 % of the day
  std::optional<double> peak_kw;        // mean over days of the highest slot
  std::optional<double> top_kw;         // the highest slot of all
  std::int32_t top_minute = 0;          // when; local, since 1970
  std::optional<double> load_factor;    // mean load by mean peak, 0 to 1
  std::optional<double> night;          // share of use from 00:00 to 06:00
  std::optional<double> evening;        // share of use from 17:00 to 22:00
  std::optional<double> weekend;        // a weekend day by a working day (4 and 10 of them)
  std::optional<double> variation;      // standard deviation of days by their mean
  std::optional<double> season;         // the highest month by the lowest, of 10 months or more
  int high_month = 0;                   // 1 to 12
  int low_month = 0;
  std::optional<std::array<double, 24>> curve;  // share of use in each hour; sums to 1

  bool enough() const { return days >= kFewestDays; }
};

/// REQUIRES: series.state is kGood. A coarse series has no days, only a season and a use a day.
/// Cost: O(slots).
LoadFeatures load_features(const MeterSeries& series);

}  // namespace xinjing::behaviour
