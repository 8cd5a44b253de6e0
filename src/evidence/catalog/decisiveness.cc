#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

void detect(const Episode& episode, std::vector<Finding>& out) {
  const auto turn = first_turn_with(episode, Marker::kDecision);
  if (!turn) return;
  const Span span = episode.signals[*turn].marker_span(Marker::kDecision);
  out.push_back({.target = 0, .nats = 0.4, .turn = *turn, .span = span});
}

}  // namespace

const Entry& decisiveness() {
  static const Entry entry{
      .name = "decisiveness",
      .about = {"settles a matter in so many words", "把事情说定：就这个、决定了"},
      .weights = Weights::kGuessed,
      .targets = {{"style", "decisive"}},
      .detect = detect};
  return entry;
}

}  // namespace xinjing::evidence::catalog
