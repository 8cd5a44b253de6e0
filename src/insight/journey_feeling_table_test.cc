#include "insight/journey_feeling_table.h"

#include <gtest/gtest.h>

#include "base/format.h"
#include "store/database.h"

namespace xinjing::insight {
namespace {

/// A person with two ids who registers at 1 and is served from 2 to 4 o'clock, and talks at hours.
store::Database company(const std::vector<int>& hours) {
  Result<store::Database> database = store::Database::in_memory({.zone_minutes = 0});
  EXPECT_TRUE(database);
  const DuckConnection& connection = database->connection();
  EXPECT_TRUE(connection.run(
      "INSERT INTO subjects (subject_no, subject, person) VALUES (1, 'c:1', 1), (2, 'h:phone:2', "
      "1), (3, 'c:3', 3);"
      "INSERT INTO touchpoints (row_no, subject_no, case_id, activity, started, ended) VALUES "
      "(1, 1, 'a', 'register', '2026-03-02 01:00', NULL),"
      "(2, 1, 'a', 'serve', '2026-03-02 02:00', '2026-03-02 04:00')"));
  for (std::size_t i = 0; i < hours.size(); ++i) {
    EXPECT_TRUE(connection.run(fmt::format(
        "INSERT INTO conversations (conversation_no, subject_no, started, ended, messages, digest) "
        "VALUES ({0}, 2, TIMESTAMP '2026-03-02' + TO_HOURS({1}), NULL, 1, 0);"
        "INSERT INTO readings (conversation_no, subject_no, digest, model, cards, lang, "
        "satisfaction, "
        "emotion) VALUES ({0}, 2, 0, '', '', 'zh', -1, 'anger');"
        "INSERT INTO expectations (conversation_no, subject_no, aspect, kind, status, promised, p) "
        "VALUES ({0}, 2, 'SPD', 'explicit', 'unmet', FALSE, 0.9)",
        i + 1, hours[i])));
  }
  return std::move(*database);
}

std::string joined(int talk, const behaviour::JourneyFilter& filter = {}, int hours = 24) {
  const store::Database database = company({talk});
  const auto readings = load_step_readings(database.connection(), filter, hours);
  EXPECT_TRUE(readings) << (readings ? "" : readings.error().said.en);
  std::string out;
  for (const StepReading& one : *readings) {
    EXPECT_TRUE(one.displeased && one.unmet && one.person == 1);
    out += one.activity + ";";
  }
  return out;
}

TEST(JourneyFeelingTable, JoinsAConversationWithTheLastStepThatHadBegun) {
  EXPECT_EQ(joined(0), "") << "before the first step";
  EXPECT_EQ(joined(1), "register;");
  EXPECT_EQ(joined(3), "serve;");
  EXPECT_EQ(joined(5, {}, 1), "serve;") << "an hour after its end";
  EXPECT_EQ(joined(6, {}, 1), "");
  EXPECT_EQ(joined(3, {.channel = "web"}), "") << "no step of this channel";
  EXPECT_EQ(joined(3, {.activity = "serve"}), "serve;");
}

}  // namespace
}  // namespace xinjing::insight
