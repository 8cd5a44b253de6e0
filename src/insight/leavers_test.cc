#include "insight/leavers.h"

#include <gtest/gtest.h>

#include <cmath>

namespace xinjing::insight {
namespace {

/// `n` customers with one conversation each, of whom `complaining` complain.
void add(std::vector<Complaints>& to, bool leaves, int n, int complaining) {
  for (int i = 0; i < n; ++i) to.push_back({leaves, 1, i < complaining ? 1.0 : 0.0});
}

TEST(Contrast, IsTheOddsRatioOfTheTable) {
  // 20 of 50 against 10 of 60, a half added to each cell: (20.5/30.5)/(10.5/50.5) = 3.233;
  // the standard error of its log is sqrt(1/20.5 + 1/30.5 + 1/10.5 + 1/50.5) = 0.4432 before the
  // n/(n-1) of the design effect.
  std::vector<Complaints> all;
  add(all, true, 50, 20), add(all, false, 60, 10);
  const Contrast contrast = contrast_of(all);
  EXPECT_NEAR(contrast.odds.value, 3.2327, 0.001);
  EXPECT_NEAR(std::log(contrast.odds.high / contrast.odds.low) / (2 * 1.959964), 0.4432, 0.006);
  EXPECT_NEAR(contrast.p, 0.0041, 0.0006);
  EXPECT_DOUBLE_EQ(contrast.leavers.value, 0.4);
  EXPECT_DOUBLE_EQ(contrast.complaining, 20);
  EXPECT_DOUBLE_EQ(contrast.complaining_all, 30);
}

TEST(Contrast, IsOneSided) {
  std::vector<Complaints> all;
  add(all, true, 50, 5), add(all, false, 50, 25);
  EXPECT_GT(contrast_of(all).p, 0.99) << "leavers complain less";
}

TEST(Contrast, OneCustomerWithManyConversationsIsOneCustomer) {
  std::vector<Complaints> even, uneven;
  add(even, true, 40, 20), add(even, false, 40, 5);
  uneven.push_back({true, 20, 20});
  add(uneven, true, 20, 0), add(uneven, false, 40, 5);
  EXPECT_LT(contrast_of(even).p, 0.001);
  EXPECT_GT(contrast_of(uneven).p, 5 * contrast_of(even).p);
}

TEST(Contrast, SaysNothingWhereNobodyComplainsOrOneSideIsMissing) {
  std::vector<Complaints> all;
  add(all, true, 10, 0), add(all, false, 10, 0);
  EXPECT_DOUBLE_EQ(contrast_of(all).p, 1);
  EXPECT_DOUBLE_EQ(contrast_of(all).odds.value, 1);
  std::vector<Complaints> alone;
  add(alone, true, 10, 5);
  EXPECT_DOUBLE_EQ(contrast_of(alone).p, 1);
  EXPECT_DOUBLE_EQ(contrast_of({}).p, 1);
}

}  // namespace
}  // namespace xinjing::insight
