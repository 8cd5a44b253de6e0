#include "base/utf8.h"

#include <gtest/gtest.h>

namespace xinjing {
namespace {

TEST(Utf8, DecodesWhatItWrites) {
  for (const char32_t c : {U'a', U'é', U'好', U'😀', char32_t(0x10ffff)}) {
    std::string text;
    append_utf8(text, c);
    EXPECT_TRUE(is_utf8(text));
    EXPECT_EQ(decode_utf8(text).value, c);
    EXPECT_EQ(decode_utf8(text).bytes, text.size());
  }
}

TEST(Utf8, RepairsEveryPairOfBytes) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string text{char(a), char(b)};
      const std::string repaired = repaired_utf8(text);
      EXPECT_TRUE(is_utf8(repaired));
      EXPECT_EQ(repaired == text, is_utf8(text)) << a << ' ' << b;
    }
  }
}

TEST(Utf8, RefusesOverlongFormsAndSurrogates) {
  EXPECT_EQ(decode_utf8("\xe0\x80\xaf").bytes, 1U);
  EXPECT_EQ(decode_utf8("\xed\xa0\x80").bytes, 1U);
  EXPECT_EQ(decode_utf8("\xf4\x90\x80\x80").bytes, 1U);
  EXPECT_EQ(utf8_length("心镜 ok"), 5U);
}

TEST(Utf8, KnowsChineseLetters) {
  EXPECT_TRUE(is_han(U'镜'));
  EXPECT_FALSE(is_han(U'，'));
  EXPECT_FALSE(is_han(U'a'));
}

}  // namespace
}  // namespace xinjing
