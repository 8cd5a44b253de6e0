#include "insight/wanted_table.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace xinjing::insight {
namespace {

TEST(LoadWanted, CountsWhatComplaintsWereOfferedAfterTheFirstUpsetTurn) {
  auto database = DuckDatabase::in_memory();
  ASSERT_TRUE(database);
  auto connection = database->connect();
  ASSERT_TRUE(connection);
  // 1: a refund after anger; 2: a dated promise; 3: nothing but a queue; 4: no complaint at all.
  for (const char* sql :
       {"CREATE TABLE talk AS SELECT * FROM (VALUES (1, 1.0, -0.5, 2), (2, 0.5, -0.5, 2), "
        "(3, -1.5, -0.5, 2), (4, 1.0, 0.0, 2)) AS t(conversation_no, satisfaction, valence, turns)",
        "CREATE TABLE matter AS SELECT * FROM (VALUES (1, 'motive:redress'), (2, 'motive:solve'), "
        "(3, 'motive:redress'), (4, 'motive:redress_not'), (1, 'motive:praise')) "
        "AS t(conversation_no, what)",
        "CREATE TABLE feeling AS SELECT c AS conversation_no, n AS turn_no, CASE WHEN c = 4 THEN 0 "
        "WHEN n = 2 THEN -1.0 ELSE 0 END AS valence FROM RANGE(1, 5) AS r(c), (VALUES (0), (2)) AS "
        "v(n)",
        "CREATE TABLE messages AS SELECT * FROM (VALUES (1, 1, '抱歉'), (2, 1, '把钱退给您'), "
        "(3, 1, '明天十点前回电'), (4, 1, '请排队')) AS t(row_no, speaker, text)",
        // The apology of 1 came before the anger.
        "CREATE TABLE turns AS SELECT * FROM (VALUES (1, 1, 1), (1, 3, 2), (2, 3, 3), (3, 3, 4)) "
        "AS t(conversation_no, turn_no, message_no)",
        "CREATE TABLE promise_words AS SELECT 2 AS conversation_no, 'promise' AS what, "
        "TIMESTAMP '2026-01-02' AS due, 3 AS turn_no"}) {
    ASSERT_TRUE(connection->run(sql)) << sql;
  }
  ReportData data;
  const Status done =
      load_wanted(*connection, {{"apology", {"抱歉"}}, {"offer", {"退给您"}}}, data);
  ASSERT_TRUE(done) << done.error().said.en;
  const auto row = [&](const std::string& motive) {
    return *std::find_if(data.wanted.begin(), data.wanted.end(),
                         [&](const Wanted& one) { return one.motive == motive; });
  };
  const auto offered = [&](const std::string& motive, const std::string& act) {
    const Wanted one = row(motive);
    return std::find_if(one.offers.begin(), one.offers.end(),
                        [&](const WantedOffer& offer) { return offer.act == act; })
        ->n;
  };
  EXPECT_EQ(row("").n, 3) << "the fourth does not complain";
  EXPECT_EQ(row("redress").n, 2);
  EXPECT_EQ(offered("redress", "offer"), 1);
  EXPECT_EQ(offered("redress", "nothing"), 1);
  EXPECT_EQ(offered("redress", "apology"), 0) << "said before the customer was upset";
  EXPECT_EQ(offered("solve", "promise_timed"), 1);
}

}  // namespace
}  // namespace xinjing::insight
