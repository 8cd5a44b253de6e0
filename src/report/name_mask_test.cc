#include "report/name_mask.h"

#include <gtest/gtest.h>

namespace xinjing::report {
namespace {

TEST(MaskedName, KeepsTheFirstLetterOfEachPart) {
  EXPECT_EQ(masked_name("冯铁山", "个人"), "冯**");
  EXPECT_EQ(masked_name("Daniel Hughes", ""), "D*** H***");
  EXPECT_EQ(masked_name("daniel hughes", ""), "d*** h***");
  EXPECT_EQ(masked_name("O'Brien", ""), "O*** B***");
  EXPECT_EQ(masked_name("Inès Marchand", "Private"), "I*** M***");
  EXPECT_EQ(masked_name("", ""), "");
}

TEST(MaskedName, OfAPrivateCustomerNothingStays) {
  EXPECT_EQ(masked_name("佘婆婆（佘桂香）", "个人"), "佘**（佘**）");
  EXPECT_EQ(masked_name("阿里木江·吐尔地", "个人"), "阿***·吐**");
  EXPECT_EQ(masked_name("欧阳倩茹", "个人"), "欧***");
}

TEST(MaskedName, LeavesOrganisationsAlone) {
  for (const char* name :
       {"澄湖冷链有限公司", "晨光电子", "Acme Ltd", "Lumen Bay Ceramics", "Hollis Timber & Board",
        "Tilda & Oak Brewery 橡麦精酿", "Driftwood Coffee", "白杨口腔", "石桥第一中学", "张记店"}) {
    EXPECT_EQ(masked_name(name, "企业"), name);
    EXPECT_EQ(masked_name(name, "Business"), name);
  }
  EXPECT_EQ(masked_name("澄湖冷链有限公司", ""), "澄湖冷链有限公司");
}

TEST(MaskedName, FindsThePersonInTheNameOfABusiness) {
  EXPECT_EQ(masked_name("崔海燕（海燕小炒）", "企业"), "崔**（海燕小炒）");
  EXPECT_EQ(masked_name("高原大棚（高志平）", "企业"), "高原大棚（高**）");
  EXPECT_EQ(masked_name("老街42号自管会（冼国安）", "企业"), "老街42号自管会（冼**）");
  EXPECT_EQ(masked_name("Tomas Vega (Harbour Desk)", "Business"), "T*** V*** (Harbour Desk)");
  EXPECT_EQ(masked_name("Kettle & Kiln Café (Jonah Whitlock)", "企业"),
            "Kettle & Kiln Café (J*** W***)");
  EXPECT_EQ(masked_name("Priya Raman", "企业"), "P*** R***");
}

TEST(WithoutName, StarsTheNameWhereverItStands) {
  EXPECT_EQ(without_name("我是冯铁山，叫我铁山就行", "冯铁山", "个人"), "我是冯**，叫我**就行");
  EXPECT_EQ(
      without_name("This is tomas vega, Tomas for short.", "Tomas Vega (Harbour Desk)", "企业"),
      "This is t**** v***, T**** for short.");
  EXPECT_EQ(without_name("崔海燕，海燕小炒", "崔海燕（海燕小炒）", "企业"), "崔**，**小炒");
}

TEST(WithoutName, ASurnameWithATitleMayStay) {
  EXPECT_EQ(without_name("冯先生您好", "冯铁山", "个人"), "冯先生您好");
  EXPECT_EQ(without_name("Dear Mr Hughes, thanks", "Daniel Hughes", "个人"),
            "Dear Mr Hughes, thanks");
  EXPECT_EQ(without_name("Hughes here", "Daniel Hughes", "个人"), "H***** here");
}

TEST(WithoutName, LeavesOtherWordsAlone) {
  EXPECT_EQ(without_name("The price is high", "Owen Price", "个人"), "The price is high");
  EXPECT_EQ(without_name("Bellamy called", "Marcus Bell", "个人"), "Bellamy called");
  EXPECT_EQ(without_name("晨光电子又停电了", "晨光电子", "企业"), "晨光电子又停电了");
}

}  // namespace
}  // namespace xinjing::report
