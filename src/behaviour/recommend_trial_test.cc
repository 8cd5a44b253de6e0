#include "behaviour/recommend_trial.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace xinjing::behaviour {
namespace {

constexpr Day kEnd{240};

/// People of three tastes who buy one thing again and again, and others by taste or fashion.
std::vector<PurchaseLine> simulated(unsigned seed, std::int32_t people) {
  std::mt19937 random(seed);
  std::vector<PurchaseLine> out;
  for (std::int32_t person = 0; person < people; ++person) {
    const auto taste = person % 3;
    const int gap = 15 + int(random() % 20);
    for (int day = int(random() % 30); day < kEnd.number; day += gap + int(random() % 5)) {
      out.push_back({person, taste * 10, {day}});
      const auto other = std::int32_t(1 + random() % 9);
      out.push_back({person, random() % 4 == 0 ? other : taste * 10 + other, {day}});
    }
  }
  return out;
}

TrialOptions options_for(int window) {
  TrialOptions out;
  out.recommend.window_days = window;
  return out;
}

TEST(RankFigures, AreThoseOfTheDefinition) {
  // 1 and 3 of three wanted are found at ranks 1 and 3: DCG 1 + 1/2, ideal 1 + 1/log2(3) + 1/2.
  RankFigures figures;
  figures.add(std::vector<std::int32_t>{1, 9, 3}, std::vector<std::int32_t>{1, 3, 5}, 10);
  EXPECT_EQ(figures.hit.sum, 1);
  EXPECT_NEAR(figures.recall.sum, 2.0 / 3, 1e-12);
  EXPECT_NEAR(figures.ndcg.sum, 1.5 / (1.5 + 1 / std::log2(3.0)), 1e-12);
  EXPECT_EQ(figures.mrr.sum, 1);
}

TEST(RankFigures, ReachOneWhereAllIsFoundAndNoughtWhereNothingIs) {
  RankFigures figures;
  figures.add(std::vector<std::int32_t>{5, 1}, std::vector<std::int32_t>{1, 5}, 2);
  EXPECT_NEAR(figures.ndcg.sum, 1, 1e-12);
  figures.add(std::vector<std::int32_t>{}, std::vector<std::int32_t>{1}, 2);
  EXPECT_NEAR(figures.ndcg.sum, 1, 1e-12);
  EXPECT_EQ(figures.hit.mean(), 0.5);
}

TEST(Trial, BlendIsNotWorseThanPopularAndPopularBeatsChance) {
  constexpr unsigned kSeed = 21;
  const Purchases purchases(simulated(kSeed, 300), 300, 30);
  const TrialResult result = run_trial(purchases, kEnd, options_for(30));
  ASSERT_TRUE(result.trial);
  const auto ndcg = [&](Method method) {
    for (const MethodFigures& one : result.trial->any.methods) {
      if (one.method == method) return one.all.ndcg.mean();
    }
    return -1.0;
  };
  EXPECT_GT(ndcg(Method::kPopular), ndcg(Method::kRandom)) << "seed " << kSeed;
  EXPECT_GT(ndcg(Method::kBlend), ndcg(Method::kPopular)) << "seed " << kSeed;
  EXPECT_GE(ndcg(result.trial->any.chosen), ndcg(Method::kPopular)) << "seed " << kSeed;
}

TEST(Trial, NothingOfTheTestIsKnownBeforeIt) {
  // What is bought in the test window changes, history and weights do not.
  constexpr unsigned kSeed = 22;
  std::vector<PurchaseLine> lines = simulated(kSeed, 300);
  const TrialResult one = run_trial(Purchases(lines, 300, 30), kEnd, options_for(30));
  for (PurchaseLine& line : lines) {
    if (line.day.number >= kEnd.number - 30) line.product = 29;
  }
  const TrialResult other = run_trial(Purchases(lines, 300, 30), kEnd, options_for(30));
  ASSERT_TRUE(one.trial && other.trial);
  EXPECT_EQ(one.trial->weights.before, other.trial->weights.before);
  EXPECT_EQ(one.trial->any.chosen, other.trial->any.chosen);
}

TEST(Trial, OrderOfLinesChangesNothing) {
  constexpr unsigned kSeed = 23;
  std::vector<PurchaseLine> lines = simulated(kSeed, 200);
  const TrialResult one = run_trial(Purchases(lines, 200, 30), kEnd, options_for(30));
  std::shuffle(lines.begin(), lines.end(), std::mt19937(kSeed));
  const TrialResult other = run_trial(Purchases(lines, 200, 30), kEnd, options_for(30));
  ASSERT_TRUE(one.trial && other.trial);
  EXPECT_EQ(one.trial->weights.fresh, other.trial->weights.fresh);
  for (std::size_t m = 0; m < one.trial->any.methods.size(); ++m) {
    EXPECT_EQ(one.trial->any.methods[m].all.ndcg.sum, other.trial->any.methods[m].all.ndcg.sum);
  }
}

TEST(Trial, TooFewPeopleOrDaysAreSaidNotGuessed) {
  EXPECT_FALSE(run_trial(Purchases({}, 0, 0), kEnd, options_for(28)).trial);
  const TrialResult few = run_trial(Purchases(simulated(1, 9), 9, 30), kEnd, options_for(28));
  EXPECT_FALSE(few.trial);
  EXPECT_LE(few.few.people_in_test, 9);
  std::vector<PurchaseLine> one_day;
  for (std::int32_t person = 0; person < 100; ++person) one_day.push_back({person, 0, {5}});
  EXPECT_FALSE(run_trial(Purchases(one_day, 100, 30), {6}, options_for(7)).trial);
}

TEST(Recommender, ExcludesWhatWasBoughtAndIsDefinedForANewcomer) {
  const Purchases purchases(simulated(5, 90), 91, 30);
  const Baskets baskets = purchases.between({INT32_MIN}, kEnd);
  const Recommender model(baskets, {kEnd.number - 1}, {});
  auto scratch = model.scratch();
  for (std::size_t m = 0; m < kMethodIds.size(); ++m) {
    for (const auto& one : model.rank(Method(m), 3, Among::kNew, 10, default_weights(), scratch)) {
      const auto lines = baskets.of(3);
      EXPECT_TRUE(std::none_of(lines.begin(), lines.end(), [&](const Bought& line) {
        return line.product == one.product;
      })) << method_id(Method(m));
    }
  }
  const auto newcomer = model.rank(Method::kBlend, 90, Among::kAny, 5, default_weights(), scratch);
  const auto popular = model.rank(Method::kPopular, 90, Among::kAny, 5, default_weights(), scratch);
  ASSERT_EQ(newcomer.size(), 5U);
  EXPECT_EQ(newcomer.front().reason.why, Why::kPopular);
  EXPECT_EQ(newcomer.front().product, popular.front().product);
}

TEST(Recommender, BearsOnePersonWithAMillionLines) {
  std::vector<PurchaseLine> lines = simulated(6, 60);
  std::mt19937 random(6);
  for (int i = 0; i < 1'000'000; ++i) {
    lines.push_back({60, std::int32_t(random() % 3000), {std::int32_t(random() % 240)}});
  }
  const Purchases purchases(lines, 61, 3000);
  const Baskets baskets = purchases.between({INT32_MIN}, kEnd);
  const Recommender model(baskets, {kEnd.number - 1}, {.use_factors = false});
  auto scratch = model.scratch();
  EXPECT_EQ(model.rank(Method::kBlend, 60, Among::kAny, 10, default_weights(), scratch).size(),
            10U);
}

TEST(Logistic, RecoversWeightsAndFallsBackToThePrior) {
  constexpr unsigned kSeed = 31;
  std::mt19937 random(kSeed);
  std::normal_distribution<double> normal(0, 1);
  std::vector<Features> rows;
  std::vector<std::uint8_t> labels;
  const Features truth{-1, 0.8, -0.5};
  for (int i = 0; i < 20'000; ++i) {
    Features row{1, normal(random), normal(random)};
    rows.push_back(row);
    labels.push_back(double(random()) / double(std::mt19937::max()) < logistic(truth, row) ? 1 : 0);
  }
  const Features fitted = fit_logistic(rows, labels, {});
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(fitted[i], truth[i], 0.06) << "seed " << kSeed;
  const std::vector<std::uint8_t> few = {1, 0, 0, 0};
  const Features kept = fit_logistic(std::span(rows).first(4), few, truth);
  EXPECT_NEAR(kept[1], truth[1], 1e-6);
  EXPECT_NEAR(kept[2], truth[2], 1e-6);
}

}  // namespace
}  // namespace xinjing::behaviour
