#include "insight/rival_names.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace xinjing::insight {
namespace {

std::vector<std::string> repeated(std::size_t n, const std::vector<std::string>& texts) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(texts[i % texts.size()]);
  return out;
}

std::vector<std::string> names(const std::vector<std::string>& here,
                               const std::vector<std::string>& elsewhere) {
  language::WordBreaker breaker;
  const auto none = [](const std::string&) { return false; };
  return rival_names(here, elsewhere, none, breaker);
}

TEST(RivalNames, FindsAChineseName) {
  const auto found = names(repeated(8, {"远帆的人来过，报价低一分", "我们在看远帆"}),
                           repeated(60, {"电费怎么交", "什么时候来电", "发票开一下"}));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front(), "远帆");
}

TEST(RivalNames, FindsAnEnglishName) {
  const auto found = names(
      repeated(8, {"We had a quote from Northgrid last week.", "So Northgrid is cheaper, sorry.",
                   "I signed with Northgrid Energy on Monday"}),
      repeated(60, {"When will the power be back?", "Please send the invoice. Thank you",
                    "The bill for March is wrong, and Monday is too late"}));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front(), "Northgrid");
}

TEST(RivalNames, OfTwoWordsIsOneName) {
  const auto found = names(repeated(8, {"we are moving to Enerva Nord next month"}),
                           repeated(60, {"the harbour lights are out", "my bill, please"}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front(), "Enerva Nord");
}

TEST(RivalNames, WhatEverybodySaysIsNoRival) {
  // The company's own name, a place, an agent: said by all alike.
  const auto found =
      names(repeated(12, {"Qinglan is slow, I compare", "Hi Qinglan, we go to Zenko"}),
            repeated(60, {"Hi Qinglan, the app is down", "Qinglan, thank you"}));
  EXPECT_EQ(std::count(found.begin(), found.end(), "Qinglan"), 0);
  EXPECT_EQ(std::count(found.begin(), found.end(), "Zenko"), 1);
}

TEST(RivalNames, DaysTitlesAndShortFormsAreNone) {
  const auto found =
      names(repeated(10, {"Dear Mr X, on Friday in May the VAT and SMS were wrong. Then no"}),
            repeated(60, {"all fine", "no power here"}));
  EXPECT_TRUE(found.empty()) << found.front();
}

TEST(RivalNames, AWordThatOnlyBeginsSentencesIsNone) {
  EXPECT_TRUE(names(repeated(10, {"Whatever. I compare now"}), repeated(60, {"all fine"})).empty());
}

TEST(RivalNames, APersonBehindATitleIsNone) {
  const auto found = names(repeated(10, {"we take Zenko, Mr Xavier told us so", "ask Ms. Xavier"}),
                           repeated(60, {"all fine"}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front(), "Zenko");
}

TEST(RivalNames, ThreeCustomersAreTooFew) {
  EXPECT_TRUE(names(repeated(3, {"we take Zenko now"}), repeated(60, {"all fine"})).empty());
}

TEST(NamePattern, TakesLatinNamesAsWholeWords) {
  EXPECT_EQ(name_pattern("Zenko"), "\\bZenko\\b");
  EXPECT_EQ(name_pattern("远帆"), "远帆");
}

}  // namespace
}  // namespace xinjing::insight
