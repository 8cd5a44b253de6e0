#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "evidence/act_weights.h"
#include "evidence/card.h"
#include "store/database.h"

namespace xinjing::behaviour {

/// Brings the evidence that acts give up to date, in one transaction: what the orders and events
/// of each subject say by the weights (act_evidence.h), with source `act` and the row it rests on.
/// It depends on the subject's own rows alone, but for what the company's orders as a whole tell:
/// whether discounts are recorded, and which objects of events are goods. Only subjects whose
/// evidence changed are written, and become stale. Nothing is read when neither rows nor cards
/// (`version`) changed since the last time. Returns how many subjects changed.
/// Cost: some seconds for five million orders.
Result<std::int64_t> write_act_evidence(const store::Database& database,
                                        const evidence::Catalogue& cards,
                                        std::span<const evidence::ActWeight> weights,
                                        std::string_view version);

}  // namespace xinjing::behaviour
