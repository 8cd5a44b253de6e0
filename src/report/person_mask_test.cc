#include "report/person_mask.h"

#include <gtest/gtest.h>

#include <random>

#include "base/utf8.h"

namespace xinjing::report {
namespace {

std::string masked(std::string_view text, std::string_view name = "冯铁山") {
  const PersonMask mask({"陈立", "赵师傅", "Grace Lin", "坐席1", "在线客服", "Agent 7"});
  std::string out = mask.masked(text, name, "个人");
  EXPECT_EQ(utf8_length(out), utf8_length(text)) << text;
  return out;
}

TEST(PersonMask, StarsAgentsOfTheTable) {
  EXPECT_EQ(masked("陈立说今晚来，坐席1也在"), "陈*说今晚来，坐席1也在");
  EXPECT_EQ(masked("Grace called. Grace Lin is kind", "Priya Raman"),
            "G**** called. G**** L** is kind");
  EXPECT_EQ(masked("a graceful linen agent", "Priya Raman"), "a graceful linen agent");
}

TEST(PersonMask, StarsOtherCustomersByLongNames) {
  const PersonMask mask({}, {{"祝明远", "个人"},
                             {"费国栋（国栋五金）", "企业"},
                             {"白露", "个人"},
                             {"海燕小炒店", "企业"}});
  EXPECT_EQ(mask.masked("祝明远和费国栋都说白露那天在海燕小炒店", "冯铁山", "个人"),
            "祝**和费**都说白露那天在海燕小炒店");
}

TEST(PersonMask, StarsWhoeverHasASurnameAndATitle) {
  EXPECT_EQ(masked("邢经理您好，赵师傅来过"), "*经理您好，*师傅来过");
  EXPECT_EQ(masked("找王建国师傅，谢谢"), "找王**师傅，谢谢");
  EXPECT_EQ(masked("邢工：罚款单"), "*工：罚款单");
  EXPECT_EQ(masked("Dear Mr Xing, Dr. Wu said so", "Priya Raman"), "Dear Mr X***, Dr. W* said so");
}

TEST(PersonMask, FindsAgentsWhateverElseTheCellHolds) {
  const PersonMask mask({"陈立峰（1023）", "grace", "0231 Zoe_Turner", "Bill"});
  EXPECT_EQ(mask.masked("陈立峰说GRACE和grace在", "", ""), "陈**说G****和g****在");
  EXPECT_EQ(mask.masked("ask ZOE turner", "", ""), "ask Z** t*****");
  EXPECT_EQ(mask.masked("Bill sent my bill", "", ""), "B*** sent my bill");
}

TEST(PersonMask, StarsTitlesOfOffices) {
  EXPECT_EQ(masked("邢主管、赵总监，刘专员说"), "*主管、*总监，*专员说");
  EXPECT_EQ(masked("邢总经理来过"), "*总经理来过");
  EXPECT_EQ(masked("高级主管和安全专员都没来"), "高级主管和安全专员都没来");
}

TEST(PersonMask, StarsNamesOfEverydaySpeech) {
  EXPECT_EQ(masked("六万八。佟姐问我，李哥也在"), "六万八。*姐问我，*哥也在");
  EXPECT_EQ(masked("宏远老蒯。你找小周就行，小周您帮我看看"),
            "宏远老*。你找小*就行，小*您帮我看看");
  EXPECT_EQ(masked("陈嫂和邹姨昨天来过"), "*嫂和*姨昨天来过");
  EXPECT_EQ(masked("采购部祝敏。护理部小伍"), "采购部祝*。护理部小*");
  EXPECT_EQ(masked("连姐姐都说，从小周到，小时候，老家，小程序，两小时"),
            "连姐姐都说，从小周到，小时候，老家，小程序，两小时");
}

TEST(PersonMask, LeavesTheCustomersOwnSurnameWithATitle) {
  EXPECT_EQ(masked("冯先生您好，冯铁山的表"), "冯先生您好，冯**的表");
  EXPECT_EQ(masked("Mr Hughes, hello", "David Hughes"), "Mr Hughes, hello");
}

TEST(PersonMask, StarsOthersOfTheCustomersSurname) {
  EXPECT_EQ(masked("冯国强经理说今天来"), "冯**经理说今天来");
  const PersonMask mask({});
  EXPECT_EQ(mask.masked("陈师傅没来", "陈记五金", "企业"), "*师傅没来");
  EXPECT_EQ(mask.masked("陈师傅没来", "陈立（陈记五金）", "企业"), "陈师傅没来");
}

TEST(PersonMask, StarsWhoIsIntroduced) {
  EXPECT_EQ(masked("我叫周敏，联系人：李小红"), "我叫周*，联系人：李**");
  EXPECT_EQ(masked("My name is Ada Byron, this is Tom.", "Priya Raman"),
            "My name is A** B****, this is T**.");
  EXPECT_EQ(masked("my name is zoe turner and i wait", "Priya Raman"),
            "my name is z** t***** and i wait");
  EXPECT_EQ(masked("I’m Ada Byron", "Priya Raman"), "I’m A** B****");
  EXPECT_EQ(masked("this is Tuesday, my name is on the bill", "Priya Raman"),
            "this is Tuesday, my name is on the bill");
  EXPECT_EQ(masked("I'm Chinese and this is fine", "Priya Raman"), "I'm Chinese and this is fine");
}

TEST(PersonMask, LeavesWordsThatAreNoNames) {
  for (const char* text :
       {"客户经理没回", "值班主任呢", "施工队还没来", "白天高压线断了", "我是高压用户",
        "设计、施工、验收", "我安排工程师来", "我要和经理谈", "电工来过", "this is it"}) {
    EXPECT_EQ(masked(text), text);
  }
}

TEST(PersonMask, KeepsEveryLetterThatIsNoNameWhateverIsSaid) {
  // Pieces in any order, broken in the middle too: as many characters, and only stars put in.
  const std::u32string pieces =
      U"邢经理赵师傅我叫周敏冯铁山陈立，。 Mr Xing my name is Grace Lin's *\n";
  std::mt19937_64 random(20261130);
  for (int round = 0; round < 2'000; ++round) {
    std::u32string said;
    for (int i = 0; i < 6; ++i) {
      const std::size_t begin = random() % pieces.size();
      said += pieces.substr(begin, 1 + random() % 9);
    }
    const std::u32string got = characters_of(masked(utf8_of(said)));
    ASSERT_EQ(got.size(), said.size());
    for (std::size_t i = 0; i < said.size(); ++i) {
      EXPECT_TRUE(got[i] == said[i] || got[i] == U'*') << utf8_of(said) << " at " << i;
    }
    EXPECT_EQ(masked(utf8_of(got)), utf8_of(got)) << "what is masked stays: " << utf8_of(said);
  }
}

TEST(PersonMask, KnowsAWordThatHoldsAPartOfAName) {
  const PersonMask mask({"陈立", "Grace Lin", "阿卓玛", "卓玛措"},
                        {{"费立坤", "个人"}, {"Zoe Turner", "个人"}, {"海燕小炒店", "企业"}});
  for (const char* word :
       {"找陈立", "grace", "mr xing", "卓玛", "立坤", "费立", "是费立", "turner"}) {
    EXPECT_TRUE(mask.names_somebody(word)) << word;
  }
  for (const char* word : {"停电", "missed call", "海燕", "电表", "turn"}) {
    EXPECT_FALSE(mask.names_somebody(word)) << word;
  }
}

}  // namespace
}  // namespace xinjing::report
