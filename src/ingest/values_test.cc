#include "ingest/values.h"

#include <gtest/gtest.h>

namespace xinjing::ingest {
namespace {

std::string time(std::string_view text, const TimeOptions& options = {}) {
  const Taken<Instant> at = take_time(text, options);
  return at.value ? iso_time(*at.value, 480) : std::string(at.why->en);
}

TEST(Time, IsReadInTheFormsCompaniesWrite) {
  const std::string want = "2026-03-05T09:12:33+08:00";
  for (const char* text : {"2026-03-05 09:12:33",
                           "2026-03-05T09:12:33",
                           "2026-03-05T09:12:33+08:00",
                           "2026-03-05T01:12:33Z",
                           "2026-03-05T01:12:33.000Z",
                           "2026-03-05 01:12:33 UTC",
                           "2026-03-04T20:12:33-0500",
                           "2026/3/5 9:12:33",
                           "2026.3.5 9:12:33",
                           "20260305091233",
                           "2026年3月5日 9时12分33秒",
                           "2026年03月05日09:12:33",
                           "2026年3月5日 上午9点12分33秒",
                           "２０２６－０３－０５ ０９：１２：３３",
                           "1772673153",
                           "1772673153000",
                           "1772673153.0",
                           "46086.383715278",
                           "3/5/2026 9:12:33",
                           "3/5/2026 9:12:33 AM",
                           "05.03.2026 09:12:33",
                           "Mar 5, 2026 9:12:33 AM",
                           "5 March 2026 09:12:33",
                           "Thu Mar 05 09:12:33 +0800 2026",
                           "Thu, 05 Mar 2026 01:12:33 GMT",
                           "20260305T091233",
                           "2026-03-05 09:12:33 GMT+8",
                           " 2026-03-05  09:12:33 ",
                           "2026年3月5日 星期四 09:12:33"}) {
    EXPECT_EQ(time(text), want) << text;
  }
}

TEST(Time, MayBeADayOrAMinute) {
  EXPECT_EQ(time("2026-03-05"), "2026-03-05T00:00:00+08:00");
  EXPECT_EQ(time("2026/3/5 9:12"), "2026-03-05T09:12:00+08:00");
  EXPECT_EQ(time("2026年3月5日"), "2026-03-05T00:00:00+08:00");
  EXPECT_EQ(time("2026年3月5日 下午9时"), "2026-03-05T21:00:00+08:00");
  EXPECT_EQ(time("20260305"), "2026-03-05T00:00:00+08:00");
  EXPECT_EQ(time("202603"), "2026-03-01T00:00:00+08:00");
  EXPECT_EQ(time("2026-03"), "2026-03-01T00:00:00+08:00");
  EXPECT_EQ(time("2026年3月"), "2026-03-01T00:00:00+08:00");
  EXPECT_EQ(time("12/1/2010 8:26"), "2010-12-01T08:26:00+08:00");
  EXPECT_EQ(time("13/1/2010 8:26"), "2010-01-13T08:26:00+08:00");
  EXPECT_EQ(time("5/3/2026", {.day_first = true}), "2026-03-05T00:00:00+08:00");
  EXPECT_EQ(time("2026-03-05 12:30 AM"), "2026-03-05T00:30:00+08:00");
  EXPECT_EQ(time("2026-03-05 24:00"), "2026-03-06T00:00:00+08:00");
  EXPECT_EQ(time("2026-03-05 09:12:33.250"), "2026-03-05T09:12:33.250+08:00");
  EXPECT_EQ(time("46086"), "2026-03-05T00:00:00+08:00");
}

TEST(Time, TakesTheZoneThatIsStated) {
  EXPECT_EQ(time("2026-03-05 09:00:00", {.offset_minutes = 0}), "2026-03-05T17:00:00+08:00");
  EXPECT_EQ(zone_from("+08:00"), 480);
  EXPECT_EQ(zone_from("UTC-5:30"), -330);
  EXPECT_EQ(zone_from("Z"), 0);
  EXPECT_EQ(zone_from("Asia/Shanghai"), 480);
  EXPECT_EQ(zone_from("+99"), std::nullopt);
  EXPECT_EQ(zone_from("noon"), std::nullopt);
}

TEST(Time, WithoutAYearNeedsOneGiven) {
  EXPECT_EQ(time("3月5日"), "the date has no year");
  EXPECT_EQ(time("3月5日 9:12", {.year = 2026}), "2026-03-05T09:12:00+08:00");
}

TEST(Time, IsRefusedWithAReason) {
  EXPECT_EQ(time("99999-01-01"), "the year is not between 1900 and 2200");
  EXPECT_EQ(time("99999-01-01 00:00:00"), "the year is not between 1900 and 2200");
  EXPECT_EQ(time("0000-00-00 00:00:00"), "the year is not between 1900 and 2200");
  EXPECT_EQ(time("2026-02-30"), "there is no such date");
  EXPECT_EQ(time("2026-13-01"), "there is no such date");
  EXPECT_EQ(time("2026-03-05 25:00:00"), "there is no such time of day");
  for (const char* text : {"", "昨天", "hello", "12", "2026", "26/3/5", "2026-03-05 nine", "-",
                           "5:30", "2026-03-05 09:12:33 CST+", "1e9", "99999999999999999999"}) {
    EXPECT_EQ(take_time(text).value, std::nullopt) << text;
    EXPECT_NE(take_time(text).why, nullptr) << text;
  }
  EXPECT_EQ(time(std::string(1000, '1')), "not a time");
}

std::string money(std::string_view text) {
  const Taken<Money> taken = take_money(text);
  if (!taken.value) return std::string(taken.why->en);
  return std::to_string(taken.value->amount) + std::string(taken.value->currency);
}

TEST(Money, IsReadWithItsCurrency) {
  EXPECT_EQ(money("¥1,299.00"), "12990000CNY");
  EXPECT_EQ(money("￥1299"), "12990000CNY");
  EXPECT_EQ(money("1299元"), "12990000CNY");
  EXPECT_EQ(money("1299元整"), "12990000CNY");
  EXPECT_EQ(money("RMB 99"), "990000CNY");
  EXPECT_EQ(money("rmb99"), "990000CNY");
  EXPECT_EQ(money("人民币 99 元"), "990000CNY");
  EXPECT_EQ(money("$12.5"), "125000USD");
  EXPECT_EQ(money("US$12.5"), "125000USD");
  EXPECT_EQ(money("-$12.5"), "-125000USD");
  EXPECT_EQ(money("$-12.5"), "-125000USD");
  EXPECT_EQ(money("12.50 EUR"), "125000EUR");
  EXPECT_EQ(money("£3"), "30000GBP");
  EXPECT_EQ(money("1.2万"), "120000000");
  EXPECT_EQ(money("1.2万元"), "120000000CNY");
  EXPECT_EQ(money("(3.00)"), "-30000");
  EXPECT_EQ(money("（3.00）"), "-30000");
  EXPECT_EQ(money("-3"), "-30000");
  EXPECT_EQ(money("1.299,00 €"), "12990000EUR");
  EXPECT_EQ(money("12,50"), "125000");
  EXPECT_EQ(money("1,299"), "12990000");
  EXPECT_EQ(money("1,234,567.89"), "12345678900");
  EXPECT_EQ(money("0.00005"), "1");
  EXPECT_EQ(money("2.55"), "25500");
  EXPECT_EQ(money("1e3"), "10000000");
  EXPECT_EQ(money("１２９９"), "12990000");
}

TEST(Money, IsRefusedWithAReason) {
  for (const char* text : {"", "free", "¥", "1.2.3", "十元", "--", "NaN", "inf", "12abc"}) {
    EXPECT_EQ(money(text), "not an amount of money") << text;
  }
  EXPECT_EQ(money("99999999999999999999"), "the number is too large");
  EXPECT_EQ(money("999999999999999亿"), "the number is too large");
}

TEST(Number, IsReadWithSeparatorsAndUnits) {
  EXPECT_EQ(take_number("1,299.5").value, 1299.5);
  EXPECT_EQ(take_number("-3").value, -3);
  EXPECT_EQ(take_number("120.5kWh").value, 120.5);
  EXPECT_EQ(take_number("120.5 度").value, 120.5);
  EXPECT_EQ(take_number("5星").value, 5);
  EXPECT_EQ(take_number("85%").value, 85);
  EXPECT_EQ(take_number("1.5万").value, 15000);
  EXPECT_EQ(take_number("1e3").value, 1000);
  EXPECT_EQ(take_number("many").value, std::nullopt);
  EXPECT_EQ(take_number("nan").value, std::nullopt);
  EXPECT_EQ(take_integer("42岁").value, 42);
  EXPECT_EQ(take_integer("4.5").why->en, "not a whole number");
}

TEST(Missing, IsWhatCompaniesWriteForNothing) {
  for (const char* text : {"", " ", "NULL", "null", "N/A", "-", "\\N", "nan", "None", "　"}) {
    EXPECT_TRUE(is_missing(text)) << text;
  }
  for (const char* text : {"0", "no", "nobody"}) EXPECT_FALSE(is_missing(text)) << text;
}

}  // namespace
}  // namespace xinjing::ingest
