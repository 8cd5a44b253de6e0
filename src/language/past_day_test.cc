#include "language/past_day.h"

#include <gtest/gtest.h>

namespace xinjing::language {
namespace {

TEST(PastDay, IsTheLastThatTheTextNames) {
  const Day said = *day_from_date(2026, 3, 5);  // a Thursday
  const auto shown = [&](std::u32string_view text) {
    const auto day = past_day(text, said);
    return day ? iso_date(*day) : "none";
  };
  EXPECT_EQ(shown(U"10号你们说"), "2026-02-10");
  EXPECT_EQ(shown(U"周一打过电话"), "2026-03-02");
  EXPECT_EQ(shown(U"前天说的，昨天又说"), "2026-03-04");
  EXPECT_EQ(shown(U"on monday you said"), "2026-03-02");
  EXPECT_EQ(shown(U"you said"), "none");
}

}  // namespace
}  // namespace xinjing::language
