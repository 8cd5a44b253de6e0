#include "behaviour/usual_use.h"

#include <gtest/gtest.h>

#include <cmath>

namespace xinjing::behaviour {
namespace {

constexpr int k2025 = 20089;  // 2025-01-01

// Tukey (1977), deaths in motorcycle sports by age and year, as in the manual of R's medpolish.
TEST(UsualUse, PolishesTukeys1977Table) {
  const Polished p = median_polish({14, 15, 14, 7, 4, 7, 8, 2, 10, 15, 9, 10, 0, 2, 0}, 3);
  EXPECT_EQ(p.overall, 8);
  EXPECT_EQ(p.rows, (std::vector<double>{6, -1, 0, 2, -8}));
  EXPECT_EQ(p.columns, (std::vector<double>{0, -1, 0}));
  EXPECT_EQ(p.rest, (std::vector<double>{0, 2, 0, 0, -2, 0, 0, -5, 2, 5, 0, 0, 0, 3, 0}));
}

TEST(UsualUse, KnowsStudentsTable) {
  EXPECT_NEAR(student_95(4), 2.132, 0.004);
  EXPECT_NEAR(student_95(10), 1.812, 0.001);
  EXPECT_NEAR(student_95(1e9), 1.645, 0.001);
}

std::vector<UsePeriod> months(const std::vector<double>& kwh) {
  std::vector<UsePeriod> out;
  for (std::size_t i = 0; i < kwh.size(); ++i) {
    out.push_back({{k2025 + int(i) * 30}, 30, float(kwh[i])});
  }
  return out;
}

TEST(UsualUse, AJumpAgainstTheOwnPastIsFound) {
  const auto found = unusual_use(months({180, 190, 175, 185, 170, 412}), Seasons(), {k2025});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(found[0].usual, 180, 1);
  EXPECT_NEAR(found[0].ratio(), 2.29, 0.02);
  EXPECT_LT(found[0].low, 180);
  EXPECT_LT(found[0].high, 412);
  EXPECT_EQ(found[0].before, 5);
  EXPECT_TRUE(found[0].more());
}

TEST(UsualUse, WhatAllDoIsNotUnusual) {
  std::vector<std::vector<UsePeriod>> all;
  for (int i = 0; i < 30; ++i) {
    const double level = 100 + 5.0 * i;
    all.push_back(months({level, level * 1.02, level * 0.98, level, level * 2.5}));
  }
  all.push_back(months({200, 200, 200, 200, 200}));  // winter for all but this one
  const std::vector<std::span<const UsePeriod>> views(all.begin(), all.end());
  const Seasons seasons = Seasons::of(views);
  ASSERT_TRUE(seasons.known());
  EXPECT_TRUE(unusual_use(all[3], seasons, {k2025}).empty());
  const auto low = unusual_use(all.back(), seasons, {k2025});
  ASSERT_EQ(low.size(), 1U);
  EXPECT_FALSE(low[0].more());
}

TEST(UsualUse, SaysNothingOfAShortPast) {
  EXPECT_TRUE(unusual_use(months({180, 190, 900}), Seasons(), {k2025}).empty());
  EXPECT_FALSE(usual_use({}, {{k2025}, 30, 900}, Seasons()).has_value());
}

TEST(UsualUse, OneThatWasUnusualIsNoPast) {
  const auto found = unusual_use(months({180, 190, 175, 900, 910, 905}), Seasons(), {k2025});
  EXPECT_EQ(found.size(), 3U);
  EXPECT_NEAR(found.back().usual, 180, 1);
}

}  // namespace
}  // namespace xinjing::behaviour
