#include "insight/change.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
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

std::vector<Sums> levels(std::initializer_list<std::pair<std::size_t, double>> parts) {
  std::vector<Sums> out;
  for (const auto& [steps, level] : parts) {
    for (std::size_t i = 0; i < steps; ++i) {
      out.emplace_back();
      for (const double off : {-0.2, 0.0, 0.2}) out.back().add(level + off);
    }
  }
  return out;
}

TEST(HoldsToEnd, WhatGoesBackIsNoNewLevel) {
  const auto held = levels({{60, 1}, {60, 3}}), gone = levels({{60, 1}, {20, 3}, {60, 1}});
  const auto shift = strongest_shift(held, 10), burst = strongest_shift(gone, 10);
  ASSERT_TRUE(shift && burst);
  EXPECT_TRUE(holds_to_end(held, *shift, 28));
  EXPECT_FALSE(holds_to_end(gone, *burst, 28));
  const auto back = levels({{40, 1}, {20, 3}, {90, 1}});  // the strongest cut is its end
  const auto end = strongest_shift(back, 10);
  ASSERT_TRUE(end);
  EXPECT_FALSE(holds_to_end(back, *end, 28));
}

TEST(StrongestLevel, FindsTheWeeksThatWereHigher) {
  const auto steps = levels({{56, 1}, {21, 3}, {56, 1}});
  const auto stretch = strongest_level(steps, 7, 10);
  ASSERT_TRUE(stretch);
  EXPECT_EQ(stretch->begin, 56U);
  EXPECT_EQ(stretch->end, 77U);
  EXPECT_NEAR(stretch->inside.mean(), 3, 0.01);
  EXPECT_NEAR(stretch->rest.mean(), 1, 0.01);
  EXPECT_LT(stretch->p, 1e-6);
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

/// Kulldorff's ratio as his paper writes it, by products of powers.
double plain_ratio(double c, double n, double all_c, double all_n) {
  const auto power = [](double base, double exponent) {
    return exponent > 0 ? exponent * std::log(base) : 0;
  };
  const double p = c / n, q = (all_c - c) / (all_n - n), r = all_c / all_n;
  if (p <= q) return 0;
  return power(p, c) + power(1 - p, n - c) + power(q, all_c - c) +
         power(1 - q, (all_n - n) - (all_c - c)) - power(r, all_c) - power(1 - r, all_n - all_c);
}

TEST(StrongestStretch, IsTheBestOfAllThatASimpleSearchTries) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 30; ++round) {
    std::vector<ShareStep> steps;
    double hits = 0, of = 0;
    for (int i = 0; i < 16; ++i) {
      const std::size_t n = random() % 6;
      steps.push_back({n == 0 ? 0 : random() % (n + 1), n});
      hits += double(steps.back().hits), of += double(n);
    }
    double best = 0;
    for (std::size_t begin = 0; begin < steps.size(); ++begin) {
      for (std::size_t end = begin + 1; end <= steps.size(); ++end) {
        double c = 0, n = 0;
        for (std::size_t i = begin; i < end; ++i)
          c += double(steps[i].hits), n += double(steps[i].of);
        if (n > 0 && 2 * n <= of) best = std::max(best, plain_ratio(c, n, hits, of));
      }
    }
    const auto found = strongest_stretch(steps);
    if (!found) {
      EXPECT_LE(best, 1e-9);
      continue;
    }
    double c = 0, n = 0;
    for (std::size_t i = found->begin; i < found->end; ++i) {
      c += double(steps[i].hits), n += double(steps[i].of);
    }
    EXPECT_NEAR(plain_ratio(c, n, hits, of), best, 1e-9);
    EXPECT_DOUBLE_EQ(found->count, c);
  }
}

TEST(StrongestStretch, AllowsForHowManyConversationsAStepHas) {
  // Three times as many conversations in the middle, of which as many are of the matter.
  std::vector<ShareStep> steps(20, {2, 10});
  for (std::size_t i = 8; i < 12; ++i) steps[i] = {6, 30};
  const auto none = strongest_stretch(steps);
  EXPECT_TRUE(!none || none->p > 0.2);
  for (std::size_t i = 8; i < 12; ++i) steps[i] = {18, 30};
  const auto found = strongest_stretch(steps);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->begin, 8U);
  EXPECT_EQ(found->end, 12U);
  EXPECT_DOUBLE_EQ(found->expected, 24);
  EXPECT_LE(found->p, 0.001);
}

TEST(StrongestStretch, RarelyFindsOneInNoise) {
  std::mt19937_64 random(11);
  std::binomial_distribution<std::size_t> hits(8, 0.25);
  int found = 0;
  for (int round = 0; round < 40; ++round) {
    std::vector<ShareStep> steps;
    for (int i = 0; i < 26; ++i) steps.push_back({hits(random), 8});
    const auto stretch = strongest_stretch(steps);
    found += stretch && stretch->p <= 0.05 ? 1 : 0;
  }
  EXPECT_LE(found, 6) << "of 40, at 5 %";
  EXPECT_FALSE(strongest_stretch({}));
}

TEST(StrongestBurst, IsTheBestOfAllThatASimpleSearchTries) {
  // Poisson: c ln(c / e) + (C - c) ln((C - c) / (C - e)).
  std::mt19937_64 random(13);
  for (int round = 0; round < 30; ++round) {
    Series series;
    for (int i = 0; i < 24; ++i)
      series.count.push_back(double(random() % 5)), series.of.push_back(1);
    const double all = std::accumulate(series.count.begin(), series.count.end(), 0.0);
    const auto ratio = [&](std::size_t begin, std::size_t end) {
      double c = 0;
      for (std::size_t i = begin; i < end; ++i) c += series.count[i];
      const double e = all * double(end - begin) / 24;
      if (c <= e) return 0.0;
      return c * std::log(c / e) + (c < all ? (all - c) * std::log((all - c) / (all - e)) : 0);
    };
    double best = 0;
    for (std::size_t begin = 0; begin < 24; ++begin) {
      for (std::size_t end = begin + 1; end <= std::min<std::size_t>(24, begin + 10); ++end) {
        best = std::max(best, ratio(begin, end));
      }
    }
    const auto found = strongest_burst(series, 10);
    ASSERT_TRUE(found);
    EXPECT_NEAR(ratio(found->begin, found->end), best, 1e-9);
  }
}

TEST(RankTrend, IsKendallsExampleWithTies) {
  // Values 1 2 2 3: S = 5 of 6 pairs; variance (4 3 13 - 2 1 9) / 18 = 7.667; z = 4 / 2.769.
  const std::vector<double> ties = {1, 2, 2, 3};
  EXPECT_NEAR(rank_trend(ties).z, 4 / 2.7689, 1e-3);
}

TEST(RankTrend, TurnsWithTheOrderAndNotWithTheScale) {
  std::mt19937_64 random(17);
  for (int round = 0; round < 20; ++round) {
    std::vector<double> values;
    for (int i = 0; i < 12; ++i) values.push_back(double(random() % 50));
    std::vector<double> back(values.rbegin(), values.rend()), scaled;
    for (const double x : values) scaled.push_back(3 * x + 7);
    EXPECT_NEAR(rank_trend(values).z, -rank_trend(back).z, 1e-12);
    EXPECT_NEAR(rank_trend(values).z, rank_trend(scaled).z, 1e-12);
  }
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
