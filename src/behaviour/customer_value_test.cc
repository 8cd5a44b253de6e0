#include "behaviour/customer_value.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "behaviour/holdout.h"
#include "behaviour/rfm.h"

namespace xinjing::behaviour {
namespace {

constexpr int kEnd = 20'000;  // the day of looking
constexpr double kStays = 2.5;

/// Customers who buy as MBG/NBD tells, over a year before the day of looking, and the weeks after.
struct World {
  Buyers buyers;
  Later later;
};

World simulate(int people, unsigned seed, double faster_second_half = 1, int weeks_after = 26) {
  std::mt19937_64 random(seed);
  std::gamma_distribution<double> rate(0.8, 1 / 8.), goes(0.9), stays(kStays), level(4.0);
  std::gamma_distribution<double> money(6.0, 10.0);
  std::uniform_real_distribution<double> uniform;
  World out;
  out.buyers.as_of = {kEnd};
  out.buyers.levels =
      faster_second_half == 1 ? std::vector<std::string>{""} : std::vector<std::string>{"a", "b"};
  out.later.orders_by_week.resize(std::size_t(weeks_after));
  for (int i = 0; i < people; ++i) {
    const int age = int(random() % 365);
    const double x = goes(random), share = x / (x + stays(random));
    const bool second = faster_second_half != 1 && i % 2 == 1;
    const double lambda = rate(random) / 7 * (second ? faster_second_half : 1);
    const double unit = 3 / level(random) * 1e4;
    Buyer one;
    one.person = i, one.first = one.last = {kEnd - age}, one.level = second ? 1 : 0;
    one.purchases = one.orders = 1,
    one.money = one.first_money = std::int64_t(money(random) * unit);
    double orders = 0, spent = 0;
    std::exponential_distribution<double> gap(lambda);
    for (double t = 0; uniform(random) >= share && (t += gap(random)) < age + 7 * weeks_after;) {
      const double paid = money(random) * unit;
      if (t >= age) {
        orders += 1, spent += paid / 1e4;
        out.later.orders_by_week[std::size_t((t - age) / 7)] += 1;
      } else if (const Day day{one.first.number + int(t)}; day != one.last) {
        one.last = day, ++one.purchases, ++one.orders, one.money += std::int64_t(paid);
      }
    }
    out.buyers.all.push_back(one);
    out.later.orders.push_back(orders), out.later.money.push_back(spent);
  }
  return out;
}

TEST(CustomerValue, OfSimulatedCustomersLiesWithinItsIntervals) {
  const unsigned seed = 21;
  SCOPED_TRACE(seed);
  const World world = simulate(6000, seed);
  const ValueModel model = fit_values(world.buyers, BuyingModel::kMbgNbd);
  ASSERT_TRUE(model.spend);
  EXPECT_NEAR(model.buying.of_level(0).r, 0.8, 0.12);
  EXPECT_NEAR(model.spend->parameters.p, 6, 0.4);
  EXPECT_NEAR(model.spend->parameters.q, 4, 0.3);
  ValueOptions options;
  options.horizon.weeks = 26;
  const Holdout out = compare_holdout(world.buyers, model, options, world.later);
  const double expected = out.scores.front().expected;
  EXPECT_NEAR(expected, out.actual, 0.06 * out.actual);
  EXPECT_NEAR(out.expected_money, out.actual_money, 0.09 * out.actual_money);
  EXPECT_NEAR(out.expected_by_week.back(), expected, 1e-3 * expected);
  EXPECT_GE(out.orders_within, 0.95) << "whole numbers, so a little more";
  EXPECT_LE(out.orders_within, 0.995);
  EXPECT_NEAR(out.money_within, 0.96, 0.025);
  EXPECT_LT(out.scores[0].rmse, out.scores[1].rmse) << "better than everyone as before";
  const Valuation valuation = valuate(world.buyers, model, options);
  EXPECT_GT(valuation.totals.orders.low, 0);
  EXPECT_LE(valuation.totals.orders.low, out.actual);
  EXPECT_GE(valuation.totals.orders.high, out.actual);
  EXPECT_LE(valuation.totals.value.low, out.actual_money);
  EXPECT_GE(valuation.totals.value.high, out.actual_money);
}

TEST(CustomerValue, BootstrapAndDeltaMethodAgree) {
  const World world = simulate(1500, 5);
  const ValueModel model = fit_values(world.buyers, BuyingModel::kMbgNbd);
  ValueOptions options;
  options.horizon.weeks = 26, options.resamples = 100;
  const ValueTotals totals = valuate(world.buyers, model, options).totals;
  const double half = (totals.orders_bootstrap.high - totals.orders_bootstrap.low) / 2;
  EXPECT_NEAR(half / (1.96 * totals.orders_error), 1, 0.35);
  EXPECT_LT(totals.orders_bootstrap.low, totals.orders.value);
  EXPECT_GT(totals.orders_bootstrap.high, totals.orders.value);
  const ValueTotals again = valuate(world.buyers, model, options).totals;
  EXPECT_EQ(again.value_bootstrap.low, totals.value_bootstrap.low) << "the seed decides";
}

TEST(CustomerValue, DiscountAndMarginLowerIt) {
  const World world = simulate(1500, 6);
  const ValueModel model = fit_values(world.buyers, BuyingModel::kMbgNbd);
  ValueOptions options;
  const double plain = valuate(world.buyers, model, options).totals.value.value;
  options.margin = 0.3;
  EXPECT_NEAR(valuate(world.buyers, model, options).totals.value.value, 0.3 * plain, 1e-6 * plain);
  options.margin = 1, options.horizon.discount_per_week = Horizon::weekly(0.2);
  const double discounted = valuate(world.buyers, model, options).totals.value.value;
  EXPECT_LT(discounted, plain);
  EXPECT_GT(discounted, plain / 1.2) << "all of it within the year";
}

TEST(CustomerValue, ACovariateIsFoundWhereItMattersOnly) {
  const World differ = simulate(4000, 8, 3);
  const ValueModel found = fit_values(differ.buyers, BuyingModel::kMbgNbd);
  EXPECT_LT(found.covariate_p(), 1e-6);
  EXPECT_NEAR(std::exp(found.buying.theta[4]), 3, 0.6);
  World alike = simulate(4000, 8);
  alike.buyers.levels = {"a", "b"};
  for (std::size_t i = 0; i < alike.buyers.all.size(); ++i) alike.buyers.all[i].level = int(i % 2);
  EXPECT_GT(fit_values(alike.buyers, BuyingModel::kMbgNbd).covariate_p(), 0.01);
}

TEST(CustomerValue, WithoutMoneyOrdersAreForetoldAlone) {
  World world = simulate(500, 4);
  for (Buyer& one : world.buyers.all) one.money = one.first_money = 0;
  const ValueModel model = fit_values(world.buyers, BuyingModel::kBgNbd);
  EXPECT_FALSE(model.spend);
  const Valuation out = valuate(world.buyers, model, {});
  EXPECT_GT(out.totals.orders.value, 0);
  EXPECT_EQ(out.totals.value.value, 0);
}

TEST(CustomerValue, SpendThatHasNoMeanIsNotMadeUp) {
  std::mt19937_64 random(2);
  std::lognormal_distribution<double> wild(3, 3);
  std::vector<Spender> spenders;
  for (int i = 0; i < 300; ++i) spenders.push_back({2, wild(random)});
  const SpendFit fit = fit_spend(spenders);
  EXPECT_TRUE(fit.held);
  double mean = 0;
  for (const Spender& one : spenders) mean += one.mean / 300;
  EXPECT_NEAR(fit.parameters.mean(), mean, 1e-6 * mean);
}

TEST(Rfm, EqualCustomersGetEqualScoresWhateverTheOrder) {
  World world = simulate(3000, 3);
  std::vector<Buyer>& all = world.buyers.all;
  const RfmCuts cuts = quantile_cuts(all, {kEnd});
  const RfmTable table = rfm_table(all, {kEnd}, cuts);
  std::shuffle(all.begin(), all.end(), std::mt19937(1));
  EXPECT_EQ(quantile_cuts(all, {kEnd}).money, cuts.money);
  const RfmTable again = rfm_table(all, {kEnd}, cuts);
  EXPECT_EQ(again.grid, table.grid);
  std::int64_t customers = 0, money = 0;
  for (const RfmTable::Part& part : table.segments)
    customers += part.customers, money += part.money;
  EXPECT_EQ(customers, 3000);
  EXPECT_EQ(money, table.money);
  std::array<int, 5> recency{};
  for (const Buyer& one : all) ++recency[std::size_t(rfm_score(one, {kEnd}, cuts).recency - 1)];
  for (const int n : recency) EXPECT_NEAR(n, 600, 60) << "fifths, but for days that are equal";
}

TEST(Rfm, FixedCutsAreReachedFromBelow) {
  Buyer one;
  one.first = one.last = {kEnd - 30}, one.purchases = 2, one.money = 1'000'000;
  const RfmScore score = rfm_score(one, {kEnd}, {});
  EXPECT_EQ(score.recency, 4);
  EXPECT_EQ(score.frequency, 2);
  EXPECT_EQ(score.money, 2);
  EXPECT_EQ(segment_id(segment_of({5, 5, 5})), "champion");
  EXPECT_EQ(segment_id(segment_of({1, 1, 1})), "lost");
  EXPECT_EQ(segment_id(segment_of({1, 5, 5})), "cannot_lose");
}

}  // namespace
}  // namespace xinjing::behaviour
