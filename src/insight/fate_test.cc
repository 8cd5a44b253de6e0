#include "insight/fate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace xinjing::insight {
namespace {

/// `n` conversations a day for 100 days, of which a share fails that differs before and after
/// day 50.
std::vector<Fate> fates(double before, double after, std::uint64_t seed, double told = 1) {
  std::mt19937_64 random(seed);
  std::vector<Fate> out;
  for (std::int32_t day = 0; day < 100; ++day) {
    std::bernoulli_distribution fails(day < 50 ? before : after);
    for (int i = 0; i < 4; ++i) out.push_back({{day}, fails(random) ? told : 0, told});
  }
  return out;
}

const std::vector<Day> kCuts{{20}, {35}, {50}, {65}, {80}};

TEST(FateShift, FindsTheDayFromWhichLessFails) {
  const auto shift = strongest_fate_shift(fates(0.5, 0.2, 1), kCuts, 20);
  ASSERT_TRUE(shift);
  EXPECT_EQ(shift->at, (Day{50}));
  EXPECT_LT(shift->z, 0);
  EXPECT_LE(shift->p, 0.001);
  EXPECT_NEAR(shift->change, -0.3, 0.1);
  EXPECT_DOUBLE_EQ(shift->told_before + shift->told_after, 400);
}

TEST(FateShift, OneLookIsTheChiSquareOfTheTable) {
  // 30 of 100 against 15 of 100: chi-square 6.45 without correction (df 1), z = 2.54.
  std::vector<Fate> units;
  for (int i = 0; i < 100; ++i) units.push_back({{0}, i < 30 ? 1.0 : 0.0, 1});
  for (int i = 0; i < 100; ++i) units.push_back({{1}, i < 15 ? 1.0 : 0.0, 1});
  const std::vector<Day> cut{{1}};
  const auto shift = strongest_fate_shift(units, cut, 20);
  ASSERT_TRUE(shift);
  EXPECT_NEAR(shift->z * shift->z, 6.452, 0.001);
  EXPECT_NEAR(shift->p, 0.0172, 0.006) << "Fisher's exact test, two-sided, has 0.0172";
}

TEST(FateShift, OneWayFindsOnlyThatWay) {
  const auto all = fates(0.5, 0.2, 1);
  EXPECT_TRUE(strongest_fate_shift(all, kCuts, 20, Way::kLess));
  const auto more = strongest_fate_shift(all, kCuts, 20, Way::kMore);
  EXPECT_TRUE(!more || more->p > 0.05);
}

TEST(FateShift, RarelyFindsOneInNoise) {
  int found = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const auto shift = strongest_fate_shift(fates(0.4, 0.4, seed), kCuts, 20);
    found += shift && shift->p <= 0.05 ? 1 : 0;
  }
  EXPECT_LE(found, 8) << "of 60, at 5 %, five cuts each";
}

TEST(FateShift, WhatIsSaidTwiceInOneConversationCountsOnce) {
  const auto once = strongest_fate_shift(fates(0.45, 0.35, 3), kCuts, 20);
  const auto twice = strongest_fate_shift(fates(0.45, 0.35, 3, 2), kCuts, 20);
  ASSERT_TRUE(once && twice);
  EXPECT_NEAR(once->z, twice->z, 1e-9);
  EXPECT_DOUBLE_EQ(once->p, twice->p);
  EXPECT_NEAR(once->change, twice->change, 1e-9);
}

TEST(FateShift, MoreOfOneMatterAndLessOfTheOtherChangesNothing) {
  // Half of the first matter fails, nine of ten of the second, at all times; the first is told ever
  // less often, so that the share of both together rises.
  std::vector<Fate> all;
  for (std::int32_t day = 0; day < 100; ++day) {
    for (int i = 0; i < 10; ++i) {
      Fate one{.day = {day}, .other_failed = i < 9 ? 1.0 : 0.0, .other_told = 1};
      if (i < (day < 50 ? 8 : 2)) one.told = 1, one.failed = i % 2;
      all.push_back(one);
    }
  }
  const std::vector<Day> cut{{50}};
  const auto shift = strongest_fate_shift(all, cut, 20);
  ASSERT_TRUE(shift);
  EXPECT_GT(shift->failed_after / shift->told_after, shift->failed_before / shift->told_before);
  EXPECT_NEAR(shift->change, 0, 0.01);
  EXPECT_GT(shift->p, 0.5);
}

TEST(FateShift, NeedsEnoughOnBothSides) {
  const std::vector<Day> early{{1}};
  EXPECT_FALSE(strongest_fate_shift(fates(0.5, 0.1, 1), early, 20));
  EXPECT_FALSE(strongest_fate_shift({}, early, 0));
}

TEST(FateShift, TheOrderGivenMakesNoDifference) {
  auto all = fates(0.45, 0.3, 5);
  const auto once = strongest_fate_shift(all, kCuts, 20);
  std::reverse(all.begin(), all.end());
  const auto again = strongest_fate_shift(all, kCuts, 20);
  ASSERT_TRUE(once && again);
  EXPECT_EQ(once->at, again->at);
  EXPECT_NEAR(once->z, again->z, 1e-12);
}

TEST(ClusteredShare, IsWilsonsWhereEachConversationTellsOne) {
  std::vector<Fate> units;
  for (int i = 0; i < 40; ++i) units.push_back({{0}, i < 10 ? 1.0 : 0.0, 1});
  const Interval share = clustered_share(units), wilson = share_interval(10, 40);
  EXPECT_DOUBLE_EQ(share.value, 0.25);
  EXPECT_NEAR(share.low, wilson.low, 0.005);
  EXPECT_NEAR(share.high, wilson.high, 0.005);
}

TEST(ClusteredShare, IsWiderWhereConversationsAreOfOneMind) {
  std::vector<Fate> units;
  for (int i = 0; i < 10; ++i) units.push_back({{0}, i < 5 ? 4.0 : 0.0, 4});
  const Interval share = clustered_share(units), plain = share_interval(20, 40);
  EXPECT_GT(share.high - share.low, 1.5 * (plain.high - plain.low));
}

}  // namespace
}  // namespace xinjing::insight
