#pragma once

#include <cstdint>
#include <vector>

#include "base/duckdb.h"
#include "evidence/signal_notes.h"

namespace xinjing::evidence {

/// The signals of a stored conversation, in words. Cost: one query.
Result<std::vector<SignalNote>> load_signal_notes(const DuckConnection& connection,
                                                  std::int64_t conversation_no,
                                                  const SignalNoter& noter);

}  // namespace xinjing::evidence
