#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/duckdb.h"
#include "insight/people_table.h"
#include "insight/report_data.h"
#include "insight/talk_table.h"

namespace xinjing::insight {

/// What customers who compare or leave complain of, against those of the same kind who stay, for
/// each kind with five leavers and five stayers: aspects by log odds (leavers.h), those that stand
/// among all at 5 % (Benjamini and Hochberg 1995), with quotes; and the words that leavers say
/// more. A complaint is one of the `complaints` (lexicons/complaints.*.tsv: "complaint:SPD"), a
/// failed expectation of the aspect, or the aspect in a conversation of displeasure. Where leavers
/// complain more of an aspect, the stretch of weeks in which their kind does so most is an event if
/// it stands (Poisson scan over shares of conversations, up to half of the time). At most 4,000
/// conversations of leavers and of stayers are looked at in each kind. `not_telling` are words and
/// patterns that made them leavers. REQUIRES: prepare_talks. Cost: 1 s.
Status load_leavers(const DuckConnection& connection,
                    const std::map<std::string, std::vector<std::int64_t>>& leavers_by_kind,
                    const ToldWords& complaints, const std::vector<std::string>& not_telling,
                    ReportData& out);

}  // namespace xinjing::insight
