#include "insight/candidate.h"

#include <algorithm>
#include <cmath>

namespace xinjing::insight {
namespace {

constexpr std::size_t kLongestBurst = 75;  // days
constexpr double kLeastRise = 2;
constexpr std::size_t kWeek = 7;
constexpr double kLeastTalks = 30;  // on each side of a shift
constexpr double kLeastHits = 5;    // expected on each side
constexpr double kApart = 2;        // standard errors from what happens elsewhere

/// Sums of an indicator by week.
std::vector<Sums> indicator(const Shares& shares) {
  std::vector<Sums> out;
  for (std::size_t i = 0; i < shares.of.size(); ++i) {
    out.push_back({shares.of[i], shares.count[i], shares.count[i]});
  }
  return out;
}

/// How far the change of a share at `at` goes beyond the change elsewhere, in standard errors.
double beyond(const Shift& shift, const Shares& rest) {
  Sums before, after;
  for (std::size_t i = 0; i < rest.of.size(); ++i) {
    (i < shift.at ? before : after).merge({rest.of[i], rest.count[i], rest.count[i]});
  }
  if (before.n < kLeastTalks || after.n < kLeastTalks) return shift.z;
  const double there = after.mean() - before.mean();
  const double here = shift.after.mean() - shift.before.mean();
  const double error = shift.after.variance() / shift.after.n +
                       shift.before.variance() / shift.before.n + after.variance() / after.n +
                       before.variance() / before.n;
  return error > 0 ? (here - there) / std::sqrt(error) : 0;
}

Interval level(const Sums& sums) { return share_interval(sums.sum, sums.n); }

}  // namespace

std::vector<Candidate> bursts_of(const Cell& cell, double least) {
  std::vector<Candidate> out;
  Series series{cell.count, std::vector<double>(cell.count.size(), 1)};
  for (int round = 0; round < 3; ++round) {
    const auto burst = strongest_burst(series, kLongestBurst);
    if (!burst || burst->count < least || burst->count < kLeastRise * burst->expected) break;
    Candidate one{.kind = "burst",
                  .what = cell.what,
                  .scope = cell.scope,
                  .begin = burst->begin,
                  .end = burst->end,
                  .count = burst->count,
                  .expected = burst->expected,
                  .p = burst->p};
    out.push_back(std::move(one));
    for (std::size_t i = burst->begin; i < burst->end; ++i) series.count[i] = series.of[i] = 0;
  }
  return out;
}

std::vector<Candidate> changes_of(const Cell& cell, const Shares& here, const Shares& rest) {
  std::vector<Candidate> out;
  const bool somewhere = !cell.scope.kind.empty();
  const auto weeks = indicator(here);
  if (const auto shift = strongest_shift(weeks, kLeastTalks)) {
    const double apart = somewhere ? beyond(*shift, rest) : shift->z;
    const double rate = (shift->before.sum + shift->after.sum) / (shift->before.n + shift->after.n);
    const bool same_way = apart * shift->z > 0 &&
                          rate * std::min(shift->before.n, shift->after.n) >= kLeastHits &&
                          holds_to_end(weeks, *shift, (weeks.size() - shift->at + 1) / 2);
    if (same_way && std::abs(apart) >= kApart) {
      out.push_back({.kind = "shift",
                     .what = cell.what,
                     .scope = cell.scope,
                     .begin = shift->at * kWeek,
                     .end = here.of.size() * kWeek,
                     .up = shift->z > 0,
                     .count = shift->after.sum,
                     .expected = shift->before.mean() * shift->after.n,
                     .p = shift->p,
                     .before = level(shift->before),
                     .after = level(shift->after)});
    }
  }
  Series months;
  for (std::size_t i = 0; i < here.of.size(); ++i) {
    if (i % 4 == 0) months.count.push_back(0), months.of.push_back(0);
    months.count.back() += here.count[i], months.of.back() += here.of[i];
  }
  const Trend trend = share_trend(months);
  std::vector<double> rates;
  for (std::size_t i = 0; i < months.of.size(); ++i) {
    if (months.of[i] > 0) rates.push_back(months.count[i] / months.of[i]);
  }
  if (rates.size() < 6 || rank_trend(rates).p > 0.1) return out;
  const std::size_t third = months.of.size() / 3;
  Sums first, last;
  for (std::size_t i = 0; i < third; ++i) {
    first.merge({months.of[i], months.count[i], months.count[i]});
    const std::size_t j = months.of.size() - 1 - i;
    last.merge({months.of[j], months.count[j], months.count[j]});
  }
  out.push_back({.kind = "trend",
                 .what = cell.what,
                 .scope = cell.scope,
                 .begin = 0,
                 .end = here.of.size() * kWeek,
                 .up = trend.z > 0,
                 .count = last.sum,
                 .expected = first.mean() * last.n,
                 .p = trend.p,
                 .before = level(first),
                 .after = level(last)});
  return out;
}

}  // namespace xinjing::insight
