#pragma once

#include <vector>

#include "base/duckdb.h"
#include "insight/report_data.h"
#include "psychology/ledger_table.h"

namespace xinjing::insight {

/// Whether less, or more, of what was expected and promised failed from some day on, of all whose
/// end is told, and by 5 points of a hundred or more: an event of the kind shift, "unmet_of_told",
/// with the shares of expectations in `before` and `after`, and those of promises in `rest`
/// (before) and `inside` (after), of `well` (before) and `ill` (after) promises. The day is that on
/// which all ratings, or the feeling of all, changed, where there is one, so that no day is
/// searched for, and then only the way that it foretells; else the first of the month that parts
/// best, either way (fate.h). One look. REQUIRES: prepare_talks, load_events and
/// load_promise_figures before. Cost: 0.1 s; 1 s for a million messages.
Status load_fates(const DuckConnection& connection,
                  const std::vector<psychology::KeptPromise>& promises, int zone_minutes,
                  ReportData& out);

}  // namespace xinjing::insight
