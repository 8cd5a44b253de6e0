#include "language/expectation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "language/clause.h"
#include "language/expectation_quote.h"

namespace xinjing::language {
namespace {

constexpr float kSaid = 0.5F;
// Chosen on the training split: docs/methods/expectations.md.
constexpr float kLikelyPromised = 0.45F;
// Log-odds that an entry was promised, fitted on the half of the training split that the model had
// not seen: docs/methods/expectations.md.
constexpr float kPromisedBias = -1.7F;
constexpr float kOfHead = 0.6F;    // of the log-odds that anything was promised
constexpr float kOfClause = 0.8F;  // the entry's clause has a word of promise
constexpr float kOfTurn = 0.55F;   // its turn has
constexpr float kPromisedFrom = -0.95F;
constexpr std::size_t kMostPromised = 2;  // in a conversation
struct AspectOdds {
  std::string_view aspect;
  float nats;
};
constexpr std::array kOfAspects = {AspectOdds{"SPD", 0.6F},   AspectOdds{"DEL", 0.5F},
                                   AspectOdds{"AFT", 0.45F},  AspectOdds{"PRI", 0.3F},
                                   AspectOdds{"CNV", -0.3F},  AspectOdds{"FUN", -0.65F},
                                   AspectOdds{"REL", -0.85F}, AspectOdds{"INF", -1.0F}};
constexpr float kStrong = 0.4F;       // enough for another aspect than the likeliest
constexpr std::size_t kStatuses = 4;  // of each aspect, beside each other
constexpr std::size_t kCode = 3;      // letters of an aspect: "SPD:unmet"

bool are_same_words(const NormHit& hit, const Expectation& entry) {
  return hit.turn == entry.turn && hit.span.begin < entry.span.end &&
         entry.span.begin < hit.span.end;
}

/// A weak entry beside a likelier one most often tells the same grievance again.
void drop_weak(std::vector<Expectation>& entries) {
  float most = 0;
  for (const Expectation& one : entries) most = std::max(most, one.p);
  std::erase_if(entries, [most](const Expectation& one) {
    return one.norm == nullptr && one.p < kStrong && one.p < most;
  });
}

/// The log-odds that an entry was promised, less what is enough.
float promised_odds(const Conversation& conversation, const ExpectationRules& rules,
                    const Expectation& one) {
  constexpr float kLeast = 1e-3F;
  const float p = std::clamp(one.promised_p, kLeast, 1 - kLeast);
  float odds = kPromisedBias - kPromisedFrom + kOfHead * std::log(p / (1 - p));
  const auto* const aspect =
      std::find_if(kOfAspects.begin(), kOfAspects.end(),
                   [&](const AspectOdds& known) { return known.aspect == one.aspect; });
  if (aspect != kOfAspects.end()) odds += aspect->nats;
  // Most entries cannot be promised whatever the words: they are not searched.
  if (rules.words == nullptr || odds + kOfClause + kOfTurn <= 0) return odds;
  const std::string_view text = conversation.turns[one.turn].text;
  if (rules.words->tell_promise(slice(text, one.span))) odds += kOfClause;
  if (rules.words->tell_promise(text)) odds += kOfTurn;
  return odds;
}

/// Promised are the likeliest entries, as far as they are likely.
void settle_promised(const Conversation& conversation, const ExpectationRules& rules,
                     std::vector<Expectation>& entries) {
  std::vector<std::pair<float, std::size_t>> likely;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].promised_p <= 0) continue;  // no head says
    const float odds = promised_odds(conversation, rules, entries[i]);
    if (odds > 0) likely.emplace_back(-odds, i);
  }
  std::sort(likely.begin(), likely.end());
  for (std::size_t i = 0; i < std::min(likely.size(), kMostPromised); ++i) {
    entries[likely[i].second].promised = true;
  }
}

void take_due(const std::optional<TurnDue>& due, Expectation& one) {
  if (due && (one.promised || one.status == "open")) one.due = due->due;
}

bool may_be_due(const Expectation& one) {
  return one.promised || one.promised_p >= kLikelyPromised || one.status == "open";
}

/// Whether the answer to the turn of `one` speaks of it before the others of that turn.
bool is_answered_first(const Expectation& one, std::span<const Expectation> all) {
  if (!may_be_due(one)) return false;
  return std::none_of(all.begin(), all.end(), [&](const Expectation& other) {
    if (other.turn != one.turn || &other == &one) return false;
    return other.due ||
           (may_be_due(other) && (other.p > one.p || (other.p == one.p && &other < &one)));
  });
}

}  // namespace

void settle_expectations(const Conversation& conversation, const ExpectationRules& rules,
                         std::vector<Expectation>& expectations) {
  static const WorkCalendar weekends_only;
  const WorkCalendar& calendar = rules.calendar != nullptr ? *rules.calendar : weekends_only;
  for (Expectation& one : expectations) {
    one.span = clause_to_quote(conversation.turns[one.turn].text, one.span);
  }
  drop_weak(expectations);
  settle_promised(conversation, rules, expectations);
  for (Expectation& one : expectations) {
    if (!may_be_due(one)) continue;
    take_due(due_time(conversation, one.turn, one.span, rules.zone_minutes, calendar), one);
  }
  for (Expectation& one : expectations) {
    if (one.due || !is_answered_first(one, expectations)) continue;
    const auto due = due_time_of_answer(conversation, one.turn, rules.zone_minutes, calendar);
    take_due(due, one);
  }
  // Last, for what was promised and when it is due was fitted on the clauses of the model.
  if (rules.words != nullptr) cite_what_tells(conversation, *rules.words, expectations);
}

std::vector<Expectation> find_expectations(const Reading& reading, std::span<const Head> heads,
                                           const Head* expectation, const Head* kinds) {
  std::vector<Expectation> out;
  if (expectation == nullptr) return out;
  const auto p = reading.episode(*expectation);
  const auto index = static_cast<std::size_t>(expectation - heads.data());
  for (std::size_t k = 0; k + kStatuses <= p.size(); k += kStatuses) {
    const auto of_aspect = p.subspan(k, kStatuses);
    if (std::accumulate(of_aspect.begin(), of_aspect.end(), 0.0F) < kSaid) continue;
    const auto best = static_cast<std::size_t>(
        std::max_element(of_aspect.begin(), of_aspect.end()) - of_aspect.begin());
    const Ground* const ground = ground_to_say(reading, index, k + best);
    if (ground == nullptr) continue;
    const std::string_view state = expectation->states[k + best];
    Expectation& one = out.emplace_back(Expectation{.aspect = state.substr(0, kCode),
                                                    .status = state.substr(kCode + 1),
                                                    .p = of_aspect[best],
                                                    .turn = ground->turn,
                                                    .span = ground->span});
    if (kinds == nullptr) continue;
    const auto kind = reading.episode(*kinds);
    one.stated = kind[0] >= kSaid;
    if (kind.size() > 1) one.promised_p = kind[1];
  }
  return out;
}

void add_norms(std::span<const NormHit> hits, std::vector<Expectation>& expectations) {
  for (const NormHit& hit : hits) {
    for (Expectation& one : expectations) {
      const bool fits = one.aspect == hit.norm->aspect && are_same_words(hit, one);
      if (fits && one.norm == nullptr) one.norm = hit.norm;
    }
  }
  for (const NormHit& hit : hits) {
    const bool used = std::any_of(expectations.begin(), expectations.end(),
                                  [&](const Expectation& one) { return one.norm == hit.norm; });
    if (used) continue;
    const auto same =
        std::find_if(expectations.begin(), expectations.end(), [&](const Expectation& one) {
          return one.aspect == hit.norm->aspect && one.status == hit.status();
        });
    if (same == expectations.end()) {
      expectations.push_back({.aspect = hit.norm->aspect,
                              .status = hit.status(),
                              .p = hit.p,
                              .turn = hit.turn,
                              .span = hit.span,
                              .norm = hit.norm});
    } else if (same->norm == nullptr) {
      same->norm = hit.norm;
    }
  }
}

}  // namespace xinjing::language
