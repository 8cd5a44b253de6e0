#include "profile/portrait_table.h"

#include <gtest/gtest.h>

#include <random>

#include "base/file.h"
#include "evidence/evidence_table.h"
#include "store/database.h"
#include "store/subject_table.h"

namespace xinjing::profile {
namespace {

using evidence::Evidence;
using evidence::kExposure;

evidence::Card card_of(std::string id, evidence::Measure measure,
                       std::vector<std::pair<std::string, double>> states) {
  evidence::Card card;
  card.id = std::move(id);
  card.measure = measure;
  card.half_life_days = 180;
  card.minimum_nats = 0.5;
  card.minimum_episodes = 1;
  card.minimum_probability = 0.5;
  card.cap_nats = 3;
  for (auto& [name, prior] : states) {
    evidence::CardState state;
    state.id = name;
    state.prior = prior;
    card.states.push_back(state);
  }
  return card;
}

evidence::Catalogue cards() {
  std::vector<evidence::Card> out;
  out.push_back(
      card_of("frequency", evidence::Measure::kTypology,
              {{"frequent", 0.2}, {"occasional", 0.4}, {"potential", 0.3}, {"lapsed", 0.1}}));
  out.push_back(card_of("motive", evidence::Measure::kShare, {{"solve", 0.5}, {"praise", 0.1}}));
  out.push_back(card_of("need", evidence::Measure::kTypology,
                        {{"basic", 0.5}, {"safety", 0.3}, {"none", 0.2}}));
  auto catalogue = evidence::Catalogue::of(std::move(out));
  return std::move(*catalogue);
}

/// A company of `people` customers, each with `talks` conversations of one message.
class PortraitTable : public testing::Test {
 protected:
  PortraitTable() : x_database(std::move(*store::Database::in_memory())), x_catalogue(cards()) {}

  const DuckConnection& connection() const { return x_database.connection(); }

  void make_company(int people, int talks) {
    for (int person = 1; person <= people; ++person) {
      run(fmt::format("INSERT INTO subjects VALUES ({0}, 'c:C{0}', {0})", person));
      for (int talk = 0; talk < talks; ++talk) {
        const int no = person * 100 + talk;
        run(fmt::format(
            "INSERT INTO messages (row_no, key_high, key_low, subject_no, file_no, line, "
            "message_id, "
            "channel, time, speaker, text) VALUES ({0}, 0, {0}, {1}, 1, {0}, 'm{0}', 'hotline', "
            "'2026-03-{2:02} 02:00:00', 0, '三天没电了,怎么还不来')",
            no, person, talk + 1));
        run(
            fmt::format("INSERT INTO conversations VALUES ({0}, {1}, 'k{0}', 'hotline', "
                        "'2026-03-{2:02} 02:00:00', "
                        "'2026-03-{2:02} 02:05:00', 1, {0})",
                        no, person, talk + 1));
      }
    }
  }

  evidence::ConversationRows rows_of(int person, int talk, std::vector<Evidence> evidence) const {
    evidence::ConversationRows rows;
    rows.conversation_no = person * 100 + talk;
    rows.subject_no = person;
    rows.day = *day_from_date(2026, 3, talk + 1);
    rows.digest = std::uint64_t(rows.conversation_no);
    rows.message_nos = {rows.conversation_no};
    rows.evidence = std::move(evidence);
    return rows;
  }

  void write(const std::vector<evidence::ConversationRows>& all) {
    std::vector<std::int64_t> numbers;
    for (const auto& rows : all) numbers.push_back(rows.conversation_no);
    auto to = store::Replacement::begin(x_database, {.conversations = numbers});
    ASSERT_TRUE(to) << to.error().message(Lang::kEn);
    const evidence::EvidenceWriter writer(x_catalogue, {"model", "cards"});
    for (const auto& rows : all) ASSERT_TRUE(writer.add(rows, *to));
    const Status done = to->commit();
    ASSERT_TRUE(done) << done.error().message(Lang::kEn);
  }

  void refresh() {
    const auto made =
        refresh_portraits(connection(), x_catalogue, x_as_of, "cards", [](auto, auto) {});
    ASSERT_TRUE(made) << made.error().message(Lang::kEn);
  }

  std::string dump(const std::string& table) const {
    std::string out;
    auto rows =
        connection().query("SELECT t::VARCHAR AS line FROM " + table + " AS t ORDER BY line");
    EXPECT_TRUE(rows);
    EXPECT_TRUE(rows->each([&](const DuckRow& row) { out += std::string(row.text(0)) + "\n"; }));
    return out;
  }

  void run(const std::string& sql) {
    const Status done = connection().run(sql);
    ASSERT_TRUE(done) << done.error().message(Lang::kEn) << "\n" << sql;
  }

  store::Database x_database;
  evidence::Catalogue x_catalogue;
  Day x_as_of = *day_from_date(2026, 3, 31);
};

constexpr std::uint16_t kMotive = 1, kNeed = 2;

std::vector<Evidence> unhappy(std::int64_t micro_nats = 2'000'000) {
  return {
      {.construct = kNeed,
       .state = 0,
       .micro_nats = micro_nats,
       .count = 1,
       .turn = 0,
       .span = {0, 15}},
      {.construct = kNeed, .state = kExposure, .micro_nats = 0, .count = 1, .turn = 0, .span = {}},
      {.construct = kMotive,
       .state = 0,
       .micro_nats = 900'000,
       .count = 1,
       .turn = 0,
       .span = {16, 28}},
      {.construct = kMotive,
       .state = kExposure,
       .micro_nats = 0,
       .count = 1,
       .turn = 0,
       .span = {}}};
}

TEST_F(PortraitTable, SqlSumsEqualTheFoldInAnyOrder) {
  std::mt19937 random(7);
  make_company(3, 6);
  evidence::Tally folds[4];
  std::vector<evidence::ConversationRows> all;
  for (int person = 1; person <= 3; ++person) {
    for (int talk = 0; talk < 6; ++talk) {
      std::vector<Evidence> evidence;
      for (int i = 0; i < 40; ++i) {
        evidence.push_back({.construct = std::uint16_t(1 + random() % 2),
                            .state = std::uint16_t(random() % 2),
                            .micro_nats = std::int64_t(random() % 4'000'001) - 2'000'000,
                            .count = int(random() % 2),
                            .turn = 0,
                            .span = {}});
      }
      all.push_back(rows_of(person, talk, evidence));
      for (const Evidence& one : evidence) {
        folds[person].add({one.construct, one.state, all.back().day}, one.micro_nats, one.count);
      }
    }
  }
  std::shuffle(all.begin(), all.end(), random);
  write(all);
  refresh();
  for (int person = 1; person <= 3; ++person) {
    const auto profile = load_profile(connection(), person, x_catalogue, x_as_of);
    ASSERT_TRUE(profile);
    EXPECT_EQ(profile->tally.bytes(), folds[person].bytes());
  }
  const auto sums = connection().integer("SELECT SUM(micro_nats)::BIGINT FROM tally");
  const auto rows = connection().integer("SELECT SUM(micro_nats)::BIGINT FROM evidence");
  EXPECT_EQ(*sums, *rows);
}

TEST_F(PortraitTable, ReadingAConversationAgainReplacesExactlyItsRows) {
  make_company(2, 2);
  write({rows_of(1, 0, unhappy()), rows_of(1, 1, unhappy()), rows_of(2, 0, unhappy())});
  refresh();
  const std::string before = dump("portraits"), tally = dump("tally"), evidence = dump("evidence");
  write({rows_of(1, 1, unhappy(-500'000))});
  refresh();
  EXPECT_NE(dump("portraits"), before);
  write({rows_of(1, 1, unhappy())});
  refresh();
  EXPECT_EQ(dump("evidence"), evidence);
  EXPECT_EQ(dump("tally"), tally);
  EXPECT_EQ(dump("portraits"), before);
}

TEST_F(PortraitTable, MakesOnlyStalePeopleAnewHoweverFarApart) {
  make_company(5, 1);
  write({rows_of(1, 0, unhappy()), rows_of(5, 0, unhappy())});
  refresh();
  const std::string before = dump("portraits");
  run("INSERT INTO stale_subjects VALUES (1), (5)");
  refresh();
  EXPECT_EQ(dump("portraits"), before);
}

TEST_F(PortraitTable, ShowsWhatIsSaidWithItsWords) {
  make_company(1, 2);
  write({rows_of(1, 0, unhappy()), rows_of(1, 1, unhappy())});
  refresh();
  const auto person = store::find_person(x_database, "C1");
  ASSERT_TRUE(person && *person);
  const auto portrait = load_portrait(connection(), **person, {x_catalogue, {}, x_as_of});
  ASSERT_TRUE(portrait) << portrait.error().message(Lang::kEn);
  EXPECT_EQ(portrait->person, "C1");
  EXPECT_EQ(portrait->history.conversations, 2);
  const Line& need = portrait->lines[kNeed];
  EXPECT_TRUE(need.standing.said());
  ASSERT_FALSE(need.because.empty());
  EXPECT_EQ(need.because[0].text, "三天没电了");
  EXPECT_EQ(need.because[0].channel, "hotline");
  EXPECT_EQ(need.because.size(), 1U);  // both talks say the same
  run("UPDATE messages SET text = '***************,还不来' WHERE row_no = 101");
  const auto masked = load_portrait(connection(), **person, {x_catalogue, {}, x_as_of});
  ASSERT_TRUE(masked);
  EXPECT_EQ(masked->lines[kNeed].because.size(), 1U);  // and what is masked is no quote
  run("UPDATE messages SET time = '2026-03-09 20:00:00' WHERE row_no = 100");  // the 10th at +08:00
  const auto late =
      load_evidence(connection(), {.person = 1, .construct = "need", .most = 0, .as_of = x_as_of});
  ASSERT_TRUE(late);
  const auto first =
      std::ranges::find(*late, "k100", [](const auto& r) { return r.quote.conversation; });
  ASSERT_NE(first, late->end());
  EXPECT_EQ(first->quote.day, *day_from_date(2026, 3, 1));    // where it counts
  EXPECT_EQ(first->quote.said, *day_from_date(2026, 3, 10));  // when it was said
  EXPECT_FALSE(portrait->lines[0].standing.said());  // the company brought no orders at all
  EXPECT_FALSE(*store::find_person(x_database, "C9"));
  const auto rows =
      load_evidence(connection(), {.person = 1, .construct = "need", .most = 0, .as_of = x_as_of});
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->size(), 2U);
}

TEST_F(PortraitTable, CountsNothingThatCameAfterTheDay) {
  make_company(1, 3);  // talks on the 1st to the 3rd
  run("INSERT INTO orders (row_no, key_high, key_low, subject_no, file_no, line, order_id, time, "
      "amount) VALUES (1, 0, 1, 1, 1, 1, 'o1', '2026-03-01 15:59:00', 5), "
      "(2, 0, 2, 1, 1, 2, 'o2', '2026-03-01 16:01:00', 5)");  // the 2nd at +08:00
  const auto seen = [&](int day) {
    return load_portrait(connection(), 1, {x_catalogue, {}, *day_from_date(2026, 3, day)});
  };
  const auto first = seen(1), later = seen(31);
  ASSERT_TRUE(first && later);
  EXPECT_EQ(first->history.orders, 1);
  EXPECT_EQ(first->history.conversations, 1);
  EXPECT_EQ(first->tongues.chinese, 1);
  EXPECT_EQ(later->tongues.chinese, 3);
  EXPECT_EQ(first->lines[0].orders, 1);
  EXPECT_EQ(*behaviour::rfm(first->history, first->as_of).recency_days, 0);
  EXPECT_EQ(later->history.orders, 2);
  EXPECT_EQ(later->history.conversations, 3);
  run("UPDATE conversations SET ended = '2026-03-05 00:00:00' WHERE conversation_no = 100");
  EXPECT_EQ(seen(1)->history.contacted.last, *day_from_date(2026, 3, 1));
  refresh();
  x_as_of = *day_from_date(2026, 2, 1);
  refresh();
  EXPECT_EQ(*connection().integer("SELECT COUNT(*) FROM portraits WHERE construct = 'frequency'"),
            0);
}

TEST_F(PortraitTable, LinkedIdsAreOnePersonAndUnlinkedOnesTwoAgain) {
  make_company(2, 1);
  write({rows_of(1, 0, unhappy()), rows_of(2, 0, unhappy())});
  refresh();
  const std::string apart = dump("portraits");
  run("UPDATE subjects SET person = 1 WHERE subject_no = 2");
  run("INSERT INTO stale_subjects VALUES (1), (2)");
  refresh();
  const auto both = load_portrait(connection(), 1, {x_catalogue, {}, x_as_of});
  ASSERT_TRUE(both);
  EXPECT_EQ(both->subjects.size(), 2U);
  EXPECT_EQ(both->lines[kNeed].standing.episodes, 2);
  EXPECT_EQ(*connection().integer("SELECT COUNT(*) FROM portraits WHERE person = 2"), 0);
  run("UPDATE subjects SET person = 2 WHERE subject_no = 2");
  run("INSERT INTO stale_subjects VALUES (1), (2)");
  refresh();
  EXPECT_EQ(dump("portraits"), apart);
}

}  // namespace
}  // namespace xinjing::profile
