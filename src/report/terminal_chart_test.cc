#include "report/terminal_chart.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/visible.h"

namespace xinjing::report {
namespace {

TEST(TerminalChart, SparksGoFromZeroToTheHighest) {
  EXPECT_EQ(sparks(std::vector<double>{0, 1, 4, 8}), "▁▂▅█");
  EXPECT_EQ(sparks(std::vector<double>{0, 0}), "▁▁");
  EXPECT_EQ(sparks(std::vector<double>{-4, 0, std::nan(""), 4}), "▁▅ █");
  EXPECT_EQ(sparks({}), "");
}

TEST(TerminalChart, BarsAreExactToAnEighthOfAColumn) {
  EXPECT_EQ(bar(1, 1, 3), "███");
  EXPECT_EQ(bar(1, 2, 3), "█▌");
  EXPECT_EQ(bar(9, 2, 3), "███");
  EXPECT_EQ(bar(0, 2, 3), "");
  EXPECT_EQ(bar(1, 0, 3), "");
  EXPECT_EQ(columns_of(bar(0.99, 1, 40)), 40U);
}

}  // namespace
}  // namespace xinjing::report
