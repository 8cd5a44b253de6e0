#include "behaviour/sound_days.h"

namespace xinjing::behaviour {
namespace {

constexpr int kGapAfter = 90;
constexpr int kGapBefore = 730;
constexpr std::int64_t kOneIn = 1000;
constexpr std::int64_t kFewest = 20;

bool few(std::int64_t odd, std::int64_t all) {
  return (odd == 1 || odd * kOneIn <= all) && odd * kFewest <= all;
}

}  // namespace

std::optional<SoundDays> sound_days(std::span<const DayRows> days) {
  if (days.empty()) return {};
  std::int64_t all = 0;
  for (const DayRows& one : days) all += one.rows;
  SoundDays out{.first = days.front().day,
                .last = days.back().day,
                .earliest = days.front().day,
                .latest = days.back().day};
  std::int64_t odd = 0;
  for (std::size_t i = days.size() - 1; i > 0; --i) {
    odd += days[i].rows;
    if (!few(odd, all)) break;
    if (days[i].day.number - days[i - 1].day.number <= kGapAfter) continue;
    out.last = days[i - 1].day, out.beyond = odd;
  }
  odd = 0;
  for (std::size_t i = 0; i + 1 < days.size() && days[i].day < out.last; ++i) {
    odd += days[i].rows;
    if (!few(odd, all)) break;
    if (days[i + 1].day.number - days[i].day.number <= kGapBefore) continue;
    out.first = days[i + 1].day, out.before = odd;
  }
  return out;
}

}  // namespace xinjing::behaviour
