#include "evidence/signal_notes.h"

namespace xinjing::evidence {

std::vector<SignalNote> SignalNoter::notes(std::span<const language::Turn> turns) const {
  std::vector<language::Match> scratch;
  std::vector<TurnSignals> signals;
  std::vector<std::uint32_t> customer_turns;
  for (std::uint32_t turn = 0; turn < turns.size(); ++turn) {
    signals.push_back(x_meter.measure(turns[turn], scratch));
    if (turns[turn].speaker == ingest::Speaker::kCustomer) customer_turns.push_back(turn);
  }
  const Episode episode{turns,        signals,   customer_turns, x_utc_offset_minutes,
                        Anger::kNone, x_mentions};
  std::vector<SignalNote> out;
  std::vector<catalog::Finding> findings;
  for (const catalog::Entry* detector : catalog::entries()) {
    if (detector->figure == nullptr) continue;
    findings.clear();
    detector->detect(episode, findings);
    if (findings.empty()) continue;
    const Said text = detector->figure(episode);
    for (const catalog::Finding& finding : findings) {
      const catalog::Target& target = detector->targets[finding.target];
      out.push_back({target.construct, target.state, finding.nats, text});
    }
  }
  return out;
}

}  // namespace xinjing::evidence
