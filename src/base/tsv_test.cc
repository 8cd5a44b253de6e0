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

TEST(Tsv, VisitsEachRowUntilOneIsRefused) {
  const auto sum_of = [](std::string_view text, std::string& seen) {
    return TsvReader(text, "x.tsv", "a\tb").each([&](const TsvRow& row) -> Status {
      if (row.cells[1] == "no") return row.refuse(row.cells[1], {"no", "否"});
      seen += row.cells[0];
      return {};
    });
  };
  std::string seen;
  EXPECT_TRUE(sum_of("# source\na\tb\n1\t2\n\n3\t4\n", seen));
  EXPECT_EQ(seen, "13");
  EXPECT_EQ(sum_of("a\tb\n5\t6\n77\tno\n8\t9\n", seen).error().place, "x.tsv:3:4");
  EXPECT_EQ(seen, "135");
  EXPECT_EQ(sum_of("a\tb\n6\t7\n1\n", seen).error().place, "x.tsv:3:1") << "a fault of the file";
  EXPECT_EQ(seen, "1356");
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
