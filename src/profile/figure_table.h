#pragma once

#include <vector>

#include "base/duckdb.h"
#include "language/mentions.h"
#include "profile/portrait_table.h"

namespace xinjing::profile {

/// Puts into words, with their figures, the signals that rows rest on (EvidenceRow::figure). One
/// query for each conversation with signals. `mentions` tells whose names stand behind @.
Status add_figures(const DuckConnection& connection, const language::MentionLexicon& mentions,
                   std::vector<EvidenceRow>& rows);

}  // namespace xinjing::profile
