#pragma once

#include "base/duckdb.h"
#include "insight/report_data.h"

namespace xinjing::insight {

/// Fills `shown`: a few rows behind each point of the charts.
/// REQUIRES: load_acts, load_figures and load_answers on this connection. Cost: 1 s for a million
/// messages.
Status load_shown_rows(const DuckConnection& connection, ReportData& out);

}  // namespace xinjing::insight
