#pragma once

#include <optional>
#include <string>
#include <vector>

#include "insight/report_data.h"

namespace xinjing::insight {

/// The logs of the minutes that people waited, day by day.
struct Waiting {
  std::string place;
  std::vector<Sums> steps;
};

/// Visits on each side of a change, at least.
inline constexpr double kLeastVisits = 20;

/// A change of the wait at a place, in minutes (geometric means).
Event wait_event(const Waiting& waiting, const char* kind, const Sums& before, const Sums& after);

/// Whether two levels are apart by half and rest on enough visits.
bool much_apart(const Sums& a, const Sums& b);

/// Weeks in which waits were longer, where they were no new level: up to two bursts, `from` is the
/// first day. A stretch in which most weeks were as ever is none.
std::vector<Event> wait_bursts(const Waiting& waiting, Day from);

/// Whether waits grew or shrank all along before a day; `from` is the first day.
std::optional<Event> wait_trend(const Waiting& waiting, std::size_t until, Day from);

}  // namespace xinjing::insight
