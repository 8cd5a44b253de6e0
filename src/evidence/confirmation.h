#pragma once

#include <span>
#include <vector>

#include "evidence/card.h"
#include "evidence/cue_hit.h"
#include "evidence/promise_words.h"

namespace xinjing::evidence {

/// What became of promises says of customers' satisfaction (Oliver 1980): broken ones speak for
/// dissatisfaction, kept ones for satisfaction, exceeded ones for high satisfaction. The fates that
/// the customer's words settle within the conversation are weighed by their gap,
/// (exceeded - unmet) / (known + 1); where none is settled, words that recall a promise count, once
/// a conversation each. Weights are guessed (docs/methods/confirmation.md). Nothing where no card
/// "satisfaction" has the states. REQUIRES: rows and fates of the conversation with these turns.
void confirmation_hits(const Catalogue& catalogue, std::span<const PromiseWordRow> rows,
                       std::span<const PromiseFate> fates, std::span<const language::Turn> turns,
                       std::vector<CueHit>& out);

/// The same of promises that were made in other conversations: `fates` are those that customers'
/// words tell in one conversation, weighed by their gap. For a conversation of which
/// confirmation_hits has nothing to say; it would be counted twice.
void later_confirmation_hits(const Catalogue& catalogue, std::span<const PromiseFate> fates,
                             std::vector<CueHit>& out);

/// Whether words of a customer speak of a promise by themselves, whichever it was.
bool speaks_of_promise(std::string_view outcome, bool recalls);

}  // namespace xinjing::evidence
