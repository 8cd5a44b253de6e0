#include "base/toml.h"

#include <gtest/gtest.h>

namespace xinjing {
namespace {

TEST(Toml, ReadsValuesAndSaysWhereTheyStand) {
  const auto read = TomlTable::parse(
      "a = 'x'\n[t]\nn = 2\nlist = ['p', 'q']\n[[s]]\ni = 1\n[[s]]\ni = 2\n", "f.toml");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->string("a"), "x");
  EXPECT_EQ(read->table("t")->number("n"), 2.0);
  EXPECT_EQ(read->table("t")->strings("list"), (std::vector<std::string>{"p", "q"}));
  EXPECT_EQ(read->tables("s").at(1).integer("i"), 2);
  EXPECT_EQ(read->table("t")->place("n"), "f.toml:3:5");
  EXPECT_FALSE(read->string("missing"));
}

TEST(Toml, RefusesBrokenTextWithItsPlace) {
  const auto read = TomlTable::parse("a = 1\nb = \n", "f.toml");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().place.substr(0, 9), "f.toml:2:");
}

TEST(Toml, RefusesATableNamedByASign) {
  const auto read = TomlTable::parse("[[!x]]\n", "f.toml");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().place, "f.toml:1:3");
  EXPECT_FALSE(TomlTable::parse("id 。= 1\n", "f.toml"));
  EXPECT_FALSE(TomlTable::parse("id é = 1\n", "f.toml"));
}

TEST(Toml, CountsTheElementsOfAnArrayOfAnyTypes) {
  const auto read = TomlTable::parse("a = ['x', 2]\nb = 1\n", "f.toml");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->array_size("a"), 2U);
  EXPECT_EQ(read->array_size("b"), std::nullopt);
}

}  // namespace
}  // namespace xinjing
