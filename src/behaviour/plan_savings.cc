#include "behaviour/plan_savings.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/hash.h"

namespace xinjing::behaviour {
namespace {

constexpr std::array<int, 12> kDaysOf = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

/// Days in a row within one month, and their use in every window of every plan.
struct Block {
  int days = 0;
  std::vector<double> kwh;  // [windows of all plans]
};

struct Month {
  std::vector<Block> blocks;
};
using Year = std::array<Month, 12>;

/// The plans that can be judged, with where their windows begin in Block::kwh.
struct Priced {
  std::vector<const TariffPlan*> plans;
  std::vector<std::size_t> begins;
  std::size_t windows = 0;

  void add(const TariffPlan& plan) {
    plans.push_back(&plan);
    begins.push_back(windows);
    windows += plan.windows.size();
  }
};

/// Which window each slot of a day falls into, per plan.
std::vector<std::size_t> windows_of_day(const Priced& priced, Day day, std::size_t per_day) {
  const int month = year_month(day).month;
  const bool weekend = week_day(day) >= 5;
  std::vector<std::size_t> out(priced.plans.size() * per_day);
  for (std::size_t p = 0; p < priced.plans.size(); ++p) {
    for (std::size_t s = 0; s < per_day; ++s) {
      const int minute = int(s) * MeterSeries::kDayMinutes / int(per_day);
      out[p * per_day + s] = priced.begins[p] + priced.plans[p]->window(month, weekend, minute);
    }
  }
  return out;
}

/// The windows of a day, found once for each month and kind of day.
class WindowTable {
 public:
  WindowTable(const Priced& priced, std::size_t per_day) : x_priced(priced), x_per_day(per_day) {}
  const std::vector<std::size_t>& of(Day day) {
    auto& found =
        x_known[std::size_t(year_month(day).month - 1) * 2 + (week_day(day) >= 5 ? 1 : 0)];
    if (found.empty()) found = windows_of_day(x_priced, day, x_per_day);
    return found;
  }

 private:
  const Priced& x_priced;
  std::size_t x_per_day;
  std::array<std::vector<std::size_t>, 24> x_known;
};

void add_day(const MeterSeries& series, std::size_t d, const std::vector<std::size_t>& windows,
             const Priced& priced, Block& block) {
  const std::span<const float> slots = series.day(d);
  const std::optional<double> full = full_day(slots);
  double known = 0;
  for (const float one : slots) known += std::isnan(one) ? 0 : double(one);
  const double scale = known > 0 ? *full / known : 0;
  for (std::size_t p = 0; p < priced.plans.size(); ++p) {
    for (std::size_t s = 0; s < slots.size(); ++s) {
      if (!std::isnan(slots[s]))
        block.kwh[windows[p * slots.size() + s]] += scale * double(slots[s]);
    }
  }
  ++block.days;
}

/// Weeks within each calendar month, of full days.
Year weeks_of(const MeterSeries& series, const Priced& priced) {
  Year out;
  WindowTable table(priced, series.per_day());
  int before = -1;
  std::vector<Block>* blocks = nullptr;
  for (std::size_t d = 0; d < series.days.size(); ++d) {
    if (!full_day(series.day(d))) continue;
    const YearMonth at = year_month(series.days[d]);
    const int month = at.year * 12 + at.month;
    blocks = &out[std::size_t(at.month - 1)].blocks;
    if (month != before || blocks->back().days == 7) {
      blocks->push_back({0, std::vector<double>(priced.windows)});
    }
    before = month;
    add_day(series, d, table.of(series.days[d]), priced, blocks->back());
  }
  for (Month& month : out) {  // a month of less than ten days tells little of itself
    int days = 0;
    for (const Block& one : month.blocks) days += one.days;
    if (days < 10) month.blocks.clear();
  }
  return out;
}

/// Periods as blocks: all use in the windows of the middle of the day, which such plans do not
/// tell apart.
Year periods_of(const MeterSeries& series, const Priced& priced) {
  Year out;
  for (const UsePeriod& period : series.periods) {
    const int month = period.month() % 12;
    Block block{period.days, std::vector<double>(priced.windows)};
    for (std::size_t p = 0; p < priced.plans.size(); ++p) {
      const double weekend = 2.0 / 7 * double(period.kwh);
      block.kwh[priced.begins[p] + priced.plans[p]->window(month + 1, true, 720)] += weekend;
      block.kwh[priced.begins[p] + priced.plans[p]->window(month + 1, false, 720)] +=
          double(period.kwh) - weekend;
    }
    out[std::size_t(month)].blocks.push_back(std::move(block));
  }
  return out;
}

/// Deviations of periods from level and season, as factors whose mean is 1.
std::vector<double> factors_of(const MeterSeries& series, const Seasons& seasons) {
  std::vector<double> out;
  for (const UsePeriod& one : series.periods) {
    if (one.kwh > 0) out.push_back(one.per_day() / std::exp(seasons.log_of(one.month())));
  }
  double mean = 0;
  for (const double one : out) mean += one / double(out.size());
  for (double& one : out) one /= mean;
  return out;
}

/// Use of each window in each month of a year.
using YearUse = std::array<std::vector<double>, 12>;

/// A month as the mean day of `sum` times its days.
void set_month(YearUse& out, std::size_t m, std::vector<double> sum, int days) {
  for (double& one : sum) one *= double(kDaysOf[m]) / days;
  out[m] = std::move(sum);
}

/// Where a month of the year is unknown: the mean of the known ones.
void fill_months(YearUse& out, std::size_t windows) {
  std::vector<double> mean(windows);
  double days = 0;
  for (std::size_t m = 0; m < 12; ++m) {
    if (out[m].empty()) continue;
    days += kDaysOf[m];
    for (std::size_t w = 0; w < windows; ++w) mean[w] += out[m][w];
  }
  for (std::size_t m = 0; m < 12; ++m) {
    if (!out[m].empty()) continue;
    out[m] = mean;
    for (double& one : out[m]) one *= kDaysOf[m] / days;
  }
}

YearUse mean_year(const Year& year, std::size_t windows) {
  YearUse out;
  for (std::size_t m = 0; m < 12; ++m) {
    std::vector<double> sum(windows);
    int days = 0;
    for (const Block& block : year[m].blocks) {
      days += block.days;
      for (std::size_t w = 0; w < windows; ++w) sum[w] += block.kwh[w];
    }
    if (days > 0) set_month(out, m, std::move(sum), days);
  }
  fill_months(out, windows);
  return out;
}

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : x_state(mix64(seed)) {}
  std::size_t below(std::size_t n) {
    x_state = mix64(x_state + 0x9e3779b97f4a7c15ULL);
    return std::size_t((x_state >> 11) % n);
  }

 private:
  std::uint64_t x_state;
};

/// A year whose months are made of weeks drawn from the same month: one less than there are, which
/// gives the variance of the mean without bias (Rao and Wu 1988).
YearUse drawn_year(const Year& year, std::size_t windows, Draws& draws) {
  YearUse out;
  for (std::size_t m = 0; m < 12; ++m) {
    const std::vector<Block>& blocks = year[m].blocks;
    if (blocks.empty()) continue;
    std::vector<double> sum(windows);
    int days = 0;
    for (std::size_t i = 0; i < std::max<std::size_t>(2, blocks.size()) - 1; ++i) {
      const Block& block = blocks[draws.below(blocks.size())];
      days += block.days;
      for (std::size_t w = 0; w < windows; ++w) sum[w] += block.kwh[w];
    }
    set_month(out, m, std::move(sum), days);
  }
  fill_months(out, windows);
  return out;
}

/// The mean year with each month's use multiplied by a deviation that was drawn.
YearUse shaken_year(const YearUse& mean, const std::vector<double>& factors, Draws& draws) {
  YearUse out = mean;
  for (auto& month : out) {
    const double factor = factors.empty() ? 1 : factors[draws.below(factors.size())];
    for (double& one : month) one *= factor;
  }
  return out;
}

double year_cost(const YearUse& use, const Priced& priced, std::size_t p) {
  const TariffPlan& plan = *priced.plans[p];
  double cost = 12 * plan.fixed, all = 0;
  for (const std::vector<double>& month : use) {
    double kwh = 0;
    for (std::size_t w = 0; w < plan.windows.size(); ++w) {
      const double used = month[priced.begins[p] + w];
      cost += used * plan.windows[w].price;
      kwh += used;
    }
    all += kwh;
    if (!plan.yearly_tiers) cost += plan.tier_cost(kwh);
  }
  return cost + (plan.yearly_tiers ? plan.tier_cost(all) : 0);
}

double year_kwh(const YearUse& use, const Priced& priced) {
  double out = 0;
  for (const auto& month : use) {
    for (std::size_t w = 0; w < priced.plans[0]->windows.size(); ++w) out += month[w];
  }
  return out;
}

/// A plan's yearly cost if all use fell into the cheapest window of each month, or the dearest.
double bound_cost(const TariffPlan& plan, const std::array<double, 12>& kwh, bool cheapest) {
  double cost = 12 * plan.fixed, all = 0;
  for (std::size_t m = 0; m < 12; ++m) {
    std::optional<double> price;
    for (const PriceWindow& window : plan.windows) {
      if ((window.months >> m & 1) == 0) continue;
      if (!price) price = window.price;
      price = cheapest ? std::min(*price, window.price) : std::max(*price, window.price);
    }
    cost += kwh[m] * price.value_or(0);
    all += kwh[m];
    if (!plan.yearly_tiers) cost += plan.tier_cost(kwh[m]);
  }
  return cost + (plan.yearly_tiers ? plan.tier_cost(all) : 0);
}

/// The share of use in the cheapest hours at which a plan by the hour costs as much as the present.
double needed_share(const TariffPlan& plan, const YearUse& use, const Priced& priced,
                    double present) {
  std::array<double, 12> kwh{};
  for (std::size_t m = 0; m < 12; ++m) {
    for (std::size_t w = 0; w < priced.plans[0]->windows.size(); ++w) kwh[m] += use[m][w];
  }
  const double dear = bound_cost(plan, kwh, false);
  const double cheap = bound_cost(plan, kwh, true);
  if (dear <= present) return 0;
  return dear > cheap ? (dear - present) / (dear - cheap) : 2;
}

void set_interval(std::vector<double>& drawn, PlanCost& out) {
  std::ranges::sort(drawn);
  const auto at = [&](double share) {
    return drawn[std::size_t(share * double(drawn.size() - 1))];
  };
  out.low = at(0.025);
  out.high = at(0.975);
  const auto gains = std::ranges::count_if(drawn, [](double s) { return s > 0; });
  out.probability = double(gains) / double(drawn.size());
}

}  // namespace

const PlanCost* PlanComparison::clear() const {
  const auto found = std::ranges::find_if(
      costs, [&](const PlanCost& one) { return one.plan != present && one.low > 0; });
  return found == costs.end() ? nullptr : &*found;
}

std::optional<PlanComparison> compare_plans(const MeterSeries& series,
                                            std::span<const TariffPlan* const> plans,
                                            const Seasons& seasons, const SavingOptions& options) {
  XINJING_CHECK(!plans.empty());
  const bool hours = series.fine() && series.step_minutes <= 120;
  if (!hours && plans.front()->needs_hours()) return {};
  Priced priced;
  PlanComparison out{.present = plans.front()};
  for (const TariffPlan* plan : plans) {
    hours || !plan->needs_hours() ? priced.add(*plan) : out.unjudged.push_back({plan, 0});
  }
  const Year year = series.fine() ? weeks_of(series, priced) : periods_of(series, priced);
  out.months = int(std::ranges::count_if(year, [](const Month& m) { return !m.blocks.empty(); }));
  if (out.months < options.fewest_months) return {};
  const YearUse mean = mean_year(year, priced.windows);
  out.kwh = year_kwh(mean, priced);
  const double now = year_cost(mean, priced, 0);
  for (auto& one : out.unjudged) one.share = needed_share(*one.plan, mean, priced, now);
  const std::vector<double> factors = factors_of(series, seasons);
  std::vector<std::vector<double>> drawn(priced.plans.size());
  Draws draws(options.seed);
  for (int i = 0; i < options.draws; ++i) {
    const YearUse use =
        series.fine() ? drawn_year(year, priced.windows, draws) : shaken_year(mean, factors, draws);
    const double base = year_cost(use, priced, 0);
    for (std::size_t p = 0; p < drawn.size(); ++p)
      drawn[p].push_back(base - year_cost(use, priced, p));
  }
  for (std::size_t p = 0; p < priced.plans.size(); ++p) {
    PlanCost cost{.plan = priced.plans[p], .year = year_cost(mean, priced, p)};
    cost.saves = now - cost.year;
    set_interval(drawn[p], cost);
    out.costs.push_back(cost);
  }
  std::ranges::stable_sort(out.costs, {}, &PlanCost::year);
  return out;
}

}  // namespace xinjing::behaviour
