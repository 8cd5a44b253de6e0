#include "psychology/confirmation.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace xinjing::psychology {
namespace {

TEST(Confirmation, IsTheBalanceOfWhatIsKnown) {
  const std::vector<Experience> told = {{"AFT", "unmet", 1}, {"AFT", "unmet", 1},
                                        {"AFT", "met", 1},   {"SPD", "exceeded", 0.5},
                                        {"PRI", "open", 1},  {"PRI", "expired", 1}};
  const auto gaps = confirmation_of(told);
  ASSERT_EQ(gaps.size(), 3U) << "an open one alone says nothing";
  EXPECT_EQ(gaps[0].aspect, "AFT");
  EXPECT_DOUBLE_EQ(gaps[0].gap, -2.0 / 4);
  EXPECT_EQ(gaps[1].aspect, "SPD");
  EXPECT_DOUBLE_EQ(gaps[1].gap, 0.5 / 1.5);
  EXPECT_TRUE(gaps[2].aspect.empty());
  EXPECT_DOUBLE_EQ(gaps[2].gap, -1.5 / 4.5);
  EXPECT_TRUE(confirmation_of({}).empty());
}

TEST(Confirmation, StaysWithinItsBoundsAndHeedsNoOrder) {
  std::vector<Experience> told(20, {"SPD", "exceeded", 1});
  EXPECT_LT(confirmation_of(told)[0].gap, 1);
  EXPECT_GT(confirmation_of(told)[0].gap, 0.9);
  told.push_back({"AFT", "unmet", 0.7});
  const double before = confirmation_of(told).back().gap;
  std::reverse(told.begin(), told.end());
  EXPECT_DOUBLE_EQ(confirmation_of(told).back().gap, before);
}

}  // namespace
}  // namespace xinjing::psychology
