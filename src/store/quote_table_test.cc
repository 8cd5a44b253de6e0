#include "store/quote_table.h"

#include <gtest/gtest.h>

#include "store/conversation_table.h"
#include "store/event_table.h"
#include "store/subject_table.h"
#include "store/test_support.h"
#include "store/understood_table.h"

namespace xinjing::store {
namespace {

// One person with two ids who said two things, and a neighbour who said one.
Database with_words() {
  Result<Database> database = Database::in_memory();
  SubjectNumbers subjects = *SubjectNumbers::load(*database);
  FileRecord file = *file_record(*database, "m.csv", "messages");
  Result<EventLoad> events = EventLoad::begin(*database, subjects, spec_of("messages"));
  for (const TestMessage& message :
       {TestMessage{.id = "1", .text = "电费太贵了", .channel = "web", .time = 1000},
        TestMessage{.id = "2", .text = "too slow", .subject = "h:web:a", .time = 2000},
        TestMessage{.id = "3", .text = "谢谢", .subject = "c:2", .time = 3000}}) {
    EXPECT_TRUE(events->add(row_of(message), file));
  }
  EXPECT_TRUE(events->commit(file));
  EXPECT_TRUE(write_people(*database, {{2, 1}}));
  EXPECT_TRUE(build_conversations(*database));
  return std::move(*database);
}

EvidenceRow said(std::int64_t subject, std::int64_t message, std::string_view state,
                 std::int64_t micro_nats, Span span) {
  return {.subject_no = subject,
          .construct = "emotion",
          .state = state,
          .day = Day{20'000},
          .micro_nats = micro_nats,
          .source = "model",
          .card = "1",
          .event_no = message,
          .span = span};
}

TEST(QuotedEvidence, ShowsTheWordsOfEveryIdOfThePerson) {
  const Database database = with_words();
  Result<Replacement> rows = Replacement::begin(database);
  ASSERT_TRUE(rows->add(said(1, 1, "anger", 5, {6, 15})));
  ASSERT_TRUE(rows->add(said(2, 2, "anger", 9, {4, 8})));
  ASSERT_TRUE(rows->add(said(1, 1, "anger", -7, {0, 6})));
  ASSERT_TRUE(rows->add(said(1, 1, "joy", 1, {0, 999})));
  ASSERT_TRUE(rows->add(said(3, 3, "joy", 1, {0, 6})));
  ASSERT_TRUE(rows->commit());
  const DuckConnection& connection = database.connection();
  const auto of = [&](std::int64_t person, const QuoteOptions& options = {}) {
    PersonMessages messages = *PersonMessages::open(connection, person);
    return *quoted_evidence(connection, messages, options);
  };
  const std::vector<QuotedEvidence> all = of(1);
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].quote, "slow");
  EXPECT_EQ(all[0].message.time, Instant{2000});
  EXPECT_EQ(all[0].message.channel, "");
  EXPECT_EQ(all[1].quote, "电费");
  EXPECT_EQ(all[1].micro_nats, -7);
  EXPECT_EQ(all[2].quote, "太贵了");
  EXPECT_EQ(all[2].message.channel, "web");
  EXPECT_EQ(all[2].message.text, "电费太贵了");
  EXPECT_EQ(all[3].quote, "") << "the span goes beyond the text";
  EXPECT_EQ(of(1, {.best = 1}).size(), 3U);
  EXPECT_EQ(of(1, {.construct = "need"}).size(), 0U);
  EXPECT_EQ(of(1, {.until = Day{19'999}}).size(), 0U);
  EXPECT_EQ(of(99).size(), 0U);
}

TEST(PersonMessages, AreFoundByNumberWhoeverWroteThem) {
  const Database database = with_words();
  PersonMessages messages = *PersonMessages::open(database.connection(), 1);
  EXPECT_EQ(messages.subjects(), (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(messages.find(1), nullptr) << "nobody asked yet";
  ASSERT_TRUE(messages.need({1, 3, 3, 77}));
  EXPECT_EQ(messages.find(1)->text, "电费太贵了");
  EXPECT_EQ(messages.find(3)->text, "谢谢");
  EXPECT_EQ(messages.find(77), nullptr);
  ASSERT_TRUE(messages.need({2}));
  EXPECT_EQ(messages.find(2)->text, "too slow");
  EXPECT_TRUE(PersonMessages::open(database.connection(), 99)->subjects().empty());
}

}  // namespace
}  // namespace xinjing::store
