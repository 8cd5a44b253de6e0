#include "behaviour/preference.h"

#include <gtest/gtest.h>

#include <random>

namespace xinjing::behaviour {
namespace {

Line line(int i) {
  Line out;
  out.subject = 1, out.row = i + 1, out.order = std::uint64_t(i + 1), out.day = {20'000 + 9 * i};
  out.minute = 600, out.product = std::uint32_t(i + 1), out.discount_known = true;
  return out;
}

std::vector<Line> lines_of(int n) {
  std::vector<Line> out;
  for (int i = 0; i < n; ++i) out.push_back(line(i));
  return out;
}

double value_of(const std::vector<Preference>& all, Measure measure) {
  const Preference* found = find(all, measure);
  return found == nullptr ? -1 : found->estimate.value;
}

TEST(Preferences, CountOrdersNotLines) {
  std::vector<Line> lines = lines_of(6);
  for (Line& one : lines) one.order = one.order / 2;  // 0, 1, 1, 2, 2, 3
  lines[1].discounted = true;
  const auto all = preferences_of(lines, {});
  const Preference* discounts = find(all, Measure::kDiscountShare);
  ASSERT_NE(discounts, nullptr);
  EXPECT_EQ(discounts->estimate.n, 4);
  EXPECT_EQ(discounts->estimate.value, 0.25);
  EXPECT_FALSE(discounts->enough()) << "five orders are needed";
}

TEST(Preferences, DrawPriceSensitivityTowardsEverybody) {
  std::vector<Line> lines = lines_of(5);
  for (Line& one : lines) one.discounted = true;
  Usual usual;
  usual.discount = {2, 8};
  EXPECT_NEAR(value_of(preferences_of(lines, usual), Measure::kSensitivity), 7.0 / 15, 1e-12);
}

TEST(Preferences, FollowBrandsWithinTheirCategory) {
  std::vector<Line> lines = lines_of(6);
  const std::uint32_t brands[] = {1, 9, 1, 9, 2, 9};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i].brand = brands[i], lines[i].category = i % 2 == 0 ? 1 : 2;
  }
  const auto all = preferences_of(lines, {});
  const Preference* switches = find(all, Measure::kBrandSwitching);
  EXPECT_EQ(switches->estimate.n, 4) << "two of each category have one before";
  EXPECT_EQ(switches->estimate.value, 0.25);
  EXPECT_EQ(find(all, Measure::kBrandShare)->about, 9U);
  EXPECT_EQ(value_of(all, Measure::kBrandShare), 0.5);
}

TEST(Preferences, DoNotLearnFromWhatWasGivenBack) {
  std::vector<Line> lines = lines_of(6);
  for (Line& one : lines) one.brand = 1;
  lines[2].brand = 2, lines[2].returned = true;
  const auto all = preferences_of(lines, {});
  EXPECT_EQ(value_of(all, Measure::kBrandShare), 1);
  EXPECT_NEAR(value_of(all, Measure::kReturnShare), 1.0 / 6, 1e-12);
  EXPECT_EQ(find(all, Measure::kDiscountShare)->estimate.n, 5);
}

TEST(Preferences, FindWhatSomebodyIsDrawnTo) {
  std::vector<Line> lines = lines_of(12);
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i].category = i < 9 ? 1 : 2;
  Usual usual;
  usual.category_shares = {{1, 0.1}, {2, 0.9}};
  const auto all = preferences_of(lines, usual);
  const Preference* drawn = find(all, Measure::kAffinity);
  ASSERT_NE(drawn, nullptr);
  EXPECT_EQ(drawn->about, 1U);
  EXPECT_NEAR(drawn->estimate.value, (9 + 1) / 22.0 / 0.1, 1e-6);
  EXPECT_GT(drawn->estimate.low, 1);
}

TEST(Preferences, KnowNightOnlyWhereATimeIsKnown) {
  std::vector<Line> lines = lines_of(6);
  lines[0].minute = 23 * 60, lines[1].minute = 5 * 60 + 59, lines[2].minute = 6 * 60;
  lines[3].minute = -1;
  const auto all = preferences_of(lines, {});
  EXPECT_EQ(find(all, Measure::kNightShare)->estimate.n, 5);
  EXPECT_NEAR(value_of(all, Measure::kNightShare), 2.0 / 5, 1e-12);
}

TEST(Preferences, OfNothingAreNone) { EXPECT_TRUE(preferences_of({}, {}).empty()); }

TEST(Preferences, SayTheSameInAnyNumbering) {
  std::mt19937 random(5);
  std::vector<Line> lines = lines_of(40);
  for (Line& one : lines) {
    one.brand = random() % 4, one.category = random() % 3, one.discounted = random() % 2 == 0;
    one.product = random() % 9, one.compared = std::int32_t(random() % 5), one.hours = 2.0;
  }
  std::vector<Line> other = lines;
  for (Line& one : other) one.product = one.product == 0 ? 0 : one.product * 1000, one.order += 70;
  EXPECT_EQ(preferences_of(lines, {}), preferences_of(other, {}));
}

TEST(Measures, HaveNamesThatLeadBack) {
  for (std::size_t i = 0; i < kMeasures; ++i) {
    const auto measure = static_cast<Measure>(i);
    EXPECT_EQ(measure_from(measure_id(measure)), measure);
    EXPECT_FALSE(measure_label(measure).zh.empty());
  }
  EXPECT_FALSE(measure_from("mood"));
}

}  // namespace
}  // namespace xinjing::behaviour
