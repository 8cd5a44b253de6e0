#include "insight/people_lists.h"

#include <gtest/gtest.h>

namespace xinjing::insight {
namespace {

constexpr Day kFrom{20'000}, kAsOf{20'300};
const PeopleLists kLists(kFrom, kAsOf);

Known known(std::vector<Sign> signs, std::vector<Talk> talks) {
  Known out;
  out.customer = "C1", out.name = "冯铁山", out.kind = "个人";
  out.signs = std::move(signs), out.talks = std::move(talks);
  return out;
}

Sign sign(const char* kind, std::int32_t day, std::int64_t talk) {
  Sign out;
  out.kind = kind, out.day = {day}, out.talk = talk, out.message_no = talk, out.quote = kind;
  return out;
}

Talk talk(std::int64_t number, std::int32_t day, double valence) {
  return {.number = number,
          .day = {day},
          .valence = valence,
          .worst = valence,
          .satisfaction = 2 * valence};
}

TEST(PeopleLists, WhoeverSpeaksOfLeavingWavers) {
  const auto person = kLists.waverer(7, known({sign("leave", 20'290, 1)}, {talk(1, 20'290, -0.5)}));
  ASSERT_TRUE(person);
  EXPECT_EQ(person->person, 7);
  EXPECT_GT(person->p, 0.4);
  ASSERT_EQ(person->cites.size(), 1U);
  EXPECT_EQ(person->play, "bond:leave");
}

TEST(PeopleLists, WhatWasSaidLongAgoCountsLess) {
  const auto late = kLists.waverer(1, known({sign("leave", 20'290, 1)}, {talk(1, 20'290, -0.5)}));
  const auto early = kLists.waverer(1, known({sign("leave", 20'150, 1)}, {talk(1, 20'150, -0.5)}));
  ASSERT_TRUE(late && early);
  EXPECT_GT(late->p, early->p);
}

TEST(PeopleLists, TwoSignsInOneTalkAreOne) {
  const auto one = kLists.waverer(1, known({sign("leave", 20'290, 1)}, {talk(1, 20'290, 0)}));
  const auto two = kLists.waverer(
      1, known({sign("leave", 20'290, 1), sign("leave", 20'290, 1)}, {talk(1, 20'290, 0)}));
  ASSERT_TRUE(one && two);
  EXPECT_DOUBLE_EQ(one->p, two->p);
}

TEST(PeopleLists, WhoeverChoseToStayLaterIsWonBackAndDoesNotWaver) {
  const Known one = known({sign("leave", 20'200, 1), sign("stays", 20'250, 2)},
                          {talk(1, 20'200, -0.8), talk(2, 20'250, 0.5)});
  EXPECT_FALSE(kLists.waverer(1, one));
  ASSERT_TRUE(kLists.won_back(1, one));
  const Known other = known({sign("stays", 20'200, 1), sign("leave", 20'250, 2)},
                            {talk(1, 20'200, 0.5), talk(2, 20'250, -0.8)});
  EXPECT_FALSE(kLists.won_back(1, other)) << "left after staying";
  EXPECT_TRUE(kLists.waverer(1, other));
}

TEST(PeopleLists, WhoeverLeftAndWasNotHeardOfSinceIsGone) {
  Known one = known({sign("left", 20'200, 1)}, {talk(1, 20'200, -0.8)});
  ASSERT_TRUE(kLists.gone(1, one));
  EXPECT_EQ(kLists.gone(1, one)->play, "bond:gone");
  EXPECT_FALSE(kLists.waverer(1, one)) << "gone is not wavering";
  Known back = one;
  back.last_order = Day{20'250};
  EXPECT_FALSE(kLists.gone(1, back)) << "bought since";
  EXPECT_FALSE(kLists.waverer(1, back));
  Known heard = one;
  heard.talks.push_back(talk(2, 20'280, -0.5));
  EXPECT_FALSE(kLists.gone(1, heard)) << "still in touch";
  EXPECT_TRUE(kLists.waverer(1, heard));
}

TEST(PeopleLists, WhoeverWasContentOrBoughtLaterDoesNotWaver) {
  Known one = known({sign("leave", 20'200, 1)}, {talk(1, 20'200, -0.8)});
  ASSERT_TRUE(kLists.waverer(1, one));
  Known content = one;
  content.talks.push_back(talk(2, 20'280, 0.6));
  EXPECT_FALSE(kLists.waverer(1, content));
  one.last_order = Day{20'290};
  EXPECT_FALSE(kLists.waverer(1, one));
}

TEST(PeopleLists, ToNameTheRivalAfterStayingIsNotToLeave) {
  const Known one =
      known({sign("rival", 20'200, 1), sign("stays", 20'250, 2), sign("rival", 20'260, 3)},
            {talk(1, 20'200, -0.5), talk(2, 20'250, 0.4), talk(3, 20'260, 0.2)});
  EXPECT_TRUE(kLists.won_back(1, one));
  EXPECT_FALSE(kLists.waverer(1, one));
}

TEST(PeopleLists, WhatOnlyTheReaderHearsCountsLessThanPlainPraise) {
  const std::vector<Talk> talks{talk(1, 20'250, 0.6), talk(2, 20'280, 0.6)};
  const auto plain = kLists.advocate(1, known({sign("recommend", 20'280, 2)}, talks));
  const auto heard = kLists.advocate(1, known({sign("bond_advocate", 20'280, 2)}, talks));
  ASSERT_TRUE(plain);
  EXPECT_TRUE(!heard || heard->p < plain->p);
}

TEST(PeopleLists, NobodyEscalatesWhoSaysItIsSettled) {
  const std::vector<Talk> talks{talk(1, 20'280, -0.9)};
  const auto angry = kLists.escalating(1, known({sign("law", 20'280, 1)}, talks));
  const auto settled =
      kLists.escalating(1, known({sign("law", 20'280, 1), sign("settled", 20'285, 2)}, talks));
  ASSERT_TRUE(angry);
  EXPECT_TRUE(!settled || settled->p < angry->p - 0.2);
}

TEST(PeopleLists, AgeByTheRecordCountsBesideWords) {
  Known one = known({sign("frail", 20'280, 1)}, {talk(1, 20'280, 0)});
  const auto words = kLists.vulnerable(1, one);
  one.age = 81.6;
  const auto both = kLists.vulnerable(1, one);
  ASSERT_TRUE(both);
  EXPECT_GT(both->p, words ? words->p : 0);
  EXPECT_EQ(both->reasons.front().en, "81 years old");
  EXPECT_FALSE(kLists.vulnerable(1, known({}, {}))) << "age alone is no reason to list somebody";
}

TEST(PeopleLists, WhoTellsOfAnOldGrievancePutRightIsAnAdvocate) {
  const Known one = known({sign("recommend", 20'280, 2), sign("converted", 20'280, 2)},
                          {talk(1, 20'100, -0.9), talk(2, 20'280, 0.8)});
  const auto person = kLists.advocate(1, one);
  ASSERT_TRUE(person);
  EXPECT_GT(person->p, 0.5);
  EXPECT_EQ(person->play, "bond:recovered");
  const Known soured =
      known({sign("recommend", 20'100, 1)}, {talk(1, 20'100, 0.8), talk(2, 20'280, -0.9)});
  const auto later = kLists.advocate(1, soured);
  EXPECT_TRUE(!later || later->p < 0.5) << "spoke well, and had cause to regret it";
}

}  // namespace
}  // namespace xinjing::insight
