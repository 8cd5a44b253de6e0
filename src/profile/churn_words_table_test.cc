#include "profile/churn_words_table.h"

#include <gtest/gtest.h>

#include "behaviour/churn_table.h"
#include "store/database.h"

namespace xinjing::profile {
namespace {

/// Two customers known since 2026-01-01; the first complains and wavers on 1 July.
store::Database company() {
  Result<store::Database> database = store::Database::in_memory();
  const Status filled = database->connection().run(
      "INSERT INTO subjects VALUES (1, 'c:A', 1), (2, 'c:B', 2);"
      "INSERT INTO events (row_no, subject_no, time, kind) VALUES "
      "  (1, 1, TIMESTAMP '2026-01-01 04:00:00', 'login'), "
      "  (2, 2, TIMESTAMP '2026-01-01 04:00:00', 'login');"
      "INSERT INTO conversations VALUES (7, 1, 'x', 'hotline', TIMESTAMP '2026-06-30 04:00:00', "
      "  TIMESTAMP '2026-07-01 04:00:00', 2, 1);"
      "INSERT INTO readings BY NAME SELECT 7 AS conversation_no, 1 AS subject_no, 1 AS digest, "
      "  'm' AS model, 'c' AS cards, 'zh' AS lang, -1.5 AS satisfaction, 1.2 AS escalation;"
      "INSERT INTO evidence BY NAME SELECT 7 AS conversation_no, 1 AS subject_no, 'bond' AS "
      "  construct, 'waver' AS state, DATE '2026-06-30' AS day, 2000000 AS micro_nats, 1 AS n, "
      "  'cue' AS source, '1' AS card, 'messages' AS event_table;"
      "INSERT INTO expectations BY NAME SELECT 7 AS conversation_no, 'SPD' AS aspect, "
      "  'explicit' AS kind, 'unmet' AS status, false AS promised, 1 AS p;"
      "CREATE TEMP TABLE churn_left (person BIGINT, day DATE)");
  EXPECT_TRUE(filled) << filled.error().said.en;
  return std::move(*database);
}

TEST(ChurnWords, CountFromTheDayTheConversationEnded) {
  const store::Database database = company();
  const Day end = *day_from_date(2026, 12, 31), said = *day_from_date(2026, 7, 1);
  const auto people = behaviour::load_churn_people(database.connection(),
                                                   {.as_of = end, .by_day_of_leaving = true});
  ASSERT_TRUE(people);
  const auto words =
      load_word_signals(database.connection(), [](std::string_view) { return true; });
  ASSERT_TRUE(words);
  ASSERT_EQ(words->rows, people->all.rows);
  bool seen = false;
  for (std::size_t i = 0; i < people->rows.size(); ++i) {
    const bool known = people->person[i] == 1 && people->rows.at[i] >= said.number;
    const bool fresh = known && people->rows.at[i] < said.number + 90;
    for (const behaviour::Covariate& column : words->columns) {
      if (column.name == "unresolved") {
        EXPECT_EQ(column.numbers[i], fresh);
      }
      if (column.name == "satisfaction_last" && known) {
        EXPECT_EQ(column.numbers[i], -1.5);
      }
      if (column.name == "satisfaction_last" && !known) {
        EXPECT_NE(column.numbers[i], -1.5);
      }
      if (column.name == "waver_180" && fresh) {
        EXPECT_EQ(column.numbers[i], 2);
      }
      if (column.name == "waver_180" && !known) {
        EXPECT_EQ(column.numbers[i], 0);
      }
      if (column.name == "unmet_180" && !known) {
        EXPECT_EQ(column.numbers[i], 0);
      }
    }
    seen = seen || fresh;
  }
  EXPECT_TRUE(seen);
}

TEST(ChurnWords, LeaveOutWhatIsNotAllowed) {
  const store::Database database = company();
  ASSERT_TRUE(behaviour::load_churn_people(
      database.connection(), {.as_of = *day_from_date(2026, 12, 31), .by_day_of_leaving = true}));
  const auto words = load_word_signals(
      database.connection(), [](std::string_view construct) { return construct != "bond"; });
  ASSERT_TRUE(words);
  EXPECT_EQ(words->columns.size(), std::size(kWordSignals) - 1);
  for (const behaviour::Covariate& column : words->columns) EXPECT_NE(column.name, "waver_180");
}

}  // namespace
}  // namespace xinjing::profile
