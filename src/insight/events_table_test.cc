#include "insight/events_table.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace xinjing::insight {
namespace {

TEST(LoadEvents, APlaceThatIsTheWholeCompanyIsPraisedForShorterWaits) {
  auto database = DuckDatabase::in_memory();
  ASSERT_TRUE(database);
  auto connection = database->connect();
  ASSERT_TRUE(connection);
  // One hall, four talks a day; from the middle of the year on waits are short and each is praised.
  for (const char* sql :
       {"CREATE TABLE talk AS SELECT i AS conversation_no, i AS person, '大厅' AS department, "
        "'柜台' "
        "AS channel, '居民' AS kind, DATE '2026-01-01' + (i // 4)::INTEGER AS day, 0.1 AS valence, "
        "0.1 AS worst, 0.1 AS last, 0.1 AS satisfaction, 2 AS turns FROM RANGE(0, 1200) AS r(i)",
        "CREATE TABLE matter AS SELECT conversation_no, 'volume' AS what FROM talk UNION ALL "
        "SELECT conversation_no, 'praise:SPD' FROM talk WHERE day >= DATE '2026-06-01' AND "
        "conversation_no % 4 = 0",
        "CREATE TABLE feeling AS SELECT conversation_no + 1 AS message_no, conversation_no, 0.1 AS "
        "valence, 'joy' AS state FROM talk",
        "CREATE TABLE messages AS SELECT message_no AS row_no, '今天办得真快，谢谢你们' AS text "
        "FROM "
        "feeling",
        "CREATE TABLE manner (conversation_no BIGINT, dimension VARCHAR, level DOUBLE)",
        "CREATE TABLE responses (time TIMESTAMP, survey VARCHAR, item VARCHAR, score DOUBLE, "
        "scale_max DOUBLE)",
        "CREATE MACRO local_time(t) AS t",
        "CREATE TABLE waiting AS SELECT '大厅' AS place, day, (CASE WHEN day < DATE '2026-06-01' "
        "THEN 40 ELSE 8 END + conversation_no % 3)::DOUBLE AS minutes FROM talk"}) {
    ASSERT_TRUE(connection->run(sql)) << sql;
  }
  ReportData data;
  data.from = {20'454}, data.to = {20'454 + 299}, data.read = 1'200;
  const Status done = load_events(*connection, {}, {{"praise:SPD", {"真快"}}}, 10, data);
  ASSERT_TRUE(done) << done.error().said.en;
  const auto has = [&](const char* what, const char* department) {
    return std::any_of(data.events.begin(), data.events.end(), [&](const Event& one) {
      return one.what == what && one.department == department;
    });
  };
  EXPECT_TRUE(has("wait", "大厅"));
  EXPECT_TRUE(has("praise:SPD", "大厅"));
}

}  // namespace
}  // namespace xinjing::insight
