#pragma once

#include "base/duckdb.h"
#include "insight/answers_table.h"
#include "insight/report_data.h"

namespace xinjing::insight {

/// What complaining customers wanted, what they were offered once they were upset, and how
/// satisfied they were afterwards. A conversation complains where it is one of displeasure, an
/// expectation failed, or the motive is to vent, to be respected or to be compensated. What is
/// offered is told by the words of answers and by promises with a day; an answer may offer several
/// things. REQUIRES: prepare_talks on this connection. Cost: 1 s for a million messages.
Status load_wanted(const DuckConnection& connection, const AnswerWords& words, ReportData& out);

}  // namespace xinjing::insight
