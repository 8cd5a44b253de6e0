#pragma once

#include <optional>

#include "base/day.h"
#include "base/duckdb.h"

namespace xinjing::profile {

/// The last day on which anything happened that is no error of a clock: days far after all others
/// do not count (behaviour/sound_days.h). Cost: some scans of times; one of all days more where the
/// last one stands alone.
Result<std::optional<Day>> last_sound_day(const DuckConnection& connection);

}  // namespace xinjing::profile
