#include "language/normalise.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace xinjing::language {
namespace {

TEST(Normalise, FoldsWidthCaseAndTraditionalCharacters) {
  EXPECT_EQ(normalised_text("ＡＢＣ１２３！"), "abc123!");
  EXPECT_EQ(normalised_text("Hello WORLD"), "hello world");
  EXPECT_EQ(normalised_text("為什麼還沒處理"), "为什么还没处理");
  EXPECT_EQ(normalised_text("为什么还没处理"), "为什么还没处理");
  EXPECT_EQ(normalised_text("“好”‘的’"), "\"好\"'的'");
}

TEST(Normalise, KeepsStretchesShortButNotNumbers) {
  EXPECT_EQ(normalised_text("哈哈哈哈哈哈哈"), "哈哈哈");
  EXPECT_EQ(normalised_text("sooooooo bad!!!!!!"), "sooo bad!!!");
  EXPECT_EQ(normalised_text("100000000"), "100000000");
  EXPECT_EQ(normalised_text("a  \t b \r\n\n c"), "a b\nc");
}

TEST(Normalise, DropsWhatHasNoWidthAndMarksBadBytes) {
  EXPECT_EQ(normalised_text("\xef\xbb\xbf好\xe2\x80\x8b的"), "好的");
  EXPECT_EQ(normalised_text("a\xff b"), "a\xef\xbf\xbd b");
  EXPECT_EQ(normalised_text(""), "");
}

TEST(Normalise, ExpandsCompatibilityForms) {
  EXPECT_EQ(normalised_text("㎏"), "kg");
  EXPECT_EQ(normalised_text("等了……"), "等了...");
}

TEST(Normalise, LeadsEveryCharacterBackToItsBytes) {
  const std::string text = "太貴了！！！！！ＯＫ";
  Normalised folded;
  normalise(text, folded);
  ASSERT_EQ(folded.at.size(), folded.chars.size() + 1);
  EXPECT_EQ(slice(text, folded.bytes(1, 2)), "貴");
  EXPECT_EQ(slice(text, folded.bytes(3, 6)), "！！！！！");
  EXPECT_EQ(slice(text, folded.bytes(6, 8)), "ＯＫ");
}

TEST(Normalise, CoversAllBytesOfAnyText) {
  const std::string texts[] = {"\xe2\x80\x8b", "\xff\xfe",   "㎏㎏",
                               "...........",  "好\xe5\xa5", "   "};
  Normalised folded;
  for (const std::string& text : texts) {
    normalise(text, folded);
    EXPECT_EQ(folded.at.front(), folded.chars.empty() ? text.size() : 0U);
    EXPECT_EQ(folded.at.back(), text.size());
    EXPECT_TRUE(std::is_sorted(folded.at.begin(), folded.at.end()));
  }
}

TEST(Normalise, IsItsOwnFixedPoint) {
  const std::string once = normalised_text("ＡＢＣ　為什麼！！！！！！㎏……\r\n\n 哈哈哈哈哈");
  EXPECT_EQ(normalised_text(once), once);
}

}  // namespace
}  // namespace xinjing::language
