#include "base/visible.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace xinjing {
namespace {

TEST(Visible, LeavesWordsAsTheyAre) {
  for (const std::string_view text : {"", "太贵了，ok 👍\n\tnext", "naïve\u00a0— ␛"}) {
    EXPECT_EQ(visible_text(text), text);
  }
}

TEST(Visible, ShowsControlsInsteadOfSendingThem) {
  EXPECT_EQ(visible_text("红\x1b[31m字\x07\x7f"), "红␛[31m字␇␡");
  EXPECT_EQ(visible_text("a\r\nb"), "a␍\nb");
  EXPECT_EQ(visible_text("\u009b31m"), "\ufffd31m");  // CSI of C1
  EXPECT_EQ(visible_text("\x9b 31m"), "\ufffd 31m");  // the same as a bad byte
  EXPECT_EQ(visible_text("a\u202eb\u2066c\u200f"), "a\ufffdb\ufffdc\ufffd");
  EXPECT_EQ(visible_line("a\r\nb\tc\x1b"), "a  b c␛");
}

TEST(Visible, LeavesNoControlByteOfAnyPair) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string line = visible_line(std::string{char(a), char(b)});
      EXPECT_TRUE(is_utf8(line));
      for (const char32_t c : characters_of(line)) {
        EXPECT_FALSE(c < 0x20 || (c >= 0x7f && c < 0xa0)) << a << ' ' << b;
      }
    }
  }
}

TEST(Padded, CountsTheColumnsOfATerminal) {
  EXPECT_EQ(columns_of("ab需要"), 6U);
  EXPECT_EQ(padded("需要", 6), "需要  ");
  EXPECT_EQ(padded("needs", 5), "needs ") << "what follows stays apart";
}

}  // namespace
}  // namespace xinjing
