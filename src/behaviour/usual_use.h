#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "behaviour/meter_series.h"

namespace xinjing::behaviour {

/// A table taken apart: value = overall + row + column + rest, by medians.
struct Polished {
  double overall = 0;
  std::vector<double> rows;
  std::vector<double> columns;
  std::vector<double> rest;  // [rows * columns], NaN where there was no value
};

/// Median polish (Tukey 1977), rows first, until the sum of |rest| changes by less than `tolerance`
/// of itself or `rounds` are over. NaN is a missing value. REQUIRES: values.size() is a multiple of
/// columns. Cost: O(rounds * values).
Polished median_polish(std::vector<double> values, std::size_t columns, int rounds = 10,
                       double tolerance = 0.01);

/// What everybody's use does from month to month: weather, holidays, the length of nights.
class Seasons {
 public:
  /// From the periods of many meters: the median polish of logarithms. Not known where fewer than
  /// kFewestMeters have three periods or more. Of more than 20,000 evenly spaced ones are taken.
  static Seasons of(std::span<const std::span<const UsePeriod>> meters);

  static constexpr std::size_t kFewestMeters = 10;
  bool known() const { return !x_log.empty(); }
  /// ln of a month's use by the usual; 0 where nothing is known. Months as in UsePeriod::month.
  double log_of(int month) const;
  /// Typical spread of ln(use) around level and season, over meters: 1.4826 median |rest|.
  double spread() const { return x_spread; }

 private:
  std::map<int, double> x_log;
  double x_spread = 0.25;  // where nothing is known
};

/// A period's use against what is usual for this meter at this time of the year.
struct UnusualUse {
  UsePeriod period;
  double usual = 0;  // kWh
  double low = 0;    // 90 % interval of a period's use, if nothing has changed
  double high = 0;
  int before = 0;                     // earlier periods it rests on
  std::optional<double> last_year{};  // the same month of the year before, scaled to as many days

  double ratio() const { return usual > 0 ? double(period.kwh) / usual : 0; }
  bool more() const { return double(period.kwh) > usual; }
};

struct UsualOptions {
  int fewest = 3;         // earlier periods
  double times = 1.5;     // at least so many times the usual, or its inverse
  double extra_kwh = 30;  // and so much more or less in 30 days
};

/// Periods that begin on `since` or later and lie outside their 90 % interval by the options: what
/// may become a complaint, or a meter that stands still. The usual is the median of the earlier
/// periods, each brought to the season of this one; its spread is their own, drawn to that of all
/// (four periods' worth), with Student's t. Where no season is known, a period like that of last
/// year is not unusual. A period that was found unusual counts no more in those
/// after it. REQUIRES: periods ascending. Cost: O(periods^2).
std::vector<UnusualUse> unusual_use(std::span<const UsePeriod> periods, const Seasons& seasons,
                                    Day since, const UsualOptions& options = {});

/// The same figures for one period, unusual or not; nothing with too few earlier ones.
std::optional<UnusualUse> usual_use(std::span<const UsePeriod> earlier, const UsePeriod& period,
                                    const Seasons& seasons, const UsualOptions& options = {});

/// Student's t exceeded with probability 0.05, by the expansion of Fisher and Cornish (1960).
double student_95(double degrees);

}  // namespace xinjing::behaviour
