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

}  // namespace
}  // namespace xinjing::language
