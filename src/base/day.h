#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace xinjing {

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t millis = 0;

  bool operator==(const Instant&) const = default;
  auto operator<=>(const Instant&) const = default;
};

/// A calendar day in a stated time zone, counted from 1970-01-01.
struct Day {
  std::int32_t number = 0;

  bool operator==(const Day&) const = default;
  auto operator<=>(const Day&) const = default;
};

/// A civil date, and its day if it exists (30 February does not). Years 1900 to 2200.
std::optional<Day> day_from_date(int year, int month, int day);

/// The moment `seconds` after midnight of `day` in a zone `offset_minutes` east of Greenwich.
Instant instant_at(Day day, std::int64_t seconds, int offset_minutes);

/// The local day of a moment.
Day day_of(Instant instant, int offset_minutes);

/// "2026-03-05".
std::string iso_date(Day day);

/// "2026-03-05T09:12:33+08:00"; milliseconds are written when they are not zero.
std::string iso_time(Instant instant, int offset_minutes);

}  // namespace xinjing
