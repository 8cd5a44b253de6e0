#include "behaviour/buying_fit.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "behaviour/special_functions.h"
#include "behaviour/test_cdnow.h"

namespace xinjing::behaviour {
namespace {

TEST(BgNbd, MatchesFaderHardieLee2005OnCdnow) {
  const Cdnow data = load_cdnow();
  if (data.cells.empty()) GTEST_SKIP() << "no CDNOW data";
  const BuyingFit fit = fit_buying(BuyingModel::kBgNbd, data.cells);
  const BuyingParameters p = fit.of_level(0);
  EXPECT_EQ(fit.customers, 2357);
  EXPECT_TRUE(fit.settled);
  EXPECT_NEAR(p.r, 0.243, 5e-4);
  EXPECT_NEAR(p.alpha, 4.414, 5e-4);
  EXPECT_NEAR(p.a, 0.793, 5e-4);
  EXPECT_NEAR(p.b, 2.426, 5e-4);
  EXPECT_NEAR(fit.log_likelihood, -9582.4, 0.05);
}

TEST(ParetoNbd, MatchesFaderHardieLee2005OnCdnow) {
  const Cdnow data = load_cdnow();
  if (data.cells.empty()) GTEST_SKIP() << "no CDNOW data";
  const BuyingFit fit = fit_buying(BuyingModel::kParetoNbd, data.cells);
  const BuyingParameters p = fit.of_level(0);
  EXPECT_TRUE(fit.settled);
  EXPECT_NEAR(p.r, 0.553, 5e-4);
  EXPECT_NEAR(p.alpha, 10.578, 2e-3);
  EXPECT_NEAR(p.a, 0.606, 5e-4);
  EXPECT_NEAR(p.b, 11.669, 5e-3);
  EXPECT_NEAR(fit.log_likelihood, -9595.0, 0.05);
}

// Parameters as the package BTYDplus and its vignette give them, in weeks.
TEST(MbgNbd, MatchesBatislamDenizelFiliztekin2007OnCdnow) {
  const Cdnow data = load_cdnow();
  if (data.cells.empty()) GTEST_SKIP() << "no CDNOW data";
  const BuyingFit fit = fit_buying(BuyingModel::kMbgNbd, data.cells);
  const BuyingParameters p = fit.of_level(0);
  EXPECT_TRUE(fit.settled);
  EXPECT_NEAR(p.r, 0.525, 5e-3);
  EXPECT_NEAR(p.alpha, 6.183, 5e-2);
  EXPECT_NEAR(p.a, 0.891, 5e-3);
  EXPECT_NEAR(p.b, 1.614, 1e-2);
}

TEST(Spend, MatchesFaderHardie2013OnCdnow) {
  const Cdnow data = load_cdnow();
  if (data.cells.empty()) GTEST_SKIP() << "no CDNOW data";
  const SpendFit fit = fit_spend(data.spenders);
  EXPECT_EQ(fit.customers, 946);
  EXPECT_TRUE(fit.settled);
  EXPECT_NEAR(fit.parameters.p, 6.25, 5e-3);
  EXPECT_NEAR(fit.parameters.q, 3.74, 5e-3);
  EXPECT_NEAR(fit.parameters.gamma, 15.44, 1e-2);
}

}  // namespace
}  // namespace xinjing::behaviour
