#pragma once

#include "base/duckdb.h"
#include "insight/overview.h"

namespace xinjing::insight {

/// Counts a company's file. `most` limits the lists of gaps and of people. Cost: a few scans.
Result<Overview> load_overview(const DuckConnection& connection, std::size_t most = 5);

}  // namespace xinjing::insight
