#include "insight/waiting.h"

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
