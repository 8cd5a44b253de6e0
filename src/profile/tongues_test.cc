#include "profile/tongues.h"

#include <gtest/gtest.h>

namespace xinjing::profile {
namespace {

Tongues of(std::initializer_list<std::string_view> messages) {
  Tongues tongues;
  for (const std::string_view message : messages) add_message(message, tongues);
  return tongues;
}

TEST(Tongues, ClausesOfBothLanguagesInOneMessageAreASwitch) {
  const Tongues tongues =
      of({"我真的受够了, I will complain to the regulator, 别再敷衍我", "电费为什么涨了"});
  EXPECT_EQ(tongues.mixed, 1);
  EXPECT_EQ(tongues.switches, 2);
  EXPECT_EQ(tongues.chinese, 1);
  EXPECT_EQ(tongues.latest, "我真的受够了,");
  EXPECT_TRUE(tongues.several());
}

TEST(Tongues, BrandsCodesAndLoanWordsAreNoSwitch) {
  const Tongues tongues =
      of({"你们的App连不上WiFi,VIP客户就这待遇?", "@Apple支持 iPhone 15 Pro坏了",
          "订单A1029查一下 https://example.com/how-are-you"});
  EXPECT_EQ(tongues.mixed, 0);
  EXPECT_EQ(tongues.chinese, 3);
  EXPECT_FALSE(tongues.several());
}

TEST(Tongues, WholeMessagesInEitherLanguageAreSeveralLanguages) {
  const Tongues tongues = of({"你好,在吗", "My meter is still broken, please send someone"});
  EXPECT_EQ(tongues.english, 1);
  EXPECT_EQ(tongues.chinese, 1);
  EXPECT_EQ(tongues.switches, 0);
  EXPECT_TRUE(tongues.several());
}

TEST(Tongues, MessagesWithoutLettersCountForNoLanguage) {
  EXPECT_EQ(of({"???", "123", ""}).messages(), 0);
}

}  // namespace
}  // namespace xinjing::profile
