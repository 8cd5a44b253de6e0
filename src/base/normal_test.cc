#include "base/normal.h"

#include <gtest/gtest.h>

namespace xinjing {
namespace {

TEST(Normal, HasTheValuesOfTables) {
  EXPECT_NEAR(normal_below(0), 0.5, 1e-15);
  EXPECT_NEAR(normal_below(1), 0.8413447460685429, 1e-14);
  EXPECT_NEAR(normal_below(-3), 0.0013498980316300933, 1e-16);
  EXPECT_NEAR(normal_quantile(0.975), kNormal95, 1e-9);
  EXPECT_NEAR(normal_quantile(0.95), kNormal90, 1e-9);
  EXPECT_NEAR(normal_quantile(1e-6), -4.753424308822899, 1e-8);
}

TEST(Normal, QuantileUndoesTheDistribution) {
  for (double p = 0.001; p < 1; p += 0.001) EXPECT_NEAR(normal_below(normal_quantile(p)), p, 1e-12);
}

}  // namespace
}  // namespace xinjing
