#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "base/duckdb.h"
#include "behaviour/history.h"

namespace xinjing::profile {

/// People by the number that stands for them (subjects.person), both ends included.
struct PersonRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

/// What the people of a range did up to the end of `until`, from orders, conversations and events.
/// People who did nothing are missing. Days are local days of the file's zone. A conversation
/// counts, whole, on the day it began, as its evidence does; that it went on later is not told.
Result<std::map<std::int64_t, behaviour::History>> load_histories(const DuckConnection& connection,
                                                                  PersonRange range, Day until);

/// The same of one person, who is these subjects. Cost: some 4 ms on half a million orders.
Result<behaviour::History> load_history(const DuckConnection& connection, std::int64_t person,
                                        const std::vector<std::int64_t>& subjects, Day until);

}  // namespace xinjing::profile
