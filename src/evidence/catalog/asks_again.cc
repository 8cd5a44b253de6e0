#include <algorithm>

#include "base/format.h"
#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

constexpr double kSameWords = 0.6;
constexpr std::uint32_t kLeastUnits = 7;  // 好的, 谢谢 come again without meaning anything
constexpr std::size_t kTurnsBack = 8;

bool repeats(const Episode& episode, std::size_t i) {
  const TurnSignals& now = episode.signals[episode.customer_turns[i]];
  if (now.units < kLeastUnits) return false;
  for (std::size_t j = i - std::min(i, kTurnsBack); j < i; ++j) {
    const TurnSignals& before = episode.signals[episode.customer_turns[j]];
    if (before.units >= kLeastUnits && likeness(before, now) >= kSameWords) return true;
  }
  return false;
}

void detect(const Episode& episode, std::vector<Finding>& out) {
  for (std::size_t i = 1; i < episode.customer_turns.size(); ++i) {
    if (!repeats(episode, i)) continue;
    const std::uint32_t turn = episode.customer_turns[i];
    const Span all{0, static_cast<std::uint32_t>(episode.turns[turn].text.size())};
    out.push_back({.target = 0, .nats = 0.6, .turn = turn, .span = all});
  }
}

Said figure(const Episode& episode) {
  std::size_t times = 1;
  for (std::size_t i = 1; i < episode.customer_turns.size(); ++i) times += repeats(episode, i);
  return {fmt::format("said {} times, nearly word for word", times),
          fmt::format("几乎原样说了 {} 遍", times)};
}

}  // namespace

const Entry& asks_again() {
  static const Entry entry{
      .name = "asks_again",
      .about = {"says nearly the same again in one conversation", "同一次会话里几乎原样再说一遍"},
      .weights = Weights::kMeasured,
      .targets = {{"style", "repetitive"}},
      .detect = detect,
      .figure = figure};
  return entry;
}

}  // namespace xinjing::evidence::catalog
