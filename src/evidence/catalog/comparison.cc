#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

void detect(const Episode& episode, std::vector<Finding>& out) {
  const auto turn = first_turn_with(episode, Marker::kRival);
  if (!turn) return;
  const Span span = episode.signals[*turn].marker_span(Marker::kRival);
  out.push_back({.target = 0, .nats = 0.9, .turn = *turn, .span = span});
  out.push_back({.target = 1, .nats = 0.3, .turn = *turn, .span = span});
}

}  // namespace

const Entry& comparison() {
  static const Entry entry{
      .name = "comparison",
      .about = {"compares with other providers or other customers", "拿别家、别人来比"},
      .weights = Weights::kMeasured,
      .targets = {{"bond", "waver"}, {"stage", "evaluate"}},
      .detect = detect};
  return entry;
}

}  // namespace xinjing::evidence::catalog
