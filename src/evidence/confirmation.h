#pragma once

#include <span>
#include <vector>

#include "evidence/card.h"
#include "evidence/cue_hit.h"
#include "evidence/promise_words.h"

namespace xinjing::evidence {

/// What customers' words about promises say of their satisfaction (Oliver 1980): a broken promise
/// that is recalled speaks for dissatisfaction, a kept one for satisfaction, one that was exceeded
/// for high satisfaction. Each is once a conversation; weights are guessed (docs/methods/
/// confirmation.md). Nothing where no card "satisfaction" has the states.
/// REQUIRES: rows of the conversation with these turns.
void confirmation_hits(const Catalogue& catalogue, std::span<const PromiseWordRow> rows,
                       std::span<const language::Turn> turns, std::vector<CueHit>& out);

}  // namespace xinjing::evidence
