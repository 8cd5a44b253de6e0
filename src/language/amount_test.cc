#include "language/amount.h"

#include <gtest/gtest.h>

namespace xinjing::language {
namespace {

TEST(FindAmount, ReadsNumbersWithTheirUnits) {
  EXPECT_EQ(find_amount("差价300元会退给您"), (Amount{"300", "CNY"}));
  EXPECT_EQ(find_amount("一共1,250.50元"), (Amount{"1250.50", "CNY"}));
  EXPECT_EQ(find_amount("宽带提到100M"), (Amount{"100", "M"}));
  EXPECT_EQ(find_amount("送您3张券"), (Amount{"3", "张"}));
  EXPECT_EQ(find_amount("we'll credit $20"), (Amount{"20", "USD"}));
  EXPECT_EQ(find_amount("15 minutes"), std::nullopt) << "m is not the beginning of minutes";
  EXPECT_EQ(find_amount("三天内"), std::nullopt);
}

TEST(FindAmount, ReadsWhatBoundsThem) {
  EXPECT_EQ(find_amount("维修费不超过100元"), (Amount{"100", "CNY", Bound::kMost}));
  EXPECT_EQ(find_amount("下行速率不低于180M"), (Amount{"180", "M", Bound::kLeast}));
  EXPECT_EQ(find_amount("the fee will not exceed $100"), (Amount{"100", "USD", Bound::kMost}));
  EXPECT_EQ(find_amount("at least 100 Mbps"), (Amount{"100", "M", Bound::kLeast}));
  EXPECT_EQ(find_amount("100元以内"), (Amount{"100", "CNY", Bound::kMost}));
  EXPECT_EQ(find_amount("送两个车位"), (Amount{"2", "个"}));
  EXPECT_EQ(find_amount("一件事"), std::nullopt);
  EXPECT_EQ(find_number("you even sent 60"), (Amount{"60", ""}));
  EXPECT_EQ(find_number("on March 5th at 10:30"), std::nullopt);
}

TEST(Amount, KeepsWhatWasPromisedOrNot) {
  const Amount most{"100", "CNY", Bound::kMost}, least{"180", "M", Bound::kLeast};
  EXPECT_EQ(keeps(most, {"350", "CNY"}), false);
  EXPECT_EQ(keeps(most, {"90", "CNY"}), true);
  EXPECT_EQ(keeps(least, {"95", "M"}), false);
  EXPECT_EQ(keeps(least, {"200", "M"}), true);
  EXPECT_EQ(keeps({"300", "CNY"}, {"300.00", "CNY"}), true);
  EXPECT_EQ(keeps(most, {"3", "台"}), std::nullopt);
}

}  // namespace
}  // namespace xinjing::language
