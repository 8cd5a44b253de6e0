#pragma once

#include <functional>
#include <string_view>

#include "base/duckdb.h"
#include "behaviour/covariates.h"

namespace xinjing::profile {

/// A signal of the words, and the construct it comes from.
struct WordSignal {
  std::string_view name;
  std::string_view construct;
};
/// Few, and those that theory names (exit and voice; expectations and their breach): with some tens
/// of leavers every further column costs more than it says.
inline constexpr WordSignal kWordSignals[] = {{"satisfaction_last", "satisfaction"},
                                              {"unresolved", "satisfaction"},
                                              {"escalation_180", "escalation"},
                                              {"waver_180", "bond"},
                                              {"unmet_180", "expectation"}};

/// Whether a column is a signal of the words.
bool is_word_signal(std::string_view name);

/// What the words of each row's customer said in conversations that had ended by the end of the day
/// it looks from: later words cannot reach it. Only signals of constructs that `allows`.
/// REQUIRES: load_churn_people on this connection before, whose `all` it is parallel to.
/// Cost: 1 s for a million readings.
Result<behaviour::Covariates> load_word_signals(
    const DuckConnection& connection, const std::function<bool(std::string_view)>& allows);

}  // namespace xinjing::profile
