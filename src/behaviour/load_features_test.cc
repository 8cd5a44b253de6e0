#include "behaviour/load_features.h"

#include <gtest/gtest.h>

#include <cmath>

#include "behaviour/habit_name.h"

namespace xinjing::behaviour {
namespace {

constexpr int kDay = 1440;
constexpr int kMonday = 20094;  // 2025-01-06

/// Readings every half hour: 0.1 kWh, 0.6 from 18:00 to 20:00, twice as much on weekends.
MeterSeries household(int days) {
  std::vector<MeterReading> readings;
  for (int i = 0; i < days * 48; ++i) {
    const int slot = i % 48;
    const double used = slot >= 36 && slot < 40 ? 0.6 : 0.1;
    readings.push_back({kMonday * kDay + i * 30, used * (i / 48 % 7 >= 5 ? 2 : 1)});
  }
  return regular_series(readings, {});
}

TEST(LoadFeatures, AreWhatTheWordsSay) {
  const LoadFeatures is = load_features(household(28));
  EXPECT_EQ(week_day({kMonday}), 0);
  EXPECT_EQ(is.days, 28);
  EXPECT_NEAR(*is.per_day, 6.8 * 9 / 7, 1e-5);
  EXPECT_NEAR(*is.weekend, 2, 1e-6);
  EXPECT_NEAR(*is.base_kw, 0.2, 1e-6);
  EXPECT_NEAR(*is.peak_kw, 1.2 * 9 / 7, 1e-5);
  EXPECT_NEAR(*is.top_kw, 2.4, 1e-6);
  EXPECT_EQ(is.top_minute, (kMonday + 5) * kDay + 18 * 60);
  EXPECT_NEAR(*is.night, 1.2 / 6.8, 1e-6);
  EXPECT_NEAR(*is.evening, (0.6 * 4 + 0.1 * 6) / 6.8, 1e-6);
  EXPECT_NEAR(*is.per_day_error, 0, 1e-6);  // all weeks are alike
  EXPECT_FALSE(is.season.has_value());
  EXPECT_EQ(habit_name(*is.curve).id, "evening");
  EXPECT_EQ(habit_name(*is.curve).said.en, "evening peak, 18:00");
}

TEST(LoadFeatures, SaysNothingOfFewDays) {
  const LoadFeatures is = load_features(household(13));
  EXPECT_EQ(is.days, 13);
  EXPECT_FALSE(is.enough());
  EXPECT_FALSE(is.per_day.has_value());
  EXPECT_FALSE(is.curve.has_value());
}

TEST(LoadFeatures, SeasonsNeedTenMonths) {
  EXPECT_FALSE(load_features(household(250)).season.has_value());
  EXPECT_TRUE(load_features(household(365)).season.has_value());
}

TEST(LoadFeatures, NothingIsUsedByNobody) {
  std::vector<MeterReading> readings;
  for (int i = 0; i < 20 * 48; ++i) readings.push_back({kMonday * kDay + i * 30, 0});
  const LoadFeatures is = load_features(regular_series(readings, {}));
  EXPECT_EQ(*is.per_day, 0);
  EXPECT_FALSE(is.curve.has_value());
  EXPECT_FALSE(is.load_factor.has_value());
}

TEST(HabitName, GoesByTheHours) {
  const auto with = [](std::initializer_list<int> hours) {
    std::vector<double> curve(24, 1);
    for (const int h : hours) curve[std::size_t(h)] = 4;
    double sum = 0;
    for (const double one : curve) sum += one;
    for (double& one : curve) one /= sum;
    return habit_name(curve).id;
  };
  EXPECT_EQ(with({}), "flat");
  EXPECT_EQ(with({0, 1, 2, 3, 4, 5}), "night");
  EXPECT_EQ(with({12, 13, 14}), "daytime");
  EXPECT_EQ(with({7, 8, 18, 19, 20}), "morning_evening");
  EXPECT_EQ(with({7, 8}), "morning");
}

}  // namespace
}  // namespace xinjing::behaviour
