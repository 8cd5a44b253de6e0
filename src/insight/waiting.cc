#include "insight/waiting.h"

#include <algorithm>
#include <cmath>

#include "insight/change.h"

namespace xinjing::insight {
namespace {

constexpr double kTooMuch = 1.5;  // times

}  // namespace

Event wait_event(const Waiting& waiting, const char* kind, const Sums& before, const Sums& after) {
  Event event{.kind = kind, .aspects = {"SPD"}, .department = waiting.place, .what = "wait"};
  event.up = after.mean() > before.mean();
  event.count = after.n, event.expected = before.n;
  const auto minutes = [](const Sums& sums) {
    const Interval log = mean_interval(sums, 0, 10);
    return Interval{std::exp(log.value) - 1, std::exp(log.low) - 1, std::exp(log.high) - 1};
  };
  event.before = minutes(before), event.after = minutes(after);
  return event;
}

bool much_apart(const Sums& a, const Sums& b) {
  return a.n >= kLeastVisits && b.n >= kLeastVisits &&
         std::abs(a.mean() - b.mean()) > std::log(kTooMuch);
}

namespace {

constexpr std::size_t kWeek = 7;

/// Whether nearly every week of a stretch that had visits was a long one.
bool long_all_along(const Waiting& waiting, const Stretch& stretch) {
  constexpr double kLeast = 3, kMost = 0.8;
  const double middle = (stretch.inside.mean() + stretch.rest.mean()) / 2;
  double weeks = 0, longer = 0;
  for (std::size_t i = stretch.begin; i < stretch.end; i += kWeek) {
    Sums week;
    for (std::size_t k = i; k < std::min(stretch.end, i + kWeek); ++k) {
      week.merge(waiting.steps[k]);
    }
    if (week.n < kLeast) continue;
    weeks += 1, longer += week.mean() > middle ? 1 : 0;
  }
  return weeks > 0 && longer >= kMost * weeks;
}

}  // namespace

std::vector<Event> wait_bursts(const Waiting& waiting, Day from) {
  constexpr double kChance = 1e-4;
  constexpr int kMost = 2;
  std::vector<Event> out;
  Waiting left = waiting;
  for (int round = 0; round < kMost; ++round) {
    const auto stretch = strongest_level(left.steps, kWeek, kLeastVisits);
    if (!stretch || stretch->p > kChance || !much_apart(stretch->inside, stretch->rest)) break;
    if (!long_all_along(left, *stretch)) break;
    Event event = wait_event(waiting, "burst", stretch->rest, stretch->inside);
    event.from = {from.number + std::int32_t(stretch->begin)};
    event.to = {from.number + std::int32_t(stretch->end) - 1}, event.p = stretch->p;
    out.push_back(std::move(event));
    // A week cut in two at its edge is no burst of its own.
    const std::size_t begin = stretch->begin - std::min(stretch->begin, kWeek);
    const std::size_t end = std::min(left.steps.size(), stretch->end + kWeek);
    std::fill(left.steps.begin() + std::ptrdiff_t(begin), left.steps.begin() + std::ptrdiff_t(end),
              Sums{});
  }
  return out;
}

std::optional<Event> wait_trend(const Waiting& waiting, std::size_t until, Day from) {
  constexpr std::size_t kMonth = 28, kLeastMonths = 5;
  std::vector<double> months;
  Sums first, last, month;
  for (std::size_t i = 0; i < until; ++i) {
    if (i % kMonth == 0 && month.n > 0) months.push_back(month.mean()), month = {};
    month.merge(waiting.steps[i]);
    if (i < until / 4) first.merge(waiting.steps[i]);
    if (i >= until - until / 4) last.merge(waiting.steps[i]);
  }
  if (month.n > 0) months.push_back(month.mean());
  if (months.size() < kLeastMonths || !much_apart(first, last)) return {};
  const Trend trend = rank_trend(months);
  if (trend.p > 0.05) return {};
  Event event = wait_event(waiting, "trend", first, last);
  event.from = from, event.to = {from.number + std::int32_t(until) - 1}, event.p = trend.p;
  return event;
}

}  // namespace xinjing::insight
