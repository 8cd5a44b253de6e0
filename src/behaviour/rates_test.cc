#include "behaviour/rates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace xinjing::behaviour {
namespace {

// Newcombe (1998), Two-sided confidence intervals for the single proportion, Table I, method 3.
TEST(Share, HasTheScoreIntervalsThatNewcombe1998Prints) {
  const struct {
    Rate rate;
    double low, high;
  } kPrinted[] = {{{81, 263}, 0.2553, 0.3662},
                  {{15, 148}, 0.0624, 0.1605},
                  {{0, 20}, 0.0000, 0.1611},
                  {{1, 29}, 0.0061, 0.1718}};
  for (const auto& one : kPrinted) {
    const Estimate got = share(one.rate);
    EXPECT_NEAR(got.low, one.low, 5e-5);
    EXPECT_NEAR(got.high, one.high, 5e-5);
  }
  EXPECT_EQ(share({0, 0}), (Estimate{0, 0, 1, 0}));
}

/// The stupid twin for whole a and b: a sum of binomial terms.
double beta_above_by_sum(int a, int b, double x) {
  double sum = 0;
  for (int k = 0; k < a; ++k) {
    sum += std::exp(std::lgamma(a + b) - std::lgamma(k + 1) - std::lgamma(a + b - k) +
                    k * std::log(x) + (a + b - 1 - k) * std::log1p(-x));
  }
  return sum;
}

TEST(BetaAbove, IsTheSumOfBinomialTerms) {
  for (int a = 1; a < 30; a += 4) {
    for (int b = 1; b < 30; b += 3) {
      for (const double x : {0.01, 0.2, 0.5, 0.77, 0.99}) {
        EXPECT_NEAR(beta_above(a, b, x), beta_above_by_sum(a, b, x), 1e-10) << a << ' ' << b;
      }
    }
  }
}

TEST(BetaQuantile, TurnsItAround) {
  for (const double p : {0.025, 0.5, 0.975}) {
    EXPECT_NEAR(1 - beta_above(3.5, 8.5, beta_quantile(3.5, 8.5, p)), p, 1e-9);
  }
  EXPECT_NEAR(beta_quantile(1, 1, 0.3), 0.3, 1e-9);
}

// The fair die and coin of every textbook; Herfindahl's index of a market of 0.3, 0.3, 0.3, 0.1.
TEST(Entropy, IsTheLogarithmOfTheKindsWhereAllAreAlike) {
  const std::vector<std::int64_t> die(6, 100'000);
  EXPECT_NEAR(entropy(die).value, std::log(6.0), 1e-5);
  const std::vector<std::int64_t> one{40};
  EXPECT_EQ(entropy(one).value, 0);
  const std::vector<std::int64_t> none;
  EXPECT_EQ(entropy(none).n, 0);
}

TEST(Concentration, IsHerfindahlsIndexInALargeSample) {
  const std::vector<std::int64_t> market{300'000, 300'000, 300'000, 100'000};
  EXPECT_NEAR(*concentration(market), 0.28, 1e-5);
  const std::vector<std::int64_t> one{1};
  EXPECT_FALSE(concentration(one));
}

// Student (1908), the data of Cushny and Peebles: ten gains of sleep by hyoscine L, mean 2.33,
// interval 0.90 to 3.76 as every textbook prints it.
TEST(MeanOf, HasStudentsInterval) {
  const std::vector<double> sleep{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
  const Estimate got = mean_of(sleep);
  EXPECT_NEAR(got.value, 2.33, 1e-9);
  EXPECT_NEAR(got.low, 0.898, 2e-3);
  EXPECT_NEAR(got.high, 3.762, 2e-3);
}

// Conover (1999), table of the binomial: of 10 values the 2nd and the 9th bound the median.
TEST(MedianOf, IsBoundedByOrderStatistics) {
  const Estimate ten = median_of({10, 9, 8, 7, 6, 5, 4, 3, 2, 1});
  EXPECT_EQ(ten.value, 5.5);
  EXPECT_EQ(ten.low, 2);
  EXPECT_EQ(ten.high, 9);
  const Estimate few = median_of({3, 1, 2});
  EXPECT_EQ(few.low, 1);
  EXPECT_EQ(few.high, 3);
  std::vector<double> many(2000);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = double(i);
  EXPECT_NEAR(median_of(many).low, 955, 2);
}

TEST(PriorOf, FindsTheSpreadThatCustomersWereDrawnFrom) {
  std::mt19937 random(7);
  std::gamma_distribution<double> a(2.0, 1.0), b(6.0, 1.0);
  std::vector<Rate> customers;
  for (int i = 0; i < 5000; ++i) {
    const double x = a(random), y = b(random);
    std::binomial_distribution<int> orders(12, x / (x + y));
    customers.push_back({orders(random), 12});
  }
  const BetaPrior prior = prior_of(customers);
  EXPECT_NEAR(prior.mean(), 0.25, 0.01);
  EXPECT_NEAR(prior.hits + prior.misses, 8, 0.8);
  EXPECT_EQ(prior_of({}).hits, 0.5) << "too few customers: Jeffreys";
}

TEST(Posterior, LiesBetweenTheRateAndThePrior) {
  const Estimate got = posterior({9, 10}, {2, 6});
  EXPECT_NEAR(got.value, 11.0 / 18, 1e-12);
  EXPECT_LT(got.low, got.value);
  EXPECT_GT(got.high, got.value);
}

// Przyborowski and Wilenski (1940), dodder seeds: the twin by simulation.
TEST(Risen, AgreesWithDrawsOfBothRates) {
  std::mt19937 random(11);
  std::gamma_distribution<double> before(3.5, 1 / 90.0), after(9.5, 1 / 60.0);
  int more = 0;
  constexpr int kDraws = 200'000;
  for (int i = 0; i < kDraws; ++i) more += after(random) > before(random) ? 1 : 0;
  EXPECT_NEAR(risen(3, 90, 9, 60), double(more) / kDraws, 0.004);
  EXPECT_NEAR(risen(5, 40, 5, 40), 0.5, 1e-9);
}

TEST(FellSilent, GrowsWithSilenceAndWithActs) {
  EXPECT_NEAR(fell_silent(4, 100, 100), 1 - 1.0 / 16, 1e-12);
  EXPECT_EQ(fell_silent(4, 100, 0), 0);
  EXPECT_GT(fell_silent(9, 100, 50), fell_silent(4, 100, 50));
}

}  // namespace
}  // namespace xinjing::behaviour
