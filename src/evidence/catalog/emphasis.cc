#include "base/format.h"
#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

constexpr std::size_t kLeastTurns = 2;

void detect(const Episode& episode, std::vector<Finding>& out) {
  std::size_t loud = 0;
  std::uint32_t first = 0;
  for (const std::uint32_t turn : episode.customer_turns) {
    if (episode.signals[turn].bursts == 0) continue;
    if (loud++ == 0) first = turn;
  }
  if (loud < kLeastTurns) return;
  out.push_back({.target = 0, .nats = 0.7, .turn = first, .span = episode.signals[first].burst});
}

Said figure(const Episode& episode) {
  std::size_t loud = 0;
  for (const std::uint32_t turn : episode.customer_turns) {
    loud += episode.signals[turn].bursts > 0 ? 1 : 0;
  }
  return {fmt::format("!! or ?? in {} turns", loud),
          fmt::format("{} 次发言连用感叹号或问号", loud)};
}

}  // namespace

const Entry& emphasis() {
  static const Entry entry{
      .name = "emphasis",
      .about = {"!! or ?? in two turns or more", "两次以上发言里连用感叹号或问号"},
      .weights = Weights::kMeasured,
      .targets = {{"style", "aggressive"}},
      .detect = detect,
      .figure = figure};
  return entry;
}

}  // namespace xinjing::evidence::catalog
