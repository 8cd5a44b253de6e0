#include "learn/metric.h"

#include <gtest/gtest.h>

#include <cmath>

namespace xinjing::learn {
namespace {

TEST(Kappa, IsReckonedByHand) {
  // Agreement 3/5; shares of a: 3/5, 2/5, of b: 2/5, 3/5; chance 12/25.
  const std::vector<int> a{0, 0, 0, 1, 1};
  const std::vector<int> b{0, 0, 1, 1, 0};
  const std::vector<int> c{0, 1, 1, 1, 0};
  EXPECT_NEAR(kappa(a, b), (0.6 - 0.52) / (1 - 0.52), 1e-12);
  EXPECT_NEAR(kappa(a, c), (0.4 - 0.48) / (1 - 0.48), 1e-12);
  EXPECT_DOUBLE_EQ(kappa(a, a), 1);
  EXPECT_TRUE(std::isnan(kappa(std::vector<int>{1, 1}, std::vector<int>{1, 1})));
}

TEST(WeightedKappa, PunishesFarMissesMore) {
  // Mean squared distance 5/4 against 2 x (variance sum) of the shares.
  const std::vector<int> gold{0, 1, 2, 2};
  const std::vector<int> near{0, 1, 1, 2};
  const std::vector<int> far{2, 1, 2, 2};
  EXPECT_NEAR(weighted_kappa(gold, near), 1 - 0.25 / 1.25, 1e-12);
  EXPECT_LT(weighted_kappa(gold, far), weighted_kappa(gold, near));
}

TEST(F1, CountsHits) {
  Hits hits;
  for (const auto& [gold, said] :
       {std::pair{true, true}, {true, false}, {false, true}, {false, false}}) {
    hits.count(gold, said);
  }
  EXPECT_DOUBLE_EQ(hits.f1(), 0.5);
  EXPECT_TRUE(std::isnan(Hits{}.f1()));
  const Hits states[] = {{5, 0, 0}, {1, 1, 0}, {0, 0, 5}};
  EXPECT_DOUBLE_EQ(macro_f1(states), 0.5);  // the second has too few
}

TEST(Spearman, SharesRanksOfTies) {
  const std::vector<double> a{1, 2, 3, 4};
  const std::vector<double> b{10, 20, 20, 30};
  EXPECT_NEAR(spearman(a, b), 4.5 / std::sqrt(5 * 4.5), 1e-12);
  const std::vector<double> down{4, 3, 2, 1};
  EXPECT_DOUBLE_EQ(spearman(a, down), -1);
}

TEST(CalibrationError, IsTheMeanGapOfTheBins) {
  const std::vector<double> p{0.95, 0.95, 0.15, 0.15};
  const bool right[] = {true, false, false, false};
  EXPECT_NEAR(calibration_error(p, right), (0.9 + 0.3) / 4, 1e-12);
}

TEST(Distances, OfDistributionsOverLevels) {
  const std::vector<double> low{1, 0, 0, 0, 0};
  const std::vector<double> high{0, 0, 0, 0, 1};
  const std::vector<double> next{0, 1, 0, 0, 0};
  EXPECT_DOUBLE_EQ(nmd(low, high), 1);
  EXPECT_DOUBLE_EQ(nmd(low, next), 0.25);
  EXPECT_DOUBLE_EQ(rsnod(low, low), 0);
  EXPECT_DOUBLE_EQ(rsnod(low, high), 1);
  EXPECT_DOUBLE_EQ(rsnod(low, next), 0.5);
}

TEST(Bootstrap, CoversTheMeanAndRepeats) {
  std::vector<double> values;
  for (int i = 0; i < 400; ++i) values.push_back(i % 10);
  const auto mean = [&](std::span<const std::uint32_t> drawn) {
    double sum = 0;
    for (const auto i : drawn) sum += values[i];
    return sum / static_cast<double>(drawn.size());
  };
  const Interval a = bootstrap(values.size(), mean, 7);
  const Interval b = bootstrap(values.size(), mean, 7);
  EXPECT_EQ(a.low, b.low);
  EXPECT_LT(a.low, 4.5);
  EXPECT_GT(a.high, 4.5);
  // Standard error 2.87 / 20, so the interval is about 0.56 wide.
  EXPECT_NEAR(a.high - a.low, 0.56, 0.12);
}

}  // namespace
}  // namespace xinjing::learn
