#include "psychology/ledger_evidence_table.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/format.h"
#include "evidence/card.h"

namespace xinjing::psychology {
namespace {

evidence::Catalogue satisfaction() {
  auto card = evidence::parse_card(
      *read_file(XINJING_SOURCE_DIR "/constructs/satisfaction/card.toml"), "satisfaction");
  std::vector<evidence::Card> cards;
  cards.push_back(std::move(*card));
  return std::move(*evidence::Catalogue::of(std::move(cards)));
}

/// A company with one customer who has two ids; each conversation is a message.
class LedgerEvidence : public testing::Test {
 protected:
  LedgerEvidence() : x_database(std::move(*store::Database::in_memory())), x_cards(satisfaction()) {
    run("INSERT INTO subjects VALUES (1, 'c:C1', 1), (2, 'h:x:1', 1)");
    run("INSERT INTO stale_subjects VALUES (1)");
  }

  void run(const std::string& sql) {
    const Status done = x_database.connection().run(sql);
    EXPECT_TRUE(done) << sql << "\n" << (done ? "" : done.error().said.en);
  }

  /// Message `no` of subject `subject` on a day of March; all of its text is `what`.
  void say(int no, int subject, int day, bool agent, const std::string& text,
           const std::string& what, const std::string& acts, const std::string& due = "NULL") {
    run(
        fmt::format("INSERT INTO messages BY NAME SELECT {} AS row_no, {} AS subject_no, "
                    "TIMESTAMP '2026-03-{:02} 10:00:00' AS time, {} AS speaker, '{}' AS text",
                    no, subject, day, agent ? 1 : 0, text));
    run(
        fmt::format("INSERT INTO readings BY NAME SELECT {} AS conversation_no, {} AS subject_no, "
                    "DATE '2026-03-{:02}' AS day, 0 AS digest, 'm' AS model, 'c' AS cards, "
                    "'zh' AS lang",
                    no, subject, day));
    run(
        fmt::format("INSERT INTO promise_words BY NAME SELECT {0} AS conversation_no, {1} AS "
                    "subject_no, '{2}' AS what, '{3}' AS acts, {4} AS due, FALSE AS "
                    "due_to_the_minute, FALSE AS recalls, {0} AS event_no, 0 AS turn_no, 0 AS "
                    "span_begin, {5} AS span_end",
                    no, subject, what, acts, due, text.size()));
  }

  std::int64_t write(std::string_view version = "1") {
    const auto wrote = write_ledger_evidence(x_database, x_cards, DeedWords(), version);
    EXPECT_TRUE(wrote) << (wrote ? "" : wrote.error().said.en);
    return wrote ? *wrote : -1;
  }

  /// "2 -1 600000 messages 7", one for each row of the ledger's.
  std::string rows() {
    auto found = x_database.connection().query(
        "SELECT conversation_no, state, micro_nats, event_no, span_end FROM evidence "
        "WHERE source = 'ledger' ORDER BY ALL");
    std::string out;
    EXPECT_TRUE(found->each([&](const DuckRow& row) {
      out += fmt::format("{} {} {} of {} to {}\n", row.integer(0), row.text(1), row.integer(2),
                         row.integer(3), row.integer(4));
    }));
    return out;
  }

  store::Database x_database;
  evidence::Catalogue x_cards;
};

constexpr const char* kDue = "TIMESTAMP '2026-03-04 16:00:00'";

TEST_F(LedgerEvidence, ABreachToldLaterSpeaksWhereItIsTold) {
  say(1, 1, 2, true, "48小时内上门", "promise", "visit", kDue);
  say(2, 2, 5, false, "还是没人来", "unmet", "visit");
  EXPECT_EQ(write(), 2);
  EXPECT_EQ(rows(), "2 -1 600000 of 2 to 15\n2 -2 400000 of 2 to 15\n");
  EXPECT_EQ(*x_database.connection().integer(
                "SELECT COUNT(*) FROM evidence WHERE day = DATE '2026-03-05' AND subject_no = 2"),
            2);
}

TEST_F(LedgerEvidence, AFulfilmentToldLaterSpeaksForIt) {
  say(1, 1, 2, true, "We will fix it by Wednesday", "promise", "repair", kDue);
  say(2, 1, 4, false, "All sorted, thanks", "met", "");
  EXPECT_EQ(write(), 1);
  EXPECT_EQ(rows(), "2 1 400000 of 2 to 18\n");
}

TEST_F(LedgerEvidence, IsTheSameHoweverOftenItIsWritten) {
  say(1, 1, 2, true, "48小时内上门", "promise", "visit", kDue);
  say(2, 1, 5, false, "还是没人来", "unmet", "visit");
  write();
  const std::string once = rows();
  write();
  EXPECT_EQ(rows(), once);
  run("DELETE FROM stale_subjects");
  EXPECT_EQ(write(), 0) << "nobody is looked at";
  EXPECT_EQ(rows(), once);
  EXPECT_EQ(write("2"), 2) << "other cards or words: everybody is";
  EXPECT_EQ(rows(), once);
}

/// What was said before it comes after it: the evidence follows.
TEST_F(LedgerEvidence, FollowsALateMessage) {
  say(2, 1, 5, false, "还是没人来", "unmet", "visit");
  EXPECT_EQ(write(), 0);
  say(1, 1, 2, true, "48小时内上门", "promise", "visit", kDue);
  run("INSERT INTO stale_subjects VALUES (1)");
  EXPECT_EQ(write(), 2);
  run("DELETE FROM promise_words WHERE conversation_no = 1");
  EXPECT_EQ(write(), 0);
  EXPECT_EQ(rows(), "");
}

TEST_F(LedgerEvidence, WhatTheCompanySaysIsNoneNorWhatSpeaksForItself) {
  say(1, 1, 2, true, "48小时内上门", "promise", "visit", kDue);
  say(2, 1, 4, true, "师傅已经上门了", "met", "visit");
  EXPECT_EQ(write(), 0);
  say(3, 1, 2, true, "三天内给您退款", "promise", "refund", kDue);
  say(4, 1, 6, false, "说好的退款没到", "unmet", "refund");
  run("UPDATE promise_words SET recalls = TRUE WHERE conversation_no = 4");
  EXPECT_EQ(write(), 0) << "it is counted where it is read";
}

TEST_F(LedgerEvidence, StaysWithinTheCapOfTheCard) {
  say(1, 1, 2, true, "48小时内上门", "promise", "visit", kDue);
  say(2, 1, 5, false, "还是没人来", "unmet", "visit");
  run("INSERT INTO evidence BY NAME SELECT 2 AS conversation_no, 1 AS subject_no, 'satisfaction' "
      "AS construct, '-1' AS state, DATE '2026-03-05' AS day, 2900000 AS micro_nats, 1 AS n, "
      "'model' AS source, 'satisfaction/1' AS card, 'messages' AS event_table");
  write();
  EXPECT_EQ(rows(), "2 -1 100000 of 2 to 15\n2 -2 400000 of 2 to 15\n");
}

}  // namespace
}  // namespace xinjing::psychology
