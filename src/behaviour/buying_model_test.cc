#include "behaviour/buying_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "behaviour/buying_forecast.h"
#include "behaviour/special_functions.h"

namespace xinjing::behaviour {
namespace {

constexpr BuyingModel kModels[] = {BuyingModel::kBgNbd, BuyingModel::kMbgNbd,
                                   BuyingModel::kParetoNbd};

BuyingParameters some_parameters(std::mt19937& random) {
  std::uniform_real_distribution<double> logs(-1.5, 2);
  return {std::exp(logs(random)), std::exp(logs(random)), std::exp(logs(random)),
          std::exp(logs(random))};
}

std::vector<BuyingCell> some_cells(std::mt19937& random, int n) {
  std::vector<BuyingCell> out;
  for (int i = 0; i < n; ++i) {
    const int age = int(random() % 400);
    const int last = age == 0 ? 0 : int(random() % unsigned(age + 1));
    const int repeats = last == 0 ? 0 : 1 + int(random() % 12);
    out.push_back({0, repeats, repeats == 0 ? 0 : last, age, double(1 + random() % 3)});
  }
  return grouped(std::move(out));
}

/// The integral over the moment of leaving with a hundred thousand equal steps.
double slow_pareto(const BuyingParameters& p, const BuyingCell& cell) {
  const double k = p.r + cell.repeats, from = cell.last_days / 7., to = cell.age_days / 7.;
  constexpr int kSteps = 100'000;
  double integral = 0;
  for (int i = 0; i < kSteps; ++i) {
    const double y = from + (to - from) * (i + 0.5) / kSteps;
    integral += std::pow(p.alpha + y, -k) * std::pow(p.b + y, -p.a - 1) * (to - from) / kSteps;
  }
  return std::lgamma(k) - std::lgamma(p.r) + p.r * std::log(p.alpha) + p.a * std::log(p.b) +
         std::log(std::pow(p.alpha + to, -k) * std::pow(p.b + to, -p.a) + p.a * integral);
}

TEST(BuyingModel, GradientIsThatOfDifferences) {
  const unsigned seed = 7;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (const BuyingModel model : kModels) {
    for (int trial = 0; trial < 20; ++trial) {
      const BuyingParameters p = some_parameters(random);
      const std::vector<BuyingCell> cells = some_cells(random, 30);
      const BuyingLikelihood at = likelihood(model, p, cells);
      for (std::size_t j = 0; j < kBuyingParameters; ++j) {
        auto up = p.logs(), down = p.logs();
        up[j] += 1e-5, down[j] -= 1e-5;
        const double slope =
            (likelihood(model, BuyingParameters::from_logs(up), cells).log_likelihood -
             likelihood(model, BuyingParameters::from_logs(down), cells).log_likelihood) /
            2e-5;
        EXPECT_NEAR(at.slope[j], slope, 1e-5 * (1 + std::abs(slope))) << model_id(model) << j;
      }
    }
  }
}

TEST(ParetoNbd, IsThatOfASlowIntegral) {
  const unsigned seed = 11;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int trial = 0; trial < 30; ++trial) {
    const BuyingParameters p = some_parameters(random);
    for (const BuyingCell& cell : some_cells(random, 3)) {
      const std::vector<BuyingCell> alone{
          {cell.level, cell.repeats, cell.last_days, cell.age_days, 1}};
      const double wanted = slow_pareto(p, cell);
      EXPECT_NEAR(likelihood(BuyingModel::kParetoNbd, p, alone).log_likelihood, wanted,
                  1e-6 * std::abs(wanted) + 1e-7);
    }
  }
}

TEST(ParetoNbd, SharedDaysGiveWhatCellsGiveAlone) {
  const unsigned seed = 13;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (const double beta : {1e-3, 0.5, 300.}) {  // near 0 the integrand is nearly singular
    const BuyingParameters p{0.6, 0.05, 0.7, beta};
    const std::vector<BuyingCell> cells = some_cells(random, 2000);
    std::vector<double> together(cells.size()), alone(1);
    const double all = likelihood(BuyingModel::kParetoNbd, p, cells, together).log_likelihood;
    double sum = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      sum += likelihood(BuyingModel::kParetoNbd, p, std::span(&cells[i], 1), alone).log_likelihood;
      EXPECT_NEAR(together[i], alone[0], 1e-9);
    }
    EXPECT_NEAR(all, sum, 1e-9 * std::abs(sum));
  }
}

TEST(BuyingModel, LongHistoriesNeitherOverflowNorVanish) {
  for (const BuyingModel model : kModels) {
    const std::vector<BuyingCell> cells{{0, 5000, 20'000, 20'001, 1}};
    std::vector<double> alive(1);
    const BuyingLikelihood at = likelihood(model, {0.5, 1e-3, 0.5, 1e-3}, cells, alive);
    EXPECT_TRUE(std::isfinite(at.log_likelihood)) << model_id(model);
    EXPECT_GT(alive[0], 0.9);
    EXPECT_LE(alive[0], 1);
  }
}

TEST(BgNbd, OneTimeBuyersAreAliveWithCertaintyAndInMbgNbdTheyAreNot) {
  const std::vector<BuyingCell> cells{{0, 0, 0, 270, 1}};
  std::vector<double> alive(1);
  (void)likelihood(BuyingModel::kBgNbd, {0.243, 4.414, 0.793, 2.426}, cells, alive);
  EXPECT_EQ(alive[0], 1);
  (void)likelihood(BuyingModel::kMbgNbd, {0.525, 6.183, 0.891, 1.614}, cells, alive);
  EXPECT_LT(alive[0], 0.5);
  (void)likelihood(BuyingModel::kParetoNbd, {0.553, 10.578, 0.606, 11.669}, cells, alive);
  EXPECT_LT(alive[0], 0.7);
}

TEST(BuyingModel, GroupingKeepsEveryCustomerWhateverTheOrder) {
  std::mt19937 random(3);
  std::vector<BuyingCell> cells;
  for (int i = 0; i < 500; ++i) cells.push_back({int(random() % 2), int(random() % 3), 7, 70, 1});
  std::vector<std::uint32_t> place;
  const std::vector<BuyingCell> out = grouped(cells, &place);
  EXPECT_EQ(out.size(), 6U);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    EXPECT_TRUE(out[place[i]].same_history(cells[i]));
  }
  std::shuffle(cells.begin(), cells.end(), random);
  const std::vector<BuyingCell> again = grouped(cells);
  for (std::size_t i = 0; i < out.size(); ++i) EXPECT_EQ(out[i].customers, again[i].customers);
}

/// Orders of simulated customers who are still there, by the story that the model tells.
struct Simulated {
  double orders = 0, squares = 0, discounted = 0;
  std::vector<double> at_least = std::vector<double>(6);
};

Simulated simulate(BuyingModel model, const BuyingParameters& p, int repeats, int age,
                   const Horizon& horizon, unsigned seed) {
  std::mt19937_64 random(seed);
  const double k = p.r + repeats, weeks = age / 7.;
  std::gamma_distribution<double> rate(k, 1 / (p.alpha + weeks));
  std::gamma_distribution<double> leaving(p.a, 1 / (p.b + weeks));
  std::gamma_distribution<double> gone(p.a);
  std::gamma_distribution<double> stays(p.b + repeats + (model == BuyingModel::kMbgNbd ? 1 : 0));
  std::uniform_real_distribution<double> uniform;
  Simulated out;
  constexpr int kCustomers = 60'000;
  for (int i = 0; i < kCustomers; ++i) {
    const double lambda = rate(random);
    double end = horizon.weeks, share = 0;
    if (model == BuyingModel::kParetoNbd) {
      end = std::min(end, std::exponential_distribution<double>(leaving(random))(random));
    } else {
      const double x = gone(random);
      share = x / (x + stays(random));
    }
    int n = 0;
    for (double t = 0;;) {
      t += std::exponential_distribution<double>(lambda)(random);
      if (t > end) break;
      ++n;
      out.discounted += std::exp(-horizon.discount_per_week * t) / kCustomers;
      if (uniform(random) < share) break;
    }
    out.orders += double(n) / kCustomers, out.squares += double(n) * n / kCustomers;
    for (int m = 1; m <= std::min(n, 6); ++m) out.at_least[std::size_t(m - 1)] += 1. / kCustomers;
  }
  return out;
}

TEST(Prospect, IsThatOfSimulatedCustomers) {
  const BuyingParameters parameters[] = {
      {0.243, 4.414, 0.793, 2.426}, {0.525, 6.183, 0.891, 1.614}, {0.553, 10.578, 0.606, 11.669}};
  const Horizon horizon{.weeks = 26, .discount_per_week = 0.01};
  for (std::size_t m = 0; m < 3; ++m) {
    for (const auto& [repeats, age] : {std::pair(0, 30), std::pair(3, 200), std::pair(25, 270)}) {
      const unsigned seed = 17 + unsigned(m);
      SCOPED_TRACE(fmt::format("{} {} {}, seed {}", model_id(kModels[m]), repeats, age, seed));
      const Simulated wanted = simulate(kModels[m], parameters[m], repeats, age, horizon, seed);
      const Prospect got = prospect(kModels[m], parameters[m], repeats, age, horizon);
      EXPECT_NEAR(got.orders, wanted.orders, 0.04 * wanted.orders);
      EXPECT_NEAR(got.discounted, wanted.discounted, 0.04 * wanted.discounted);
      EXPECT_NEAR(got.squares, wanted.squares, 0.08 * wanted.squares);
      for (std::size_t n = 0; n < 6 && n < got.at_least.size(); ++n) {
        EXPECT_NEAR(got.at_least[n], wanted.at_least[n], 0.01);
      }
      double sum = 0;
      for (const double p : got.at_least) sum += p;
      EXPECT_NEAR(sum, got.orders, 0.003 * got.orders + 2e-4);
    }
  }
}

// Eq. 10 of Fader, Hardie and Lee (2005), of who is still a customer, by its plain series.
TEST(Prospect, OfBgNbdIsTheClosedForm) {
  const BuyingParameters p{0.243, 4.414, 0.793, 2.426};
  for (const auto& [repeats, age, weeks] :
       {std::tuple(2, 213, 39.), std::tuple(0, 70, 12.), std::tuple(9, 270, 52.)}) {
    const double A = p.alpha + age / 7., k = p.r + repeats, z = weeks / (A + weeks);
    const double f = hypergeometric(k, p.b + repeats, p.a + p.b + repeats - 1, z);
    const double wanted = (p.a + p.b + repeats - 1) / (p.a - 1) * (1 - std::pow(1 - z, k) * f);
    const Horizon horizon{.weeks = weeks};
    EXPECT_NEAR(prospect(BuyingModel::kBgNbd, p, repeats, age, horizon).orders, wanted,
                1e-9 * wanted);
    const auto path = expected_path(BuyingModel::kBgNbd, p, repeats, age, int(weeks));
    EXPECT_NEAR(path.back(), wanted, 1e-4 * wanted);
  }
}

TEST(Prospect, IsFiniteAndTheSameWhereverItIsComputed) {
  // Nearly everybody alike in leaving: then it is the closed form of one probability, p = 0.02.
  const double p = 0.02, r = 2, alpha = 9, t = 52;
  const BuyingParameters alike{r, alpha, 4000, 4000 / p - 4000};
  for (const int age : {0, 100}) {
    const double A = alpha + age / 7.;
    const double wanted = (1 - std::pow(1 + p * t / A, -r)) / p;
    const Prospect got = prospect(BuyingModel::kBgNbd, alike, 0, age, {.weeks = t});
    EXPECT_NEAR(got.orders, wanted, 2e-3 * wanted);
  }
  // Where both ways work they agree: a short horizon goes by the series, a long one by the sum.
  for (const double a : {0.01, 1., 140.}) {
    for (const double b : {0.01, 3., 150.}) {
      for (const BuyingModel model : kModels) {
        const Prospect got = prospect(model, {0.3, 0.05, a, b}, 3, 5, {.weeks = 200});
        double sum = 0;
        for (const double n : got.at_least) sum += n;
        EXPECT_TRUE(std::isfinite(got.orders) && got.orders >= 0) << a << " " << b;
        EXPECT_NEAR(got.orders, sum, 0.04 * sum + 0.03) << model_id(model) << a << " " << b;
      }
    }
  }
}

// Eq. 41 of Fader and Hardie (2005), "A Note on Deriving the Pareto/NBD Model".
TEST(Prospect, OfParetoNbdIsTheClosedForm) {
  const BuyingParameters p{0.553, 10.578, 0.606, 11.669};
  const double A = p.alpha + 30, B = p.b + 30, k = p.r + 4, t = 52;
  const double wanted = k * B / (A * (p.a - 1)) * (1 - std::pow(B / (B + t), p.a - 1));
  EXPECT_NEAR(prospect(BuyingModel::kParetoNbd, p, 4, 210, {.weeks = t}).orders, wanted,
              1e-9 * wanted);
}

TEST(SpecialFunctions, HaveKnownValues) {
  EXPECT_NEAR(digamma(1), -0.57721566490153286, 1e-13);
  EXPECT_NEAR(digamma(0.01), -100.56088545786868, 1e-10);
  EXPECT_NEAR(hypergeometric(1, 1, 2, 0.5), 2 * std::log(2.), 1e-13);
  EXPECT_NEAR(hypergeometric(0.5, 1, 1.5, 0.999 * 0.999), std::atanh(0.999) / 0.999, 1e-9);
  EXPECT_NEAR(chi_square_tail(3.841458820694124, 1), 0.05, 1e-12);
  EXPECT_NEAR(chi_square_tail(30, 10), 0.000857, 1e-6);
}

}  // namespace
}  // namespace xinjing::behaviour
