#include "behaviour/history.h"

#include <gtest/gtest.h>

namespace xinjing::behaviour {
namespace {

History bought_on(std::initializer_list<int> days) {
  History history;
  for (const int day : days) {
    ++history.orders;
    history.spent["CNY"] += 990'000;
    history.bought.add({day});
  }
  return history;
}

TEST(History, MergesInAnyOrder) {
  History a = bought_on({10, 40}), b = bought_on({3}), c;
  c.channels["hotline"] = 2;
  c.spent["EUR"] = 5;
  History left = a, right = c;
  left.merge(b);
  left.merge(c);
  right.merge(b);
  right.merge(a);
  EXPECT_EQ(left, right);
  EXPECT_EQ(left.bought, (DayRange{{3}, {40}}));
  EXPECT_EQ(left.spent.at("CNY"), 2'970'000);
  History same = left;
  same.merge({});
  EXPECT_EQ(same, left);
}

TEST(Rfm, CountsDaysSinceTheLastOrder) {
  EXPECT_EQ(rfm(bought_on({10, 40}), {100}).recency_days, 60);
  EXPECT_EQ(rfm(bought_on({10, 40}), {100}).frequency, 2);
  EXPECT_FALSE(rfm({}, {100}).recency_days);
}

TEST(FrequencyClass, FollowsTheStatedRules) {
  EXPECT_EQ(frequency_class({}, {100}), FrequencyClass::kPotential);
  EXPECT_EQ(frequency_class(bought_on({1}), {100}), FrequencyClass::kOccasional);
  EXPECT_EQ(frequency_class(bought_on({1}), {182}), FrequencyClass::kLapsed);
  EXPECT_EQ(frequency_class(bought_on({1, 30, 60, 90}), {100}), FrequencyClass::kFrequent);
  EXPECT_EQ(frequency_class(bought_on({1, 30, 60, 90}), {400}), FrequencyClass::kLapsed);
  // A yearly buyer is not lapsed after seven quiet months.
  EXPECT_EQ(frequency_class(bought_on({0, 365, 730}), {940}), FrequencyClass::kOccasional);
}

}  // namespace
}  // namespace xinjing::behaviour
