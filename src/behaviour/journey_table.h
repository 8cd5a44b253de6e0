#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/duckdb.h"
#include "base/result.h"
#include "behaviour/event_log.h"
#include "store/database.h"

namespace xinjing::behaviour {

/// Which cases of `touchpoints`. A case is taken whole or not at all, so that none is cut.
struct JourneyFilter {
  std::optional<Instant> from{};    // it began at this moment or later
  std::optional<Instant> before{};  // it began before this moment
  std::string channel{};            // at least one of its steps is of this channel; empty: any
  std::string activity{};           // it has this step; empty: any
  LogRange range{};
};

/// The filter as a condition of SQL on touchpoints AS t.
std::string chosen_cases(const JourneyFilter& filter);

struct JourneyRows {
  EventLog log;
  std::int64_t rows = 0;        // of the cases that were taken
  std::int64_t scheduling = 0;  // rows that only schedule, assign, suspend or resume: no steps
};

/// Cost: a scan of the table, about 0.6 microseconds a row.
Result<JourneyRows> load_journey(const DuckConnection& connection, const JourneyFilter& filter);

/// A row as the company brought it. Views: valid during the call that takes it.
struct TouchpointRow {
  std::string_view id, case_id, customer, channel, activity, resource, status;
  Instant started;
  std::optional<Instant> ended;
};

/// Every row of the cases that were chosen, case by case, each in order of time: what is exported.
Status each_touchpoint(const DuckConnection& connection, const JourneyFilter& filter,
                       const std::function<Status(const TouchpointRow&)>& visit);

/// Writes journey_steps, journey_edges and journey_variants anew, from rows up to the end of a day;
/// without one, of the last day on which a step began, which is at most a year behind all but one
/// in two hundred: what lies further is a clock error. All are empty where there are no
/// touchpoints. Of steps and edges the 10,000 most frequent are kept, of variants 100.
Status write_journey(store::Database& database, std::optional<Day> as_of);

}  // namespace xinjing::behaviour
