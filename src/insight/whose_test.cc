#include "insight/whose.h"

#include <gtest/gtest.h>

#include <string>

namespace xinjing::insight {
namespace {

bool elsewhere(const std::string& text, const std::string& hit) {
  const auto at = std::uint32_t(text.find(hit));
  return of_somebody_else(text, {at, at + std::uint32_t(hit.size())});
}

TEST(OfSomebodyElse, AStrangersFrailtyIsNotTheSpeakers) {
  EXPECT_TRUE(elsewhere("我去帮那个新来的老太太取个号，她不识字。", "不识字"));
  EXPECT_TRUE(elsewhere("今天有位大爷站了三个钟头，他腿脚不好", "腿脚"));
  EXPECT_TRUE(elsewhere("That old man in the queue can't see the board", "can't see"));
}

TEST(OfSomebodyElse, WhoLivesWithTheSpeakerIsHis) {
  EXPECT_FALSE(elsewhere("我妈她不识字，短信看不了", "不识字"));
  EXPECT_FALSE(elsewhere("老头子他耳朵背，听不见电话", "耳朵背"));
  EXPECT_FALSE(elsewhere("My husband is on oxygen, he can't see well", "can't see"));
  EXPECT_FALSE(elsewhere("眼睛看不清，字太小", "看不清"));
  EXPECT_FALSE(elsewhere("他昨天来过。我一个人住", "一个人住")) << "another sentence";
}

TEST(DoneBySomebodyElse, WhatOthersDoIsNotTheSpeakersLeaving) {
  const auto others = [](const std::string& text, const std::string& hit) {
    const auto at = std::uint32_t(text.find(hit));
    return done_by_somebody_else(text, {at, at + std::uint32_t(hit.size())});
  };
  EXPECT_TRUE(others("不过隔壁小区换了远帆，我先观望", "远帆"));
  EXPECT_TRUE(others("不用装好人，他早不跟你们买了", "不跟你们买"));
  EXPECT_TRUE(others("My neighbour, she switched to Northgrid", "northgrid") ||
              others("So she switched to Northgrid", "Northgrid"));
  EXPECT_FALSE(others("他来问过，我们换远帆了", "远帆"));
  EXPECT_FALSE(others("算了我去隔壁买", "去隔壁买"));
  EXPECT_FALSE(others("We switched to Northgrid", "Northgrid"));
}

}  // namespace
}  // namespace xinjing::insight
