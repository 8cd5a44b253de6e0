#include "base/format.h"
#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

constexpr std::size_t kInARow = 3;
constexpr std::int64_t kWithinMillis = 60'000;

void detect(const Episode& episode, std::vector<Finding>& out) {
  for (std::size_t i = 0; i + kInARow <= episode.customer_turns.size(); ++i) {
    const std::uint32_t first = episode.customer_turns[i];
    const std::uint32_t last = episode.customer_turns[i + kInARow - 1];
    const auto& begin = episode.turns[first].time;
    const auto& end = episode.turns[last].time;
    if (last - first + 1 != kInARow || !begin || !end) continue;
    if (end->millis - begin->millis > kWithinMillis) continue;
    out.push_back({.target = 0, .nats = 0.4, .turn = last, .span = {}});
    return;
  }
}

/// The most messages in a row within the time, and how long they took.
Said figure(const Episode& episode) {
  const auto& turns = episode.customer_turns;
  std::size_t most = 0;
  std::int64_t millis = 0;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    for (std::size_t j = i; j < turns.size() && turns[j] - turns[i] == j - i; ++j) {
      const auto& begin = episode.turns[turns[i]].time;
      const auto& end = episode.turns[turns[j]].time;
      if (!begin || !end || end->millis - begin->millis > kWithinMillis) break;
      if (j - i + 1 <= most) continue;
      most = j - i + 1;
      millis = end->millis - begin->millis;
    }
  }
  const auto seconds = (millis + 999) / 1000;
  return {fmt::format("{} messages within {} s", most, seconds),
          fmt::format("{} 条/{} 秒内", most, seconds)};
}

}  // namespace

const Entry& message_burst() {
  static const Entry entry{.name = "message_burst",
                           .about = {"three messages in a row within a minute", "一分钟内连发三条"},
                           .weights = Weights::kGuessed,
                           .targets = {{"urgency", "1"}},
                           .detect = detect,
                           .figure = figure};
  return entry;
}

}  // namespace xinjing::evidence::catalog
