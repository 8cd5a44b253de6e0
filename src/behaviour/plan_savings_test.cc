#include "behaviour/plan_savings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace xinjing::behaviour {
namespace {

constexpr int kDay = 1440;
constexpr int k2025 = 20089;  // 2025-01-01

constexpr std::string_view kBook = R"(
[[plan]]
id = "one"
price = [{ price = 0.5 }]
tier = [{ up_to = 100, add = 0 }, { add = 0.2 }]
[[plan]]
id = "hours"
fixed = 2
price = [{ price = 0.3, from = "22:00", to = "06:00" }, { price = 0.7, days = "working" }, { price = 0.6 }]
[[plan]]
id = "year"
price = [{ price = 0.5 }]
tier = [{ up_to = 1200, add = 0 }, { add = 0.2 }]
tiers_of = "year"
)";

TariffBook book() { return std::move(*TariffBook::parse(kBook, "t")); }

/// Half hours of a year: more by night, more in winter, a little noise.
MeterSeries year_of_half_hours(int days = 365) {
  std::vector<MeterReading> readings;
  std::uint64_t state = 3;
  for (int i = 0; i < days * 48; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    const double season = 1 + 0.4 * std::cos(i / 48 * 2 * 3.14159 / 365);
    const double hour = i % 48 < 12 ? 0.25 : 0.1;
    readings.push_back(
        {k2025 * kDay + i * 30, season * hour * (0.5 + double(state >> 40) * 0x1p-24)});
  }
  return regular_series(readings, {});
}

/// The cost of every reading, one by one.
double plain_cost(const MeterSeries& series, const TariffPlan& plan) {
  double cost = 12 * plan.fixed, year = 0;
  std::vector<double> months(12);
  for (std::size_t d = 0; d < series.days.size(); ++d) {
    const int month = year_month(series.days[d]).month;
    for (std::size_t s = 0; s < 48; ++s) {
      const double used = series.day(d)[s];
      const bool weekend = week_day(series.days[d]) >= 5;
      cost += used * plan.windows[plan.window(month, weekend, int(s) * 30)].price;
      months[std::size_t(month - 1)] += used;
      year += used;
    }
  }
  if (plan.yearly_tiers) return cost + plan.tier_cost(year);
  for (const double kwh : months) cost += plan.tier_cost(kwh);
  return cost;
}

TEST(PlanSavings, AYearCostsTheSumOfItsReadings) {
  const TariffBook plans = book();
  const MeterSeries series = year_of_half_hours();
  const auto found = compare_plans(series, plans.choices(plans.plans[0], ""), Seasons());
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->months, 12);
  EXPECT_EQ(found->costs.size(), 3U);
  for (const PlanCost& one : found->costs) {
    EXPECT_NEAR(one.year, plain_cost(series, *one.plan), 1e-3) << one.plan->id;
    EXPECT_LE(one.low, one.saves + 1e-9);
    EXPECT_GE(one.high, one.saves - 1e-9);
  }
  ASSERT_NE(found->clear(), nullptr);
  EXPECT_EQ(found->clear()->plan->id, "hours");
  EXPECT_GT(found->clear()->probability, 0.99);
}

TEST(PlanSavings, TheSameReadingsGiveTheSameInterval) {
  const TariffBook plans = book();
  const auto a = compare_plans(year_of_half_hours(), plans.choices(plans.plans[0], ""), Seasons());
  const auto b = compare_plans(year_of_half_hours(), plans.choices(plans.plans[0], ""), Seasons());
  EXPECT_EQ(a->costs[0].low, b->costs[0].low);
}

/// The interval covers the saving of the year it was drawn from as often as it says, over many
/// households whose weeks differ at random.
TEST(PlanSavings, IntervalsCoverWhatTheySay) {
  const TariffBook plans = book();
  int covered = 0;
  constexpr int kHomes = 100;
  std::uint64_t state = 11;
  const auto draw = [&] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return double(state >> 40) * 0x1p-24;
  };
  for (int home = 0; home < kHomes; ++home) {
    std::vector<MeterReading> readings;
    double share = 0.5;
    for (int i = 0; i < 364 * 12; ++i) {  // every two hours; the night's share is drawn weekly
      if (i % 84 == 0) share = draw();
      const bool night = i % 12 < 3 || i % 12 == 11;
      readings.push_back({k2025 * kDay + i * 120, (night ? 1 + share : 2 - share) / 4});
    }
    const auto found =
        compare_plans(regular_series(readings, {}), plans.choices(plans.plans[0], ""), Seasons());
    std::vector<MeterReading> middle = readings;  // as if every week had the mean share, 0.5
    for (MeterReading& one : middle) one.quantity = 1.5 / 4;
    const auto expected =
        compare_plans(regular_series(middle, {}), plans.choices(plans.plans[0], ""), Seasons());
    const auto hours = [](const PlanCost& c) { return c.plan->id == "hours"; };
    const PlanCost& is = *std::ranges::find_if(found->costs, hours);
    const double truth = std::ranges::find_if(expected->costs, hours)->saves;
    covered += is.low <= truth && truth <= is.high;
  }
  EXPECT_GE(covered, 85);
}

MeterSeries months(std::initializer_list<double> kwh) {
  std::vector<MeterReading> readings;
  int day = k2025 - 1;
  for (const double one : kwh) readings.push_back({(day += 30) * kDay, one});
  return regular_series(readings, {});
}

TEST(PlanSavings, MonthsCannotJudgeHoursButSayWhatItTakes) {
  const TariffBook plans = book();
  const auto found =
      compare_plans(months({150, 160, 140, 120, 110, 130, 170, 180, 120, 110, 130, 150}),
                    plans.choices(plans.plans[0], ""), Seasons());
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->costs.size(), 2U);
  ASSERT_EQ(found->unjudged.size(), 1U);
  EXPECT_EQ(found->unjudged[0].plan->id, "hours");
  EXPECT_GT(found->unjudged[0].share, 0.2);
  EXPECT_LT(found->unjudged[0].share, 0.6);
  EXPECT_FALSE(compare_plans(months({150, 160, 140, 120}), plans.choices(*plans.find("hours"), ""),
                             Seasons())
                   .has_value());
}

TEST(PlanSavings, TwoMonthsAreTooFew) {
  const TariffBook plans = book();
  EXPECT_FALSE(compare_plans(year_of_half_hours(45), plans.choices(plans.plans[0], ""), Seasons())
                   .has_value());
  const auto found =
      compare_plans(year_of_half_hours(120), plans.choices(plans.plans[0], ""), Seasons());
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->months, 4);
}

}  // namespace
}  // namespace xinjing::behaviour
