#include "base/format.h"
#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

constexpr std::int64_t kMinuteMillis = 60'000;
constexpr std::int64_t kDayMinutes = 1440;
constexpr std::int64_t kNightBegins = 1380;  // 23:00
constexpr std::int64_t kNightEnds = 300;     // 05:00

bool at_night(Instant time, int utc_offset_minutes) {
  const std::int64_t minutes = time.millis / kMinuteMillis + utc_offset_minutes;
  const std::int64_t of_day = ((minutes % kDayMinutes) + kDayMinutes) % kDayMinutes;
  return of_day >= kNightBegins || of_day < kNightEnds;
}

void detect(const Episode& episode, std::vector<Finding>& out) {
  if (episode.customer_turns.empty()) return;
  const std::uint32_t first = episode.customer_turns.front();
  const std::optional<Instant>& time = episode.turns[first].time;
  if (!time || !at_night(*time, episode.utc_offset_minutes)) return;
  out.push_back({.target = 0, .nats = 0.2, .turn = first, .span = {}});
}

Said figure(const Episode& episode) {
  const Instant time = *episode.turns[episode.customer_turns.front()].time;
  const std::string clock = iso_time(time, episode.utc_offset_minutes).substr(11, 5);
  return {"sent at " + clock, clock + " 发来"};
}

}  // namespace

const Entry& late_hour() {
  static const Entry entry{
      .name = "late_hour",
      .about = {"turns to us between 23:00 and 05:00", "在 23 点到凌晨 5 点之间找来"},
      .weights = Weights::kGuessed,
      .targets = {{"urgency", "1"}},
      .detect = detect,
      .figure = figure};
  return entry;
}

}  // namespace xinjing::evidence::catalog
