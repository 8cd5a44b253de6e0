#include "store/subject_table.h"

#include <gtest/gtest.h>

namespace xinjing::store {
namespace {

Database database_with(const std::vector<std::string>& subjects) {
  Result<Database> database = Database::in_memory();
  SubjectNumbers numbers = *SubjectNumbers::load(*database);
  for (const std::string& subject : subjects) EXPECT_TRUE(numbers.number(subject));
  EXPECT_TRUE(numbers.write_new(*database));
  return std::move(*database);
}

TEST(Subjects, AreNumberedAtFirstSightAndKeepTheirNumber) {
  const Database database = database_with({"c:1", "h:wechat:a", "c:1", "c:2"});
  SubjectNumbers again = *SubjectNumbers::load(database);
  EXPECT_EQ(again.number("h:wechat:a"), 2);
  EXPECT_EQ(again.number("c:2"), 3);
  EXPECT_EQ(again.number("c:new"), 4);
  ASSERT_TRUE(again.write_new(database));
  EXPECT_EQ(read_subjects(database)->size(), 4U);
}

TEST(Subjects, AreFoundByCustomerIdByHandleAndByTheirWholeName) {
  const Database database = database_with({"c:17", "h:微信:小明"});
  EXPECT_EQ(*find_person(database, "17"), 1);
  EXPECT_EQ(*find_person(database, "c:17"), 1);
  EXPECT_EQ(*find_person(database, "微信:小明"), 2);
  EXPECT_FALSE(find_person(database, "18")->has_value());
}

TEST(Subjects, AreFoundByAHandleThatOnePersonHas) {
  const Database database = database_with({"c:17", "h:微信:小明", "h:微博:小明", "h:微博:小红"});
  EXPECT_EQ(*find_person(database, "小红"), 4);
  const auto several = find_person(database, "小明");
  ASSERT_FALSE(several);
  EXPECT_EQ(several.error().code, ErrorCode::kUsage);
  ASSERT_TRUE(write_people(database, {{2, 2}, {3, 2}}));
  EXPECT_EQ(*find_person(database, "小明"), 2) << "two handles, one person";
  ASSERT_TRUE(database.connection().run(
      "INSERT INTO identities BY NAME SELECT 1 AS row_no, 1 AS subject_no, 'shop' AS channel, "
      "'ming' AS handle"));
  EXPECT_EQ(*find_person(database, "ming"), 1);
  EXPECT_EQ(*find_person(database, "shop:ming"), 1);
}

TEST(Links, AreAddedOnceInEitherDirectionAndStayUndone) {
  const Database database = database_with({"c:1", "c:2", "c:3"});
  EXPECT_EQ(*write_links(database, {{2, 1, "phone", "customers.csv:2"}, {1, 2, "phone", "x"}}), 1);
  EXPECT_EQ(*write_links(database, {{1, 2, "phone", "later"}, {1, 2, "email", "y"}}), 1);
  EXPECT_EQ(*undo_link(database, 2, 1, Instant{5000}), 2);
  EXPECT_EQ(*write_links(database, {{1, 2, "phone", "again"}, {3, 3, "phone", "itself"}}), 0);
  const std::vector<LinkRow> links = *read_links(database);
  ASSERT_EQ(links.size(), 2U);
  EXPECT_EQ(links[0], (LinkRow{1, 2, "email", "y", Instant{5000}}));
  EXPECT_EQ(links[1].undone_at, Instant{5000});
}

TEST(Links, ThatWereTakenBackCanBeRestored) {
  const Database database = database_with({"c:1", "c:2"});
  ASSERT_EQ(*write_links(database, {{1, 2, "phone", "x"}, {1, 2, "email", "y"}}), 2);
  EXPECT_EQ(*redo_link(database, 1, 2), 0) << "nothing was taken back";
  ASSERT_EQ(*undo_link(database, 1, 2, Instant{5000}), 2);
  EXPECT_EQ(*redo_link(database, 2, 1), 2);
  const std::vector<LinkRow> links = *read_links(database);
  EXPECT_EQ(links, (std::vector<LinkRow>{{1, 2, "email", "y"}, {1, 2, "phone", "x"}}));
}

TEST(Links, ThatNoLongerHoldAreRemovedUnlessTheyWereTakenBack) {
  const Database database = database_with({"c:1", "c:2", "c:3", "c:4"});
  ASSERT_EQ(*write_links(database, {{1, 2, "phone", "x"}, {1, 3, "phone", "y"}}), 2);
  ASSERT_EQ(*undo_link(database, 1, 2, Instant{5000}), 1);
  EXPECT_EQ(*write_links(database, {{1, 4, "phone", "z"}}), 1);
  EXPECT_EQ(*read_links(database),
            (std::vector<LinkRow>{{1, 2, "phone", "x", Instant{5000}}, {1, 4, "phone", "z"}}));
  EXPECT_EQ(*write_links(database, {}), 0);
  EXPECT_EQ(read_links(database)->size(), 1U);
}

TEST(People, MoveAndMakeEverybodyConcernedStale) {
  const Database database = database_with({"c:1", "c:2", "c:3", "c:4"});
  EXPECT_EQ(*write_people(database, {{1, 1}, {2, 1}, {3, 3}}), 1);
  EXPECT_EQ(subjects_of(database, 1)->size(), 2U);
  EXPECT_EQ(*find_person(database, "2"), 1);
  EXPECT_EQ(*database.connection().integer("SELECT COUNT(*) FROM stale_subjects"), 2);
  EXPECT_EQ(*write_people(database, {{1, 1}, {2, 1}}), 0);
  EXPECT_EQ(*write_people(database, {{2, 2}}), 1);
  EXPECT_EQ(subjects_of(database, 1)->size(), 1U);
}

}  // namespace
}  // namespace xinjing::store
