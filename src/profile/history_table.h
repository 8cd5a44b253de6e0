#pragma once

#include <map>

#include "base/duckdb.h"
#include "behaviour/history.h"

namespace xinjing::profile {

/// People by the number that stands for them (subjects.person), both ends included.
struct PersonRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

/// What the people of a range did, from orders, conversations and events. People who did nothing
/// are missing. Days are local days of the file's zone.
Result<std::map<std::int64_t, behaviour::History>> load_histories(const DuckConnection& connection,
                                                                  PersonRange range);

}  // namespace xinjing::profile
