#include "base/lanes.h"

#include <gtest/gtest.h>

#include <cmath>

namespace xinjing {
namespace {

TEST(Exp4, IsWithinFourTenMillionthsOfTheTruth) {
  for (int step = -8600; step <= 8700; ++step) {
    const float x = static_cast<float>(step) / 100;
    const Float4 found = exp4(Float4{x, -x < -87 ? 0 : -x, 0, 1});
    const double truth = std::exp(static_cast<double>(x));
    ASSERT_NEAR(static_cast<double>(found[0]) / truth, 1, 4e-7) << x;
    ASSERT_EQ(found[2], 1.0F);
    ASSERT_NEAR(found[3], 2.7182818F, 5e-7);
  }
}

TEST(Exp4, StaysFiniteBeyondItsRange) {
  const Float4 found = exp4(Float4{-1000, 1000, -88, 88});
  EXPECT_GT(found[0], 0);
  EXPECT_LT(found[0], 2e-38F);
  EXPECT_TRUE(std::isfinite(found[1]) && found[1] > 1e38F);
}

}  // namespace
}  // namespace xinjing
