#pragma once

#include "base/day.h"
#include "store/database.h"

namespace xinjing::behaviour {

/// Writes the table `preferences` anew: for every person the measures that rest on enough rows up
/// to the end of `as_of`. Nothing happens where there is no order. Cost: some seconds for five
/// million orders.
Status write_preferences(const store::Database& database, Day as_of);

}  // namespace xinjing::behaviour
