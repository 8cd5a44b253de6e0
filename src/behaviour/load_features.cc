#include "behaviour/load_features.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "behaviour/median.h"

namespace xinjing::behaviour {
namespace {

constexpr int kHourSlots = 120;  // minutes: readings further apart tell no hours
constexpr int kNightEnds = 6;
constexpr int kEveningBegins = 17;
constexpr int kEveningEnds = 22;

struct DayUse {
  Day day;
  double kwh = 0;
};

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double one : values) sum += one;
  return values.empty() ? 0 : sum / double(values.size());
}

double deviation_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double one : values) sum += (one - mean) * (one - mean);
  return values.size() < 2 ? 0 : std::sqrt(sum / double(values.size() - 1));
}

/// Batch means: days of one week hang together, weeks hardly.
std::optional<double> weekly_error(const std::vector<DayUse>& days) {
  std::vector<double> weeks;
  for (std::size_t i = 0; i + 7 <= days.size(); i += 7) {
    double sum = 0;
    for (std::size_t d = i; d < i + 7; ++d) sum += days[d].kwh;
    weeks.push_back(sum / 7);
  }
  if (weeks.size() < 4) return {};
  return deviation_of(weeks) / std::sqrt(double(weeks.size()));
}

void set_weekend(const std::vector<DayUse>& days, LoadFeatures& out) {
  std::vector<double> work;
  std::vector<double> rest;
  for (const DayUse& one : days) (week_day(one.day) >= 5 ? rest : work).push_back(one.kwh);
  if (rest.size() < 4 || work.size() < 10 || mean_of(work) <= 0) return;
  out.weekend = mean_of(rest) / mean_of(work);
}

/// The use a day of each month of the year, over all years.
void set_season(const MeterSeries& series, LoadFeatures& out) {
  std::array<double, 12> sum{};
  std::array<int, 12> n{};
  for (const UsePeriod& one : use_periods(series)) {
    const auto month = std::size_t(one.month() % 12);
    sum[month] += one.per_day();
    ++n[month];
  }
  std::size_t months = 0, high = 12, low = 12;
  for (std::size_t m = 0; m < 12; ++m) {
    if (n[m] == 0) continue;
    ++months;
    sum[m] /= n[m];
    if (high == 12 || sum[m] > sum[high]) high = m;
    if (low == 12 || sum[m] < sum[low]) low = m;
  }
  if (months < 10 || sum[low] <= 0) return;
  out.season = sum[high] / sum[low];
  out.high_month = int(high) + 1;
  out.low_month = int(low) + 1;
}

/// Sums over full days of what each hour used, and the peaks.
struct HourSums {
  std::vector<double> slots;  // sums over days
  std::vector<int> seen;
  std::vector<double> bases;
  std::vector<double> peaks;

  explicit HourSums(std::size_t per_day) : slots(per_day), seen(per_day) {}

  void add(std::span<const float> day) {
    std::vector<float> known;
    for (std::size_t s = 0; s < day.size(); ++s) {
      if (std::isnan(day[s])) continue;
      slots[s] += double(day[s]);
      ++seen[s];
      known.push_back(day[s]);
    }
    std::ranges::sort(known);
    bases.push_back(double(known[known.size() / 20]));
    peaks.push_back(double(known.back()));
  }
};

void find_top(const MeterSeries& series, double per_hour, LoadFeatures& out) {
  for (std::size_t d = 0; d < series.days.size(); ++d) {
    const std::span<const float> day = series.day(d);
    for (std::size_t s = 0; s < day.size(); ++s) {
      const double load = double(day[s]) * per_hour;
      if (std::isnan(load) || (out.top_kw && load <= *out.top_kw)) continue;
      out.top_kw = load;
      out.top_minute =
          series.days[d].number * MeterSeries::kDayMinutes + std::int32_t(s) * series.step_minutes;
    }
  }
}

double share(const std::array<double, 24>& curve, int from, int to) {
  double sum = 0;
  for (int h = from; h < to; ++h) sum += curve[std::size_t(h)];
  return sum;
}

/// Mean of each slot over the days that have it, by hours, as shares of the sum.
std::optional<std::array<double, 24>> curve_of(const HourSums& sums, int step) {
  std::array<double, 24> out{};
  double all = 0;
  for (std::size_t s = 0; s < sums.slots.size(); ++s) {
    const double mean = sums.seen[s] > 0 ? sums.slots[s] / sums.seen[s] : 0;
    const int begin = int(s) * step;
    const int hours = std::max(1, step / 60);
    for (int h = 0; h < hours; ++h) out[std::size_t(begin / 60 + h)] += mean / hours;
    all += mean;
  }
  if (all <= 0) return {};
  for (double& one : out) one /= all;
  return out;
}

void set_hours(const MeterSeries& series, LoadFeatures& out) {
  HourSums sums(series.per_day());
  for (std::size_t d = 0; d < series.days.size(); ++d) {
    if (full_day(series.day(d))) sums.add(series.day(d));
  }
  const double per_hour = 60.0 / series.step_minutes;
  out.base_kw = median(sums.bases) * per_hour;
  out.peak_kw = mean_of(sums.peaks) * per_hour;
  if (*out.peak_kw > 0) out.load_factor = *out.per_day / 24 / *out.peak_kw;
  find_top(series, per_hour, out);
  out.curve = curve_of(sums, series.step_minutes);
  if (!out.curve) return;
  out.night = share(*out.curve, 0, kNightEnds);
  out.evening = share(*out.curve, kEveningBegins, kEveningEnds);
}

/// A coarse series: the mean use a day, and the season.
LoadFeatures coarse_features(const MeterSeries& series) {
  LoadFeatures out;
  double kwh = 0;
  for (const UsePeriod& one : series.periods) {
    kwh += double(one.kwh);
    out.days += one.days;
  }
  if (series.periods.empty()) return out;
  out.first = series.periods.front().first;
  out.last = {series.periods.back().first.number + series.periods.back().days - 1};
  if (!out.enough()) return out;
  out.per_day = kwh / out.days;
  set_season(series, out);
  return out;
}

}  // namespace

LoadFeatures load_features(const MeterSeries& series) {
  if (!series.fine()) return coarse_features(series);
  LoadFeatures out;
  std::vector<DayUse> days;
  for (std::size_t d = 0; d < series.days.size(); ++d) {
    if (const auto used = full_day(series.day(d))) days.push_back({series.days[d], *used});
  }
  out.days = int(days.size());
  if (days.empty()) return out;
  out.first = days.front().day;
  out.last = days.back().day;
  if (!out.enough()) return out;
  std::vector<double> kwh;
  for (const DayUse& one : days) kwh.push_back(one.kwh);
  out.per_day = mean_of(kwh);
  out.per_day_error = weekly_error(days);
  if (*out.per_day > 0) out.variation = deviation_of(kwh) / *out.per_day;
  set_weekend(days, out);
  set_season(series, out);
  if (series.step_minutes <= kHourSlots) set_hours(series, out);
  return out;
}

}  // namespace xinjing::behaviour
