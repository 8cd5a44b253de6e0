#include "insight/leavers_table.h"

#include <gtest/gtest.h>

namespace xinjing::insight {
namespace {

TEST(LoadLeavers, CountsEverybodyThoughASampleIsRead) {
  auto database = DuckDatabase::in_memory();
  ASSERT_TRUE(database);
  auto connection = database->connect();
  ASSERT_TRUE(connection);
  // 10 customers who leave, with two conversations each; 900 others with ten.
  for (const char* sql :
       {"CREATE TABLE talk AS SELECT i AS conversation_no, i // 10 + 100 AS person, '居民' AS "
        "kind, "
        "DATE '2026-01-01' + (i % 300)::INTEGER AS day, 2 AS turns FROM RANGE(0, 9000) AS r(i)",
        "INSERT INTO talk SELECT 10000 + i, i // 2, '居民', DATE '2026-02-01', 2 FROM "
        "RANGE(0, 20) AS r(i)",
        "CREATE TABLE feeling (message_no BIGINT, conversation_no BIGINT, valence DOUBLE)",
        "CREATE TABLE messages (row_no BIGINT, text VARCHAR)",
        "CREATE TABLE expectations (conversation_no BIGINT, aspect VARCHAR, status VARCHAR, "
        "event_no BIGINT, span_begin INT, span_end INT)",
        "CREATE TABLE matter (conversation_no BIGINT, what VARCHAR)"}) {
    ASSERT_TRUE(connection->run(sql)) << sql;
  }
  ReportData data;
  std::vector<std::int64_t> people;
  for (std::int64_t i = 0; i < 10; ++i) people.push_back(i);
  const Status done = load_leavers(*connection, {{"居民", people}}, {}, {}, data);
  ASSERT_TRUE(done) << done.error().said.en;
  ASSERT_EQ(data.leavers.size(), 1U);
  const Leavers& one = data.leavers.front();
  EXPECT_EQ(one.leavers, 10);
  EXPECT_EQ(one.stayers, 900);
  EXPECT_EQ(one.talks, 20);
  EXPECT_EQ(one.talks_of_stayers, 9'000);
  EXPECT_EQ(one.read, 20);
  EXPECT_EQ(one.read_of_stayers, 4'000);
}

}  // namespace
}  // namespace xinjing::insight
