#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

void detect(const Episode& episode, std::vector<Finding>& out) {
  for (const std::uint32_t turn : episode.customer_turns) {
    const TurnSignals& signals = episode.signals[turn];
    // A burst (??) is more often a reproach than a question.
    if (signals.questions <= signals.bursts) continue;
    out.push_back({.target = 0, .nats = 0.8, .turn = turn, .span = signals.question});
  }
}

}  // namespace

const Entry& questions() {
  static const Entry entry{.name = "questions",
                           .about = {"sentences that end with a question mark", "以问号结尾的句子"},
                           .weights = Weights::kGuessed,
                           .targets = {{"act", "ask"}},
                           .detect = detect};
  return entry;
}

}  // namespace xinjing::evidence::catalog
