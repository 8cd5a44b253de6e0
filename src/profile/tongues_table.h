#pragma once

#include <cstdint>
#include <vector>

#include "base/duckdb.h"
#include "profile/tongues.h"

namespace xinjing::profile {

/// What the person with these subjects wrote before the moment `end` [ms since 1970, UTC]; messages
/// without a time count too. Cost: some ms in a file of a million messages.
Result<Tongues> load_tongues(const DuckConnection& connection,
                             const std::vector<std::int64_t>& subjects, std::int64_t end);

}  // namespace xinjing::profile
