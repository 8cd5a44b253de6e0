#include "language/expectation.h"

#include <algorithm>
#include <numeric>

#include "language/clause.h"

namespace xinjing::language {
namespace {

constexpr float kSaid = 0.5F;
// Both chosen on the training split: docs/methods/expectations.md.
constexpr float kLikelyPromised = 0.45F;
constexpr float kStrong = 0.4F;       // enough for a second aspect in the same clause
constexpr std::size_t kStatuses = 4;  // of each aspect, beside each other
constexpr std::size_t kCode = 3;      // letters of an aspect: "SPD:unmet"

bool are_same_words(const NormHit& hit, const Expectation& entry) {
  return hit.turn == entry.turn && hit.span.begin < entry.span.end &&
         entry.span.begin < hit.span.end;
}

bool is_weak_twin(const Expectation& one, const Expectation& other) {
  return one.norm == nullptr && one.p < kStrong && one.p < other.p && one.turn == other.turn &&
         one.span == other.span && one.status == other.status;
}

void drop_weak_twins(std::vector<Expectation>& entries) {
  const std::vector<Expectation> all = entries;
  std::erase_if(entries, [&](const Expectation& one) {
    return std::any_of(all.begin(), all.end(),
                       [&](const Expectation& other) { return is_weak_twin(one, other); });
  });
}

/// Settles promised and due by what is due for the entry, if anything is.
void take_due(const Conversation& conversation, const ExpectationRules& rules,
              const std::optional<TurnDue>& due, Expectation& one) {
  const auto tells = [&](std::uint32_t turn, Span clause) {
    return rules.words != nullptr &&
           rules.words->tell_promise(slice(conversation.turns[turn].text, clause));
  };
  if (one.promised_p >= kLikelyPromised && !one.promised) {
    one.promised = tells(one.turn, one.span);
    if (!one.promised && due) {
      const std::string_view text = conversation.turns[due->turn].text;
      one.promised = tells(due->turn, clause_around(text, due->due.span));
    }
  }
  if (due && (one.promised || one.status == "open")) one.due = due->due;
}

bool may_be_due(const Expectation& one) {
  return one.promised_p >= kLikelyPromised || one.status == "open";
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

/// Where something was promised and no entry tells what, it is most likely what the strongest asks.
void promise_strongest(std::vector<Expectation>& entries) {
  const bool told = std::any_of(entries.begin(), entries.end(),
                                [](const Expectation& one) { return one.promised; });
  const auto strongest =
      std::max_element(entries.begin(), entries.end(),
                       [](const Expectation& a, const Expectation& b) { return a.p < b.p; });
  if (told || strongest == entries.end()) return;
  strongest->promised = strongest->promised_p >= kSaid;
}

}  // namespace

void settle_expectations(const Conversation& conversation, const ExpectationRules& rules,
                         std::vector<Expectation>& expectations) {
  static const WorkCalendar weekends_only;
  const WorkCalendar& calendar = rules.calendar != nullptr ? *rules.calendar : weekends_only;
  for (Expectation& one : expectations) {
    one.span = clause_to_quote(conversation.turns[one.turn].text, one.span);
  }
  drop_weak_twins(expectations);
  for (Expectation& one : expectations) {
    if (!may_be_due(one)) continue;
    take_due(conversation, rules,
             due_time(conversation, one.turn, one.span, rules.zone_minutes, calendar), one);
  }
  for (Expectation& one : expectations) {
    if (one.due || !is_answered_first(one, expectations)) continue;
    const auto due = due_time_of_answer(conversation, one.turn, rules.zone_minutes, calendar);
    if (due) take_due(conversation, rules, due, one);
  }
  promise_strongest(expectations);
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
