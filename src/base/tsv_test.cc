#include "base/tsv.h"

#include <gtest/gtest.h>

namespace xinjing {
namespace {

TEST(Tsv, GivesTheRowsBehindTheHeader) {
  TsvReader reader("# source\n\na\tb\n1\t2\n# more\n\t4", "x.tsv", "a\tb");
  auto row = reader.next();
  ASSERT_TRUE(row && *row);
  EXPECT_EQ((*row)->cells, (std::vector<std::string_view>{"1", "2"}));
  EXPECT_EQ((*row)->refuse((*row)->cells[1], {"no", "否"}).error.place, "x.tsv:4:3");
  row = reader.next();
  ASSERT_TRUE(row && *row);
  EXPECT_EQ((*row)->cells, (std::vector<std::string_view>{"", "4"}));
  row = reader.next();
  EXPECT_TRUE(row && !*row);
}

TEST(Tsv, RefusesWithThePlace) {
  TsvReader other("b\ta\n", "x.tsv", "a\tb");
  EXPECT_EQ(other.next().error().place, "x.tsv:1:1");
  TsvReader narrow("a\tb\n1\n", "x.tsv", "a\tb");
  EXPECT_EQ(narrow.next().error().place, "x.tsv:2:1");
  TsvReader empty("", "x.tsv", "a\tb");
  const auto none = empty.next();
  EXPECT_TRUE(none && !*none);
}

}  // namespace
}  // namespace xinjing
