#include "behaviour/repurchase.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "base/normal.h"

namespace xinjing::behaviour {
namespace {

constexpr double kPooledGaps = 10;      // what all products weigh against a product's own gaps
constexpr double kPooledPurchases = 5;  // the same for whether there is a next time
constexpr double kProductGaps = 2;      // what a product weighs against a person's own gaps
constexpr double kLeastSd = 0.15;
constexpr double kMostRepeats = 0.98;
constexpr double kSeasonPurchases = 20;  // what "as at other times" weighs

double returned_by(const Rhythm& rhythm, double days) {
  return days <= 0 ? 0 : normal_below((std::log(days) - rhythm.log_days) / rhythm.log_sd);
}

struct GapSums {
  double n = 0, sum = 0, squares = 0;
  void add(double x) { n += 1, sum += x, squares += x * x; }
};

/// Mean and spread of a product's gaps, pooled with those of all.
Rhythm pooled(const GapSums& own, const Rhythm& all, double weight) {
  Rhythm out;
  out.gaps = std::int64_t(own.n);
  const double mean = own.n > 0 ? own.sum / own.n : all.log_days;
  out.log_days = (own.sum + weight * all.log_days) / (own.n + weight);
  const double around =
      own.squares - own.n * mean * mean +
      own.n * weight / (own.n + weight) * (mean - all.log_days) * (mean - all.log_days);
  const double variance =
      (std::max(0.0, around) + weight * all.log_sd * all.log_sd) / (own.n + weight);
  out.log_sd = std::max(kLeastSd, std::sqrt(variance));
  return out;
}

/// `visit(product, gap days or 0 for the last purchase, days from the purchase to the end)`.
template <typename Visit>
void each_purchase(const Baskets& baskets, Day as_of, const Visit& visit) {
  std::vector<Bought> lines;
  for (std::int32_t person = 0; person < baskets.persons(); ++person) {
    const auto mine = baskets.of(person);
    lines.assign(mine.begin(), mine.end());
    std::sort(lines.begin(), lines.end(), [](const Bought& a, const Bought& b) {
      return a.product != b.product ? a.product < b.product : a.day < b.day;
    });
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool again = i + 1 < lines.size() && lines[i + 1].product == lines[i].product;
      const int gap = again ? lines[i + 1].day.number - lines[i].day.number : 0;
      visit(lines[i].product, gap, as_of.number - lines[i].day.number);
    }
  }
}

}  // namespace

double Rhythm::days() const { return std::exp(log_days); }

Repurchase::Repurchase(const Baskets& baskets, Day as_of) {
  const auto products = std::size_t(baskets.products());
  std::vector<GapSums> sums(products);
  GapSums all;
  each_purchase(baskets, as_of, [&](std::int32_t product, int gap, int) {
    if (gap <= 0) return;
    const double log_gap = std::log(double(gap));
    sums[std::size_t(product)].add(log_gap);
    all.add(log_gap);
  });
  x_all.gaps = std::int64_t(all.n);
  x_all.log_days = all.n > 0 ? all.sum / all.n : std::log(30.0);
  const double spread = all.n > 1 ? all.squares / all.n - x_all.log_days * x_all.log_days : 1;
  x_all.log_sd = std::max(kLeastSd, std::sqrt(std::max(0.0, spread)));
  for (const GapSums& own : sums) x_products.push_back(pooled(own, x_all, kPooledGaps));
  std::vector<double> due(products);  // how many would be followed by now if all were some day
  double due_of_all = 0;
  each_purchase(baskets, as_of, [&](std::int32_t product, int, int age) {
    const double by_now = returned_by(x_products[std::size_t(product)], age);
    due[std::size_t(product)] += by_now;
    due_of_all += by_now;
  });
  x_all.repeats = due_of_all > 0 ? std::min(kMostRepeats, all.n / due_of_all) : 0;
  for (std::size_t p = 0; p < products; ++p) {
    const double share =
        (sums[p].n + kPooledPurchases * x_all.repeats) / (due[p] + kPooledPurchases);
    x_products[p].repeats = std::min(kMostRepeats, share);
  }
}

Need Repurchase::need(std::int32_t product, const OwnRhythm& own, Day as_of,
                      int window_days) const {
  const Rhythm& rhythm = of(product);
  const double gaps = own.gaps();
  Rhythm mine = rhythm;
  mine.log_days = (own.log_days_sum + kProductGaps * rhythm.log_days) / (gaps + kProductGaps);
  mine.log_sd =
      rhythm.log_sd * std::sqrt(1 + 1 / (gaps + kProductGaps)) / std::sqrt(1 + 1 / kProductGaps);
  // Their own returns speak for there being a next time, as much as so many purchases of others.
  mine.repeats =
      std::min(kMostRepeats, (gaps + kProductGaps * rhythm.repeats) / (gaps + kProductGaps));
  Need out{.own_gaps = own.gaps(), .gaps = rhythm.gaps};
  out.elapsed_days = as_of.number - own.last.number;
  out.days = mine.days();
  const double before = returned_by(mine, out.elapsed_days);
  const double by_then = returned_by(mine, double(out.elapsed_days) + window_days);
  out.within = mine.repeats * (by_then - before) / (1 - mine.repeats * before);
  return out;
}

std::vector<OwnProduct> own_rhythms(std::span<const Bought> lines) {
  std::vector<Bought> sorted(lines.begin(), lines.end());
  std::sort(sorted.begin(), sorted.end(), [](const Bought& a, const Bought& b) {
    return a.product != b.product ? a.product < b.product : a.day < b.day;
  });
  std::vector<OwnProduct> out;
  for (const Bought& line : sorted) {
    if (out.empty() || out.back().product != line.product) {
      out.push_back({line.product, {.times = 1, .log_days_sum = 0, .last = line.day}});
      continue;
    }
    OwnRhythm& rhythm = out.back().rhythm;
    ++rhythm.times;
    rhythm.log_days_sum += std::log(double(line.day.number - rhythm.last.number));
    rhythm.last = line.day;
  }
  return out;
}

int month_of(Day day) {
  const std::string date = iso_date(day);
  return (date[5] - '0') * 10 + (date[6] - '0');
}

BasketSeasons::BasketSeasons(const Baskets& baskets) {
  if (baskets.lines() == 0) return;
  const Day first = baskets.first_day();
  const Day last = baskets.last_day();
  if (last.number - first.number + 1 < kDaysNeeded) return;
  std::vector<std::uint8_t> month(std::size_t(last.number - first.number) + 1);
  for (std::size_t d = 0; d < month.size(); ++d) {
    month[d] = std::uint8_t(month_of({first.number + std::int32_t(d)}) - 1);
  }
  const auto products = std::size_t(baskets.products());
  std::vector<double> bought(products * 12);
  std::vector<double> of_product(products);
  std::array<double, 12> of_month{};
  double all = 0;
  for (std::int32_t person = 0; person < baskets.persons(); ++person) {
    for (const Bought& line : baskets.of(person)) {
      const std::size_t m = month[std::size_t(line.day.number - first.number)];
      bought[std::size_t(line.product) * 12 + m] += 1;
      of_product[std::size_t(line.product)] += 1;
      of_month[m] += 1;
      all += 1;
    }
  }
  x_index.assign(products * 12, 1.0F);
  for (std::size_t p = 0; p < products; ++p) {
    for (std::size_t m = 0; m < 12; ++m) {
      const double share = of_month[m] / all;
      if (share <= 0) continue;
      x_index[p * 12 + m] = float((bought[p * 12 + m] + kSeasonPurchases * share) /
                                  ((of_product[p] + kSeasonPurchases) * share));
    }
  }
}

}  // namespace xinjing::behaviour
