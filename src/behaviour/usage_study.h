#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "behaviour/day_clusters.h"
#include "behaviour/habit_name.h"
#include "behaviour/level_changes.h"
#include "behaviour/load_features.h"
#include "behaviour/plan_savings.h"
#include "behaviour/usual_use.h"

namespace xinjing::behaviour {

/// A lasting change of how much is used.
struct UseChange {
  Day since;
  double before = 0;  // kWh a day, in the season of the whole history
  double after = 0;
  double low = 0;  // 95 % interval of after / before
  double high = 0;
  std::optional<double> last_year;  // use since then by that of the same weeks of the year before

  double ratio() const { return after / before; }
};

/// One meter of one customer and what its readings say.
struct MeterStudy {
  std::int64_t person = 0;
  int number = 1;          // of the meter among this customer's
  std::string customer{};  // as in v_customers
  std::string meter{};     // as the company calls it; may be empty
  std::string kind{};      // of customer: person, company, ...; may be empty
  std::string tariff{};    // the newest that is written in the rows; may be empty
  SeriesState state = SeriesState::kTooFew;
  int step_minutes = 0;
  ReadingFaults faults{};
  LoadFeatures features{};
  std::vector<UsePeriod> periods{};  // months, or the periods of coarse readings
  std::vector<UsePeriod> weeks{};    // of fine series, with four full days or more
  std::optional<std::size_t> habit{};
  std::optional<UseChange> change{};
  std::vector<UnusualUse> unusual{};
  std::optional<PlanComparison> plans{};

  bool fine() const { return step_minutes > 0 && step_minutes <= MeterSeries::kDayMinutes; }
};

/// Customers whose days look alike.
struct Habit {
  HabitName name;
  std::vector<double> curve;  // mean shares of 24 hours
  std::size_t meters = 0;
};

/// What may be asked of a study.
struct StudyOptions {
  const TariffBook* tariffs = nullptr;  // null: plans are not compared
  std::string present{};                // plan of whoever has none written; empty: the book's
  std::size_t habits = 0;               // how many; 0: the best by silhouette
  Day unusual_since{};
  ClusterOptions clusters{};
  UsualOptions usual{};
};

/// All meters together.
struct UsageStudy {
  std::vector<MeterStudy> meters;           // by customer, then number
  Seasons seasons;                          // of all
  std::map<std::string, Seasons> of_kinds;  // of each kind of customers with enough meters
  std::vector<Habit> habits;
  std::optional<double> silhouette;
  std::optional<double> inertia;

  /// Those of the customer's kind if known, else of all: offices are empty when homes are not.
  const Seasons& seasons_of(const MeterStudy& meter) const;
};

/// The first half, of one meter alone: features, periods, weeks, and plans where readings are fine.
/// Any number of threads may call it at once for different meters.
void study_meter(const MeterSeries& series, const StudyOptions& options, MeterStudy& out);

/// The second half, which needs all meters: seasons, habits, changes, unusual use, and plans of
/// coarse readings.
void finish_study(const StudyOptions& options, UsageStudy& study);

}  // namespace xinjing::behaviour
