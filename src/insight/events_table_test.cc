#include "insight/events_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

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

/// A company of 300 days with four talks a day, in which everybody is calm.
Status make_company(const DuckConnection& connection, const std::string& matter,
                    const std::string& waiting) {
  for (const std::string& sql :
       {std::string("CREATE TABLE talk AS SELECT i AS conversation_no, i AS person, '大厅' AS "
                    "department, '柜台' AS channel, '居民' AS kind, DATE '2026-01-01' + "
                    "CASE WHEN i < 1200 THEN i // 4 ELSE 150 + i % 3 END::INTEGER AS day, 0.1 AS "
                    "valence, 0.1 AS worst, 0.1 AS last, 0.1 AS satisfaction, 2 AS turns FROM "
                    "RANGE(0, 1260) AS r(i)"),
        matter,
        std::string("CREATE TABLE feeling AS SELECT conversation_no + 1 AS message_no, "
                    "conversation_no, 0.1 AS valence, 'joy' AS state FROM talk"),
        std::string("CREATE TABLE messages AS SELECT message_no AS row_no, '停电了什么时候来电' "
                    "AS text FROM feeling"),
        std::string("CREATE TABLE manner AS SELECT conversation_no, 'solution' AS dimension, "
                    "2.0 + conversation_no % 2 * 3 AS level FROM talk"),
        std::string("CREATE TABLE responses (time TIMESTAMP, survey VARCHAR, item VARCHAR, score "
                    "DOUBLE, scale_max DOUBLE)"),
        std::string("CREATE MACRO local_time(t) AS t"), waiting}) {
    if (Status done = connection.run(sql); !done) return done;
  }
  return {};
}

ReportData events_of(const std::string& matter, const std::string& waiting) {
  ReportData data;
  data.from = {20'454}, data.to = {20'454 + 299}, data.read = 1'260;
  auto database = DuckDatabase::in_memory();
  auto connection = database->connect();
  Status done = make_company(*connection, matter, waiting);
  if (done) done = load_events(*connection, {}, {}, 10, data);
  EXPECT_TRUE(done) << done.error().said.en;
  return data;
}

constexpr const char* kNoWaits = "CREATE TABLE waiting (place VARCHAR, day DATE, minutes DOUBLE)";

TEST(LoadEvents, ABurstIsNamedByWhatGoesBeyondTheUsualAndHasOneSetOfNumbers) {
  // In three days sixty more contacts: a quarter on reliability, which nobody speaks of else; all
  // as often on attitude as ever.
  const ReportData data = events_of(
      "CREATE TABLE matter AS SELECT conversation_no, 'volume' AS what FROM talk UNION ALL SELECT "
      "conversation_no, 'aspect:ATT' FROM talk WHERE conversation_no % 2 = 0 UNION ALL SELECT "
      "conversation_no, 'aspect:REL' FROM talk WHERE conversation_no >= 1200 AND conversation_no "
      "% 4 = 0 UNION ALL SELECT conversation_no, 'unmet:REL' FROM talk WHERE conversation_no >= "
      "1200 AND conversation_no % 8 = 0",
      kNoWaits);
  const auto burst = std::find_if(data.events.begin(), data.events.end(), [](const Event& one) {
    return one.kind == "burst" && one.what == "volume";
  });
  ASSERT_NE(burst, data.events.end());
  ASSERT_FALSE(burst->aspects.empty());
  EXPECT_EQ(burst->aspects.front(), "REL");
  EXPECT_EQ(std::find(burst->aspects.begin(), burst->aspects.end(), "ATT"), burst->aspects.end());
  EXPECT_DOUBLE_EQ(burst->count, 72) << "60 and the 12 of every three days";
  EXPECT_LE(double(burst->well + burst->ill), burst->count) << "of the same contacts";
  ASSERT_EQ(burst->failed.size(), 1U);
  EXPECT_EQ(burst->failed[0].aspect, "REL");
  EXPECT_DOUBLE_EQ(burst->failed[0].count, 8);
}

TEST(LoadEvents, WaitsThatGoBackAreABurstAndNoNewLevel) {
  const ReportData data =
      events_of("CREATE TABLE matter AS SELECT conversation_no, 'volume' AS what FROM talk",
                "CREATE TABLE waiting AS SELECT '热线' AS place, day, (CASE WHEN day BETWEEN DATE "
                "'2026-03-01' AND DATE '2026-04-10' THEN 9 ELSE 1 END + conversation_no % 3 * "
                "0.1)::DOUBLE AS "
                "minutes FROM talk");
  std::size_t waits = 0;
  for (const Event& one : data.events) {
    if (one.what != "wait") continue;
    ++waits;
    EXPECT_EQ(one.kind, "burst");
    EXPECT_NEAR(one.after.value, 9, 1.2) << "whole weeks";
    EXPECT_NEAR(one.before.value, 1, 0.2);
    EXPECT_NEAR(double(one.from.number), 20'454 + 59, 7) << "1 March";
  }
  EXPECT_EQ(waits, 1U);
}

}  // namespace
}  // namespace xinjing::insight
