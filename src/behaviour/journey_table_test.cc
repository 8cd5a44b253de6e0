#include "behaviour/journey_table.h"

#include <gtest/gtest.h>

#include "base/format.h"

namespace xinjing::behaviour {
namespace {

/// A company's file with touchpoints: case, activity, hour of 2 March 2026, channel, status.
struct Row {
  std::string case_id, activity;
  int hour = 0;
  std::string channel = {}, status = {};
};

store::Database company(const std::vector<Row>& rows) {
  Result<store::Database> database = store::Database::in_memory({.zone_minutes = 0});
  EXPECT_TRUE(database);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    const Status added = database->connection().run(fmt::format(
        "INSERT INTO touchpoints (row_no, key_high, key_low, file_no, line, case_id, activity, "
        "started, ended, channel, status) VALUES ({0}, {0}, 0, 1, {0}, '{1}', '{2}', "
        "TIMESTAMP '2026-03-02' + TO_HOURS({3}), TIMESTAMP '2026-03-02' + TO_HOURS({3}) + "
        "TO_MINUTES(10), NULLIF('{4}', ''), NULLIF('{5}', ''))",
        i + 1, row.case_id, row.activity, row.hour, row.channel, row.status));
    EXPECT_TRUE(added) << (added ? "" : added.error().said.en);
  }
  return std::move(*database);
}

const std::vector<Row> kRows = {{"1", "register", 0, "hall"},
                                {"1", "serve", 1, "hall"},
                                {"2", "register", 30, "web"},
                                {"2", "serve", 32, "web"},
                                {"2", "serve", 31, "", "schedule"}};

TEST(JourneyTable, LoadsTheStepsOfEveryCase) {
  const store::Database database = company(kRows);
  const auto rows = load_journey(database.connection(), {});
  ASSERT_TRUE(rows) << rows.error().said.en;
  EXPECT_EQ(rows->rows, 5);
  EXPECT_EQ(rows->scheduling, 1);
  EXPECT_EQ(rows->log.steps(), 4U);
  EXPECT_TRUE(rows->log.has_ends());
}

TEST(JourneyTable, TakesACaseWholeOrNotAtAll) {
  const store::Database database = company(kRows);
  constexpr std::int64_t kNoon = 1'772'452'800'000;  // 2026-03-02T12:00Z
  const auto steps = [&](const JourneyFilter& filter) {
    const auto rows = load_journey(database.connection(), filter);
    EXPECT_TRUE(rows);
    return rows ? rows->log.steps() : 0;
  };
  EXPECT_EQ(steps({.before = Instant{kNoon}}), 2U);
  EXPECT_EQ(steps({.from = Instant{kNoon}}), 2U);
  EXPECT_EQ(steps({.channel = "web"}), 2U);
  EXPECT_EQ(steps({.channel = "o'clock"}), 0U);
  EXPECT_EQ(steps({.activity = "serve"}), 4U);
  EXPECT_EQ(steps({.channel = "web", .activity = "call"}), 0U);
}

TEST(JourneyTable, WritesTheFiguresAnewEachTime) {
  store::Database database = company(kRows);
  for (int round = 0; round < 2; ++round) ASSERT_TRUE(write_journey(database, {}));
  const DuckConnection& connection = database.connection();
  EXPECT_EQ(*connection.integer("SELECT COUNT(*) FROM v_journey_steps"), 2);
  EXPECT_EQ(*connection.integer("SELECT n FROM v_journey_edges"), 2);
  EXPECT_EQ(*connection.integer("SELECT wait_median::BIGINT FROM v_journey_edges"), 80 * 60);
  EXPECT_EQ(*connection.integer("SELECT cases FROM v_journey_variants"), 2);
  ASSERT_TRUE(write_journey(database, day_from_date(2026, 3, 2)));
  EXPECT_EQ(*connection.integer("SELECT n FROM v_journey_edges"), 1)
      << "what came later is left out";
}

TEST(JourneyTable, HasNothingToSayWithoutTouchpoints) {
  store::Database database = company({});
  ASSERT_TRUE(write_journey(database, {}));
  EXPECT_EQ(*database.connection().integer("SELECT COUNT(*) FROM journey_steps"), 0);
}

TEST(JourneyTable, DoesNotTakeAClockErrorForTheLastDay) {
  std::vector<Row> rows = kRows;
  for (int i = 0; i < 300; ++i) rows.push_back({fmt::format("c{}", i), "register", i % 24});
  rows.push_back({"late", "register", 24 * 365 * 50});
  store::Database database = company(rows);
  ASSERT_TRUE(write_journey(database, {}));
  EXPECT_EQ(*database.connection().integer(
                "SELECT MAX(as_of)::DATE - DATE '2026-03-02' FROM journey_steps"),
            1);
}

}  // namespace
}  // namespace xinjing::behaviour
