#include "behaviour/act_table.h"

#include <gtest/gtest.h>

#include "base/format.h"
#include "behaviour/line_table.h"
#include "behaviour/preference_table.h"

namespace xinjing::behaviour {
namespace {

using evidence::Act;

evidence::Catalogue cards() {
  evidence::Card card;
  card.id = "preference", card.cap_nats = 3;
  evidence::CardState state;
  state.id = "value";
  card.states.push_back(state);
  return std::move(*evidence::Catalogue::of({card}));
}

class ActTable : public testing::Test {
 protected:
  ActTable()
      : x_database(std::move(*store::Database::in_memory())),
        x_cards(cards()),
        x_weights{
            {.act = Act::kDiscounted,
             .hit = 400'000,
             .miss = -400'000,
             .least = 3,
             .cap = 1'500'000},
            {.act = Act::kLooked, .cues = {"划算"}, .hit = 800'000, .least = 1, .cap = 800'000}} {
    for (int i = 1; i <= 3; ++i)
      run(fmt::format("INSERT INTO subjects VALUES ({0}, 'c:{0}', {0})", i));
  }

  void run(const std::string& sql) const {
    const Status done = x_database.connection().run(sql);
    ASSERT_TRUE(done) << done.error().message(Lang::kEn);
  }

  void order(int row, int subject, int day, double discount) const {
    run(
        fmt::format("INSERT INTO orders (row_no, key_high, key_low, subject_no, order_id, time, "
                    "product, brand, category, quantity, amount, discount) VALUES ({0}, 0, {0}, "
                    "{1}, 'o{0}', '2026-03-{2:02} 12:00:00', '茶', 'A', '饮', 1, 10, {3})",
                    row, subject, day, discount));
  }

  std::int64_t write() const {
    const auto changed = write_act_evidence(x_database, x_cards, x_weights, "v1");
    EXPECT_TRUE(changed) << changed.error().message(Lang::kEn);
    return *changed;
  }

  std::int64_t number(const std::string& sql) const {
    return *x_database.connection().integer(sql);
  }
  std::int64_t sum(int subject) const {
    return number(
        fmt::format("SELECT COALESCE(SUM(micro_nats), 0)::BIGINT FROM evidence WHERE "
                    "source = 'act' AND subject_no = {}",
                    subject));
  }

  store::Database x_database;
  evidence::Catalogue x_cards;
  std::vector<evidence::ActWeight> x_weights;
};

TEST_F(ActTable, WritesWhatOrdersSay) {
  for (int day = 1; day <= 4; ++day) order(day, 1, day, day == 4 ? 0 : 2);
  for (int day = 1; day <= 2; ++day) order(10 + day, 2, day, 2);
  EXPECT_EQ(write(), 1) << "two orders are too few";
  EXPECT_EQ(sum(1), 3 * 400'000 - 400'000);
  EXPECT_EQ(number("SELECT COUNT(*) FROM stale_subjects"), 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM evidence WHERE act = 'not_discounted' AND event_no = 4"),
            1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM evidence WHERE state = '*' AND n = 1"), 1);
}

TEST_F(ActTable, ChangesOnlyWhomNewRowsAreAbout) {
  for (int day = 1; day <= 4; ++day) order(day, 1, day, 2), order(10 + day, 2, day, 2);
  EXPECT_EQ(write(), 2);
  EXPECT_EQ(write(), 0) << "nothing is new";
  order(30, 2, 20, 0);
  EXPECT_EQ(write(), 1);
  run("DELETE FROM orders WHERE subject_no = 2");
  EXPECT_EQ(write(), 1);
  EXPECT_EQ(sum(2), 0);
}

TEST_F(ActTable, DependsOnNobodyElsesRows) {
  for (int day = 1; day <= 4; ++day) order(day, 1, day, 2);
  write();
  const std::int64_t alone = sum(1);
  for (int day = 1; day <= 9; ++day) order(40 + day, 3, day, day % 2);
  write();
  EXPECT_EQ(sum(1), alone);
}

TEST_F(ActTable, CountsADaysLooksAtTheSameThingOnce) {
  for (int i = 0; i < 5; ++i) {
    run(fmt::format(
        "INSERT INTO events (row_no, key_high, key_low, subject_no, time, kind, object) "
        "VALUES ({0}, 0, {0}, 3, '2026-03-0{1} 01:00:00', 'search', '空气能 划算吗')",
        i + 1, i < 3 ? 1 : 2));
  }
  EXPECT_EQ(write(), 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM evidence WHERE act = 'looked'"), 2);
  EXPECT_LE(sum(3), 800'000);
}

TEST_F(ActTable, ReadsDiscountsByTheSignThatMostHave) {
  for (int day = 1; day <= 4; ++day) order(day, 1, day, -2);
  order(5, 1, 5, 2);
  write();
  EXPECT_EQ(sum(1), 3 * 400'000);
  EXPECT_EQ(odd_lines(x_database.connection(), {30'000})->discounts, 1);
}

TEST_F(ActTable, LeavesOutCancelledOrdersAndKnowsWhatWasSentBack) {
  for (int day = 1; day <= 6; ++day) order(day, 1, day, 2);
  run("UPDATE orders SET status = '已取消' WHERE row_no = 1");
  run("UPDATE orders SET status = '已退款' WHERE row_no = 2");
  ASSERT_TRUE(write_preferences(x_database, {25'000}));
  EXPECT_EQ(number("SELECT n FROM preferences WHERE measure = 'return_share'"), 5);
  EXPECT_EQ(number("SELECT COUNT(*) FROM preferences WHERE measure = 'discount_share'"), 0)
      << "four are left";
}

TEST_F(ActTable, ComparesPricesOnlyWithEnoughOthers) {
  for (int subject = 1; subject <= 3; ++subject) {
    for (int day = 1; day <= 5; ++day) order(10 * subject + day, subject, day, 0);
  }
  run("UPDATE orders SET amount = 20 WHERE subject_no = 1");
  ASSERT_TRUE(write_preferences(x_database, {25'000}));
  EXPECT_EQ(
      number("SELECT value::BIGINT FROM preferences WHERE measure = 'price_index' AND person = 1"),
      2);
  run("DELETE FROM orders WHERE subject_no = 3");
  ASSERT_TRUE(write_preferences(x_database, {25'000}));
  EXPECT_EQ(number("SELECT COUNT(*) FROM preferences WHERE measure = 'price_index'"), 0);
}

}  // namespace
}  // namespace xinjing::behaviour
