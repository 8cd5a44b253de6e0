#include "base/format.h"
#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

constexpr std::size_t kLeastTurns = 3;  // one maybe in two turns is nothing

void detect(const Episode& episode, std::vector<Finding>& out) {
  if (episode.customer_turns.size() < kLeastTurns) return;
  const auto first = first_turn_with(episode, Marker::kHedge);
  if (!first) return;
  std::size_t hedged = 0;
  for (const std::uint32_t turn : episode.customer_turns) {
    if (episode.signals[turn].marker(Marker::kHedge) > 0) ++hedged;
  }
  if (3 * hedged < episode.customer_turns.size()) return;
  const Span span = episode.signals[*first].marker_span(Marker::kHedge);
  out.push_back({.target = 0, .nats = 0.4, .turn = *first, .span = span});
}

Said figure(const Episode& episode) {
  std::size_t hedged = 0;
  for (const std::uint32_t turn : episode.customer_turns) {
    hedged += episode.signals[turn].marker(Marker::kHedge) > 0 ? 1 : 0;
  }
  const std::size_t turns = episode.customer_turns.size();
  return {fmt::format("doubtful in {} of {} turns", hedged, turns),
          fmt::format("{} 次发言里 {} 次拿不准", turns, hedged)};
}

}  // namespace

const Entry& hedging() {
  static const Entry entry{.name = "hedging",
                           .about = {"perhaps, I guess, not sure in a third of the turns",
                                     "三分之一以上的发言说好像、也许、再想想"},
                           .weights = Weights::kGuessed,
                           .targets = {{"style", "hesitant"}},
                           .detect = detect,
                           .figure = figure};
  return entry;
}

}  // namespace xinjing::evidence::catalog
