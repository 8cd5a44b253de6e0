#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/span.h"
#include "language/promises.h"
#include "language/reading.h"

namespace xinjing::evidence {

/// Words about a promise in a conversation.
struct PromiseWordRow {
  std::string what;  // promise, told, wanted, met, unmet, exceeded, withdrawn
  std::string acts;  // names joined by '+'
  std::string aspect;
  std::optional<Instant> due;
  bool due_to_the_minute = false;
  std::optional<language::Amount> amount;
  bool recalls = false;    // a promise; of a promise: it takes the place of another
  bool measures = false;   // of an outcome: only its amount tells it
  std::string giver = {};  // of a promise: agent, company, contract, advert; customer: it is wanted
  Span object = {};        // of a promise: what the act is done to; may be empty
  std::uint32_t turn = 0;
  Span span;
};

/// What became of a promise or an expectation within a conversation.
struct PromiseFate {
  std::string aspect;
  std::string status;      // met, unmet, exceeded, ...
  std::uint32_t turn = 0;  // where it was told
  Span span;
};

/// Appends what one turn says of promises; `normal` is its text normalised. A day that is named
/// without a time of day lasts to its end in the zone `offset_minutes` east of Greenwich.
void take_promise_words(const language::PromiseLexicon& lexicon, language::PromiseReader& reader,
                        const language::Turn& turn, std::uint32_t number,
                        const language::Normalised& normal, int offset_minutes,
                        std::vector<PromiseWordRow>& out);

}  // namespace xinjing::evidence
