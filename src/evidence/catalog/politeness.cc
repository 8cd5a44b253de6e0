#include "base/format.h"
#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

constexpr std::size_t kLeastTurns = 2;  // one thanks at the end is a formula

void detect(const Episode& episode, std::vector<Finding>& out) {
  std::size_t polite = 0;
  std::uint32_t first = 0;
  for (const std::uint32_t turn : episode.customer_turns) {
    if (episode.signals[turn].marker(Marker::kPolite) == 0) continue;
    if (polite++ == 0) first = turn;
  }
  if (polite < kLeastTurns || 3 * polite < episode.customer_turns.size()) return;
  const Span span = episode.signals[first].marker_span(Marker::kPolite);
  out.push_back({.target = 0, .nats = 0.8, .turn = first, .span = span});
  out.push_back({.target = 1, .nats = -0.4, .turn = first, .span = span});
}

Said figure(const Episode& episode) {
  std::size_t polite = 0;
  for (const std::uint32_t turn : episode.customer_turns) {
    polite += episode.signals[turn].marker(Marker::kPolite) > 0 ? 1 : 0;
  }
  const std::size_t turns = episode.customer_turns.size();
  return {fmt::format("courteous words in {} of {} turns", polite, turns),
          fmt::format("{} 次发言里 {} 次用了请、谢谢、您", turns, polite)};
}

}  // namespace

const Entry& politeness() {
  static const Entry entry{.name = "politeness",
                           .about = {"please, thanks and the polite 您 in a third of the turns",
                                     "三分之一以上的发言用了请、谢谢、您"},
                           .weights = Weights::kMeasured,
                           .targets = {{"style", "polite"}, {"style", "aggressive"}},
                           .detect = detect,
                           .figure = figure};
  return entry;
}

}  // namespace xinjing::evidence::catalog
