#include "base/day.h"

#include <gtest/gtest.h>

namespace xinjing {
namespace {

TEST(Day, KnowsWhichDatesExist) {
  EXPECT_EQ(day_from_date(1970, 1, 1), Day{0});
  EXPECT_EQ(day_from_date(2026, 11, 21), Day{20778});
  EXPECT_TRUE(day_from_date(2024, 2, 29));
  EXPECT_FALSE(day_from_date(2023, 2, 29));
  EXPECT_FALSE(day_from_date(99999, 1, 1));
}

TEST(Day, IsLocal) {
  const Instant late{day_from_date(2026, 1, 1)->number * 86'400'000LL - 3'600'000};
  EXPECT_EQ(iso_date(day_of(late, 0)), "2025-12-31");
  EXPECT_EQ(iso_date(day_of(late, 480)), "2026-01-01");
}

TEST(Instant, PrintsIso8601WithItsZone) {
  const Instant t = instant_at(*day_from_date(2026, 3, 5), 9 * 3600 + 12 * 60 + 33, 480);
  EXPECT_EQ(iso_time(t, 480), "2026-03-05T09:12:33+08:00");
  EXPECT_EQ(iso_time(t, 0), "2026-03-05T01:12:33+00:00");
  EXPECT_EQ(iso_time({t.millis + 7}, -330), "2026-03-04T19:42:33.007-05:30");
  EXPECT_EQ(iso_time({-1}, 0), "1969-12-31T23:59:59.999+00:00");
}

}  // namespace
}  // namespace xinjing
