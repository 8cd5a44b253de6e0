#include "behaviour/tariff_plan.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace xinjing::behaviour {
namespace {

TariffBook shipped() {
  const Result<std::string> text = read_file("plays/tariffs.toml");
  EXPECT_TRUE(bool(text));
  Result<TariffBook> book = TariffBook::parse(*text, "plays/tariffs.toml");
  EXPECT_TRUE(bool(book)) << book.error().message(Lang::kEn);
  return std::move(*book);
}

std::string error_of(std::string_view text) {
  const Result<TariffBook> book = TariffBook::parse(text, "t.toml");
  return book ? "fine" : book.error().message(Lang::kEn);
}

TEST(TariffPlan, ShippedPlansAreRead) {
  const TariffBook book = shipped();
  ASSERT_NE(book.find("居民阶梯"), nullptr);
  EXPECT_EQ(book.present("", "", "个人"), book.find("居民阶梯"));
  EXPECT_EQ(book.present("", "", "企业"), book.find("business"));
  EXPECT_EQ(book.present("", "flat", "企业"), book.find("business"));  // not for them
  EXPECT_EQ(book.present("flat", "", ""), book.find("flat"));
  EXPECT_EQ(book.present("unheard of", "seasons", ""), book.find("seasons"));
  EXPECT_EQ(book.choices(*book.find("business"), "").size(), 2U);
  EXPECT_EQ(book.choices(*book.find("tiered"), "").size(), 4U);
  EXPECT_EQ(book.choices(*book.find("tiered"), "个人").size(), 4U);
  EXPECT_FALSE(book.find("tiered")->needs_hours());
  EXPECT_TRUE(book.find("tiered_hours")->needs_hours());
  EXPECT_EQ(book.find("nothing"), nullptr);
}

// The bill that the sample company explains to C2003: 488 and 457 kWh are 557.57 yuan.
TEST(TariffPlan, TiersMakeTheSampleCompanysBill) {
  const TariffPlan plan = *shipped().find("tiered");
  const auto bill = [&](double kwh) { return kwh * plan.windows[0].price + plan.tier_cost(kwh); };
  EXPECT_NEAR(bill(488) + bill(457), 557.57, 0.005);
  EXPECT_NEAR(bill(230), 230 * 0.526, 1e-9);
  EXPECT_EQ(bill(0), 0);
}

TEST(TariffPlan, WindowsGoOverMidnightAndByDaysAndMonths) {
  const TariffPlan plan = *shipped().find("seasons");
  EXPECT_EQ(plan.window(7, false, 23 * 60), 0U);
  EXPECT_EQ(plan.window(7, false, 7 * 60), 0U);
  EXPECT_EQ(plan.window(7, false, 18 * 60), 1U);
  EXPECT_EQ(plan.window(7, true, 18 * 60), 2U);
  EXPECT_EQ(plan.window(3, false, 18 * 60), 2U);
  EXPECT_EQ(plan.window(1, false, 21 * 60 + 59), 1U);
  EXPECT_EQ(plan.window(1, false, 22 * 60), 0U);
}

TEST(TariffPlan, MistakesAreToldWithTheirPlace) {
  EXPECT_EQ(error_of("currency = 'CNY'"), "no plan is in the file (t.toml:1:1)");
  EXPECT_EQ(error_of("[[plan]]\nid = 'a'\nprice = [{ price = -1 }]"),
            "price is a number of 0 or more (t.toml:3:20)");
  EXPECT_EQ(error_of("[[plan]]\nid = 'a'\nprice = [{ price = 1, from = '22:00' }]"),
            "plan 'a' has no price at 00:00 in month 1 (t.toml:1:1)");
  EXPECT_EQ(error_of("[[plan]]\nid = 'a'\nprices = 3"),
            "'prices' is nothing a tariff has (t.toml:3:10)");
  EXPECT_EQ(error_of("[[plan]]\nid = 'a'\nprice = [{ price = 1, from = '25:00' }]").substr(0, 30),
            "'25:00' is no time like 22:00 ");
  EXPECT_EQ(error_of("[[plan]]\nid = 'a'\nprice = [{ price = 1, months = '3-13' }]").substr(0, 35),
            "months are numbers from 1 to 12, as");
  EXPECT_EQ(error_of("[[plan]]\nid = 'a'\nprice = [{ price = 1 }]\ntier = [{ up_to = 5, add = 1 }]")
                .substr(0, 26),
            "the last tier has no up_to");
  EXPECT_EQ(
      error_of("[[plan]]\nid = 'a'\nprice = [{ price = 1 }]\n[[plan]]\nid = 'a'\nprice = [{ price "
               "= 1 }]")
          .substr(0, 27),
      "two plans are called 'a' (t");
}

}  // namespace
}  // namespace xinjing::behaviour
