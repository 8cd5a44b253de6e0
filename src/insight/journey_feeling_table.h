#pragma once

#include <vector>

#include "base/duckdb.h"
#include "base/result.h"
#include "behaviour/journey_table.h"
#include "insight/journey_feeling.h"

namespace xinjing::insight {

/// The conversations of known people that began during a step of theirs, or within so many hours
/// after its end, each with the last step that had begun; steps of the chosen cases. Cost: a sort
/// of both tables.
Result<std::vector<StepReading>> load_step_readings(const DuckConnection& connection,
                                                    const behaviour::JourneyFilter& filter,
                                                    int hours);

}  // namespace xinjing::insight
