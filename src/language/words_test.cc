#include "language/words.h"

#include <gtest/gtest.h>

#include <string>

namespace xinjing::language {
namespace {

std::string cut(std::string_view text) {
  std::string out;
  for (const Span word : WordBreaker().words(text)) {
    out += (out.empty() ? "" : "|") + std::string(slice(text, word));
  }
  return out;
}

std::string widened(std::string_view text, std::string_view part) {
  const auto at = static_cast<std::uint32_t>(text.find(part));
  const Span span{at, at + static_cast<std::uint32_t>(part.size())};
  return std::string(slice(text, WordBreaker().whole_words(text, span)));
}

std::string within(std::string_view text, std::size_t bytes) {
  return std::string(text.substr(0, WordBreaker().words_within(text, bytes)));
}

TEST(WordBreaker, FindsWordsOfBothLanguages) {
  EXPECT_EQ(cut("师傅上门维修，谢谢！"), "师傅|上门|维修|谢谢");
  EXPECT_EQ(cut("I don't care, 退款!"), "I|don't|care|退款");
  EXPECT_EQ(cut(""), "");
  EXPECT_EQ(cut("……！！"), "");
}

TEST(WordBreaker, WidensToWholeWords) {
  EXPECT_EQ(widened("师傅上门维修", "傅上"), "师傅上门");
  EXPECT_EQ(widened("师傅上门维修", "上门"), "上门");
  EXPECT_EQ(widened("the engineer came", "gine"), "engineer");
  EXPECT_EQ(widened("the engineer came", "the"), "the");
  EXPECT_EQ(widened("师傅上门维修", "师傅上门维修"), "师傅上门维修");
  EXPECT_EQ(WordBreaker().whole_words("", {}), Span{});
}

TEST(WordBreaker, FindsTheWordFarFromBothEnds) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "他说：";
  text += "师傅上门维修。";
  for (int i = 0; i < 200; ++i) text += "她说：";
  EXPECT_EQ(widened(text, "傅上"), "师傅上门");
}

TEST(WordBreaker, CutsShortBehindAWord) {
  EXPECT_EQ(within("师傅上门维修", 9), "师傅");
  EXPECT_EQ(within("师傅上门维修", 12), "师傅上门");
  EXPECT_EQ(within("the engineer came", 7), "the ");
  EXPECT_EQ(within("short", 50), "short");
}

TEST(WordBreaker, TakesBrokenBytes) {
  const std::string broken = "\xe5\xb8师傅\xff\xfe上门";
  EXPECT_LE(WordBreaker().whole_words(broken, {2, 5}).end, broken.size());
  EXPECT_FALSE(WordBreaker().words(broken).empty());
}

}  // namespace
}  // namespace xinjing::language
