#include "behaviour/event_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "behaviour/journey_sample.h"

namespace xinjing::behaviour {
namespace {

TEST(EventLog, PutsTheStepsOfEachCaseInOrderOfTime) {
  const EventLog log = log_of({{"b", "pay", 9}, {"a", "serve", 5}, {"a", "register", 1}});
  ASSERT_EQ(log.cases(), 2U);
  EXPECT_EQ(log.case_id(0), "b");
  EXPECT_EQ(path_text(log, 1), "register serve");
  EXPECT_EQ(log.find_activity("serve"), 2U);
  EXPECT_FALSE(log.find_activity("no"));
  EXPECT_EQ(log.last_moment(), minute(9));
}

TEST(EventLog, KeepsTheOrderOfTheFileWhereStepsStartTogetherAndSaysSo) {
  const EventLog log = log_of({{"a", "z", 1}, {"a", "b", 1}, {"a", "a", 0}});
  EXPECT_EQ(path_text(log, 0), "a z b");
  EXPECT_EQ(log.problems().same_moment, 1);
}

TEST(EventLog, LeavesOutWhatHasNoNameOrAnImpossibleTimeAndCountsIt) {
  EventLogBuilder builder({.first = {minute(0)}, .last = {minute(100)}});
  builder.add({.case_id = "", .activity = "x", .started = {minute(1)}});
  builder.add({.case_id = "a", .activity = "", .started = {minute(1)}});
  builder.add({.case_id = "a", .activity = "x", .started = {0}});
  builder.add({.case_id = "a", .activity = "x", .started = {minute(101)}});
  builder.add({.case_id = "a", .activity = "x", .started = {minute(2)}, .ended = Instant{0}});
  builder.add(
      {.case_id = "a", .activity = "y", .started = {minute(3)}, .ended = Instant{minute(200)}});
  const EventLog log = builder.finish();
  EXPECT_EQ(log.steps(), 2U);
  EXPECT_EQ(log.problems().nameless, 2);
  EXPECT_EQ(log.problems().out_of_range, 2);
  EXPECT_EQ(log.problems().ends_before, 1);
  EXPECT_EQ(log.problems().ends_late, 1);
  EXPECT_EQ(log.ended(0), EventLog::kUnknown);
  EXPECT_EQ(log.done(1), minute(3));
  EXPECT_FALSE(log.has_ends());
}

TEST(EventLog, NamesTheLongestCaseAndCountsThoseOfOneStep) {
  const EventLog log =
      log_of({{"b", "x", 1}, {"b", "y", 2}, {"a", "x", 1}, {"a", "y", 2}, {"c", "x", 1}});
  EXPECT_EQ(log.problems().single, 1);
  EXPECT_EQ(log.problems().longest, 2);
  EXPECT_EQ(log.problems().longest_case, "a");
}

TEST(EventLog, OfNothingHasNoCases) {
  const EventLog log = EventLogBuilder().finish();
  EXPECT_EQ(log.cases(), 0U);
  EXPECT_EQ(log.steps(), 0U);
}

TEST(EventLog, TakesACaseOfAMillionSteps) {
  EventLogBuilder builder;
  for (int i = 1'000'000; i > 0; --i) {
    builder.add({.case_id = "all", .activity = i % 2 == 0 ? "a" : "b", .started = {minute(i)}});
  }
  const EventLog log = builder.finish();
  EXPECT_EQ(log.problems().longest, 1'000'000);
  EXPECT_EQ(log.started(0), minute(1));
}

}  // namespace
}  // namespace xinjing::behaviour
