#include <algorithm>

#include "base/format.h"
#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

constexpr std::size_t kLeastReplies = 3;
constexpr std::int64_t kSlowMillis = 300'000;
constexpr std::int64_t kFastMillis = 15'000;
constexpr std::int64_t kAbsentMillis = 21'600'000;  // came back later; no reply to speak of

// How long the customer took to answer each time someone else had spoken.
std::vector<std::int64_t> replies(const Episode& episode) {
  std::vector<std::int64_t> millis;
  for (const std::uint32_t turn : episode.customer_turns) {
    if (turn == 0) continue;
    const language::Turn& before = episode.turns[turn - 1];
    const language::Turn& now = episode.turns[turn];
    if (before.speaker == ingest::Speaker::kCustomer || !before.time || !now.time) continue;
    const std::int64_t waited = now.time->millis - before.time->millis;
    if (waited >= 0 && waited < kAbsentMillis) millis.push_back(waited);
  }
  return millis;
}

void detect(const Episode& episode, std::vector<Finding>& out) {
  std::vector<std::int64_t> millis = replies(episode);
  if (millis.size() < kLeastReplies) return;
  const auto middle = millis.begin() + static_cast<std::ptrdiff_t>(millis.size() / 2);
  std::nth_element(millis.begin(), middle, millis.end());
  const std::uint32_t last = episode.customer_turns.back();
  if (*middle >= kSlowMillis) out.push_back({.target = 0, .nats = 0.3, .turn = last, .span = {}});
  if (*middle <= kFastMillis) out.push_back({.target = 1, .nats = 0.2, .turn = last, .span = {}});
}

Said figure(const Episode& episode) {
  std::vector<std::int64_t> millis = replies(episode);
  const auto middle = millis.begin() + static_cast<std::ptrdiff_t>(millis.size() / 2);
  std::nth_element(millis.begin(), middle, millis.end());
  const std::int64_t seconds = *middle / 1000;
  if (seconds < 60) {
    return {fmt::format("answers after {} s (median of {} replies)", seconds, millis.size()),
            fmt::format("一般 {} 秒就回（{} 次回复的中位数）", seconds, millis.size())};
  }
  return {fmt::format("answers after {} min (median of {} replies)", seconds / 60, millis.size()),
          fmt::format("一般过 {} 分钟才回（{} 次回复的中位数）", seconds / 60, millis.size())};
}

}  // namespace

const Entry& reply_latency() {
  static const Entry entry{
      .name = "reply_latency",
      .about = {"how quickly the customer answers: half of the replies within 15 seconds, or not "
                "within 5 minutes",
                "客户回复的快慢：半数在 15 秒内，或超过 5 分钟"},
      .weights = Weights::kGuessed,
      .targets = {{"style", "hesitant"}, {"style", "decisive"}},
      .detect = detect,
      .figure = figure};
  return entry;
}

}  // namespace xinjing::evidence::catalog
