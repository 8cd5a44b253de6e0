#include "report/wording.h"

#include <gtest/gtest.h>

namespace xinjing::report {
namespace {

const Day kFrom = *day_from_date(2026, 7, 18);

TEST(Wording, NumbersHaveATrueMinusSign) {
  EXPECT_EQ(signed_text(-0.684), "−0.68");
  EXPECT_EQ(signed_text(0.12), "+0.12");
  EXPECT_EQ(signed_text(-0.001), "0.00");
  EXPECT_EQ(count_text(1'234'567), "1,234,567");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(chance_text(1e-12), "< 0.0001");
  EXPECT_EQ(chance_text(0.012), "= 0.01");
}

TEST(Wording, DaysAreSaidTheWayOfTheLanguage) {
  EXPECT_EQ(day_text(kFrom, Lang::kZh), "2026 年 7 月 18 日");
  EXPECT_EQ(day_text(kFrom, Lang::kEn), "18 July 2026");
  EXPECT_EQ(month_text("2026-03", Lang::kZh), "2026 年 3 月");
  EXPECT_EQ(month_text("2026-03", Lang::kEn), "March 2026");
  EXPECT_EQ(month_text("spring", Lang::kEn), "spring");
}

TEST(Wording, WhatBothDaysShareIsSaidOnce) {
  EXPECT_EQ(span_text(kFrom, kFrom, Lang::kZh), "2026 年 7 月 18 日");
  EXPECT_EQ(span_text(kFrom, *day_from_date(2026, 7, 20), Lang::kZh), "2026 年 7 月 18 日至 20 日");
  EXPECT_EQ(span_text(kFrom, *day_from_date(2026, 8, 2), Lang::kZh),
            "2026 年 7 月 18 日至 8 月 2 日");
  EXPECT_EQ(span_text(kFrom, *day_from_date(2026, 7, 20), Lang::kEn), "18 to 20 July 2026");
  EXPECT_EQ(span_text(kFrom, *day_from_date(2026, 8, 2), Lang::kEn), "18 July to 2 August 2026");
  EXPECT_EQ(span_text(kFrom, *day_from_date(2027, 1, 2), Lang::kEn),
            "18 July 2026 to 2 January 2027");
}

TEST(Wording, FindsTheDaysInASentence) {
  EXPECT_EQ(with_days("最近一次 2026-08-12；2 段", Lang::kZh), "最近一次 2026 年 8 月 12 日；2 段");
  EXPECT_EQ(with_days("last on 2026-08-12", Lang::kEn), "last on 12 August 2026");
  EXPECT_EQ(with_days("2026-02-30, 12026-08-12, 2026-08-1", Lang::kEn),
            "2026-02-30, 12026-08-12, 2026-08-1");
}

TEST(Wording, PartsFitTogether) {
  EXPECT_EQ(tidy("占 47%（41% 到 53%） 到 18%", Lang::kZh), "占 47%（41% 到 53%）到 18%");
  EXPECT_EQ(tidy(" ratings  higher ", Lang::kEn), "ratings higher");
  EXPECT_EQ(tidy("", Lang::kZh), "");
}

}  // namespace
}  // namespace xinjing::report
