#include "behaviour/churn_table.h"

#include <gtest/gtest.h>

#include <cmath>

#include "store/database.h"

namespace xinjing::behaviour {
namespace {

const Day kEnd = *day_from_date(2026, 12, 31);

/// Forty customers; number n orders on every (n + 1)th tenth day of 2026.
store::Database shop() {
  Result<store::Database> database = store::Database::in_memory();
  EXPECT_TRUE(database);
  const Status filled = database->connection().run(
      "INSERT INTO subjects SELECT i, 'c:K' || i, i FROM RANGE(1, 41) AS t(i);"
      "INSERT INTO orders (row_no, subject_no, order_id, time, amount, currency) "
      "SELECT ROW_NUMBER() OVER (), i, 'o' || i || '-' || d, "
      "  TIMESTAMP '2026-01-05 04:00:00' + TO_DAYS(d::INTEGER * 10), 100, 'CNY' "
      "FROM RANGE(1, 41) AS t(i), RANGE(0, 36) AS u(d) WHERE d % (1 + i % 7) = 0");
  EXPECT_TRUE(filled) << filled.error().said.en;
  return std::move(*database);
}

ChurnPeople load(const store::Database& database, ChurnQuestion question = {.as_of = kEnd}) {
  Result<ChurnPeople> people = load_churn_people(database.connection(), question);
  EXPECT_TRUE(people) << people.error().said.en;
  return std::move(*people);
}

const std::vector<double>& numbers(const ChurnPeople& people, const std::string& name) {
  for (const Covariate& column : people.all.columns) {
    if (column.name == name) return column.numbers;
  }
  ADD_FAILURE() << name;
  return people.all.columns.front().numbers;
}

TEST(ChurnPeople, LooksBackFromEveryMonthWhoseEndIsKnown) {
  const ChurnPeople people = load(shop());
  EXPECT_EQ(people.all.rows, people.person.size());
  EXPECT_EQ(people.all.rows - people.rows.size(), 40U) << "everyone is told of once";
  for (std::size_t i = 0; i < people.rows.size(); ++i) {
    EXPECT_LE(people.rows.at[i] + 90, kEnd.number);
    EXPECT_EQ(people.rows.left[i], people.rows.by_horizon[i]);
  }
  const std::vector<Day> looks = looks_of({.as_of = kEnd}, *day_from_date(2026, 6, 1));
  ASSERT_EQ(looks.size(), 4U);
  EXPECT_EQ(looks.front().number, kEnd.number - 90);
}

TEST(ChurnPeople, WhatCameLaterIsNotSeen) {
  const store::Database database = shop();
  const ChurnPeople before = load(database);
  ASSERT_TRUE(database.connection().run(
      "INSERT INTO orders (row_no, subject_no, order_id, time, amount, currency) "
      "SELECT 9000 + i, i, 'late' || i, TIMESTAMP '2026-12-30 04:00:00', 7, 'CNY' "
      "FROM RANGE(1, 41) AS t(i)"));
  const ChurnPeople after = load(database);
  ASSERT_EQ(before.rows.size(), after.rows.size());
  for (std::size_t c = 0; c < before.rows.x.columns.size(); ++c) {
    for (std::size_t i = 0; i < before.rows.size(); ++i) {
      const double a = before.rows.x.columns[c].numbers[i], b = after.rows.x.columns[c].numbers[i];
      EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << before.rows.x.columns[c].name;
    }
  }
  EXPECT_EQ(numbers(after, "order_recency").back(), 1) << "the last day itself does";
}

TEST(ChurnPeople, LinesOfAnOrderAreOneAndReturnsAreNone) {
  const store::Database database = shop();
  const double orders = numbers(load(database), "orders").back();
  ASSERT_TRUE(database.connection().run(
      "INSERT INTO orders (row_no, subject_no, order_id, item_line, time, amount, currency) "
      "SELECT 8000 + row_no, subject_no, order_id, '2', time, 5, currency FROM orders;"
      "INSERT INTO orders (row_no, subject_no, order_id, time, amount, currency) "
      "SELECT 9000 + i, i, 'r' || i, TIMESTAMP '2026-12-30 04:00:00', -100, 'CNY' "
      "FROM RANGE(1, 41) AS t(i)"));
  const ChurnPeople people = load(database);
  EXPECT_EQ(numbers(people, "orders").back(), orders);
  EXPECT_EQ(numbers(people, "returns").back(), 1);
  EXPECT_EQ(numbers(people, "spent").back(), 105 * orders);
}

TEST(ChurnPeople, MoneyOfOtherCurrenciesIsLeftOutAndTold) {
  const store::Database database = shop();
  const double spent = numbers(load(database), "spent").back();
  ASSERT_TRUE(database.connection().run(
      "INSERT INTO orders (row_no, subject_no, order_id, time, amount, currency) "
      "SELECT 9000 + i, i, 'u' || i, TIMESTAMP '2026-12-30 04:00:00', 100, 'USD' "
      "FROM RANGE(1, 41) AS t(i)"));
  const ChurnPeople people = load(database);
  EXPECT_EQ(people.currency, "CNY");
  EXPECT_EQ(people.in_others, 40);
  EXPECT_EQ(numbers(people, "spent").back(), spent);
}

TEST(ChurnPeople, WithDaysOfLeavingNobodyIsAtRiskAfterThem) {
  const store::Database database = shop();
  ASSERT_TRUE(database.connection().run(
      "CREATE TEMP TABLE churn_left AS SELECT 3 AS person, DATE '2026-06-15' AS day"));
  const ChurnPeople people = load(database, {.as_of = kEnd, .by_day_of_leaving = true});
  const std::int32_t day = day_from_date(2026, 6, 15)->number;
  int left = 0;
  for (std::size_t i = 0; i < people.rows.size(); ++i) {
    if (people.person[i] != 3) continue;
    EXPECT_LT(people.rows.at[i], day);
    EXPECT_EQ(people.rows.left[i], people.rows.at[i] + 30 >= day);
    left += people.rows.left[i];
  }
  EXPECT_EQ(left, 1);
  EXPECT_EQ(people.all.rows - people.rows.size(), 39U);
}

TEST(ChurnPeople, WithoutOrdersOrTimeThereAreNoRowsToLearnFrom) {
  const Result<store::Database> empty = store::Database::in_memory();
  EXPECT_EQ(load(*empty).rows.size(), 0U);
  EXPECT_EQ(load(shop(), {.as_of = *day_from_date(2026, 3, 1)}).rows.size(), 0U);
}

}  // namespace
}  // namespace xinjing::behaviour
