#pragma once

#include <optional>

#include "base/day.h"
#include "behaviour/buyers_table.h"
#include "behaviour/kept_value.h"
#include "store/database.h"

namespace xinjing::behaviour {

/// How far the kept values look ahead: a year, not discounted, as revenue, by MBG/NBD.
inline constexpr int kKeptHorizonDays = 365;

/// Writes `customer_values` anew for everyone who bought by `as_of`: scores by fifths, and what the
/// model expects, which is null where there are too few data. Nothing where nothing was bought.
/// Orders far after all others (`order_days`) are errors of a clock: then the day before them
/// counts, if `as_of` is theirs. One transaction.
/// Cost: some 3 s for a million customers.
Status write_customer_values(const store::Database& database, Day as_of);

/// What is kept of one person, as of the day or before.
Result<std::optional<KeptValue>> load_customer_value(const DuckConnection& connection,
                                                     std::int64_t person, Day as_of);

}  // namespace xinjing::behaviour
