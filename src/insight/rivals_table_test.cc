#include "insight/rivals_table.h"

#include <gtest/gtest.h>

namespace xinjing::insight {
namespace {

/// Rivals where twelve customers who compare name somebody, and twelve others do not.
std::vector<std::string> rivals_of(const std::string& said, const std::string& customer) {
  auto database = DuckDatabase::in_memory();
  EXPECT_TRUE(database);
  auto connection = database->connect();
  EXPECT_TRUE(connection);
  const std::string text = "INSERT INTO messages SELECT i + 1, CASE WHEN i < 12 THEN " +
                           sql_quoted(said) +
                           " ELSE '今天的电费是多少' END, NULL FROM RANGE(0, 24) AS r(i)";
  const std::string name = "INSERT INTO customers VALUES (" + sql_quoted(customer) + ")";
  for (const std::string& sql :
       {std::string(
            "CREATE TABLE talk AS SELECT i AS conversation_no, i AS person FROM RANGE(0, 24) "
            "AS r(i)"),
        std::string("CREATE TABLE sign AS SELECT i AS conversation_no, 'compare' AS kind FROM "
                    "RANGE(0, 12) AS r(i)"),
        std::string("CREATE TABLE feeling AS SELECT i AS conversation_no, i + 1 AS message_no FROM "
                    "RANGE(0, 24) AS r(i)"),
        std::string("CREATE TABLE messages (row_no BIGINT, text VARCHAR, agent VARCHAR)"),
        std::string("CREATE TABLE customers (name VARCHAR)"), text, name}) {
    EXPECT_TRUE(connection->run(sql)) << sql;
  }
  const auto found = load_rivals(*connection, {});
  EXPECT_TRUE(found) << (found ? "" : found.error().said.en);
  return found ? *found : std::vector<std::string>{};
}

TEST(LoadRivals, AreNoPartsOfCustomersNames) {
  const std::vector<std::string> rival{"Harbour Volt"};
  EXPECT_EQ(rivals_of("The price of Harbour Volt is better", "Zoe Turner"), rival);
  EXPECT_EQ(rivals_of("The price of Harbour Volt is better", "Harbour Desk"),
            std::vector<std::string>{});
  EXPECT_FALSE(rivals_of("我去问过费立坤那边", "王小明").empty());
  EXPECT_EQ(rivals_of("我去问过费立坤那边", "费立坤"), std::vector<std::string>{});
}

}  // namespace
}  // namespace xinjing::insight
