#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/duckdb.h"
#include "insight/report_data.h"
#include "insight/talk_table.h"
#include "psychology/ledger_table.h"

namespace xinjing::insight {

/// Words that show something about a customer, by kind (lexicons/signs.*.tsv): regular expressions.
using SignWords = std::map<std::string, std::vector<std::string>>;

/// Who wavers, may escalate, needs care, became an advocate: strongest first, with reasons and
/// quotes; the leak of customers of one kind as an event, and what they complain of
/// (leavers_table.h). The scores are rules, not fits: docs/methods/report.md. REQUIRES:
/// prepare_talks on this connection, load_events before.
Status load_people(const DuckConnection& connection, const SignWords& words,
                   const ToldWords& complaints,
                   const std::vector<psychology::KeptPromise>& promises, ReportData& out);

}  // namespace xinjing::insight
