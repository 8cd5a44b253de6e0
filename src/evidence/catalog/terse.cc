#include "base/format.h"
#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

constexpr std::size_t kLeastTurns = 2;
constexpr double kFewUnits = 12;

void detect(const Episode& episode, std::vector<Finding>& out) {
  if (episode.customer_turns.size() < kLeastTurns) return;
  double units = 0;
  for (const std::uint32_t turn : episode.customer_turns) units += episode.signals[turn].units;
  if (units > kFewUnits * static_cast<double>(episode.customer_turns.size())) return;
  const std::uint32_t last = episode.customer_turns.back();
  out.push_back({.target = 0, .nats = 0.9, .turn = last, .span = {}});
  out.push_back({.target = 1, .nats = 0.3, .turn = last, .span = {}});
}

Said figure(const Episode& episode) {
  double units = 0;
  for (const std::uint32_t turn : episode.customer_turns) units += episode.signals[turn].units;
  const std::size_t turns = episode.customer_turns.size();
  const double mean = units / static_cast<double>(turns);
  return {fmt::format("{} turns of {:.0f} units on average", turns, mean),
          fmt::format("发言 {} 次，平均每次 {:.0f} 字", turns, mean)};
}

}  // namespace

const Entry& terse() {
  static const Entry entry{.name = "terse",
                           .about = {"several turns of a few words each, 12 units on average",
                                     "多次发言，平均每次不超过十二个字"},
                           .weights = Weights::kMeasured,
                           .targets = {{"style", "terse"}, {"buyer_type", "silent"}},
                           .detect = detect,
                           .figure = figure};
  return entry;
}

}  // namespace xinjing::evidence::catalog
