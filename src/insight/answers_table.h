#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/duckdb.h"
#include "insight/report_data.h"
#include "psychology/ledger_table.h"

namespace xinjing::insight {

/// Words by which an agent's answer is of a kind: apology, explanation, … (lexicons/answers.*.tsv).
using AnswerWords = std::map<std::string, std::vector<std::string>>;

/// What followed each kind of answer to an upset customer, against like turns without it; and the
/// most telling curves. REQUIRES: prepare_talks and load_figures. Cost: 2 s for a million messages.
Status load_answers(const DuckConnection& connection, const AnswerWords& words, ReportData& out);

/// What was expected, how much it matters, how often it failed.
Status load_expectations(const DuckConnection& connection, ReportData& out);

/// Promises: counts, what is due, what was broken and kept, and what it did to later satisfaction.
Status load_promise_figures(const DuckConnection& connection,
                            const std::vector<psychology::KeptPromise>& promises, int zone_minutes,
                            ReportData& out);

}  // namespace xinjing::insight
