#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "base/duckdb.h"
#include "insight/report_data.h"

namespace xinjing::insight {

/// How often the reader errs, by construct and state (models/errors.tsv).
using ReaderErrors = std::map<std::pair<std::string, std::string>, ReaderError>;

/// Months, counts, satisfaction, emotion, volume, motives, needs, drivers, stages, conduct, types,
/// waits, and the quality of the tables. REQUIRES: prepare_talks on this connection.
/// Cost: 3 s for a million messages.
Status load_figures(const DuckConnection& connection, const ReaderErrors& errors, ReportData& out);

/// Fills `messages` for every message that the data cite, and `agents`.
Status load_cited(const DuckConnection& connection, ReportData& out);

}  // namespace xinjing::insight
