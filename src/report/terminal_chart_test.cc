#include "report/terminal_chart.h"

#include <gtest/gtest.h>

namespace xinjing::report {
namespace {

TEST(TerminalChart, ChineseTakesTwoColumns) {
  EXPECT_EQ(terminal_width("客户 a"), 6U);
  EXPECT_EQ(fitted("客户", 6) + "|", "客户  |");
  EXPECT_EQ(fitted_right("客户", 6), "  客户");
  EXPECT_EQ(fitted("很长的名字", 6), "很长… ");
  EXPECT_EQ(terminal_width(fitted("a很长的名字", 6)), 6U);
}

TEST(TerminalChart, BarsAreAsLongAsTheirShare) {
  EXPECT_EQ(bar(0, 8), "");
  EXPECT_EQ(bar(0.5, 4), "██");
  EXPECT_EQ(bar(1, 4), "████");
  EXPECT_EQ(bar(7, 4), "████");
  EXPECT_EQ(bar(1e-9, 4), "▏") << "little is not nothing";
  EXPECT_EQ(sparks(std::vector<double>{0, 1, 2, 4}), "▁▃▅█");
  EXPECT_EQ(sparks(std::vector<double>{0, 0}), "▁▁");
}

}  // namespace
}  // namespace xinjing::report
