#include <gtest/gtest.h>

#include "base/duckdb.h"
#include "insight/figures_table.h"

namespace xinjing::insight {
namespace {

// As much of a company's tables as is asked for what a report cites.
constexpr const char* kTables[] = {
    "CREATE MACRO one_name(what, t) AS t",
    "CREATE MACRO plain_id(t) AS SUBSTRING(t, 3)",
    "CREATE MACRO local_time(t) AS t",
    "CREATE TABLE messages (row_no BIGINT, channel VARCHAR, time TIMESTAMP, speaker INT, agent "
    "VARCHAR, text VARCHAR)",
    "CREATE TABLE turns (message_no BIGINT, conversation_no BIGINT)",
    "CREATE TABLE conversations (conversation_no BIGINT, conversation VARCHAR, subject_no BIGINT, "
    "channel VARCHAR, started TIMESTAMP)",
    "CREATE TABLE subjects (subject_no BIGINT, person BIGINT, subject VARCHAR)",
    "CREATE TABLE customers (row_no BIGINT, subject_no BIGINT, name VARCHAR, kind VARCHAR)",
    "CREATE TABLE evidence (conversation_no BIGINT, construct VARCHAR, state VARCHAR, event_no "
    "BIGINT, micro_nats BIGINT, n INT)",
    "CREATE TABLE feeling (message_no BIGINT, conversation_no BIGINT, state VARCHAR)",
    "CREATE TABLE promise_words (event_no BIGINT, what VARCHAR)",
    "INSERT INTO messages VALUES (7, 'web', TIMESTAMP '2026-03-01 10:00:00', 0, NULL, '气死'), "
    "(8, 'web', TIMESTAMP '2026-03-01 10:01:00', 1, '卓玛措', '好')",
    "INSERT INTO turns VALUES (7, 1), (8, 1)",
    "INSERT INTO conversations VALUES (1, 'T1', 1, 'web', TIMESTAMP '2026-03-01 10:00:00')",
    "INSERT INTO subjects VALUES (1, 1, 'c:K1')",
    "INSERT INTO customers VALUES (1, 1, '费立坤', '个人'), (2, 2, 'Zoe Turner', NULL), "
    "(3, 3, '王小明', '个人'), (4, 4, 'Martin Bell', NULL), (5, 5, '李国庆', '个人')",
    "INSERT INTO evidence VALUES (1, 'aspect', 'PRI', 7, 10, 1), (1, 'aspect', 'SPD', 8, 90, 1)",
    "INSERT INTO promise_words VALUES (7, 'unmet'), (7, 'met'), (7, 'promise'), (8, 'promise'), "
    "(8, 'exceeded')"};

ReportData cited(std::vector<std::string> words) {
  auto database = DuckDatabase::in_memory();
  EXPECT_TRUE(database);
  auto connection = database->connect();
  EXPECT_TRUE(connection);
  for (const char* sql : kTables) EXPECT_TRUE(connection->run(sql)) << sql;
  ReportData data;
  data.events.push_back({.words = std::move(words), .cites = {{7, {}, {}}, {8, {}, {}}}});
  const Status done = load_cited(*connection, data);
  EXPECT_TRUE(done) << (done ? "" : done.error().said.en);
  return data;
}

std::vector<std::string> named(std::vector<std::string> words) {
  std::vector<std::string> out;
  for (const NamedCustomer& one : cited(std::move(words)).named) out.push_back(one.name);
  return out;
}

TEST(LoadCited, FindsCustomersOfWhoseNamesWordsAreAPart) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(named({"立坤"}), Names{"费立坤"});
  EXPECT_EQ(named({"费立"}), Names{"费立坤"});
  EXPECT_EQ(named({"电表立坤"}), Names{"费立坤"}) << "the given name within a word";
  EXPECT_EQ(named({"找费立坤"}), Names{"费立坤"});
  EXPECT_EQ(named({"call turner"}), Names{"Zoe Turner"});
  EXPECT_EQ(named({"art", "电表", "turn", "明天"}), Names{}) << "no whole word of Martin";
}

TEST(LoadCited, TheGistIsOfTheWorstFateAndOfTheMessagesOwnAspects) {
  const ReportData data = cited({});
  EXPECT_EQ(data.messages.at(7).fate, "unmet") << "first of the order, not of the alphabet";
  EXPECT_EQ(data.messages.at(8).fate, "exceeded");
  EXPECT_EQ(data.messages.at(7).aspects, std::vector<std::string>{"PRI"});
  EXPECT_EQ(data.messages.at(8).aspects, std::vector<std::string>{"SPD"});
}

}  // namespace
}  // namespace xinjing::insight
