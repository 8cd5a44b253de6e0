#include "behaviour/what_if.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "behaviour/journey_sample.h"

namespace xinjing::behaviour {
namespace {

constexpr double kMinute = 60'000;

TEST(WhatIf, MovesWhatComesLaterByWhatIsSaved) {
  const EventLog log = log_of({{"1", "a", 0, 2}, {"1", "b", 12, 15}, {"1", "c", 25, 30}});
  const Played wait = play(log, 0, {{"a", "b", 0.5}});
  EXPECT_DOUBLE_EQ(wait.before, 30 * kMinute);
  EXPECT_DOUBLE_EQ(wait.after, 25 * kMinute);
  EXPECT_EQ(wait.changed, 1);
  EXPECT_DOUBLE_EQ(play(log, 0, {{"*", "c", 0}}).after, 20 * kMinute);
  EXPECT_DOUBLE_EQ(play(log, 0, {{"", "c", 2}}).after, 35 * kMinute) << "the step itself";
  EXPECT_DOUBLE_EQ(play(log, 0, {{"b", "a", 0}}).after, 30 * kMinute) << "no such wait";
}

TEST(WhatIf, SavesNothingWhereAnotherStepIsStillAtWork) {
  const EventLog log = log_of({{"1", "a", 0, 20}, {"1", "b", 5, 8}, {"1", "c", 22, 23}});
  const Played shorter = play(log, 0, {{"", "b", 0}});
  EXPECT_DOUBLE_EQ(shorter.after, 23 * kMinute) << "a goes on until 20 all the same";
}

TEST(WhatIf, IsNothingWhereNothingChanges) {
  std::mt19937 random(44);
  const EventLog log = log_of(random_steps(random, 50));
  for (std::size_t c = 0; c < log.cases(); ++c) {
    const Played same = play(log, c, {{"*", "A", 1}, {"", "B", 1}});
    EXPECT_DOUBLE_EQ(same.before, same.after);
    const Played less = play(log, c, {{"*", "A", 0.5}, {"", "B", 0.5}});
    EXPECT_LE(less.after, less.before);
  }
}

TEST(WhatIf, HasAnIntervalThatKnowsTheSpreadOfCases) {
  std::vector<SampleStep> steps;
  std::mt19937 random(45);
  double sum = 0, squares = 0;
  constexpr int kCases = 400;
  for (int c = 0; c < kCases; ++c) {
    const int wait = int(random() % 100);
    steps.push_back({fmt::format("{}", c), "a", 0, 0});
    steps.push_back({fmt::format("{}", c), "b", wait, wait + 3});
    sum += wait, squares += double(wait) * wait;
  }
  const EventLog log = log_of(steps);
  const WhatIf half = what_if(log, {{"a", "b", 0.5}});
  const double mean = sum / kCases;
  const double error = std::sqrt((squares / kCases - mean * mean) / kCases);
  EXPECT_NEAR(half.mean_change.value, -0.5 * mean * kMinute, 1);
  EXPECT_NEAR(half.mean_change.low, (-0.5 * mean - 0.98 * error) * kMinute, 0.15 * error * kMinute);
  EXPECT_NEAR(half.mean_change.high, (-0.5 * mean + 0.98 * error) * kMinute,
              0.15 * error * kMinute);
  // Drawing a quarter of the cases gives about the same interval.
  const WhatIf quarter = what_if(log, {{"a", "b", 0.5}}, {.most_drawn = 100});
  const double wide = half.mean_change.high - half.mean_change.low;
  EXPECT_NEAR(quarter.mean_change.high - quarter.mean_change.low, wide, 0.15 * wide);
}

TEST(WhatIf, DoesNotDependOnTheOrderOfRows) {
  std::mt19937 random(46);
  std::vector<SampleStep> steps = random_steps(random, 40);
  const WhatIf before = what_if(log_of(steps), {{"*", "A", 0.5}});
  std::shuffle(steps.begin(), steps.end(), random);
  const WhatIf after = what_if(log_of(steps), {{"*", "A", 0.5}});
  EXPECT_DOUBLE_EQ(before.median_change.low, after.median_change.low);
  EXPECT_NEAR(before.mean_change.high, after.mean_change.high, 1e-3);
}

TEST(WhatIf, ReadsChangesAndRefusesWhatIsNone) {
  const EventLog log = log_of({{"1", "a", 0}, {"1", "b:c", 1}, {"1", "d,e", 2}});
  const auto changes = parse_changes("a:b:c=0.5,*:d,e=0,a=2,wait:a=1.5", log);
  ASSERT_TRUE(changes) << changes.error().said.en;
  EXPECT_EQ(*changes, (std::vector<TimeChange>{
                          {"a", "b:c", 0.5}, {"*", "d,e", 0}, {"", "a", 2}, {"*", "a", 1.5}}));
  for (const char* bad :
       {"", "a", "a=", "a=x", "a=-1", "a=11", "a=nan", "z=0.5", "a:z=0.5", "a=1,"}) {
    EXPECT_EQ(parse_changes(bad, log).error().code, ErrorCode::kUsage) << bad;
  }
}

}  // namespace
}  // namespace xinjing::behaviour
