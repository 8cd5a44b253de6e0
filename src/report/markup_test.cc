#include "report/markup.h"

#include <gtest/gtest.h>

namespace xinjing::report {
namespace {

TEST(Markup, HoldsNothingThatAReaderWouldTakeForMarkup) {
  EXPECT_EQ(markup_escaped("<b title=\"it's\">R&D</b>"),
            "&lt;b title=&quot;it&#39;s&quot;&gt;R&amp;D&lt;/b&gt;");
  EXPECT_EQ(markup_escaped("缴费 & 退费"), "缴费 &amp; 退费");
}

TEST(Markup, KeepsLinesAndReplacesWhatXmlCannotHold) {
  EXPECT_EQ(markup_escaped("a\nb\tc\r"), "a&#10;b&#9;c&#13;");
  EXPECT_EQ(markup_escaped(std::string_view("\x01\0", 2)), "\ufffd\ufffd");
}

}  // namespace
}  // namespace xinjing::report
