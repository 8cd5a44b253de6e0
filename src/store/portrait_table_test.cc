#include "store/portrait_table.h"

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
  ASSERT_TRUE(rows->add(said(1, 1, "joy", 1, {0, 999})));  // beyond the text: no quote
  ASSERT_TRUE(rows->add(said(3, 3, "joy", 1, {0, 6})));
  ASSERT_TRUE(rows->commit());
  const std::vector<QuotedEvidence> all = *quoted_evidence(database, 1);
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].quote, "slow");
  EXPECT_EQ(all[0].time, Instant{2000});
  EXPECT_EQ(all[0].channel, "");
  EXPECT_EQ(all[1].quote, "太贵了");
  EXPECT_EQ(all[1].channel, "web");
  EXPECT_EQ(all[1].message, "电费太贵了");
  EXPECT_EQ(all[2].quote, "电费");
  EXPECT_EQ(all[2].micro_nats, -7);
  EXPECT_EQ(all[3].quote, "");
  EXPECT_EQ(quoted_evidence(database, 1, {.best = 1})->size(), 3U);
  EXPECT_EQ(quoted_evidence(database, 1, {.construct = "need"})->size(), 0U);
  EXPECT_EQ(quoted_evidence(database, 99)->size(), 0U);
}

TEST(Portraits, ReplaceThoseOfTheirPeopleAndEndTheirStaleness) {
  const Database database = with_words();
  const PortraitRow row{.construct = "emotion",
                        .state = "anger",
                        .said = true,
                        .p = 0.8,
                        .weight = 2.5,
                        .n = 3,
                        .episodes = 2,
                        .trend = {},
                        .first_day = Day{19'000},
                        .last_day = Day{20'000},
                        .as_of = Day{20'100},
                        .card = "1"};
  Result<Replacement> rows = Replacement::begin(database);
  ASSERT_TRUE(rows->add(said(1, 1, "anger", 5, {0, 3})));
  ASSERT_TRUE(rows->add(said(3, 3, "joy", 5, {0, 3})));
  ASSERT_TRUE(rows->commit());
  EXPECT_EQ(*stale_people(database), (std::vector<std::int64_t>{1, 3}));
  for (int again = 0; again < 2; ++again) {
    Result<PortraitLoad> load = PortraitLoad::begin(database, {1});
    ASSERT_TRUE(load);
    ASSERT_TRUE(load->add(1, row));
    ASSERT_TRUE(load->commit());
  }
  EXPECT_EQ(*stale_people(database), std::vector<std::int64_t>{3});
  const std::vector<PortraitRow> portrait = *read_portrait(database, 1);
  ASSERT_EQ(portrait.size(), 1U);
  EXPECT_EQ(portrait[0].p, 0.8);
  EXPECT_EQ(portrait[0].trend, std::nullopt);
  EXPECT_EQ(portrait[0].first_day, Day{19'000});
  EXPECT_TRUE(portrait[0].said);
  EXPECT_TRUE(write_people(database, {{1, 2}, {2, 2}}));
  ASSERT_TRUE(PortraitLoad::begin(database, {2})->commit());
  EXPECT_TRUE(read_portrait(database, 1)->empty()) << "person 1 is person 2 now";
}

}  // namespace
}  // namespace xinjing::store
