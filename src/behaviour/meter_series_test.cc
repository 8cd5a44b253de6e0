#include "behaviour/meter_series.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace xinjing::behaviour {
namespace {

constexpr int kHour = 60;
constexpr int kDay = 1440;
constexpr int k2025 = 20089 * kDay;  // 2025-01-01

using Readings = std::vector<MeterReading>;

/// Half-hourly use of `days` days: 0.1 and a little by the hour.
Readings half_hours(int days) {
  Readings out;
  for (int i = 0; i < days * 48; ++i) {
    out.push_back({k2025 + i * 30, 0.1 + 0.01 * (i % 48 / 2) + 0.001 * (i % 7)});
  }
  return out;
}

MeterSeries regular(Readings readings, const SeriesOptions& options = {}) {
  sort_readings(readings);
  return regular_series(readings, options);
}

double sum(const MeterSeries& series) {
  double out = 0;
  for (const float one : series.slots) out += std::isnan(one) ? 0 : double(one);
  return out;
}

TEST(MeterSeries, HalfHoursBecomeDaysOf48) {
  const MeterSeries series = regular(half_hours(20));
  EXPECT_EQ(series.state, SeriesState::kGood);
  EXPECT_EQ(series.step_minutes, 30);
  EXPECT_EQ(series.days.size(), 20U);
  EXPECT_EQ(series.slots.size(), 960U);
  EXPECT_EQ(series.faults, ReadingFaults());
  EXPECT_FLOAT_EQ(series.slots[3], 0.113F);
}

TEST(MeterSeries, OrderAndRepeatedDeliveryChangeNothing) {
  Readings readings = half_hours(20);
  const MeterSeries once = regular(readings);
  Readings twice = readings;
  std::ranges::reverse(twice);
  twice.insert(twice.end(), readings.begin(), readings.end());
  const MeterSeries again = regular(twice);
  EXPECT_EQ(again.slots, once.slots);
  EXPECT_EQ(again.faults.repeated, 960);
}

TEST(MeterSeries, FaultsAreCountedAndNeverUsed) {
  Readings readings = half_hours(20);
  readings[5].quantity = -0.3;
  readings[7].quantity = 900;                                        // absurd
  readings.push_back({readings[9].minute, 0.7});                     // another number
  readings.push_back({readings[11].minute + 7, 0.2});                // beside the grid
  readings.push_back({readings[11].minute - 20 * 365 * kDay, 0.2});  // twenty years ago
  readings.erase(readings.begin() + 20, readings.begin() + 24);
  const std::size_t all = readings.size();
  const MeterSeries series = regular(readings);
  EXPECT_EQ(series.faults.negative, 1);
  EXPECT_EQ(series.faults.absurd, 1);
  EXPECT_EQ(series.faults.conflicting, 2);
  EXPECT_EQ(series.faults.off_clock, 2);
  EXPECT_EQ(series.faults.missing, 7);
  const auto used = std::ranges::count_if(series.slots, [](float v) { return !std::isnan(v); });
  EXPECT_EQ(used + series.faults.left_out(), std::int64_t(all));
}

TEST(MeterSeries, StandingsAreTakenApart) {
  const Readings amounts = half_hours(20);
  Readings standings{{k2025, 1234}};
  for (const MeterReading& one : amounts) {
    standings.push_back({one.minute + 30, standings.back().quantity + one.quantity});
  }
  EXPECT_EQ(reading_mode(sort_readings(standings)), ReadingMode::kRegister);
  Readings copy = amounts;
  EXPECT_EQ(reading_mode(sort_readings(copy)), std::nullopt);  // it rises through each day
  const MeterSeries series = regular(standings, {.mode = ReadingMode::kRegister});
  EXPECT_EQ(series.days.size(), 20U);
  EXPECT_NEAR(sum(series), sum(regular(amounts)), 1e-3);
}

TEST(MeterSeries, AResetIsAGapNotAUse) {
  Readings standings;
  double standing = 99990;
  for (int i = 0; i < 400; ++i) {
    standing += 0.5;
    standings.push_back({k2025 + i * kHour, i < 200 ? standing : standing - 99990});
  }
  const MeterSeries series = regular(standings, {.mode = ReadingMode::kRegister});
  EXPECT_EQ(series.faults.resets, 1);
  EXPECT_EQ(series.faults.missing, 1);
  EXPECT_NEAR(sum(series), 0.5 * 398, 1e-3);
}

TEST(MeterSeries, MonthsArePeriods) {
  const Readings readings = {{k2025 + 30 * kDay, 143},
                             {k2025 + 58 * kDay, 201},
                             {k2025 + 89 * kDay, 180},
                             {k2025 + 119 * kDay, 160},
                             {k2025 + 301 * kDay, 170}};  // half a year is missing before it
  const MeterSeries series = regular(readings);
  ASSERT_EQ(series.periods.size(), 4U);
  EXPECT_FALSE(series.fine());
  EXPECT_EQ(series.periods[1].days, 28);
  EXPECT_EQ(series.periods[1].first.number, 20089 + 31);
  EXPECT_EQ(series.faults.unsure, 1);
  const Readings standings = {
      {k2025, 100}, {k2025 + 31 * kDay, 143}, {k2025 + 59 * kDay, 201}, {k2025 + 241 * kDay, 900}};
  const MeterSeries taken = regular(standings, {.mode = ReadingMode::kRegister});
  ASSERT_EQ(taken.periods.size(), 3U);
  EXPECT_EQ(taken.periods[2].days, 182);  // a difference covers all the time between
}

TEST(MeterSeries, WhatCannotBeReadSaysSo) {
  EXPECT_EQ(regular({}).state, SeriesState::kTooFew);
  EXPECT_EQ(regular({{k2025, 1}, {k2025 + 30, 2}}).state, SeriesState::kTooFew);
  Readings odd;
  for (int i = 0; i < 100; ++i) odd.push_back({k2025 + i * i * 3 % 997 * 11 + i, double(i % 5)});
  EXPECT_EQ(regular(odd).state, SeriesState::kIrregular);
  Readings standings;
  for (int i = 0; i < 40; ++i) standings.push_back({k2025 + i * kHour, 100.0 + i});
  EXPECT_EQ(regular(standings).state, SeriesState::kNeverFalls);
  EXPECT_EQ(regular(half_hours(9), {.mode = ReadingMode::kRegister}).state, SeriesState::kGood);
  for (int i = 0; i < 40; ++i) standings[std::size_t(i)].quantity = i % 3;
  EXPECT_EQ(regular(standings, {.mode = ReadingMode::kRegister}).state, SeriesState::kFallsOften);
}

TEST(MeterSeries, AMillionReadingsOfOneMeterAreReadAtOnce) {
  Readings readings;
  for (int i = 0; i < 1'000'000; ++i) readings.push_back({k2025 + i * 5, double(i * 7 % 13) / 10});
  const MeterSeries series = regular(readings);
  EXPECT_EQ(series.days.size(), 3473U);
  EXPECT_EQ(series.faults.left_out(), 0);
}

TEST(MeterSeries, TheCalendarIsRight) {
  EXPECT_EQ(year_month({0}).year, 1970);
  for (int y = 1999; y < 2030; ++y) {
    for (int m = 1; m <= 12; ++m) {
      const YearMonth at = year_month(*day_from_date(y, m, 28));
      EXPECT_EQ(at.year, y);
      EXPECT_EQ(at.month, m);
    }
  }
  EXPECT_EQ(week_day(*day_from_date(2026, 1, 5)), 0);  // a Monday
  EXPECT_EQ(week_day(*day_from_date(2026, 1, 4)), 6);
}

TEST(MeterSeries, AMonthNeedsFourFifthsOfItsDays) {
  EXPECT_EQ(use_periods(regular(half_hours(24))).size(), 0U);
  const auto months = use_periods(regular(half_hours(45)));
  ASSERT_EQ(months.size(), 1U);
  EXPECT_EQ(months[0].days, 31);
}

}  // namespace
}  // namespace xinjing::behaviour
