#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/day.h"

namespace xinjing::behaviour {

/// What a meter showed, or what was used, at a moment.
struct MeterReading {
  std::int32_t minute = 0;  // local, since 1970-01-01 00:00
  double quantity = 0;      // kWh

  bool operator==(const MeterReading&) const = default;
};

/// What the numbers of a file are: the use of each interval, or the standing of a meter that only
/// rises (then the use is the difference of two readings).
enum class ReadingMode { kConsumption, kRegister };

/// Whether a moment names the beginning or the end of the interval whose use is given. Standings
/// and readings more than a day apart always end theirs.
enum class ReadingStamp { kStart, kEnd };

/// Readings that were left out, by reason; every reading is used or in one of these.
struct ReadingFaults {
  std::int64_t negative = 0;     // below zero: a wrong number, or what a roof feeds in
  std::int64_t repeated = 0;     // the same moment and number again: used once
  std::int64_t conflicting = 0;  // the same moment with another number: none of them is used
  std::int64_t off_clock = 0;    // beside the grid of the others, or years away from them
  std::int64_t absurd = 0;       // over 50 times what nine tenths of the readings stay below
  std::int64_t resets = 0;       // standings that fell: the interval before is unknown
  std::int64_t missing = 0;      // intervals between readings that have none; not a reading
  std::int64_t unsure = 0;       // a reading more than a day after the last, after an odd time

  void merge(const ReadingFaults& from);
  std::int64_t left_out() const {
    return negative + repeated + conflicting + off_clock + absurd + unsure;
  }
  bool operator==(const ReadingFaults&) const = default;
};

/// The use of some days in a row. [12 bytes, for a million customers are kept at once]
struct UsePeriod {
  Day first;
  std::int32_t days = 0;
  float kwh = 0;

  double per_day() const { return double(kwh) / days; }
  /// Months since year 0 of the middle day: 12 * year + (0 for January).
  int month() const;
  bool operator==(const UsePeriod&) const = default;
};

/// How often a number follows a lower one, and how often a higher one: by this standings are told
/// from amounts.
struct RisesAndFalls {
  std::int64_t rises = 0;
  std::int64_t falls = 0;
  void merge(const RisesAndFalls& from) { rises += from.rises, falls += from.falls; }
};

/// kRegister where at most one number in fifty falls, kConsumption where at least three in twenty
/// do; nothing between, and with fewer than 8 pairs.
std::optional<ReadingMode> reading_mode(const RisesAndFalls& counts);

enum class SeriesState {
  kGood,
  kTooFew,      // fewer than three readings that can be used
  kIrregular,   // no step that at least half of the readings keep
  kNeverFalls,  // among amounts a series that never falls in ten rises: looks like standings
  kFallsOften,  // among standings a series that falls often: looks like amounts
};

/// One meter's readings on a grid. Fine series (a step of at most a day) have days of slots, others
/// periods.
struct MeterSeries {
  SeriesState state = SeriesState::kTooFew;
  int step_minutes = 0;            // 0: unknown
  std::vector<Day> days;           // with a reading, ascending; fine series only
  std::vector<float> slots;        // kWh; [days.size() * per_day()], NaN where missing
  std::vector<UsePeriod> periods;  // coarse series only
  ReadingFaults faults;

  bool fine() const { return step_minutes > 0 && step_minutes <= kDayMinutes; }
  std::size_t per_day() const { return fine() ? std::size_t(kDayMinutes / step_minutes) : 0; }
  std::span<const float> day(std::size_t i) const {
    return std::span(slots).subspan(i * per_day(), per_day());
  }
  static constexpr int kDayMinutes = 1440;
};

/// Sorts by moment and number, and counts rises and falls.
RisesAndFalls sort_readings(std::vector<MeterReading>& readings);

struct SeriesOptions {
  ReadingMode mode = ReadingMode::kConsumption;
  ReadingStamp stamp = ReadingStamp::kStart;
};

/// Puts readings on a grid. Nothing is made up: a slot without a reading stays missing, and the
/// difference over a gap is used only where periods are days or months long. A function of the
/// set: order does not matter and repeated readings change nothing but their count.
/// REQUIRES: sorted by sort_readings. Cost: O(readings log readings).
MeterSeries regular_series(std::span<const MeterReading> readings, const SeriesOptions& options);

/// The use of each calendar month of a fine series of which four fifths of the days are full,
/// scaled to the whole month; of a coarse one its periods.
std::vector<UsePeriod> use_periods(const MeterSeries& series);

/// The use of a day of which at least nine tenths of the slots are there, scaled to all of them.
std::optional<double> full_day(std::span<const float> slots);

/// The civil year and month of a day.
struct YearMonth {
  int year = 1970;
  int month = 1;  // 1 to 12
};
YearMonth year_month(Day day);
/// Monday 0 ... Sunday 6.
int week_day(Day day);

}  // namespace xinjing::behaviour
