#include "behaviour/meter_series.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace xinjing::behaviour {
namespace {

constexpr int kDay = MeterSeries::kDayMinutes;
constexpr std::array<int, 13> kSteps = {5, 6, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, kDay};
constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
constexpr std::int32_t kFarAway = 400 * kDay;

using Readings = std::vector<MeterReading>;

/// The most frequent value and how often it comes; the smallest of several. Nothing of nothing.
/// Quick where neighbours are mostly equal.
std::optional<std::pair<int, std::size_t>> mode_of(const std::vector<int>& values) {
  std::vector<std::pair<int, std::size_t>> runs;
  for (const int one : values) {
    if (runs.empty() || runs.back().first != one) runs.emplace_back(one, 0);
    ++runs.back().second;
  }
  if (runs.empty()) return {};
  std::ranges::sort(runs);
  std::pair<int, std::size_t> best{runs.front().first, 0};
  for (std::size_t i = 0; i < runs.size();) {
    std::size_t end = i, n = 0;
    while (end < runs.size() && runs[end].first == runs[i].first) n += runs[end++].second;
    if (n > best.second) best = {runs[i].first, n};
    i = end;
  }
  return best;
}

/// Without negative numbers, and one reading for each moment.
Readings distinct(std::span<const MeterReading> all, ReadingFaults& faults) {
  Readings out;
  out.reserve(all.size());
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i;
    while (end < all.size() && all[end].minute == all[i].minute) ++end;
    const auto same = std::int64_t(end - i);
    if (all[i].quantity < 0 || !std::isfinite(all[end - 1].quantity)) {
      faults.negative += same;
    } else if (all[i].quantity == all[end - 1].quantity) {
      out.push_back(all[i]);
      faults.repeated += same - 1;
    } else {
      faults.conflicting += same;
    }
    i = end;
  }
  return out;
}

/// Drops few readings at either end that lie more than 400 days from all others.
void drop_far(Readings& readings, ReadingFaults& faults) {
  const std::size_t few = std::max<std::size_t>(1, readings.size() / 100);
  const auto far = [&](std::size_t i) {
    return readings[i].minute - readings[i - 1].minute > kFarAway;
  };
  for (std::size_t i = readings.size() - 1; i + few >= readings.size() && i > few; --i) {
    if (!far(i)) continue;
    faults.off_clock += std::int64_t(readings.size() - i);
    readings.resize(i);
    break;
  }
  for (std::size_t i = std::min(few, readings.size() / 2); i > 0; --i) {
    if (!far(i)) continue;
    faults.off_clock += std::int64_t(i);
    readings.erase(readings.begin(), readings.begin() + std::ptrdiff_t(i));
    break;
  }
}

void drop_absurd(Readings& readings, ReadingFaults& faults) {
  constexpr std::size_t kEnough = 12;
  constexpr double kTimes = 50;
  if (readings.size() < kEnough) return;
  std::vector<double> values;
  values.reserve(readings.size());
  for (const MeterReading& one : readings) values.push_back(one.quantity);
  const auto at = values.begin() + std::ptrdiff_t(values.size() * 9 / 10);
  std::ranges::nth_element(values, at);
  if (*at <= 0) return;
  const double limit = kTimes * *at;
  faults.absurd +=
      std::int64_t(std::erase_if(readings, [&](const auto& r) { return r.quantity > limit; }));
}

std::vector<int> distances(const Readings& readings) {
  std::vector<int> out;
  out.reserve(readings.size());
  for (std::size_t i = 1; i < readings.size(); ++i) {
    out.push_back(readings[i].minute - readings[i - 1].minute);
  }
  return out;
}

/// The step of a fine series; 0 where readings lie further apart, nothing where they keep no step.
std::optional<int> step_of(const Readings& readings) {
  std::vector<int> apart = distances(readings);
  const auto mode = mode_of(apart);
  if (!mode) return {};
  const auto middle = apart.begin() + std::ptrdiff_t(apart.size() / 2);
  std::ranges::nth_element(apart, middle);
  if (*middle > kDay + kDay / 2) return 0;
  const bool known = std::ranges::find(kSteps, mode->first) != kSteps.end();
  if (!known || mode->second * 2 < apart.size()) return {};
  return mode->first;
}

/// Drops what does not lie on the grid on which most lie.
void drop_beside(Readings& readings, int step, ReadingFaults& faults) {
  std::vector<int> phases;
  phases.reserve(readings.size());
  for (const MeterReading& one : readings) phases.push_back(one.minute % step);
  const int phase = mode_of(phases)->first;
  faults.off_clock += std::int64_t(
      std::erase_if(readings, [&](const auto& r) { return r.minute % step != phase; }));
}

/// Differences of neighbours that are one step apart, stamped at their beginning.
Readings differences(const Readings& standings, int step, ReadingFaults& faults) {
  Readings out;
  for (std::size_t i = 1; i < standings.size(); ++i) {
    const double used = standings[i].quantity - standings[i - 1].quantity;
    if (used < 0) {
      ++faults.resets;
    } else if (step == 0 || standings[i].minute - standings[i - 1].minute == step) {
      out.push_back({standings[i].minute - step, used});
    }
  }
  return out;
}

void fill_slots(const Readings& readings, MeterSeries& out) {
  const int step = out.step_minutes;
  const std::size_t per_day = out.per_day();
  for (const MeterReading& one : readings) {
    const Day day{one.minute / kDay};
    if (out.days.empty() || out.days.back() != day) {
      out.days.push_back(day);
      out.slots.resize(out.slots.size() + per_day, kMissing);
    }
    out.slots[out.slots.size() - per_day + std::size_t(one.minute % kDay / step)] =
        float(one.quantity);
  }
  if (readings.empty()) return;
  const auto spanned = (readings.back().minute - readings.front().minute) / step + 1;
  out.faults.missing += spanned - std::int64_t(readings.size());
}

void fill_fine(Readings readings, const SeriesOptions& options, MeterSeries& out) {
  drop_beside(readings, out.step_minutes, out.faults);
  if (options.mode == ReadingMode::kRegister) {
    readings = differences(readings, out.step_minutes, out.faults);
  } else if (options.stamp == ReadingStamp::kEnd) {
    for (MeterReading& one : readings) one.minute -= out.step_minutes;
  }
  if (options.mode == ReadingMode::kRegister) drop_absurd(readings, out.faults);
  fill_slots(readings, out);
}

/// Whether a length in days is one that comes often: a fifth of all and at least twice.
bool usual_length(int days, const std::vector<int>& lengths) {
  constexpr double kNear = 0.25;
  const auto like = std::ranges::count_if(
      lengths, [&](int other) { return std::abs(other - days) <= kNear * days; });
  return like >= 2 && std::size_t(like) * 5 >= lengths.size();
}

int median_of(std::vector<int> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// Amounts that end their periods. The first period has the usual length, since nothing else is
/// known of it.
void fill_periods(const Readings& readings, MeterSeries& out) {
  std::vector<int> lengths;
  for (std::size_t i = 1; i < readings.size(); ++i) {
    lengths.push_back(std::max(1, readings[i].minute / kDay - readings[i - 1].minute / kDay));
  }
  const int usual = median_of(lengths);
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const int days = i == 0 ? usual : lengths[i - 1];
    const std::int32_t last = readings[i].minute / kDay;
    if (i > 0 && !usual_length(days, lengths)) {
      ++out.faults.unsure;
    } else {
      out.periods.push_back({{last - days + 1}, days, float(readings[i].quantity)});
    }
  }
}

void fill_standings(const Readings& readings, MeterSeries& out) {
  for (std::size_t i = 1; i < readings.size(); ++i) {
    const double used = readings[i].quantity - readings[i - 1].quantity;
    const std::int32_t from = readings[i - 1].minute / kDay;
    const std::int32_t to = readings[i].minute / kDay;
    if (used < 0) {
      ++out.faults.resets;
    } else if (to > from) {
      out.periods.push_back({{from + 1}, to - from, float(used)});
    }
  }
}

SeriesState contradiction(const Readings& readings, ReadingMode mode) {
  RisesAndFalls counts;
  for (std::size_t i = 1; i < readings.size(); ++i) {
    counts.rises += readings[i].quantity > readings[i - 1].quantity;
    counts.falls += readings[i].quantity < readings[i - 1].quantity;
  }
  constexpr int kRises = 10;
  if (mode == ReadingMode::kConsumption && counts.falls == 0 && counts.rises >= kRises) {
    return SeriesState::kNeverFalls;
  }
  const bool often = counts.falls >= 3 && counts.falls * 5 > counts.rises + counts.falls;
  return mode == ReadingMode::kRegister && often ? SeriesState::kFallsOften : SeriesState::kGood;
}

int days_in(YearMonth at) {
  const YearMonth next =
      at.month == 12 ? YearMonth{at.year + 1, 1} : YearMonth{at.year, at.month + 1};
  return day_from_date(next.year, next.month, 1)->number -
         day_from_date(at.year, at.month, 1)->number;
}

}  // namespace

void ReadingFaults::merge(const ReadingFaults& from) {
  negative += from.negative, repeated += from.repeated, conflicting += from.conflicting;
  off_clock += from.off_clock, absurd += from.absurd, resets += from.resets;
  missing += from.missing, unsure += from.unsure;
}

std::optional<ReadingMode> reading_mode(const RisesAndFalls& counts) {
  const std::int64_t all = counts.rises + counts.falls;
  if (all < 8) return {};
  if (counts.falls * 50 <= all) return ReadingMode::kRegister;
  if (counts.falls * 20 >= all * 3) return ReadingMode::kConsumption;
  return {};
}

RisesAndFalls sort_readings(std::vector<MeterReading>& readings) {
  const auto before = [](const MeterReading& a, const MeterReading& b) {
    return a.minute != b.minute ? a.minute < b.minute : a.quantity < b.quantity;
  };
  if (!std::ranges::is_sorted(readings, before)) std::ranges::sort(readings, before);
  RisesAndFalls out;
  for (std::size_t i = 1; i < readings.size(); ++i) {
    if (readings[i].minute == readings[i - 1].minute) continue;
    out.rises += readings[i].quantity > readings[i - 1].quantity;
    out.falls += readings[i].quantity < readings[i - 1].quantity;
  }
  return out;
}

MeterSeries regular_series(std::span<const MeterReading> readings, const SeriesOptions& options) {
  MeterSeries out;
  Readings kept = distinct(readings, out.faults);
  constexpr std::size_t kFew = 3;
  if (kept.size() >= kFew) drop_far(kept, out.faults);
  if (options.mode == ReadingMode::kConsumption) drop_absurd(kept, out.faults);
  if (kept.size() < kFew) return out;
  out.state = contradiction(kept, options.mode);
  if (out.state != SeriesState::kGood) return out;
  const std::optional<int> step = step_of(kept);
  if (!step) {
    out.state = SeriesState::kIrregular;
    return out;
  }
  if (*step > 0) {
    out.step_minutes = *step;
    fill_fine(std::move(kept), options, out);
    return out;
  }
  std::vector<int> apart = distances(kept);
  out.step_minutes = median_of(apart);
  options.mode == ReadingMode::kRegister ? fill_standings(kept, out) : fill_periods(kept, out);
  return out;
}

std::optional<double> full_day(std::span<const float> slots) {
  double sum = 0;
  std::size_t n = 0;
  for (const float used : slots) {
    if (std::isnan(used)) continue;
    sum += used;
    ++n;
  }
  if (n == 0 || n * 10 < slots.size() * 9) return {};
  return sum * double(slots.size()) / double(n);
}

std::vector<UsePeriod> use_periods(const MeterSeries& series) {
  if (!series.fine()) return series.periods;
  std::vector<UsePeriod> out;
  for (std::size_t i = 0; i < series.days.size();) {
    const YearMonth at = year_month(series.days[i]);
    const Day first = *day_from_date(at.year, at.month, 1);
    const int length = days_in(at);
    double sum = 0;
    int full = 0;
    for (; i < series.days.size() && series.days[i].number < first.number + length; ++i) {
      const std::optional<double> used = full_day(series.day(i));
      if (!used) continue;
      sum += *used;
      ++full;
    }
    if (full * 5 >= length * 4) out.push_back({first, length, float(sum * length / full)});
  }
  return out;
}

int UsePeriod::month() const {
  const YearMonth at = year_month({first.number + days / 2});
  return at.year * 12 + at.month - 1;
}

// Howard Hinnant's civil_from_days, "chrono-compatible low-level date algorithms" (2013).
YearMonth year_month(Day day) {
  const int shifted = day.number + 719468;
  const int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const int day_of_era = shifted - era * 146097;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int march_based = (5 * day_of_year + 2) / 153;
  const int month = march_based < 10 ? march_based + 3 : march_based - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month};
}

int week_day(Day day) {
  const int from_monday = (day.number + 3) % 7;  // 1970-01-01 was a Thursday
  return from_monday < 0 ? from_monday + 7 : from_monday;
}

}  // namespace xinjing::behaviour
