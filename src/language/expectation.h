#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "language/due_time.h"
#include "language/expectation_words.h"
#include "language/norm_reader.h"
#include "language/reading.h"

namespace xinjing::language {

/// An expectation that a conversation shows. Views of the model's heads and of norms.
struct Expectation {
  std::string_view aspect;
  std::string_view status;
  bool stated = false;    // explicit; else implicit
  bool promised = false;  // by the company
  float p = 0;
  float promised_p = 0;  // that anything in the conversation was promised
  std::uint32_t turn = 0;
  Span span{};                   // bytes of the turn
  std::optional<DueTime> due{};  // of what is promised or open
  const Norm* norm = nullptr;    // what is expected, where a norm of the trade says it

  std::string_view kind() const { return stated ? "explicit" : "implicit"; }
};

/// The expectations that a reading says, one for an aspect, by aspect; none where `expectation` is
/// null. `kinds` is the head `expectation_kind` or null. REQUIRES: heads within `heads`.
std::vector<Expectation> find_expectations(const Reading& reading, std::span<const Head> heads,
                                           const Head* expectation, const Head* kinds);

/// What settling needs to know. Both may be null: then no clause tells a promise, and every weekday
/// is a working day.
struct ExpectationRules {
  const ExpectationWords* words = nullptr;
  const WorkCalendar* calendar = nullptr;
  int zone_minutes = 0;  // in which due times are reckoned
};

/// Looks at the clause of each expectation: `span` becomes the clause as one would cite it; of
/// several the weak go but the likeliest, for they mostly tell it again; promised are the
/// likeliest two by the head, the aspect and the words of the clause and its turn, as far as they
/// are likely; a due time belongs to the promised or open entry whose clause names it, one in the
/// answer to the strongest of the turn. docs/methods/expectations.md has the figures. REQUIRES:
/// spans within the turns of `conversation`. Cost: about 3 us an entry.
void settle_expectations(const Conversation& conversation, const ExpectationRules& rules,
                         std::vector<Expectation>& expectations);

/// Gives each expectation the first norm of its aspect in the same words, else in the same status.
/// A norm whose aspect and status no entry has becomes an entry of its own, at the end.
void add_norms(std::span<const NormHit> hits, std::vector<Expectation>& expectations);

}  // namespace xinjing::language
