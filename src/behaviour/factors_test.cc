#include "behaviour/factors.h"

#include <gtest/gtest.h>

#include <random>

namespace xinjing::behaviour {
namespace {

/// Two groups of people, each with products of its own; a little noise.
Baskets two_groups(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<PurchaseLine> lines;
  for (std::int32_t person = 0; person < 60; ++person) {
    for (int i = 0; i < 6; ++i) {
      const std::int32_t group = random() % 20 == 0 ? 1 - person % 2 : person % 2;
      lines.push_back({person, group * 10 + std::int32_t(random() % 10), {i}});
    }
  }
  return Purchases(lines, 60, 20).between({INT32_MIN}, {INT32_MAX});
}

TEST(Factors, StepsOfConjugateGradientsReachTheExactSolution) {
  const Baskets baskets = two_groups(3);
  const Factors exact(baskets, {.factors = 8, .rounds = 60, .steps = 0});
  const Factors quick(baskets, {.factors = 8, .rounds = 60, .steps = 3});
  EXPECT_NEAR(quick.loss(baskets) / exact.loss(baskets), 1, 2e-3);
}

TEST(Factors, EveryRoundLowersTheLossOfHuKorenVolinsky2008) {
  const Baskets baskets = two_groups(4);
  double before = 1e300;
  for (const int rounds : {1, 2, 4, 8, 16}) {
    const double loss =
        Factors(baskets, {.factors = 8, .rounds = rounds, .steps = 0}).loss(baskets);
    EXPECT_LE(loss, before * (1 + 1e-6));
    before = loss;
  }
}

TEST(Factors, PersonIsFoldedInWhereTheGradientIsNought) {
  // d loss / d x = 2 (sum_p c_p (x y_p - r_p) y_p + lambda x), by hand.
  const Baskets baskets = two_groups(5);
  const FactorOptions options{.factors = 8};
  const Factors model(baskets, options);
  const std::vector<std::int32_t> bought = {1, 4, 7};
  const auto x = model.of_person(bought);
  for (std::size_t k = 0; k < x.size(); ++k) {
    double gradient = options.regularisation * double(x[k]);
    for (std::int32_t p = 0; p < 20; ++p) {
      const bool did = p == 1 || p == 4 || p == 7;
      const double confidence = did ? 1 + options.confidence : 1;
      gradient += confidence * (inner(x, model.of_product(p)) - (did ? 1 : 0)) *
                  double(model.of_product(p)[k]);
    }
    EXPECT_NEAR(gradient, 0, 1e-3);
  }
}

TEST(Factors, RankTheProductsOfTheOwnGroupFirst) {
  const Factors model(two_groups(6), {.factors = 8});
  const auto mine = model.of_person(std::vector<std::int32_t>{0, 1, 2});
  for (std::int32_t p = 3; p < 10; ++p) {
    EXPECT_GT(inner(mine, model.of_product(p)), inner(mine, model.of_product(p + 10)));
  }
}

TEST(Factors, NobodyIsLikeNothing) {
  const Factors model(two_groups(7), {.factors = 8});
  for (const float value : model.of_person({})) EXPECT_EQ(value, 0);
}

}  // namespace
}  // namespace xinjing::behaviour
