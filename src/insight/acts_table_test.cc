#include "insight/acts_table.h"

#include <gtest/gtest.h>

#include <cmath>

namespace xinjing::insight {
namespace {

/// The tables that acts are read from, without rows.
constexpr const char* kTables[] = {
    "CREATE MACRO plain_id(subject) AS SUBSTRING(subject, 3)",
    "CREATE MACRO one_name(what, name) AS name",
    "CREATE TABLE subjects (subject_no BIGINT, subject VARCHAR, person BIGINT)",
    "CREATE TABLE customers (subject_no BIGINT, row_no BIGINT, name VARCHAR, kind VARCHAR)",
    "CREATE TABLE customer_values (person BIGINT, as_of DATE, currency VARCHAR, last_day DATE, "
    "purchases BIGINT, money DECIMAL(18, 4), segment VARCHAR, horizon_days INTEGER, alive DOUBLE, "
    "orders DOUBLE, orders_low BIGINT, orders_high BIGINT, value DOUBLE, value_low DOUBLE, "
    "value_high DOUBLE, value_error DOUBLE)",
    "CREATE TABLE churn_risks (person BIGINT, as_of DATE, horizon_days INTEGER, p DOUBLE, of_words "
    "BOOLEAN, reasons VARCHAR, auc DOUBLE, customers BIGINT, leavers BIGINT)",
    "CREATE TABLE journey_steps (activity VARCHAR, steps BIGINT, cases BIGINT, starts BIGINT, ends "
    "BIGINT, ends_open BIGINT, repeats BIGINT, repeat_cases BIGINT, as_of DATE)",
    "CREATE TABLE usage_features (person BIGINT, meter_no INTEGER, state VARCHAR, changed DATE, "
    "habit VARCHAR, as_of DATE)",
    "CREATE TABLE usage_alerts (person BIGINT, meter_no INTEGER, as_of DATE)",
    "CREATE TABLE recommendations (person BIGINT, rank INTEGER, product VARCHAR, name VARCHAR, "
    "score DOUBLE, why VARCHAR, window_days INTEGER, as_of DATE)",
    "CREATE TABLE preferences (person BIGINT, measure VARCHAR, about VARCHAR, value DOUBLE, low "
    "DOUBLE, high DOUBLE, n BIGINT, as_of DATE)",
    "CREATE TABLE said_did (person BIGINT, rule VARCHAR, construct VARCHAR, p DOUBLE, measure "
    "VARCHAR, value DOUBLE, low DOUBLE, high DOUBLE, n BIGINT, as_of DATE)",
    "INSERT INTO subjects SELECT i, 'c:C' || i, i FROM RANGE(1, 4) AS r(i)",
    "INSERT INTO customers SELECT i, i, 'Name ' || i, 'private' FROM RANGE(1, 4) AS r(i)"};

class LoadActs : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* sql : kTables) run(sql);
  }
  void run(const char* sql) { ASSERT_TRUE(x_connection->run(sql)) << sql; }
  ActsFigures load() {
    ReportData data;
    data.as_of = *day_from_date(2026, 6, 30);
    const Status done = load_acts(*x_connection, data);
    EXPECT_TRUE(done) << done.error().said.en;
    return data.acts;
  }

 private:
  Result<DuckDatabase> x_database = DuckDatabase::in_memory();
  Result<DuckConnection> x_connection = x_database->connect();
};

TEST_F(LoadActs, NothingIsToldOfEmptyTables) {
  const ActsFigures acts = load();
  EXPECT_EQ(acts.values.n, 0);
  EXPECT_EQ(acts.leaving.n, 0);
  EXPECT_TRUE(acts.journey.steps.empty());
  EXPECT_TRUE(acts.preferences.empty());
}

TEST_F(LoadActs, SumsOfWorthAddChanceAsSquaresAndTheModelsErrorsAsTheyAre) {
  run("INSERT INTO customer_values SELECT i, '2026-06-30', 'CNY', '2026-06-01', 3, 50, 'loyal', "
      "365, 0.5, 2, 0, 4, 100, 0, 200, 10 FROM RANGE(1, 3) AS r(i)");
  run("INSERT INTO customer_values VALUES (3, '2026-07-01', 'CNY', '2026-07-01', 1, 9, 'new', 365, "
      "1, 1, 0, 2, 9, 0, 20, 1)");  // of a later day
  const Values values = load().values;
  EXPECT_EQ(values.n, 2);
  ASSERT_TRUE(values.active && values.value);
  EXPECT_NEAR(values.active->value, 1, 1e-9);
  EXPECT_NEAR(values.active->low, 0, 1e-9);   // 1 - 1.96 sqrt(0.5) lies below
  EXPECT_NEAR(values.active->high, 2, 1e-9);  // there are no more
  EXPECT_NEAR(values.value->value, 200, 1e-9);
  // Each alone has a standard deviation of 200 / 3.92; the model may be wrong by 10 for both.
  const double half = 1.959964 * std::sqrt(2 * std::pow(200 / 3.919928, 2) + 20 * 20);
  EXPECT_NEAR(values.value->high, 200 + half, 1e-6);
  ASSERT_EQ(values.segments.size(), 1U);
  ASSERT_EQ(values.segments[0].rows.size(), 2U);
  EXPECT_EQ(values.segments[0].rows[0].who.customer, "C1");
  EXPECT_EQ(values.segments[0].rows[0].who.name, "Name 1");
}

TEST_F(LoadActs, OfLeaversThoseAreListedWhoBoughtLately) {
  run("INSERT INTO customer_values SELECT i, '2026-06-30', 'CNY', DATE '2026-06-30' - (100 * "
      "i)::INTEGER, 3, 50, 'loyal', 365, 0.5, 2, 0, 4, 100, 0, 200, 10 FROM RANGE(1, 4) AS r(i)");
  run("INSERT INTO churn_risks SELECT i, '2026-06-30', 90, 0.3 * i, TRUE, '[]', 0.8, 200, 90 FROM "
      "RANGE(1, 4) AS r(i)");
  const LeavingFigures leaving = load().leaving;
  EXPECT_EQ(leaving.n, 3);
  EXPECT_NEAR(leaving.expected.value, 1.8, 1e-9);
  EXPECT_EQ(leaving.likely, 2);
  EXPECT_EQ(leaving.recent, 1);
  ASSERT_EQ(leaving.rows.size(), 1U);
  EXPECT_EQ(leaving.rows[0].who.customer, "C1");
}

TEST_F(LoadActs, PreferencesAreSpreadOverCustomersTheSurelyHighestFirst) {
  run("INSERT INTO preferences SELECT i, 'discount_share', NULL, 0.2 * i, 0.1 * i, 0.9, 10, "
      "'2026-06-30' FROM RANGE(1, 4) AS r(i)");
  const auto preferences = load().preferences;
  ASSERT_EQ(preferences.size(), 1U);
  EXPECT_EQ(preferences[0].n, 3);
  EXPECT_NEAR(preferences[0].middle, 0.4, 1e-9);
  EXPECT_EQ(preferences[0].rows[0].who.customer, "C3");
}

}  // namespace
}  // namespace xinjing::insight
