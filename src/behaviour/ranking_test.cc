#include "behaviour/ranking.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace xinjing::behaviour {
namespace {

/// The stupid twin: every pair.
double every_pair(const Judged& judged) {
  double won = 0, pairs = 0;
  for (std::size_t a = 0; a < judged.p.size(); ++a) {
    for (std::size_t b = 0; b < judged.p.size(); ++b) {
      if (!judged.event[a] || judged.event[b]) continue;
      pairs += 1;
      won += judged.p[a] > judged.p[b] ? 1 : judged.p[a] == judged.p[b] ? 0.5 : 0;
    }
  }
  return won / pairs;
}

Judged some(std::size_t count) {
  Judged out;
  std::uint64_t state = 3;
  for (std::size_t i = 0; i < count; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    const double p = double(state >> 60) / 16;  // many ties
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    out.p.push_back(p);
    out.event.push_back(double(state >> 40) / double(1 << 24) < p);
    out.who.push_back(i / 2);
  }
  return out;
}

/// Hanley and McNeil (1982), table I: readings of 109 tomographs, 51 of them abnormal, 1 to 5.
Judged hanley_and_mcneil() {
  const int normal[] = {33, 6, 6, 11, 2}, abnormal[] = {3, 2, 2, 11, 33};
  Judged out;
  for (int rating = 0; rating < 5; ++rating) {
    for (int n = 0; n < normal[rating] + abnormal[rating]; ++n) {
      out.p.push_back((rating + 1) / 6.0);
      out.event.push_back(n >= normal[rating]);
      out.who.push_back(out.who.size());
    }
  }
  return out;
}

TEST(Ranking, MatchesHanleyAndMcNeil1982) {
  const Judged judged = hanley_and_mcneil();
  const Bounds area = area_bounds(judged);
  EXPECT_NEAR(area.value, 0.893, 0.0005);
  EXPECT_NEAR((area.high - area.low) / (2 * 1.96), 0.032, 0.004) << "their standard error";
}

TEST(Ranking, AreaEqualsEveryPair) {
  for (const std::size_t count : {2, 7, 60, 301}) {
    const Judged judged = some(count);
    if (std::count(judged.event.begin(), judged.event.end(), 1) == 0) continue;
    EXPECT_NEAR(area_under_curve(judged.p, judged.event), every_pair(judged), 1e-12);
  }
}

TEST(Ranking, OneKindAloneIsAHalf) {
  EXPECT_EQ(area_under_curve(std::vector<double>{0.1, 0.9}, std::vector<std::uint8_t>{1, 1}), 0.5);
  EXPECT_EQ(area_under_curve({}, {}), 0.5);
}

TEST(Ranking, GainOfTheSameIsNothing) {
  const Judged judged = some(200);
  const Bounds gain = area_gain(judged, judged.p);
  EXPECT_EQ(gain.value, 0);
  EXPECT_EQ(gain.low, 0);
  EXPECT_EQ(gain.high, 0);
}

TEST(Ranking, BinsHoldAllRowsAndKeepTiesTogether) {
  const Judged judged = some(500);
  double rows = 0, events = 0, last = -1;
  for (const Bin& bin : calibration_bins(judged)) {
    rows += bin.rows;
    events += bin.events;
    EXPECT_GT(bin.mean_p, last);
    last = bin.mean_p;
  }
  EXPECT_EQ(rows, 500);
  EXPECT_EQ(events, double(std::count(judged.event.begin(), judged.event.end(), 1)));
}

TEST(Ranking, GainCurveOfAPerfectOrderAndOfNone) {
  Judged perfect;
  for (int i = 0; i < 100; ++i) {
    perfect.p.push_back(i / 100.0);
    perfect.event.push_back(i >= 80);
    perfect.who.push_back(std::uint64_t(i));
  }
  const std::vector<double> gain = gain_curve(perfect);
  ASSERT_EQ(gain.size(), 10U);
  EXPECT_NEAR(gain[0], 0.5, 1e-12);
  EXPECT_NEAR(gain[1], 1, 1e-12);
  EXPECT_NEAR(gain[9], 1, 1e-12);
  std::fill(perfect.p.begin(), perfect.p.end(), 0.3);
  const std::vector<double> chance = gain_curve(perfect);
  for (std::size_t i = 0; i < 10; ++i) EXPECT_NEAR(chance[i], double(i + 1) / 10, 1e-12);
}

TEST(Ranking, BrierOfTheBaseRateIsItsVariance) {
  Judged judged = some(400);
  double base = 0;
  for (const std::uint8_t event : judged.event) base += event / 400.0;
  std::fill(judged.p.begin(), judged.p.end(), base);
  EXPECT_NEAR(brier(judged).score, base * (1 - base), 1e-12);
  EXPECT_NEAR(brier(judged).of_base_rate, base * (1 - base), 1e-12);
}

}  // namespace
}  // namespace xinjing::behaviour
