#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

void detect(const Episode& episode, std::vector<Finding>& out) {
  for (const std::uint32_t turn : episode.customer_turns) {
    const TurnSignals& signals = episode.signals[turn];
    if (signals.marker(Marker::kPublic) > 0) {
      const Span span = signals.marker_span(Marker::kPublic);
      out.push_back({.target = 0, .nats = 0.6, .turn = turn, .span = span});
    }
    if (signals.marker(Marker::kRegulator) > 0) {
      const Span span = signals.marker_span(Marker::kRegulator);
      out.push_back({.target = 1, .nats = 1.5, .turn = turn, .span = span});
    }
  }
}

}  // namespace

const Entry& goes_public() {
  static const Entry entry{
      .name = "goes_public",
      .about = {"names the media, a regulator or a court", "提到媒体、监管、法院"},
      .weights = Weights::kMeasured,
      .targets = {{"escalation", "1"}, {"escalation", "2"}},
      .detect = detect};
  return entry;
}

}  // namespace xinjing::evidence::catalog
