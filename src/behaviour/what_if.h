#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "behaviour/event_log.h"

// What the time of the whole journey would be if some times of it were other. docs/methods/
// journey.md.
namespace xinjing::behaviour {

/// One change of times.
struct TimeChange {
  std::string from;  // "*": whatever comes before; empty: the step `to` itself takes so long
  std::string to;
  double factor = 1;  // 0.5 halves, 0 removes, 2 doubles

  bool operator==(const TimeChange&) const = default;
};

/// "register:serve=0.5" (the wait between the two), "*:serve=0.5" (every wait before serve),
/// "serve=0.8" (serve itself); several are parted by a comma. Names are taken as the log has them;
/// the first part must name one or be `*` or `wait` (as `*`, where no activity is called so).
/// kUsage where it is none of these, names an unknown activity, or the factor is not 0 to 10.
Result<std::vector<TimeChange>> parse_changes(std::string_view text, const EventLog& log);

/// An estimate with its 95 % interval, milliseconds.
struct ChangeEstimate {
  double value = 0, low = 0, high = 0;
};

struct WhatIf {
  std::int64_t cases = 0;    // of at least two steps
  std::int64_t touched = 0;  // in which a time changes
  std::int64_t steps = 0;    // times that change
  ChangeEstimate mean_before, mean_after, mean_change;
  ChangeEstimate median_before, median_after, median_change;
};

/// Fewer touched cases than this give no interval worth telling.
inline constexpr std::int64_t kFewestTouched = 20;

struct WhatIfOptions {
  int replicates = 1000;
  std::size_t most_drawn = 20'000;  // cases drawn for each replicate at most
  std::uint64_t seed = 20'050'607;
};

/// Every case is played again with the changed times: what came later comes as much earlier or
/// later as the case is ahead or behind; steps that overlapped still do. Intervals: percentile
/// bootstrap over cases (Efron and Tibshirani 1993, chapter 13); of more than `most_drawn` cases
/// that many are drawn and the interval is narrowed by the root of their share (Bickel, Götze and
/// van Zwet 1997). Assumes that the other times stay, that nobody leaves or comes because of it,
/// and that no queue changes: see the methods page. Cost: O(steps + replicates x cases drawn).
WhatIf what_if(const EventLog& log, const std::vector<TimeChange>& changes,
               const WhatIfOptions& options = {});

/// First start to last end of a case as it was, and as it would be. [ms]
struct Played {
  double before = 0, after = 0;
  std::int64_t changed = 0;  // times that changed
};
Played play(const EventLog& log, std::size_t case_no, const std::vector<TimeChange>& changes);

}  // namespace xinjing::behaviour
