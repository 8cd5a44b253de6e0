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

std::string quoted(std::string_view text, std::string_view words) {
  const auto at = std::uint32_t(text.find(words));
  return std::string(slice(text, clause_to_quote(text, {at, at + std::uint32_t(words.size())})));
}

TEST(ClauseAround, EndsAtAFullStopBesideChinese) {
  EXPECT_EQ(around("还是不行.到底支持吗", "不行"), "还是不行");
  EXPECT_EQ(around("还是不行.到底支持吗", "到底"), "到底支持吗");
  EXPECT_EQ(around("只有2.5兆", "兆"), "只有2.5兆");
}

TEST(ClauseToQuote, LeavesOutNamesEmoticonsNumbersAndGreetings) {
  EXPECT_EQ(quoted("@某某客服 @某某 你们网速太慢[怒] @某某，急", "网速"), "你们网速太慢");
  EXPECT_EQ(quoted("信号断了一天@某某客服", "信号"), "信号断了一天");
  EXPECT_EQ(quoted("你好 【咨询】话费怎么算", "话费"), "话费怎么算");
  EXPECT_EQ(quoted("13800000000 打不通", "打不通"), "打不通");
  EXPECT_EQ(quoted("你好像没听懂", "听"), "你好像没听懂");
  EXPECT_EQ(quoted("Hello my line is dead @Some Company Customer Service", "line"),
            "my line is dead");
  EXPECT_EQ(quoted("write to me@here.com", "write"), "write to me@here.com");
}

TEST(ClauseToQuote, OfWordsInSeveralClausesIsTheOneWithMostOfThem) {
  EXPECT_EQ(quoted("第二次出问题了！@某某 急，谁来管", "出问题了！@某某 急"), "第二次出问题了");
  EXPECT_EQ(quoted("连不上吗？之前还能打开网页的", "上吗？之前还能打"), "之前还能打开网页的");
}

TEST(ClauseToQuote, GoesToTheNextClauseWhereNothingIsLeft) {
  EXPECT_EQ(quoted("快递三天没动了，@某某客服，急", "某某客服"), "快递三天没动了");
  EXPECT_EQ(quoted("你好，快递三天没动了", "你好"), "快递三天没动了");
  EXPECT_EQ(quoted("@某某客服", "某某"), "@某某客服");
}

TEST(ClauseToQuote, OfALongClauseIsTheWordsAround) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "word ";
  EXPECT_EQ(quoted(text + "we waited" + text, "waite"), "waited" + std::string("word"));
}

/// The plain way: every mark is searched for in the whole text.
Span clause_by_search(std::string text, Span quote) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == ',' && text[i - 1] == '1' && text[i + 1] == '1') text[i] = '1';
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto chinese = [&](std::size_t k) { return k < text.size() && (text[k] & 0x80) != 0; };
    if (text[i] == '.' && (chinese(i - 1) || chinese(i + 1))) text[i] = '!';
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
