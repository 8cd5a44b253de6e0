#include "language/clause.h"

#include <gtest/gtest.h>

#include <string>

namespace xinjing::language {
namespace {

std::string around(std::string_view text, std::string_view quote, std::size_t most = 120) {
  const auto at = std::uint32_t(text.find(quote));
  return std::string(
      slice(text, clause_around(text, {at, at + std::uint32_t(quote.size())}, most)));
}

TEST(ClauseAround, WidensToThePunctuation) {
  EXPECT_EQ(around("你好，我们方案答复说12月30号给，今天都14号了", "们方案答复"),
            "我们方案答复说12月30号给");
  EXPECT_EQ(around("没有标点的一句", "标点"), "没有标点的一句");
  EXPECT_EQ(around("I waited, and nobody came back to me. Bad.", "nobody"),
            "and nobody came back to me");
  EXPECT_EQ(around("a. it costs 1.5 yuan more. b", "costs"), "it costs 1.5 yuan more");
}

TEST(ClauseAround, KeepsTheQuoteWhenTheClauseIsTooLong) {
  EXPECT_EQ(around("很长很长的一句话没有标点", "长的", 12), "长的");
  EXPECT_EQ(around("气死了！", "气死了！"), "气死了！");
}

}  // namespace
}  // namespace xinjing::language
