#pragma once

#include <optional>
#include <string>

#include "base/day.h"
#include "base/duckdb.h"
#include "base/result.h"
#include "insight/journey_feeling.h"

namespace xinjing::insight {

/// Which conversations are joined with which steps.
struct FeelingFilter {
  int hours = 24;                   // after the end of a step, that still count for it
  std::optional<Instant> from{};    // steps that began at this moment or later
  std::optional<Instant> before{};  // steps that began before this moment
  std::string channel{};            // of the steps; empty: any
};

/// The conversations of known people that began during a step of theirs, or within so many hours
/// after it, each with the last step that had begun. Cost: a sort of both tables.
Result<std::vector<StepReading>> load_step_readings(const DuckConnection& connection,
                                                    const FeelingFilter& filter);

}  // namespace xinjing::insight
