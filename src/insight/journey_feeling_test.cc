#include "insight/journey_feeling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace xinjing::insight {
namespace {

/// `people` people who each say `values` about a step, one conversation a value.
void say(std::vector<StepReading>& readings, const std::string& activity, int first, int people,
         const std::vector<double>& values) {
  for (int person = first; person < first + people; ++person) {
    for (const double value : values) {
      readings.push_back({activity, person, value + 0.1 * (person % 3 - 1), value < 0, value < -1});
    }
  }
}

TEST(JourneyFeeling, TellsWhereSatisfactionFalls) {
  std::vector<StepReading> readings;
  say(readings, "register", 0, 30, {0.5});
  say(readings, "wait", 20, 30, {-1.2});
  say(readings, "pay", 40, 30, {0.5, 0.5});
  const std::vector<StepFeeling> steps = step_feelings(readings);
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0].activity, "wait");
  EXPECT_TRUE(steps[0].differs);
  EXPECT_NEAR(steps[0].satisfaction.value, -1.2, 0.01);
  EXPECT_LT(steps[0].change.high, 0);
  EXPECT_DOUBLE_EQ(steps[0].unmet.value, 1);
  EXPECT_EQ(steps[0].people, 30);
}

TEST(JourneyFeeling, CountsAPersonOnceHoweverMuchTheySay) {
  std::vector<StepReading> readings;
  say(readings, "a", 0, 11, {0});
  say(readings, "b", 100, 11, {0});
  say(readings, "a", 5, 1, std::vector<double>(500, -2));
  const std::vector<StepFeeling> steps = step_feelings(readings);
  EXPECT_EQ(steps[0].conversations, 511);
  EXPECT_EQ(steps[0].people, 11);
  EXPECT_NEAR(steps[0].satisfaction.value, -2.0 / 11, 0.02);
  EXPECT_FALSE(steps[0].differs);
}

TEST(JourneyFeeling, SaysThatFewPeopleAreNotEnoughGround) {
  std::vector<StepReading> readings;
  say(readings, "a", 0, 9, {-2});
  say(readings, "b", 0, 40, {1});
  for (const StepFeeling& step : step_feelings(readings)) {
    EXPECT_FALSE(step.enough) << step.activity;
    EXPECT_FALSE(step.differs);
  }
  EXPECT_TRUE(step_feelings({}).empty());
}

TEST(JourneyFeeling, DoesNotDependOnTheOrderOfRows) {
  std::vector<StepReading> readings;
  say(readings, "a", 0, 30, {0.3, -0.7});
  say(readings, "b", 10, 30, {0.1});
  const auto before = step_feelings(readings);
  std::mt19937 random(51);
  std::shuffle(readings.begin(), readings.end(), random);
  const auto after = step_feelings(readings);
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(before[i].change, after[i].change) << "seed 51";
  }
}

}  // namespace
}  // namespace xinjing::insight
