#include "behaviour/usage_study.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace xinjing::behaviour {
namespace {

constexpr std::size_t kBatch = 256;

/// Stretches of seven days of the calendar with at least four full days.
std::vector<UsePeriod> weeks_of(const MeterSeries& series) {
  std::vector<UsePeriod> out;
  for (std::size_t i = 0; i < series.days.size();) {
    const Day first{series.days[i].number - week_day(series.days[i])};
    double sum = 0;
    int full = 0;
    for (; i < series.days.size() && series.days[i].number < first.number + 7; ++i) {
      const std::optional<double> used = full_day(series.day(i));
      if (!used) continue;
      sum += *used;
      ++full;
    }
    if (full >= 4) out.push_back({first, 7, float(sum * 7 / full)});
  }
  return out;
}

void compare(const MeterSeries& series, const StudyOptions& options, const Seasons& seasons,
             MeterStudy& out) {
  const TariffPlan* present = options.tariffs->present(out.tariff, options.present, out.kind);
  if (present == nullptr) return;
  out.plans = compare_plans(series, options.tariffs->choices(*present, out.kind), seasons);
}

/// Use since the change by that of the same periods 52 weeks, or 12 months, earlier.
std::optional<double> against_last_year(const std::vector<UsePeriod>& all, std::size_t at) {
  double now = 0, then = 0;
  std::size_t pairs = 0;
  for (std::size_t i = at; i < all.size(); ++i) {
    for (std::size_t j = 0; j < at; ++j) {
      const int apart = all[i].first.number - all[j].first.number;
      if (std::abs(apart - 365) > all[i].days / 2) continue;
      now += all[i].per_day();
      then += all[j].per_day();
      ++pairs;
      break;
    }
  }
  if (pairs < 3 || then <= 0) return {};
  return now / then;
}

/// Seasons are taken out where they are known.
std::optional<UseChange> change_of(const std::vector<UsePeriod>& all, std::size_t fewest,
                                   const Seasons& seasons) {
  std::vector<double> values;
  values.reserve(all.size());
  for (const UsePeriod& one : all) {
    values.push_back(one.per_day() / std::exp(seasons.log_of(one.month())));
  }
  const auto found = last_change(values, {.fewest = fewest});
  if (!found) return {};
  const auto last_year = against_last_year(all, found->at);
  // Without neighbours last year tells what is only the season.
  constexpr double kLike = 1.3;
  if (!seasons.known() && last_year && *last_year<kLike&& * last_year * kLike> 1) return {};
  return UseChange{all[found->at].first, found->before, found->after,
                   found->low,           found->high,   last_year};
}

void finish_meter(const StudyOptions& options, const Seasons& seasons, MeterStudy& out) {
  out.change = out.fine() ? change_of(out.weeks, 4, seasons) : change_of(out.periods, 3, seasons);
  out.unusual = unusual_use(out.periods, seasons, options.unusual_since, options.usual);
  if (options.tariffs == nullptr || out.fine() || out.state != SeriesState::kGood) return;
  MeterSeries series;
  series.step_minutes = out.step_minutes;
  series.periods = out.periods;
  compare(series, options, seasons, out);
}

void find_habits(const StudyOptions& options, UsageStudy& study) {
  std::vector<double> rows;
  std::vector<std::size_t> whose;
  for (std::size_t i = 0; i < study.meters.size(); ++i) {
    const auto& curve = study.meters[i].features.curve;
    if (!curve) continue;
    rows.insert(rows.end(), curve->begin(), curve->end());
    whose.push_back(i);
  }
  ClusterOptions clusters = options.clusters;
  if (options.habits > 0) clusters.fewest = clusters.most = options.habits;
  const auto found = options.habits == 1 && !whose.empty() ? k_means(rows, 24, 1, clusters)
                                                           : best_clusters(rows, 24, clusters);
  if (!found) return;
  for (std::size_t g = 0; g < found->sizes.size(); ++g) {
    const auto centre = found->centre(g);
    study.habits.push_back({habit_name(centre), {centre.begin(), centre.end()}, found->sizes[g]});
  }
  study.silhouette = found->silhouette;
  study.inertia = found->inertia;
  for (std::size_t i = 0; i < whose.size(); ++i) study.meters[whose[i]].habit = found->group[i];
}

void find_seasons(UsageStudy& study) {
  using Periods = std::vector<std::span<const UsePeriod>>;
  Periods all;
  std::map<std::string, Periods> kinds;
  for (const MeterStudy& one : study.meters) {
    all.emplace_back(one.periods);
    if (!one.kind.empty()) kinds[one.kind].emplace_back(one.periods);
  }
  study.seasons = Seasons::of(all);
  for (const auto& [kind, periods] : kinds) {
    Seasons own = Seasons::of(periods);
    if (own.known()) study.of_kinds.emplace(kind, std::move(own));
  }
}

}  // namespace

const Seasons& UsageStudy::seasons_of(const MeterStudy& meter) const {
  const auto own = of_kinds.find(meter.kind);
  return own == of_kinds.end() ? seasons : own->second;
}

void study_meter(const MeterSeries& series, const StudyOptions& options, MeterStudy& out) {
  out.state = series.state;
  out.step_minutes = series.step_minutes;
  out.faults = series.faults;
  if (series.state != SeriesState::kGood) return;
  out.features = load_features(series);
  out.periods = use_periods(series);
  if (!series.fine()) return;
  out.weeks = weeks_of(series);
  if (options.tariffs != nullptr) compare(series, options, Seasons(), out);
}

void finish_study(const StudyOptions& options, UsageStudy& study) {
  std::ranges::sort(study.meters, [](const MeterStudy& a, const MeterStudy& b) {
    if (a.customer != b.customer) return a.customer < b.customer;
    return a.person != b.person ? a.person < b.person : a.number < b.number;
  });
  find_seasons(study);
  find_habits(options, study);
  parallel_for((study.meters.size() + kBatch - 1) / kBatch, 0, [&](std::size_t batch, std::size_t) {
    const std::size_t end = std::min(study.meters.size(), (batch + 1) * kBatch);
    for (std::size_t i = batch * kBatch; i < end; ++i) {
      finish_meter(options, study.seasons_of(study.meters[i]), study.meters[i]);
    }
  });
}

}  // namespace xinjing::behaviour
