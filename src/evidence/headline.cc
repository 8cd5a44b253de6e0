#include "evidence/headline.h"

#include <algorithm>

namespace xinjing::evidence {
namespace {

using language::find_head;
using language::Head;
using language::Reading;

void take_state(const Head* head, const Reading& reading, std::string& state, double& p) {
  if (head == nullptr) return;
  const auto all = reading.episode(*head);
  const std::size_t best = head->kind == language::HeadKind::kSeveral
                               ? std::size_t(std::max_element(all.begin(), all.end()) - all.begin())
                               : language::said_state(*head, all);
  state = head->states[best];
  p = double{all[best]};
}

double level(const Head* head, const Reading& reading) {
  return head == nullptr ? 0 : double{language::mean_level(*head, reading.episode(*head))};
}

void take_emotion(const Head& head, const Reading& reading, std::size_t outputs, Headline& out) {
  const std::size_t turns = outputs == 0 ? 0 : reading.turn_p.size() / outputs;
  for (std::size_t turn = 0; turn < turns; ++turn) {
    const auto p = reading.turn(head, turn, outputs);
    const std::size_t said = language::said_state(head, p);
    const bool calm = head.states[said] == "neutral";
    const bool first = out.emotion.empty();
    const bool was_calm = out.emotion == "neutral";
    if (!first && calm && !was_calm) continue;
    if (!first && calm == was_calm && double{p[said]} <= out.emotion_p) continue;
    out.emotion = head.states[said];
    out.emotion_p = double{p[said]};
  }
}

}  // namespace

Headline headline_of(const Reading& reading, std::span<const Head> heads) {
  Headline out;
  if (const Head* emotion = find_head(heads, "emotion")) {
    take_emotion(*emotion, reading, turn_outputs(heads), out);
  }
  take_state(find_head(heads, "motive"), reading, out.motive, out.motive_p);
  take_state(find_head(heads, "need"), reading, out.need, out.need_p);
  take_state(find_head(heads, "stage"), reading, out.stage, out.stage_p);
  out.satisfaction = level(find_head(heads, "satisfaction"), reading);
  out.escalation = level(find_head(heads, "escalation"), reading);
  out.urgency = level(find_head(heads, "urgency"), reading);
  return out;
}

std::vector<ExpectationRow> expectations_of(const language::Conversation& conversation,
                                            const Reading& reading,
                                            const language::ExpectationRules& rules,
                                            std::span<const Head> heads,
                                            std::span<const language::NormHit> norms) {
  std::vector<language::Expectation> said = language::find_expectations(
      reading, heads, find_head(heads, "expectation"), find_head(heads, "expectation_kind"));
  language::add_norms(norms, said);
  language::settle_expectations(conversation, rules, said);
  std::vector<ExpectationRow> out;
  for (const language::Expectation& one : said) {
    out.push_back({.aspect = std::string(one.aspect),
                   .kind = std::string(one.kind()),
                   .status = std::string(one.status),
                   .promised = one.promised,
                   .due = one.due ? std::optional(one.due->day) : std::nullopt,
                   .p = double{one.p},
                   .turn = one.turn,
                   .span = one.span,
                   .norm = one.norm});
  }
  return out;
}

}  // namespace xinjing::evidence
