#pragma once

#include <cstdint>
#include <optional>

#include "profile/portrait.h"
#include "store/database.h"

namespace xinjing::profile {

/// Writes `churn_risks` anew: for everyone who ordered by `as_of`, the probability of no order
/// within 90 days, learned from at most 4,000 buyers, with the words' signals. Where data are too
/// few to learn from, or the interval of its AUC reaches 0.5, the table is empty: no failure.
/// Cost: some 8 s for five million orders of a million customers; half a second for a thousand.
Status write_churn_risks(store::Database& database, Day as_of);

/// What it says of one person for this day; nothing where it says nothing.
Result<std::optional<ChurnRisk>> load_churn_risk(const DuckConnection& connection,
                                                 std::int64_t person, Day as_of);

}  // namespace xinjing::profile
