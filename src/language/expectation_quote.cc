#include "language/expectation_quote.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "language/clause.h"

namespace xinjing::language {
namespace {

// Guessed, on 60 training dialogues: docs/methods/expectations.md.
constexpr float kOfMatter = 2.0F;
constexpr float kOfFailing = 2.0F;
constexpr float kOfAsking = 1.5F;      // without a failing
constexpr float kOfGladness = 2.0F;    // of what was met, else against it
constexpr float kOfFailingMet = 1.0F;  // what was wrong before it was mended
constexpr float kOfHollow = -3.0F;
constexpr float kOfLength = -0.6F;
constexpr std::size_t kLong = 72;                // bytes
constexpr float kEnough = 2.0F;                  // to be cited in the place of what tells nothing
constexpr float kBest = kOfMatter + kOfFailing;  // in the place of what has no sign at all

struct Clause {
  Span span{};
  ClauseSigns signs = 0;
};

/// The signs of a part of a text; it is hollow only where hollow words are half of it or more.
ClauseSigns signs_within(std::span<const SignSpan> of_text, Span part) {
  ClauseSigns out = 0;
  std::uint32_t hollow = 0;
  for (const SignSpan& one : of_text) {
    if (one.span.begin < part.begin || one.span.end > part.end) continue;
    out |= one.signs & ~kHollow;
    if ((one.signs & kHollow) != 0) hollow = std::max(hollow, one.span.size());
  }
  return 2 * hollow >= part.size() && hollow > 0 ? out | kHollow : out;
}

/// How well a clause tells an entry.
float points(ClauseSigns signs, const Expectation& entry) {
  const bool fails = (signs & kFails) != 0;
  const bool asks = (signs & kAsks) != 0;
  const bool glad = (signs & kGlad) != 0;
  float out = (signs & sign_of_matter(entry.aspect)) != 0 ? kOfMatter : 0.0F;
  if (entry.status == "met" || entry.status == "exceeded") {
    if (glad) out += kOfGladness;
    if (fails) out += kOfFailingMet;
  } else {
    if (fails) out += kOfFailing;
    if (asks && !fails) out += kOfAsking;
    if (glad && !fails && !asks) out -= kOfGladness;
  }
  if ((signs & kHollow) != 0 && !fails) out += kOfHollow;
  return out;
}

/// The clause that tells the entry best, the nearest of those alike, and how well.
struct Best {
  float points = 0;
  std::uint64_t away = 0;
  std::uint32_t turn = 0;
  Span span{};
};

std::uint64_t distance(std::uint32_t a, std::uint32_t b) { return a < b ? b - a : a - b; }

class Citer {
 public:
  Citer(const Conversation& conversation, const ExpectationWords& words)
      : x_conversation(conversation), x_words(words), x_turns(conversation.turns.size()) {}

  void cite(Expectation& entry) {
    const float now = points(signs_within(signs(entry.turn), entry.span), entry);
    if (now > 0) return;
    std::optional<Best> best;
    look_at(entry.turn, entry, best);
    for (std::uint32_t turn = 0; now < 0 && turn < x_turns.size(); ++turn) {
      const bool is_customer = x_conversation.turns[turn].speaker == ingest::Speaker::kCustomer;
      if (is_customer && turn != entry.turn) look_at(turn, entry, best);
    }
    if (!best || best->points < (now < 0 ? kEnough : kBest)) return;
    entry.turn = best->turn;
    entry.span = best->span;
  }

 private:
  /// What is known of a turn, as far as it was looked at.
  struct Looked {
    std::optional<std::vector<SignSpan>> signs;
    std::optional<std::vector<Clause>> clauses;
  };

  std::span<const SignSpan> signs(std::uint32_t turn) {
    std::optional<std::vector<SignSpan>>& known = x_turns[turn].signs;
    if (!known) known = x_words.signs(x_conversation.turns[turn].text);
    return *known;
  }

  std::span<const Clause> clauses(std::uint32_t turn) {
    std::optional<std::vector<Clause>>& known = x_turns[turn].clauses;
    if (!known) {
      known.emplace();
      for (const Span& span : clauses_to_quote(x_conversation.turns[turn].text)) {
        known->push_back({.span = span, .signs = signs_within(signs(turn), span)});
      }
    }
    return *known;
  }

  void look_at(std::uint32_t turn, const Expectation& entry, std::optional<Best>& best) {
    constexpr std::uint64_t kTurn = 1ULL << 32U;  // further than any byte of the same one
    for (const Clause& one : clauses(turn)) {
      if (turn == entry.turn && one.span.begin == entry.span.begin) continue;
      const float said = points(one.signs, entry) + (one.span.size() > kLong ? kOfLength : 0.0F);
      const std::uint64_t away =
          kTurn * distance(turn, entry.turn) + distance(one.span.begin, entry.span.begin);
      if (best && (said < best->points || (said == best->points && away >= best->away))) continue;
      best = Best{said, away, turn, one.span};
    }
  }

  const Conversation& x_conversation;
  const ExpectationWords& x_words;
  std::vector<Looked> x_turns;
};

}  // namespace

void cite_what_tells(const Conversation& conversation, const ExpectationWords& words,
                     std::span<Expectation> entries) {
  Citer citer(conversation, words);
  for (Expectation& entry : entries) {
    if (!entry.due && entry.norm == nullptr) citer.cite(entry);
  }
}

}  // namespace xinjing::language
