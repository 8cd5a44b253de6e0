#include "behaviour/sound_days.h"

#include <gtest/gtest.h>

#include <vector>

namespace xinjing::behaviour {
namespace {

std::vector<DayRows> year() {
  std::vector<DayRows> out;
  for (std::int32_t day = 20'000; day < 20'365; ++day) out.push_back({{day}, 3});
  return out;
}

TEST(SoundDays, OfAnOrdinaryYearAreAllOfIt) {
  const std::vector<DayRows> days = year();
  const auto found = sound_days(days);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->first.number, 20'000);
  EXPECT_EQ(found->last.number, 20'364);
  EXPECT_EQ(found->before + found->beyond, 0);
  EXPECT_FALSE(sound_days({}));
}

TEST(SoundDays, LeaveOutAYearThatWasTypedWrongAndAFieldLeftAtItsBeginning) {
  std::vector<DayRows> days = year();
  days.insert(days.begin(), {{0}, 1});
  days.push_back({{47'482}, 1});
  const auto found = sound_days(days);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->first.number, 20'000);
  EXPECT_EQ(found->last.number, 20'364);
  EXPECT_EQ(found->before, 1);
  EXPECT_EQ(found->beyond, 1);
  EXPECT_EQ(found->earliest.number, 0);
  EXPECT_EQ(found->latest.number, 47'482);
}

TEST(SoundDays, KeepWhatManyRowsSay) {
  std::vector<DayRows> days = year();
  days.push_back({{20'600}, 2});  // 2 in 1,097: no clock does that twice
  EXPECT_EQ(sound_days(days)->last.number, 20'600);
  days.back().rows = 1;
  EXPECT_EQ(sound_days(days)->last.number, 20'364);
}

TEST(SoundDays, OfFewRowsNoneIsOdd) {
  const std::vector<DayRows> days = {{{20'000}, 5}, {{20'001}, 5}, {{47'482}, 1}};
  EXPECT_EQ(sound_days(days)->last.number, 47'482);
}

TEST(SoundDays, AnEarlyBeginningIsNoError) {
  std::vector<DayRows> days = year();
  days.insert(days.begin(), {{19'500}, 1});  // a first sale, a year and a half before
  EXPECT_EQ(sound_days(days)->first.number, 19'500);
}

}  // namespace
}  // namespace xinjing::behaviour
