#pragma once

#include <string>
#include <vector>

#include "base/duckdb.h"
#include "insight/report_data.h"
#include "insight/talk_table.h"

namespace xinjing::insight {

/// Words that tell that a matter came from outside the company's service: weather, outages, tariffs
/// (lexicons/environment.*.tsv). Lower case.
using EnvironmentWords = std::vector<std::string>;

/// Finds bursts, shifts and trends of every matter, everywhere and by department, channel and kind
/// of customer, keeps those that stand among the many that were looked at, puts together what is
/// one story, and names it by its telling words. What follows a burst or a change of waits is
/// looked at by itself: how it ended, and whether customers praise what it was about. Fills
/// `events`, strongest first, at most `most`. REQUIRES: prepare_talks, add_told with the same
/// words, and load_figures (table `waiting`) on this connection. Cost: 2 s for a million messages;
/// at most some thousand messages are read.
Status load_events(const DuckConnection& connection, const EnvironmentWords& environment,
                   const ToldWords& told, std::size_t most, ReportData& out);

/// The customers' messages of some conversations, and of as many others at most, for telling words.
/// `where` is a condition on the table talk.
Result<std::vector<std::string>> texts_where(const DuckConnection& connection,
                                             const std::string& where, std::size_t most);

}  // namespace xinjing::insight
