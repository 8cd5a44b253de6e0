#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/duckdb.h"
#include "insight/people_signs.h"
#include "insight/people_table.h"

namespace xinjing::insight {

/// The names of rivals (rival_names.h), from what at most 2,000 customers said who compare or
/// leave, and 2,000 others. REQUIRES: prepare_talks, and the table `sign`, on this connection.
Result<std::vector<std::string>> load_rivals(const DuckConnection& connection,
                                             const SignWords& signs);

/// Where customers name a rival, by person: a sign of the kind rival, or leave where the words say
/// that they have gone over to it.
Result<std::vector<std::pair<std::int64_t, Sign>>> load_rival_signs(
    const DuckConnection& connection, const std::vector<std::string>& rivals);

}  // namespace xinjing::insight
