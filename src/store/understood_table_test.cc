#include "store/understood_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace xinjing::store {
namespace {

EvidenceRow evidence(std::int64_t conversation, std::int64_t subject, std::string_view construct,
                     std::int64_t micro_nats) {
  return {.conversation_no = conversation,
          .subject_no = subject,
          .construct = construct,
          .state = "anger",
          .day = Day{20'000},
          .micro_nats = micro_nats,
          .source = "cue",
          .card = "1",
          .event_no = 1,
          .span = Span{3, 6}};
}

Database with_subjects(int count) {
  Result<Database> database = Database::in_memory();
  for (int i = 1; i <= count; ++i) {
    EXPECT_TRUE(
        database->connection().run("INSERT INTO subjects VALUES ($1, 'c:' || $1, $1)", {i}));
  }
  return std::move(*database);
}

std::int64_t count(const Database& database, const std::string& what) {
  return *database.connection().integer("SELECT " + what);
}

std::vector<std::int64_t> stale_subjects(const Database& database) {
  std::vector<std::int64_t> out;
  Result<DuckResult> rows =
      database.connection().query("SELECT DISTINCT subject_no FROM stale_subjects ORDER BY ALL");
  EXPECT_TRUE(rows->each([&](const DuckRow& row) { out.push_back(row.integer(0)); }));
  return out;
}

TEST(Replacement, WritesReadingsEvidenceAndExpectationsTogether) {
  const Database database = with_subjects(1);
  Result<Replacement> batch = Replacement::begin(database);
  ASSERT_TRUE(batch);
  ASSERT_TRUE(batch->add(ReadingRow{.conversation_no = 5,
                                    .subject_no = 1,
                                    .digest = UINT64_MAX,
                                    .model = "m",
                                    .cards = "c",
                                    .lang = "zh",
                                    .sentiment = -0.5,
                                    .emotion = ReadingRow::Headline{"anger", 0.75}}));
  ASSERT_TRUE(batch->add(evidence(5, 1, "emotion", -7)));
  ASSERT_TRUE(batch->add(ExpectationRow{.conversation_no = 5,
                                        .subject_no = 1,
                                        .aspect = "SPD",
                                        .kind = "explicit",
                                        .status = "open",
                                        .promised = true,
                                        .due = Day{20'001},
                                        .p = 0.5}));
  ASSERT_TRUE(batch->commit());
  EXPECT_EQ(count(database,
                  "COUNT(*) FROM readings WHERE emotion = 'anger' AND emotion_p = 0.75 "
                  "AND motive IS NULL AND detail IS NULL AND sentiment = -0.5"),
            1);
  EXPECT_EQ(count(database,
                  "micro_nats FROM evidence WHERE span_begin = 3 AND span_end = 6 "
                  "AND turn_no IS NULL AND day = DATE '2024-10-04'"),
            -7);
  EXPECT_EQ(count(database, "COUNT(*) FROM expectations WHERE promised AND due = '2024-10-05'"), 1);
  EXPECT_EQ(stale_subjects(database), std::vector<std::int64_t>{1});
}

TEST(Replacement, TakesAwayExactlyTheRowsOfItsConversations) {
  const Database database = with_subjects(3);
  Result<Replacement> first = Replacement::begin(database);
  for (std::int64_t c = 1; c <= 3; ++c) {
    ASSERT_TRUE(first->add(ReadingRow{.conversation_no = c, .subject_no = c}));
    ASSERT_TRUE(first->add(evidence(c, c, "emotion", 10)));
    ASSERT_TRUE(first->add(evidence(c, c, "need", 20)));
  }
  ASSERT_TRUE(first->commit());
  ASSERT_TRUE(database.connection().run("DELETE FROM stale_subjects"));

  const std::vector<std::int64_t> again = {2};
  Result<Replacement> second = Replacement::begin(database, {.conversations = again});
  ASSERT_TRUE(second->add(ReadingRow{.conversation_no = 2, .subject_no = 2}));
  ASSERT_TRUE(second->commit());
  EXPECT_EQ(count(database, "COUNT(*) FROM readings"), 3);
  EXPECT_EQ(count(database, "COUNT(*) FROM evidence"), 4);
  EXPECT_EQ(stale_subjects(database), std::vector<std::int64_t>{2}) << "who only lost is stale too";

  const std::vector<std::int64_t> both = {1, 3};
  Result<Replacement> third =
      Replacement::begin(database, {.conversations = both, .construct = "need"});
  ASSERT_TRUE(third->add(evidence(1, 1, "need", 21)));
  ASSERT_TRUE(third->commit());
  EXPECT_EQ(count(database, "COUNT(*) FROM readings"), 3);
  EXPECT_EQ(count(database, "SUM(micro_nats) FROM evidence WHERE construct = 'need'"), 21);
  EXPECT_EQ(count(database, "SUM(micro_nats) FROM evidence WHERE construct = 'emotion'"), 20);
}

TEST(Replacement, OfActsLeavesWordsAlone) {
  const Database database = with_subjects(2);
  Result<Replacement> first = Replacement::begin(database);
  ASSERT_TRUE(first->add(evidence(1, 1, "loyalty", 1)));
  EvidenceRow act = evidence(0, 1, "loyalty", 2);
  act.conversation_no = {};
  act.source = "act";
  act.event_table = "orders";
  ASSERT_TRUE(first->add(act));
  ASSERT_TRUE(first->commit());
  const std::vector<std::int64_t> subjects = {1};
  Result<Replacement> second = Replacement::begin(database, {.acts_of = subjects});
  act.micro_nats = 5;
  ASSERT_TRUE(second->add(act));
  ASSERT_TRUE(second->commit());
  EXPECT_EQ(count(database, "SUM(micro_nats) FROM evidence"), 6);
}

TEST(Replacement, ThatIsDroppedChangesNothing) {
  const Database database = with_subjects(1);
  Result<Replacement> first = Replacement::begin(database);
  ASSERT_TRUE(first->add(evidence(1, 1, "need", 1)));
  ASSERT_TRUE(first->commit());
  {
    const std::vector<std::int64_t> again = {1};
    Result<Replacement> second = Replacement::begin(database, {.conversations = again});
    for (int i = 0; i < 10'000; ++i) ASSERT_TRUE(second->add(evidence(1, 1, "need", 100)));
  }
  EXPECT_EQ(count(database, "SUM(micro_nats) FROM evidence"), 1);
}

TEST(TallyInSql, AgreesWithAPlainFoldAndKeepsNoZeros) {
  std::mt19937_64 random(4);
  const Database database = with_subjects(5);
  using Key = std::tuple<std::int64_t, std::string, std::int32_t>;
  std::map<Key, std::pair<std::int64_t, std::int64_t>> plain;
  constexpr std::string_view kConstructs[] = {"emotion", "need", "motive"};
  Result<Replacement> batch = Replacement::begin(database);
  const auto add = [&](EvidenceRow row) {
    ASSERT_TRUE(batch->add(row));
    auto& sum = plain[{*row.subject_no, std::string(row.construct), row.day.number}];
    sum.first += row.micro_nats;
    sum.second += row.n;
  };
  for (int i = 0; i < 3000; ++i) {
    EvidenceRow row = evidence(i, std::int64_t(1 + random() % 5), kConstructs[random() % 3],
                               std::int64_t(random() % 2'000'001) - 1'000'000);
    row.day = Day{std::int32_t(random() % 10)};
    add(row);
    if (random() % 2 == 0) continue;
    row.micro_nats = -row.micro_nats;
    row.n = -row.n;
    add(row);
  }
  ASSERT_TRUE(batch->commit());
  std::erase_if(
      plain, [](const auto& one) { return one.second == std::pair<std::int64_t, std::int64_t>{}; });
  const std::vector<TallyRow> rows = *read_tally(database);
  ASSERT_EQ(rows.size(), plain.size());
  for (const TallyRow& row : rows) {
    const auto& sum = plain.at({row.subject_no, row.construct, row.day.number});
    EXPECT_EQ(row.micro_nats, sum.first);
    EXPECT_EQ(row.n, sum.second);
  }
  const std::vector<TallyRow> of_one = *read_tally(database, 3);
  for (const TallyRow& row : of_one) EXPECT_EQ(row.subject_no, 3);
}

TEST(TallyInSql, FollowsTheEvidenceAtOnce) {
  const Database database = with_subjects(2);
  Result<Replacement> batch = Replacement::begin(database);
  ASSERT_TRUE(batch->add(evidence(1, 1, "need", 1)));
  ASSERT_TRUE(batch->add(evidence(2, 2, "need", 2)));
  ASSERT_TRUE(batch->commit());
  EXPECT_EQ(read_tally(database)->size(), 2U);
  const std::vector<std::int64_t> gone = {1};
  ASSERT_TRUE(Replacement::begin(database, {.conversations = gone})->commit());
  ASSERT_EQ(read_tally(database)->size(), 1U);
  EXPECT_EQ(read_tally(database)->front().subject_no, 2);
}

}  // namespace
}  // namespace xinjing::store
