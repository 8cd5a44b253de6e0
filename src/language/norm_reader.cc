#include "language/norm_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "language/clause.h"

namespace xinjing::language {
namespace {

// What the words of a norm say together with what the model says of the aspect:
// log-odds = words + slope * log-odds of the model. docs/methods/packs.md says where from.
struct Weights {
  float words = 0;
  float slope = 1;
};
constexpr Weights kBroken = {2.0F, 0.5F};   // the words say by themselves that it was not kept
constexpr Weights kTouched = {0.7F, 1.0F};  // the words name it, beside a complaint or a demand
constexpr float kSaid = 0.5F;
constexpr float kLeastP = 0.02F;  // so that words that say it by themselves are enough

constexpr std::array<std::string_view, 13> kComplaints = {
    "act:complain",           "act:threaten",       "expectation:unmet", "satisfaction:-1",
    "satisfaction:-2",        "sentiment:negative", "emotion:anger",     "emotion:contempt",
    "emotion:disappointment", "emotion:grievance",  "motive:vent",       "motive:redress",
    "attitude:negative"};
constexpr std::array<std::string_view, 5> kDemands = {"act:request", "urgency:1", "urgency:2",
                                                      "motive:solve", "expectation:open"};

bool has(std::span<const std::string_view> kinds, std::string_view kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

float probability_of(const Reading& reading, const Head* head, std::string_view state) {
  if (head == nullptr) return 0;
  const auto found = std::find(head->states.begin(), head->states.end(), state);
  if (found == head->states.end()) return 0;
  return reading.episode(*head)[static_cast<std::size_t>(found - head->states.begin())];
}

/// What the model makes of it: the aspect found wanting, or just this expectation.
float model_probability(const Reading& reading, std::span<const Head> heads, const Norm& norm,
                        std::string_view status) {
  const float wanting = probability_of(reading, find_head(heads, "aspect"), norm.aspect + "-");
  const float expected = probability_of(reading, find_head(heads, "expectation"),
                                        norm.aspect + ":" + std::string(status));
  return std::max(wanting, expected);
}

float combined(Weights weights, float model) {
  const float p = std::clamp(model, kLeastP, 1 - kLeastP);
  return 1 / (1 + std::exp(-(weights.words + weights.slope * std::log(p / (1 - p)))));
}

/// Words that begin with their own "not", as 没人来, which 都没 or 谁也没 before them only
/// stresses.
bool brings_negation(std::u32string_view words) {
  const char32_t first = words.front();
  return first == U'没' || first == U'不' || first == U'未' || first == U'无';
}

bool is_spoken_of_otherwise(const Scope& scope) {
  const std::string_view condition = scope.id(ScopeKind::kCondition);
  return condition == "if" || condition == "then" || scope.id(ScopeKind::kReport) == "reported" ||
         scope.id(ScopeKind::kActor) == "rival";
}

}  // namespace

NormReader::NormReader(const NormLexicon& norms, const ScopeRules& rules, const CueLexicon& cues)
    : x_norms(norms), x_rules(rules) {
  for (const std::string& kind : cues.kinds()) {
    x_signs.push_back(has(kComplaints, kind) ? Sign::kComplaint
                      : has(kDemands, kind)  ? Sign::kDemand
                                             : Sign::kNone);
  }
}

NormReader::Clause NormReader::signs_of(const ReadScratch::TurnWork& turn,
                                        const ScopeRules::Marks& marks, Span phrase) const {
  Clause clause;
  for (const CueMatch& cue : turn.cues) {
    if (cue.micro_nats <= 0 || x_signs[cue.kind] == Sign::kNone) continue;
    if (marks.clauses[cue.span.begin] != marks.clauses[phrase.begin]) continue;
    (x_signs[cue.kind] == Sign::kComplaint ? clause.complaint : clause.demand) = true;
  }
  return clause;
}

std::optional<bool> NormReader::open_or_unmet(const ReadScratch::TurnWork& turn,
                                              const ScopeRules::Marks& marks,
                                              const NormLexicon::Found& found) const {
  const Scope scope = x_rules.scope_of(turn.text.chars, marks, found.chars);
  if (is_spoken_of_otherwise(scope)) return {};
  const Clause clause = signs_of(turn, marks, found.chars);
  const bool asked = scope.id(ScopeKind::kQuestion) == "asked";
  const auto words = std::u32string_view(turn.text.chars)
                         .substr(found.chars.begin, found.chars.end - found.chars.begin);
  const bool denied = scope.id(ScopeKind::kNegation) == "yes" && !brings_negation(words);
  if (found.broken && !denied && !asked) return false;
  if (found.broken && denied) return {};
  if (clause.complaint) return asked;
  if (clause.demand) return true;
  return {};
}

void NormReader::read(const Conversation& conversation, const Reading& reading,
                      std::span<const Head> heads, const ReadScratch& read, Scratch& scratch,
                      std::vector<NormHit>& out) const {
  out.clear();
  for (std::uint32_t t = 0; t < read.used; ++t) {
    if (conversation.turns[t].speaker != ingest::Speaker::kCustomer) continue;
    const ReadScratch::TurnWork& turn = read.turns[t];
    x_norms.find(turn.text.chars, scratch.phrases, scratch.found);
    if (!scratch.found.empty()) x_rules.mark(turn.text.chars, scratch.marks);
    for (const NormLexicon::Found& found : scratch.found) {
      const std::optional<bool> open = open_or_unmet(turn, scratch.marks, found);
      if (!open) continue;
      const Norm& norm = x_norms.norms()[found.norm];
      NormHit hit{.norm = &norm, .open = *open, .turn = t};
      hit.p = combined(found.broken ? kBroken : kTouched,
                       model_probability(reading, heads, norm, hit.status()));
      if (hit.p < kSaid) continue;
      hit.span = clause_around(conversation.turns[t].text,
                               turn.text.bytes(found.chars.begin, found.chars.end));
      const bool known = std::any_of(out.begin(), out.end(), [&](const NormHit& other) {
        return other.norm == hit.norm && other.open == hit.open;
      });
      if (!known) out.push_back(hit);
    }
  }
}

}  // namespace xinjing::language
