#include "insight/interval.h"

#include <gtest/gtest.h>

#include <algorithm>

#include <cmath>
#include <random>

namespace xinjing::insight {
namespace {

TEST(ShareInterval, IsWilsons) {
  const Interval share = share_interval(10, 50);  // Wilson 1927: 0.112 to 0.330
  EXPECT_DOUBLE_EQ(share.value, 0.2);
  EXPECT_NEAR(share.low, 0.1124, 1e-4);
  EXPECT_NEAR(share.high, 0.3304, 1e-4);
  EXPECT_EQ(share_interval(0, 0), (Interval{0, 0, 1}));
}

TEST(MeanInterval, HasStudentsQuantileForFewUnits) {
  Sums sums;
  for (const double x : {1.0, 2.0, 3.0, 4.0, 5.0}) sums.add(x);
  const Interval mean = mean_interval(sums, -10, 10);  // t(4) = 2.776, s = 1.5811
  EXPECT_DOUBLE_EQ(mean.value, 3);
  EXPECT_NEAR(mean.high - mean.value, 2.776 * 1.58114 / std::sqrt(5.0), 0.03);
  Sums one;
  one.add(1);
  EXPECT_EQ(mean_interval(one, -2, 2), (Interval{1, -2, 2})) << "one unit alone tells no spread";
}

TEST(NormalTail, HasItsTablesValues) {
  EXPECT_NEAR(normal_tail(1.959964), 0.025, 1e-6);
  EXPECT_NEAR(normal_tail(0), 0.5, 1e-12);
}

TEST(StandsAmong, IsBenjaminiAndHochbergsExample) {
  // Benjamini and Hochberg 1995, section 3.2: 15 tests, four stand at 0.05.
  const std::vector<double> p = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  const std::vector<bool> stands = stands_among(p, 0.05);
  for (std::size_t i = 0; i < p.size(); ++i) EXPECT_EQ(stands[i], i < 4) << i;
  EXPECT_TRUE(stands_among({}, 0.05).empty());
}

TEST(CorrectedShare, IsTheShareOfAReaderWithoutFault) {
  const ReaderError perfect = {10'000, 10'000, 0, 10'000};
  const Interval share = corrected_share(300, 1000, perfect, 0);
  EXPECT_NEAR(share.value, 0.3, 0.005);
  EXPECT_NEAR(share.low, share_interval(300, 1000).low, 0.006);
  EXPECT_NEAR(share.high, share_interval(300, 1000).high, 0.006);
}

TEST(CorrectedShare, UndoesAKnownError) {
  // Of 20 % that are so, 70 % are said, and 10 % of the others: 22 % are said (Rogan and Gladen).
  const ReaderError error = {7'000, 10'000, 1'000, 10'000};
  EXPECT_NEAR(corrected_share(2'200, 10'000, error, 0).value, 0.2, 0.01);
  const Interval unsure = corrected_share(2'200, 10'000, {7, 10, 1, 10}, 0);
  EXPECT_GT(unsure.high - unsure.low, 0.2) << "a reader tried on little gives a wide interval";
}

TEST(CorrectedShare, IsWiderWhereTheReaderComesFromElsewhere) {
  const ReaderError error = {70, 100, 20, 200};
  const Interval here = corrected_share(250, 1000, error, 0);
  const Interval elsewhere = corrected_share(250, 1000, error);
  EXPECT_GT(elsewhere.high - elsewhere.low, 1.3 * (here.high - here.low));
}

TEST(CorrectedShare, KnowsLittleFromAReaderWhoGuesses) {
  const Interval share = corrected_share(500, 1000, {50, 100, 50, 100});
  EXPECT_GT(share.high - share.low, 0.4);
}

/// What is drawn in simulated companies.
struct World {
  double share = 0.2, sensitivity = 0.7, false_rate = 0.1;
  double moved = 0;  // how much the reader's rates differ from the trial, as logits
  std::uint64_t seed = 1;
};

double moved_rate(double rate, double by) {
  return 1 / (1 + std::exp(-(std::log(rate / (1 - rate)) + by)));
}

/// The part of simulated companies whose true share lies in the interval. The reader's trial and
/// its reading of the company are drawn anew in each.
double coverage(const World& world) {
  std::mt19937_64 random(world.seed);
  const auto draw = [&](double n, double p) {
    return static_cast<double>(std::binomial_distribution<int>(static_cast<int>(n), p)(random));
  };
  std::normal_distribution<double> moves(0, 1);
  constexpr int kCompanies = 200;
  constexpr double kTrial = 80, kUnits = 400;
  int within = 0;
  for (int i = 0; i < kCompanies; ++i) {
    const ReaderError error = {draw(kTrial, world.sensitivity), kTrial,
                               draw(4 * kTrial, world.false_rate), 4 * kTrial};
    const double sensitivity = moved_rate(world.sensitivity, world.moved * moves(random));
    const double false_rate = moved_rate(world.false_rate, world.moved * moves(random));
    const double so = draw(kUnits, world.share);
    const double said = draw(so, sensitivity) + draw(kUnits - so, false_rate);
    const Interval interval = corrected_share(said, kUnits, error, world.moved);
    within += interval.low <= world.share && world.share <= interval.high;
  }
  return double(within) / kCompanies;
}

TEST(CorrectedShare, CoversTheTruthInSimulatedCompanies) {
  EXPECT_GE(coverage({.share = 0.3, .sensitivity = 0.75, .false_rate = 0.08, .seed = 1}), 0.9);
  EXPECT_GE(coverage({.share = 0.1, .sensitivity = 0.6, .false_rate = 0.05, .seed = 2}), 0.9);
  EXPECT_GE(coverage({.share = 0.6, .sensitivity = 0.8, .false_rate = 0.2, .seed = 4}), 0.9);
}

TEST(CorrectedShare, CoversItWhereTheReaderErrsOtherwiseThanInItsTrial) {
  EXPECT_GE(coverage({.share = 0.3, .sensitivity = 0.75, .false_rate = 0.08, .moved = 1.1}), 0.9);
  EXPECT_GE(coverage({.share = 0.1, .sensitivity = 0.6, .false_rate = 0.05, .moved = 1.1}), 0.9);
}

TEST(StandsAmong, IsWhatTheDefinitionSays) {
  // The largest k with p(k) <= k q / m, tried for every k.
  std::mt19937_64 random(19);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> p;
    const std::size_t m = 1 + random() % 12;
    for (std::size_t i = 0; i < m; ++i) p.push_back(std::pow(double(random() % 1000) / 1000, 3));
    std::vector<double> sorted = p;
    std::sort(sorted.begin(), sorted.end());
    double limit = -1;
    for (std::size_t k = 1; k <= m; ++k) {
      if (sorted[k - 1] <= double(k) * 0.1 / double(m)) limit = sorted[k - 1];
    }
    const std::vector<bool> stands = stands_among(p, 0.1);
    for (std::size_t i = 0; i < m; ++i) EXPECT_EQ(stands[i], p[i] <= limit) << p[i];
  }
}

TEST(Sums, MergeAsIfTheyHadBeenOne) {
  std::mt19937_64 random(23);
  Sums all, parts[3];
  for (int i = 0; i < 90; ++i) {
    const double x = double(random() % 100);
    all.add(x), parts[i % 3].add(x);
  }
  Sums left = parts[0], right = parts[1];
  left.merge(parts[1]), left.merge(parts[2]);
  right.merge(parts[2]), right.merge(parts[0]);
  for (const Sums& sums : {left, right}) {
    EXPECT_DOUBLE_EQ(sums.mean(), all.mean());
    EXPECT_DOUBLE_EQ(sums.variance(), all.variance());
  }
}

}  // namespace
}  // namespace xinjing::insight
