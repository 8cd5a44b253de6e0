#include "behaviour/repurchase.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace xinjing::behaviour {
namespace {

Baskets baskets_of(const std::vector<PurchaseLine>& lines, std::int32_t persons,
                   std::int32_t products) {
  return Purchases(lines, persons, products).between({INT32_MIN}, {INT32_MAX});
}

/// People who buy product 0 again with a probability, after a log-normal time, seen for so long.
std::vector<PurchaseLine> simulated(unsigned seed, int people, double repeats, double log_days,
                                    double log_sd, int days) {
  std::mt19937 random(seed);
  std::normal_distribution<double> gap(log_days, log_sd);
  std::uniform_real_distribution<double> chance(0, 1);
  std::vector<PurchaseLine> out;
  for (std::int32_t person = 0; person < people; ++person) {
    double day = chance(random) * days;
    while (day < days) {
      out.push_back({person, 0, {std::int32_t(day)}});
      if (chance(random) >= repeats) break;
      day += std::max(1.0, std::exp(gap(random)));
    }
  }
  return out;
}

TEST(Repurchase, FindsTheGapAndTheShareThatComesBackOfSimulatedBuyers) {
  constexpr unsigned kSeed = 11;
  const Baskets baskets =
      baskets_of(simulated(kSeed, 4000, 0.7, std::log(30.0), 0.4, 1000), 4000, 1);
  const Repurchase model(baskets, {1000});
  EXPECT_NEAR(model.of(0).days(), 30, 1.5) << "seed " << kSeed;
  EXPECT_NEAR(model.of(0).log_sd, 0.4, 0.03) << "seed " << kSeed;
  EXPECT_NEAR(model.of(0).repeats, 0.7, 0.02) << "seed " << kSeed;
}

TEST(Repurchase, RecentPurchasesDoNotCountAsLastOnes) {
  // Everybody comes back, but half of all purchases are too young for it.
  constexpr unsigned kSeed = 12;
  const Baskets baskets = baskets_of(simulated(kSeed, 4000, 1, std::log(60.0), 0.3, 120), 4000, 1);
  const Repurchase model(baskets, {120});
  const double counted = double(model.of(0).gaps) / double(baskets.lines());
  EXPECT_LT(counted, 0.65) << "seed " << kSeed;
  EXPECT_GT(model.of(0).repeats, 0.8) << "seed " << kSeed;
}

TEST(Repurchase, NeedGrowsUntilTheUsualTimeAndFadesLongAfterIt) {
  constexpr unsigned kSeed = 13;
  const Baskets baskets =
      baskets_of(simulated(kSeed, 2000, 0.8, std::log(60.0), 0.3, 1000), 2000, 1);
  const Repurchase model(baskets, {1000});
  const auto need = [&](int elapsed) {
    return model.need(0, {.times = 1, .log_days_sum = 0, .last = {1000 - elapsed}}, {1000}, 14)
        .within;
  };
  EXPECT_LT(need(5), need(30));
  EXPECT_LT(need(30), need(55));
  EXPECT_GT(need(55), need(200));
  EXPECT_LT(need(400), 0.1);
}

TEST(Repurchase, OwnRhythmOutweighsThatOfOthersAsItIsSeenMoreOften) {
  constexpr unsigned kSeed = 14;
  const Baskets baskets =
      baskets_of(simulated(kSeed, 2000, 0.8, std::log(60.0), 0.3, 1000), 2000, 1);
  const Repurchase model(baskets, {1000});
  const auto days = [&](int times) {
    const OwnRhythm own{
        .times = times, .log_days_sum = (times - 1) * std::log(20.0), .last = {990}};
    return model.need(0, own, {1000}, 14).days;
  };
  EXPECT_NEAR(days(1), 60, 4);
  EXPECT_LT(days(3), days(1));
  EXPECT_NEAR(days(40), 20, 2);
}

TEST(Repurchase, OneDayOfHistoryGivesNoNonsense) {
  const Repurchase model(baskets_of({{0, 0, {7}}, {1, 1, {7}}}, 2, 3), {7});
  const Need need = model.need(0, {.times = 1, .log_days_sum = 0, .last = {7}}, {7}, 28);
  EXPECT_GE(need.within, 0);
  EXPECT_LE(need.within, 1);
  EXPECT_EQ(model.all().gaps, 0);
  EXPECT_TRUE(std::isfinite(need.days));
}

TEST(OwnRhythms, AreTheGapsOfEachProduct) {
  const std::vector<Bought> lines = {{{1}, 4}, {{11}, 2}, {{11}, 4}, {{31}, 4}};
  const auto own = own_rhythms(lines);
  ASSERT_EQ(own.size(), 2U);
  EXPECT_EQ(own[1].product, 4);
  EXPECT_EQ(own[1].rhythm.times, 3);
  EXPECT_NEAR(own[1].rhythm.log_days_sum, std::log(10.0) + std::log(20.0), 1e-12);
  EXPECT_EQ(own[1].rhythm.last, Day{31});
}

TEST(BasketSeasons, FindWhatIsBoughtInDecember) {
  std::vector<PurchaseLine> lines;
  const Day first = *day_from_date(2020, 1, 1);
  for (int d = 0; d < 1096; ++d) {
    const Day day{first.number + d};
    for (std::int32_t person = 0; person < 3; ++person) lines.push_back({person, 0, day});
    if (month_of(day) == 12) lines.push_back({3, 1, day});
  }
  const BasketSeasons seasons(baskets_of(lines, 4, 2));
  ASSERT_TRUE(seasons.known());
  EXPECT_GT(seasons.index(1, 12), 3);
  EXPECT_LT(seasons.index(1, 6), 0.5);
  EXPECT_NEAR(seasons.index(0, 6), 1, 0.1);
}

TEST(BasketSeasons, AreNotToldFromLessThanFourHundredDays) {
  const BasketSeasons seasons(baskets_of({{0, 0, {1}}, {0, 0, {390}}}, 1, 1));
  EXPECT_FALSE(seasons.known());
  EXPECT_EQ(seasons.index(0, 5), 1);
}

}  // namespace
}  // namespace xinjing::behaviour
