#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/span.h"
#include "language/expectation.h"
#include "language/reading.h"

namespace xinjing::evidence {

/// The first line of a reading: what tables and charts show of a conversation. Empty states: the
/// model has no such head, or nothing is said.
struct Headline {
  double sentiment = 0;  // -1..1
  std::string emotion, motive, need, stage;
  double emotion_p = 0, motive_p = 0, need_p = 0, stage_p = 0;
  double satisfaction = 0, escalation = 0, urgency = 0;  // expected levels
};

/// REQUIRES: `reading` was made by the model with these heads. The emotion is the strongest that
/// any turn shows, neutral only if no turn shows another.
Headline headline_of(const language::Reading& reading, std::span<const language::Head> heads);

/// An expectation that a conversation shows.
struct ExpectationRow {
  std::string aspect;
  std::string kind;
  std::string status;
  bool promised = false;
  std::optional<Day> due{};
  double p = 0;
  std::uint32_t turn = 0;
  Span span{};
  const language::Norm* norm = nullptr;  // of the packs that were read with
};

/// The expectations that a reading says, one for an aspect, by aspect, and those of the norms that
/// the conversation touches, settled by their clauses (language/expectation.h).
std::vector<ExpectationRow> expectations_of(const language::Conversation& conversation,
                                            const language::Reading& reading,
                                            const language::ExpectationRules& rules,
                                            std::span<const language::Head> heads,
                                            std::span<const language::NormHit> norms = {});

}  // namespace xinjing::evidence
