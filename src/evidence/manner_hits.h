#pragma once

#include <vector>

#include "evidence/card.h"
#include "evidence/cue_hit.h"
#include "language/manner.h"

namespace xinjing::evidence {

/// What the manner of a conversation speaks for the states of a card whose ids the model has, at
/// least 0.1 nat; it rests on all of the customer's words, so it has no quote. Nothing for a
/// conversation with fewer than kLeastMannerTurns customer turns.
/// REQUIRES: the model fits the heads that read the conversation.
void manner_hits(const language::MannerModel& model, const Catalogue& catalogue,
                 std::string_view construct, const language::Conversation& conversation,
                 const language::Reading& reading, std::span<const language::Head> heads,
                 std::vector<CueHit>& out);

}  // namespace xinjing::evidence
