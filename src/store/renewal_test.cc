#include "store/renewal.h"

#include <gtest/gtest.h>

namespace xinjing::store {
namespace {

constexpr std::string_view kFrom[] = {"orders", "subjects"};

class Renewal : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(database().connection().run(
        "INSERT INTO subjects VALUES (1, 'c:A', 1), (2, 'c:B', 2);"
        "INSERT INTO orders (row_no, key_high, key_low, subject_no) VALUES (1, 7, 8, 1), "
        "(2, 9, 10, 2)"));
  }

  const Database& database() const { return *x_database; }

  /// How often the table was made so far, after asking once more.
  int asked(std::string more = "2026-12-31") {
    const Status done = renew(database(), {.name = "sums", .tables = kFrom, .more = more}, [&] {
      ++x_made;
      return Status{};
    });
    EXPECT_TRUE(done) << done.error().said.en;
    return x_made;
  }

 private:
  Result<Database> x_database = Database::in_memory();
  int x_made = 0;
};

TEST_F(Renewal, MakesOnceUntilSomethingChanges) {
  EXPECT_EQ(asked(), 1);
  EXPECT_EQ(asked(), 1);
  EXPECT_EQ(asked("2027-01-01"), 2) << "another day";
  ASSERT_TRUE(database().connection().run(
      "INSERT INTO orders (row_no, key_high, key_low, subject_no) VALUES (3, 11, 12, 2)"));
  EXPECT_EQ(asked("2027-01-01"), 3) << "another row";
  ASSERT_TRUE(database().connection().run("UPDATE subjects SET person = 1"));
  EXPECT_EQ(asked("2027-01-01"), 4) << "two ids are one person now";
  ASSERT_TRUE(database().connection().run("DELETE FROM orders WHERE row_no = 3"));
  EXPECT_EQ(asked("2027-01-01"), 5) << "a row is gone";
}

TEST_F(Renewal, TheOrderOfRowsDoesNotMatter) {
  EXPECT_EQ(asked(), 1);
  ASSERT_TRUE(database().connection().run(
      "DELETE FROM orders; INSERT INTO orders (row_no, key_high, key_low, subject_no) "
      "VALUES (1, 9, 10, 2), (2, 7, 8, 1)"));
  EXPECT_EQ(asked(), 1);
}

TEST_F(Renewal, WhatFailedIsMadeAgain) {
  const Grounds grounds{.name = "sums", .tables = kFrom};
  const Status failed = renew(database(), grounds, [&]() -> Status {
    EXPECT_TRUE(database().connection().run("DELETE FROM orders"));
    return fail(ErrorCode::kIo, {"the disk is full", "磁盘已满"});
  });
  EXPECT_FALSE(failed);
  EXPECT_EQ(*database().connection().integer("SELECT COUNT(*) FROM orders"), 2) << "all or nothing";
  int made = 0;
  EXPECT_TRUE(renew(database(), grounds, [&] {
    ++made;
    return Status{};
  }));
  EXPECT_EQ(made, 1);
}

}  // namespace
}  // namespace xinjing::store
