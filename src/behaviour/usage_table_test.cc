#include "behaviour/usage_table.h"

#include <gtest/gtest.h>

#include "base/format.h"

namespace xinjing::behaviour {
namespace {

/// A company with meter readings, in memory; its zone is +08:00.
class UsageTable : public testing::Test {
 protected:
  UsageTable() : x_database(std::move(*store::Database::in_memory())) {}

  const DuckConnection& connection() const { return x_database.connection(); }
  void run(const std::string& sql) {
    const Status done = connection().run(sql);
    ASSERT_TRUE(bool(done)) << done.error().message(Lang::kEn);
  }
  void person(int number) {
    run(fmt::format("INSERT INTO subjects VALUES ({0}, 'c:C{0}', {0})", number));
  }
  /// `columns` of the table usage from an SQL query over i.
  void readings(const std::string& query) { run("INSERT INTO usage BY NAME " + query); }
  /// A year of hours from 2025-01-01 00:00 +08:00; evenings are higher, days differ.
  void home(int number, double level = 1) {
    person(number);
    readings(
        fmt::format("SELECT i + 1 + {0} * 100000 AS row_no, {0} AS subject_no, "
                    "TIMESTAMP '2024-12-31 16:00' + TO_HOURS(i) AS time, "
                    "{1} * (0.2 + CASE WHEN i % 24 BETWEEN 18 AND 21 THEN 0.6 ELSE 0 END) * "
                    "(1 + (i * 7919 + {0} * 31) % 13 / 20.0) AS quantity FROM RANGE(8760) AS t(i)",
                    number, level));
  }
  /// Twelve months that end on the last days of 2025's, each with `kwh`; one replaced.
  void monthly(int number, double kwh, int odd = -1, double odd_kwh = 0) {
    person(number);
    readings(fmt::format(
        "SELECT i + 1 + {0} * 100000 AS row_no, {0} AS subject_no, "
        "TIMESTAMP '2025-01-31 00:00' + TO_MONTHS(i) AS time, "
        "CASE WHEN i = {2} THEN {3} ELSE {1} * (1 + ((i * 5 + {0}) % 7 - 3) / 60.0) END "
        "AS quantity FROM RANGE(12) AS t(i)",
        number, kwh, odd, odd_kwh));
  }
  UsageRows load(const UsageOptions& options = {}) {
    auto rows = load_usage(connection(), 480, options);
    EXPECT_TRUE(bool(rows)) << rows.error().message(Lang::kEn);
    return std::move(*rows);
  }

  store::Database x_database;
};

TEST_F(UsageTable, HoursAreReadInTheCompanysZone) {
  home(1);
  home(2, 2);
  const UsageRows rows = load();
  ASSERT_EQ(rows.study.meters.size(), 2U);
  const MeterStudy& one = rows.study.meters[0];
  EXPECT_EQ(one.customer, "C1");
  EXPECT_EQ(one.step_minutes, 60);
  EXPECT_EQ(one.features.days, 365);
  EXPECT_EQ(iso_date(one.features.first), "2025-01-01");
  EXPECT_EQ(habit_name(*one.features.curve).id, "evening");
  EXPECT_EQ(one.faults, ReadingFaults());
  EXPECT_EQ(rows.source.mode, ReadingMode::kConsumption);
  EXPECT_NEAR(*rows.study.meters[1].features.per_day / *one.features.per_day, 2, 0.05);
}

TEST_F(UsageTable, TheOrderOfRowsAndRepeatedOnesChangeNothing) {
  home(1);
  const UsageRows once = load();
  run("CREATE TABLE copy AS FROM usage; DELETE FROM usage; "
      "INSERT INTO usage FROM copy ORDER BY HASH(row_no); INSERT INTO usage FROM copy");
  const UsageRows twice = load();
  EXPECT_EQ(twice.study.meters[0].periods, once.study.meters[0].periods);
  EXPECT_EQ(twice.study.meters[0].features.curve, once.study.meters[0].features.curve);
  EXPECT_EQ(twice.study.meters[0].faults.repeated, 8760);
}

TEST_F(UsageTable, StandingsAreToldFromAmounts) {
  home(1);
  const double amount = *load().study.meters[0].features.per_day;
  run("CREATE TABLE standing AS SELECT * REPLACE (time + INTERVAL 1 HOUR AS time, "
      "SUM(quantity) OVER (ORDER BY time) AS quantity) FROM usage; "
      "DELETE FROM usage; INSERT INTO usage FROM standing");
  const UsageRows rows = load();
  EXPECT_EQ(rows.source.mode, ReadingMode::kRegister);
  EXPECT_NEAR(*rows.study.meters[0].features.per_day, amount, amount / 300);
}

TEST_F(UsageTable, WhatCannotBeToldIsAsked) {
  person(1);
  readings(
      "SELECT i AS row_no, 1 AS subject_no, TIMESTAMP '2025-01-31' + TO_MONTHS(i) AS time, "
      "100 + i AS quantity FROM RANGE(5) AS t(i)");
  const auto rows = load_usage(connection(), 480, {});
  ASSERT_FALSE(bool(rows));
  EXPECT_NE(rows.error().said.en.find("4 rise and 0 fall"), std::string::npos);
  EXPECT_EQ(load({.mode = ReadingMode::kConsumption}).study.meters[0].periods.size(), 5U);
}

TEST_F(UsageTable, RowsThatAreNotElectricityAreCounted) {
  home(1);
  readings(
      "SELECT 1 AS row_no, 1 AS subject_no, TIMESTAMP '2025-03-01' AS time, 5 AS quantity, "
      "'m3' AS unit");
  readings(
      "SELECT 2 AS row_no, 1 AS subject_no, TIMESTAMP '2025-03-01' AS time, 5 AS quantity, "
      "'gas' AS kind");
  readings("SELECT 3 AS row_no, TIMESTAMP '2025-03-01' AS time, 5 AS quantity");
  readings("SELECT 4 AS row_no, 1 AS subject_no, TIMESTAMP '2150-03-01' AS time, 5 AS quantity");
  readings("SELECT 5 AS row_no, 1 AS subject_no, TIMESTAMP '1970-01-02' AS time, 5 AS quantity");
  const UsageRows rows = load();
  EXPECT_EQ(rows.source.other_unit, 1);
  EXPECT_EQ(rows.source.other_kind, 1);
  EXPECT_EQ(rows.source.nobody, 1);
  EXPECT_EQ(rows.source.later, 1);
  EXPECT_EQ(rows.source.earlier, 1);
  EXPECT_EQ(rows.source.used, 8760);
  EXPECT_EQ(rows.source.rows, 8765);
  EXPECT_EQ(iso_date(rows.source.as_of), "2025-12-31");
}

TEST_F(UsageTable, UnitsAreBroughtToKilowattHours) {
  home(1);
  const double kwh = *load().study.meters[0].features.per_day;
  run("UPDATE usage SET quantity = quantity * 1000, unit = 'Wh'");
  EXPECT_NEAR(*load().study.meters[0].features.per_day, kwh, 1e-4);
}

TEST_F(UsageTable, EachMeterOfACustomerStandsAlone) {
  home(1);
  run("UPDATE usage SET meter = CASE WHEN row_no % 2 = 0 THEN 'A' ELSE 'B' END, tariff = 'flat'");
  const UsageRows rows = load();
  ASSERT_EQ(rows.study.meters.size(), 2U);
  EXPECT_EQ(rows.study.meters[0].meter, "A");
  EXPECT_EQ(rows.study.meters[1].meter, "B");
  EXPECT_EQ(rows.study.meters[1].number, 2);
  EXPECT_EQ(rows.study.meters[0].step_minutes, 120);
  EXPECT_EQ(rows.study.meters[0].tariff, "flat");
}

TEST_F(UsageTable, KeepsFeaturesAndAlertsAndForgetsTheOldOnes) {
  for (int i = 1; i <= 12; ++i) monthly(i, 100 + 10 * i, i == 3 ? 11 : -1, 900);
  const Day as_of = *day_from_date(2025, 12, 31);
  ASSERT_TRUE(bool(write_usage(x_database, as_of)));
  ASSERT_TRUE(bool(write_usage(x_database, as_of)));  // again: the same
  EXPECT_EQ(*connection().integer("SELECT COUNT(*) FROM usage_features WHERE state = 'good' "
                                  "AND per_day IS NOT NULL AND habit IS NULL"),
            12);
  EXPECT_EQ(*connection().integer("SELECT COUNT(*) FROM usage_alerts WHERE person = 3 AND "
                                  "first_day = DATE '2025-12-01' AND kwh BETWEEN 899 AND 901"),
            1);
  EXPECT_EQ(*connection().integer("SELECT COUNT(*) FROM usage_alerts"), 1);
  const auto kept = load_kept_usage(connection(), 3, as_of);
  ASSERT_TRUE(bool(kept)) << kept.error().message(Lang::kEn);
  ASSERT_EQ(kept->size(), 1U);
  EXPECT_NEAR((*kept)[0].alert->kwh, 900, 0.1);
  EXPECT_TRUE(load_kept_usage(connection(), 3, {as_of.number - 1})->empty());
  run("DELETE FROM usage");
  ASSERT_TRUE(bool(write_usage(x_database, as_of)));
  EXPECT_EQ(*connection().integer("SELECT COUNT(*) FROM usage_features"), 0);
}

TEST_F(UsageTable, NoReadingsAreOneSentenceAndNoFailureOfTheAnalysis) {
  const auto rows = load_usage(connection(), 480, {});
  ASSERT_FALSE(bool(rows));
  EXPECT_EQ(rows.error().code, ErrorCode::kBadInput);
  EXPECT_TRUE(bool(write_usage(x_database, {20000})));
}

}  // namespace
}  // namespace xinjing::behaviour
