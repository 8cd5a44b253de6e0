#include "insight/change.h"

#include <gtest/gtest.h>

#include <random>

#include "insight/candidate.h"

namespace xinjing::insight {
namespace {

TEST(StrongestBurst, FindsTheDaysOfABurst) {
  Series series{std::vector<double>(100, 1), std::vector<double>(100, 1)};
  for (std::size_t i = 40; i < 45; ++i) series.count[i] = 9;
  const auto burst = strongest_burst(series, 20);
  ASSERT_TRUE(burst);
  EXPECT_EQ(burst->begin, 40U);
  EXPECT_EQ(burst->end, 45U);
  EXPECT_DOUBLE_EQ(burst->count, 45);
  EXPECT_DOUBLE_EQ(burst->expected, 5);
  EXPECT_LT(burst->p, 1e-6);
}

TEST(StrongestBurst, RarelyFindsOneInNoise) {
  std::mt19937_64 random(20261130);
  std::poisson_distribution<int> count(2);
  int found = 0;
  for (int series = 0; series < 200; ++series) {
    Series noise{{}, std::vector<double>(120, 1)};
    for (int day = 0; day < 120; ++day) noise.count.push_back(count(random));
    const auto burst = strongest_burst(noise, 30);
    found += burst && burst->p < 0.05;
  }
  EXPECT_LE(found, 20) << "of 200, at 5 %";
}

TEST(StrongestBurst, TakesAnUnevenSeriesForWhatItIs) {
  // Ten a day every tenth day: one more such day is no news.
  Series series{std::vector<double>(100), std::vector<double>(100, 1)};
  for (std::size_t i = 0; i < 100; i += 10) series.count[i] = 10;
  const auto burst = strongest_burst(series, 20);
  ASSERT_TRUE(burst);
  EXPECT_GT(burst->p, 0.05);
}

TEST(StrongestBurst, NeedsSomethingToLookAt) {
  EXPECT_FALSE(strongest_burst({{0, 0, 0, 0, 1}, {1, 1, 1, 1, 1}}, 2));
  EXPECT_FALSE(strongest_burst({{5, 5}, {1, 1}}, 2));
}

TEST(StrongestShift, FindsTheDayOfAChange) {
  std::vector<Sums> steps(60);
  std::mt19937_64 random(7);
  std::normal_distribution<double> noise(0, 0.5);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (int k = 0; k < 4; ++k) steps[i].add((i < 37 ? 4 : 2) + noise(random));
  }
  const auto shift = strongest_shift(steps, 10);
  ASSERT_TRUE(shift);
  EXPECT_EQ(shift->at, 37U);
  EXPECT_LT(shift->z, 0);
  EXPECT_LT(shift->p, 1e-6);
  EXPECT_NEAR(shift->before.mean(), 4, 0.1);
  EXPECT_NEAR(shift->after.mean(), 2, 0.1);
}

TEST(StrongestShift, DoesNotTakeFewWithoutVarianceForProof) {
  std::vector<Sums> steps(20);
  for (std::size_t i = 0; i < 20; ++i) steps[i] = {5, i < 16 ? 1.0 : 0.0, i < 16 ? 1.0 : 0.0};
  const auto shift = strongest_shift(steps, 5);
  ASSERT_TRUE(shift);
  EXPECT_GT(shift->p, 0.05);
}

TEST(RankTrend, IsMannsAndKendalls) {
  // Ten values in order: S = 45, variance 10 9 25 / 18 = 125, z = 44 / 11.18.
  const std::vector<double> rising = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  const Trend trend = rank_trend(rising);
  EXPECT_NEAR(trend.z, 44 / 11.1803, 1e-3);
  EXPECT_DOUBLE_EQ(trend.slope, 1);
  const std::vector<double> flat(8, 3.0);
  EXPECT_DOUBLE_EQ(rank_trend(flat).p, 1);
}

TEST(ShareTrend, IsCochransAndArmitages) {
  // 10, 20, 30 of 100 each: the statistic without overdispersion is 12.5, z = 3.536.
  const Trend trend = share_trend({{10, 20, 30}, {100, 100, 100}});
  EXPECT_NEAR(trend.z, 3.5355, 0.01);
  EXPECT_NEAR(trend.slope, 0.1, 1e-9);
  EXPECT_DOUBLE_EQ(share_trend({{0, 0}, {10, 10}}).p, 1);
}

TEST(Candidates, LeaveAloneWhatHappensEverywhere) {
  const Cell cell{.what = "aspect:SPD", .scope = {"department", "A"}, .count = {}};
  Shares here, rest;
  for (int week = 0; week < 40; ++week) {
    here.of.push_back(20), rest.of.push_back(60);
    here.count.push_back(week < 20 ? 4 : 10), rest.count.push_back(week < 20 ? 12 : 30);
  }
  for (const Candidate& one : changes_of(cell, here, rest)) EXPECT_NE(one.kind, "shift");
  for (double& count : rest.count) count = 12;
  const auto found = changes_of(cell, here, rest);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].kind, "shift");
  EXPECT_EQ(found[0].begin, 140U);
  EXPECT_TRUE(found[0].up);
}

}  // namespace
}  // namespace xinjing::insight
