#include "language/clause.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

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
  EXPECT_EQ(around("So, a fee of 1,200 yuan, really", "fee"), "a fee of 1,200 yuan");
  EXPECT_EQ(around("So, a fee of 1,200 yuan, really", "200"), "a fee of 1,200 yuan");
}

TEST(ClauseAround, KeepsTheQuoteWhenTheClauseIsTooLong) {
  EXPECT_EQ(around("很长很长的一句话没有标点", "长的", 12), "长的");
  EXPECT_EQ(around("气死了！", "气死了！"), "气死了！");
}

/// The plain way: every mark is searched for in the whole text.
Span clause_by_search(std::string text, Span quote) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == ',' && text[i - 1] == '1' && text[i + 1] == '1') text[i] = '1';
  }
  std::size_t begin = 0;
  std::size_t end = text.size();
  for (const std::string_view mark :
       {"，", "。", "！", "？", "；", "…", "~", ",", "!", "?", ";", "\n", ". "}) {
    const std::size_t left = std::string_view(text).substr(0, quote.begin).rfind(mark);
    if (left != std::string_view::npos) begin = std::max(begin, left + mark.size());
    end = std::min(end, text.find(mark, quote.end > quote.begin ? quote.end - 1 : quote.end));
  }
  end = std::max(end, std::size_t{quote.end});
  while (begin < quote.begin && std::string_view(" \t\r\n").find(text[begin]) != text.npos) ++begin;
  while (end > quote.end && std::string_view(" \t\r\n").find(text[end - 1]) != text.npos) --end;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

TEST(ClauseAround, IsThatOfAPlainSearchInAnyText) {
  std::mt19937 random(17);
  const std::vector<std::string_view> pieces = {"，", "。",   "…",    "～", "~",  ".",
                                                " ",  ". ",   "\n",   "a",  "好", "!",
                                                "；", "\xef", "\xbc", ",",  "1",  "1,1"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t n = random() % 15; n > 0; --n) text += pieces[random() % pieces.size()];
    const auto begin = static_cast<std::uint32_t>(random() % (text.size() + 1));
    const auto end = static_cast<std::uint32_t>(begin + random() % (text.size() + 1 - begin));
    ASSERT_EQ(clause_around(text, {begin, end}, 1000), clause_by_search(text, {begin, end}))
        << text << ' ' << begin << ' ' << end;
  }
}

}  // namespace
}  // namespace xinjing::language
