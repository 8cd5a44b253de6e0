#pragma once

#include <cstdint>
#include <map>

#include "cli/sample_check.h"
#include "cli/sample_truth.h"

namespace xinjing::cli {

/// The labels of the sample by the conversations of the database.
struct SampleLabels {
  std::map<std::int64_t, const TruthTalk*> talks;
};

/// Puts to `out` how many statements of a report the labels can judge, and those they speak
/// against: bursts and changes by the labels of the same matter and place; people by their latest
/// labelled state; promises by what the labels of the customer's conversations say became of them;
/// curves by the labelled feeling at their turning points. What the labels do not tell is not
/// counted. REQUIRES: the temporary tables of load_report_data on this connection.
Status judge_claims(const DuckConnection& connection, const insight::ReportData& data,
                    const SampleLabels& labels, Lang lang, SampleCheck& out);

}  // namespace xinjing::cli
