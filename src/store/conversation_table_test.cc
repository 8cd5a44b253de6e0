#include "store/conversation_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "base/format.h"
#include "ingest/sessions.h"
#include "store/event_table.h"
#include "store/test_support.h"

namespace xinjing::store {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr ReaderVersion kVersion{"model 1", "cards 1"};

void load(const Database& database, const std::vector<TestMessage>& messages) {
  SubjectNumbers subjects = *SubjectNumbers::load(database);
  FileRecord file = *file_record(database, "m.csv", "messages");
  Result<EventLoad> events = EventLoad::begin(database, subjects, spec_of("messages"));
  for (const TestMessage& message : messages) {
    ASSERT_TRUE(events->add(row_of(message, file.rows_in + 2), file));
  }
  ASSERT_TRUE(events->commit(file));
}

/// Every stale conversation as "text|text|…" of its turns, in the order they are read.
std::vector<std::string> stale(const Database& database, std::size_t batch_messages = 1) {
  Result<StaleConversations> reader = StaleConversations::begin(database, kVersion);
  EXPECT_TRUE(reader);
  std::vector<std::string> out;
  for (;;) {
    const Result<ConversationBatch> batch = reader->next(batch_messages);
    EXPECT_TRUE(batch) << batch.error().said.en;
    if (batch->empty()) break;
    for (const StoredConversation& conversation : batch->conversations()) {
      std::string texts;
      for (const StoredTurn& turn : conversation.turns) {
        if (!texts.empty()) texts += "|";
        texts += turn.text;
      }
      out.push_back(texts);
    }
  }
  return out;
}

std::multiset<std::string> sorted(const std::vector<std::string>& all) {
  return {all.begin(), all.end()};
}

void mark_read(const Database& database) {
  ASSERT_TRUE(database.connection().run(
      "DELETE FROM readings; INSERT INTO readings (conversation_no, digest, model, cards, lang) "
      "SELECT conversation_no, digest, 'model 1', 'cards 1', 'zh' FROM conversations"));
}

TEST(Conversations, FollowTheCompanysIdWhateverTheOrderOfLoading) {
  const Result<Database> database = Database::in_memory();
  load(*database, {{.id = "3", .text = "c", .conversation = "A", .time = 3000},
                   {.id = "1", .text = "a", .conversation = "A", .time = 1000},
                   {.id = "9", .text = "z", .conversation = "B", .time = 500},
                   {.id = "2", .text = "b", .conversation = "A", .time = 2000, .speaker = 1}});
  const Result<ConversationChange> change = build_conversations(*database);
  ASSERT_TRUE(change) << change.error().said.en;
  EXPECT_EQ(change->conversations, 2);
  EXPECT_EQ(change->placed, 4);
  EXPECT_EQ(stale(*database), (std::vector<std::string>{"z", "a|b|c"}));
}

TEST(Conversations, EndAfterTheGapOfSilence) {
  const Result<Database> database = Database::in_memory();
  load(*database, {{.id = "1", .text = "a", .channel = "web", .time = 0},
                   {.id = "2", .text = "b", .channel = "web", .time = 30 * kMinute},
                   {.id = "3", .text = "c", .channel = "web", .time = 60 * kMinute + 1},
                   {.id = "4", .text = "d", .channel = "app", .time = 1},
                   {.id = "5", .text = "e", .subject = "c:2", .channel = "web", .time = 2},
                   {.id = "6", .text = "f", .time = 3}});
  ASSERT_TRUE(build_conversations(*database));
  EXPECT_EQ(sorted(stale(*database)), (std::multiset<std::string>{"a|b", "c", "d", "e", "f"}));
  ASSERT_TRUE(build_conversations(*database, {.gap_minutes = 31}));
  EXPECT_EQ(sorted(stale(*database)), (std::multiset<std::string>{"a|b|c", "d", "e", "f"}));
}

TEST(Conversations, OfTwoCustomersStayApartEvenUnderOneId) {
  const Result<Database> database = Database::in_memory();
  load(*database, {{.id = "1", .text = "a", .subject = "c:1", .conversation = "A", .time = 1},
                   {.id = "2", .text = "b", .subject = "c:2", .conversation = "A", .time = 2}});
  ASSERT_TRUE(build_conversations(*database));
  EXPECT_EQ(stale(*database), (std::vector<std::string>{"a", "b"}));
}

TEST(Conversations, TakeInRowsThatNameNobodyWhenOneCustomerIsThere) {
  const Result<Database> database = Database::in_memory();
  load(*database,
       {{.id = "1", .text = "a", .conversation = "A", .time = 1},
        {.id = "2", .text = "b", .subject = "", .conversation = "A", .time = 2, .speaker = 1},
        {.id = "4",
         .text = "c",
         .subject = "h:conversation:A",
         .conversation = "A",
         .time = 3,
         .speaker = 1},
        {.id = "5", .text = "x", .subject = "h:conversation:B", .conversation = "B", .time = 4},
        {.id = "3", .text = "nobody", .subject = "", .conversation = "", .time = 3}});
  ASSERT_TRUE(build_conversations(*database));
  EXPECT_EQ(sorted(stale(*database)), (std::multiset<std::string>{"a|b|c", "nobody", "x"}));
  EXPECT_EQ(*database->connection().integer(
                "SELECT COUNT(*) FROM conversations WHERE subject_no IS NULL"),
            1);
}

TEST(Conversations, WithoutTimesKeepTheOrderOfLinesAndLooseTextsStandAlone) {
  const Result<Database> database = Database::in_memory();
  load(*database, {{.id = "x", .text = "a", .conversation = "A", .time = -1},
                   {.id = "b", .text = "b", .conversation = "A", .time = -1},
                   {.id = "c", .text = "review one", .time = -1},
                   {.id = "d", .text = "review two", .time = -1}});
  ASSERT_TRUE(build_conversations(*database));
  EXPECT_EQ(sorted(stale(*database)),
            (std::multiset<std::string>{"a|b", "review one", "review two"}));
}

TEST(Conversations, AreStaleOnlyWhenSomethingChanged) {
  const Result<Database> database = Database::in_memory();
  load(*database, {{.id = "1", .text = "a", .conversation = "A", .time = 1},
                   {.id = "2", .text = "b", .conversation = "B", .time = 2}});
  ASSERT_TRUE(build_conversations(*database));
  mark_read(*database);
  EXPECT_TRUE(stale(*database).empty());
  EXPECT_EQ(build_conversations(*database)->placed, 0);
  load(*database, {{.id = "3", .text = "c", .conversation = "B", .time = 3}});
  EXPECT_EQ(build_conversations(*database)->placed, 2);
  EXPECT_EQ(stale(*database), std::vector<std::string>{"b|c"});
  mark_read(*database);
  const Result<StaleConversations> other =
      StaleConversations::begin(*database, {"model 2", "cards 1"});
  EXPECT_EQ(other->conversations(), 2);
  EXPECT_EQ(other->messages(), 3);
  EXPECT_EQ(StaleConversations::begin(*database, {"model 1", "cards 2"})->conversations(), 2);
}

TEST(Conversations, ThatVanishTakeTheirReadingsWithThem) {
  const Result<Database> database = Database::in_memory();
  load(*database, {{.id = "2", .text = "b", .time = 20 * kMinute}});
  ASSERT_TRUE(build_conversations(*database));
  mark_read(*database);
  ASSERT_TRUE(database->connection().run(
      "INSERT INTO evidence BY NAME SELECT conversation_no, subject_no, 'emotion' AS construct, "
      "'anger' AS state, DATE '2026-01-01' AS day, 5 AS micro_nats, 1 AS n, 'cue' AS source, "
      "'1' AS card, 'messages' AS event_table FROM conversations"));
  load(*database, {{.id = "1", .text = "a", .time = 0}});  // now it begins earlier
  ASSERT_TRUE(database->connection().run("DELETE FROM stale_subjects"));
  const Result<ConversationChange> change = build_conversations(*database);
  EXPECT_EQ(change->vanished, 1);
  EXPECT_EQ(stale(*database), std::vector<std::string>{"a|b"});
  EXPECT_EQ(*database->connection().integer("SELECT COUNT(*) FROM evidence"), 0);
  EXPECT_EQ(*database->connection().integer("SELECT COUNT(*) FROM readings"), 0);
  EXPECT_EQ(*database->connection().integer("SELECT COUNT(*) FROM stale_subjects"), 1);
}

/// Mostly one customer an id, sometimes another; in named conversations now and then nobody, in
/// both ways to name nobody.
std::string subject_at_random(std::mt19937_64& random, bool named, std::uint64_t conversation) {
  const std::uint64_t kind = random() % 10;
  if (named && kind == 0) return "";
  if (named && kind == 1) return fmt::format("h:conversation:k{}", conversation);
  const bool usual = named && (kind > 2 || conversation % 2 == 0);
  return fmt::format("c:{}", usual ? conversation % 6 : random() % 6);
}

TEST(Conversations, AreThoseOfTheTwinInPlainCode) {
  std::mt19937_64 random(21);
  std::vector<TestMessage> all;
  for (int i = 0; i < 800; ++i) {
    const std::uint64_t conversation = random() % 50;
    const bool named = random() % 3 == 0;
    all.push_back({.id = std::to_string(i),
                   .text = std::to_string(i),
                   .subject = subject_at_random(random, named, conversation),
                   .conversation = named ? fmt::format("k{}", conversation) : "",
                   .channel = random() % 2 == 0 ? "web" : "",
                   .time = random() % 15 == 0 ? -1 : std::int64_t(random() % 9000) * kMinute,
                   .line = i + 1});
  }
  std::vector<ingest::MessagePlace> places;
  for (const TestMessage& one : all) {
    places.push_back({one.conversation, one.subject, one.channel,
                      one.time < 0 ? std::optional<Instant>() : Instant{one.time}, one.line});
  }
  std::multiset<std::string> twin;
  for (const ingest::Session& session : ingest::sessions(places)) {
    std::string texts;
    for (const std::size_t i : session.messages) texts += (texts.empty() ? "" : "|") + all[i].text;
    twin.insert(texts);
  }
  const Result<Database> database = Database::in_memory();
  load(*database, all);
  ASSERT_TRUE(build_conversations(*database));
  EXPECT_EQ(sorted(stale(*database)), twin);
}

TEST(Conversations, BuiltInStepsAreThoseBuiltAtOnce) {
  std::mt19937_64 random(20);
  std::vector<TestMessage> all;
  for (int i = 0; i < 600; ++i) {
    all.push_back({.id = std::to_string(i),
                   .text = std::to_string(i),
                   .subject = random() % 9 == 0 ? "" : fmt::format("c:{}", random() % 7),
                   .conversation = random() % 3 == 0 ? fmt::format("k{}", random() % 40) : "",
                   .channel = random() % 2 == 0 ? "web" : "",
                   .time = random() % 15 == 0 ? -1 : std::int64_t(random() % 9000) * kMinute,
                   .line = i + 1});
  }
  const auto content = [](const Database& database) {
    std::string out;
    Result<DuckResult> rows = database.connection().query(
        "SELECT conversation_no, digest, messages, turn_no, text, subject FROM conversations "
        "JOIN turns USING (conversation_no) JOIN messages AS m ON m.row_no = message_no "
        "LEFT JOIN subjects ON subjects.subject_no = conversations.subject_no ORDER BY ALL");
    EXPECT_TRUE(rows->each([&](const DuckRow& row) {
      out += fmt::format("{} {} {} {} {} {}\n", row.integer(0), row.unsigned_integer(1),
                         row.integer(2), row.integer(3), row.text(4),
                         row.is_null(5) ? "-" : row.text(5));
    }));
    return out;
  };
  const Result<Database> at_once = Database::in_memory();
  load(*at_once, all);
  ASSERT_TRUE(build_conversations(*at_once));
  const Result<Database> in_steps = Database::in_memory();
  std::shuffle(all.begin(), all.end(), random);
  for (std::size_t i = 0; i < all.size(); i += 60) {
    load(*in_steps, {all.begin() + std::ptrdiff_t(i), all.begin() + std::ptrdiff_t(i + 60)});
    ASSERT_TRUE(build_conversations(*in_steps));
  }
  EXPECT_EQ(content(*at_once), content(*in_steps));
}

}  // namespace
}  // namespace xinjing::store
