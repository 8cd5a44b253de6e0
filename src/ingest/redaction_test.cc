#include "ingest/redaction.h"

#include <gtest/gtest.h>

#include <random>

#include "base/format.h"
#include "base/utf8.h"

namespace xinjing::ingest {
namespace {

/// "kind:masked bytes" of each span, with what was masked.
std::string found(std::string_view text) {
  constexpr std::string_view kNames[] = {"mobile", "landline", "email",   "id",      "bank",
                                         "plate",  "address",  "account", "passport"};
  std::string out;
  for (const PersonalSpan& personal : find_personal(text)) {
    if (!out.empty()) out += "; ";
    out += fmt::format("{}={}", kNames[std::size_t(personal.kind)], slice(text, personal.span));
  }
  return out;
}

struct Case {
  const char* text;
  const char* found;
};

class Personal : public testing::TestWithParam<Case> {};

TEST_P(Personal, IsFoundInTheText) { EXPECT_EQ(found(GetParam().text), GetParam().found); }

INSTANTIATE_TEST_SUITE_P(
    Mobile, Personal,
    testing::Values(Case{"我的手机13812345678请回电", "mobile=13812345678"},
                    Case{"138 1234 5678", "mobile=138 1234 5678"},
                    Case{"138-1234-5678，谢谢", "mobile=138-1234-5678"},
                    Case{"１３８１２３４５６７８", "mobile=１３８１２３４５６７８"},
                    Case{"+8613812345678", "mobile=+8613812345678"},
                    Case{"+86 138 1234 5678", "mobile=+86 138 1234 5678"},
                    Case{"008613812345678", "mobile=008613812345678"},
                    Case{"打19912345678或17712345678", "mobile=19912345678; mobile=17712345678"},
                    Case{"tel13812345678", "mobile=13812345678"},
                    Case{"My number is 13812345678.", "mobile=13812345678"},
                    Case{"13812345678同微信", "mobile=13812345678"},
                    Case{"138 1234 5678 2 件", "mobile=138 1234 5678"},
                    Case{"1 2 3 4 5 6 7 8 9 10 13812345678", "mobile=13812345678"},
                    Case{"SF1234567890 13812345678", "mobile=13812345678"},
                    Case{"1.5 13812345678", "mobile=13812345678"},
                    Case{"13812345678 1299.00", "mobile=13812345678"}));

INSTANTIATE_TEST_SUITE_P(Landline, Personal,
                         testing::Values(Case{"010-12345678", ""},
                                         Case{"010-62345678", "landline=010-62345678"},
                                         Case{"(010)62345678", "landline=010)62345678"},
                                         Case{"座机0571-8765432", "landline=0571-8765432"},
                                         Case{"02187654321", "landline=02187654321"},
                                         Case{"家里电话：87654321", "landline=87654321"},
                                         Case{"+1 415 555 2671", "landline=+1 415 555 2671"},
                                         Case{"call 415-555-2671 please", "landline=415-555-2671"},
                                         Case{"+44 20 7946 0958", "landline=+44 20 7946 0958"}));

INSTANTIATE_TEST_SUITE_P(
    Email, Personal,
    testing::Values(Case{"写信到zhang.san@example.com吧", "email=zhang.san@example.com"},
                    Case{"13812345678@example.cn", "email=13812345678@example.cn"},
                    Case{"a＠example.com", "email=a＠example.com"},
                    Case{"Mail me: joe+x@mail.example.org.", "email=joe+x@mail.example.org"},
                    Case{"@客服 在吗", ""}, Case{"a@b", ""},
                    Case{"+7 2-6555-256@mail.example", "email=2-6555-256@mail.example"},
                    Case{"买了3个@5元", ""}));

INSTANTIATE_TEST_SUITE_P(
    Card, Personal,
    testing::Values(Case{"身份证11010519491231002X", "id=11010519491231002X"},
                    Case{"11010519491231002x", "id=11010519491231002x"},
                    Case{"440524188001010014", ""},  // born in 1880
                    Case{"证件 440524 19800101 0013", "id=440524 19800101 0013"},
                    Case{"11010519491231002Ｘ", "id=11010519491231002Ｘ"},
                    Case{"身份证号是110105194912310021", "id=110105194912310021"},
                    Case{"身份证130503670401001", "id=130503670401001"},
                    Case{"6222020200112230", "bank=6222020200112230"}, Case{"6222020200112231", ""},
                    Case{"卡号6222020200112230", "bank=6222020200112230"},
                    Case{"4111 1111 1111 1111", "bank=4111 1111 1111 1111"},
                    Case{"6212261111111111110", ""},
                    Case{"银行卡 6217 0012 3456 7890 123", "bank=6217 0012 3456 7890 123"},
                    Case{"护照E12345678", "passport=E12345678"},
                    Case{"my passport is G12345678", "passport=G12345678"}));

INSTANTIATE_TEST_SUITE_P(
    Plate, Personal,
    testing::Values(Case{"车牌京A12345", "plate=京A12345"}, Case{"粤B·D12345", "plate=粤B·D12345"},
                    Case{"沪A·F0001学", "plate=沪A·F0001"}, Case{"浙A1234学车", "plate=浙A1234学"},
                    Case{"苏E 8K8K8", "plate=苏E 8K8K8"}, Case{"黑N95口罩", ""},
                    Case{"新A股2026", ""}, Case{"云ABCDEF", ""}));

INSTANTIATE_TEST_SUITE_P(
    Address, Personal,
    testing::Values(Case{"我住在中山北路123号5单元302室", "address=中山北路123号5单元302室"},
                    Case{"地址：人民路88号", "address=人民路88号"},
                    Case{"阳光小区5栋302室停电", "address=5栋302室"},
                    Case{"13812345678 5栋302室", "mobile=13812345678; address=5栋302室"},
                    Case{"3号楼502没电", "address=3号楼502"},
                    Case{"南京西路1266弄2号", "address=南京西路1266弄2号"},
                    Case{"12 Main Street please", "address=12 Main Street"},
                    Case{"221 Old Baker St", "address=221 Old Baker St"}, Case{"我5号下午来", ""},
                    Case{"地铁2号线", ""}, Case{"请到2楼3号窗口", ""}, Case{"10kV线路2号开关", ""},
                    Case{"我知道5号停电", ""}, Case{"住3楼", ""}));

INSTANTIATE_TEST_SUITE_P(
    Account, Personal,
    testing::Values(Case{"户号1234567890", "account=1234567890"},
                    Case{"户号是 3301234567890 麻烦查下", "account=3301234567890"},
                    Case{"用户编号：0012345678", "account=0012345678"},
                    Case{"电表号 20230012345", "account=20230012345"},
                    Case{"My account number is 4400123456", "account=4400123456"},
                    Case{"QQ12345678", "account=12345678"}, Case{"扣扣 1234567", "account=1234567"},
                    Case{"户号1234", ""}));

INSTANTIATE_TEST_SUITE_P(
    NotPersonal, Personal,
    testing::Values(Case{"订单号13812345678", ""}, Case{"单号 6217001234567890123", ""},
                    Case{"快递SF1234567890123", ""}, Case{"订单202603051234567890", ""},
                    Case{"流水号11010519491231002X", ""}, Case{"2026-03-05 09:12:33", ""},
                    Case{"20260305091233", ""}, Case{"2026年3月5日", ""}, Case{"一共1299.00元", ""},
                    Case{"¥13812345678", ""}, Case{"13812345678元", ""}, Case{"¥1,299.00", ""},
                    Case{"拨打95598", ""}, Case{"客服400-820-8820", ""}, Case{"4008208820", ""},
                    Case{"800-555-0199", ""}, Case{"192.168.100.200", ""},
                    Case{"用了1234.5度电", ""}, Case{"没有数字的一句话", ""},
                    Case{"Order 4111111111111111", ""}, Case{"", ""}, Case{"版本12345678901", ""},
                    Case{"12345678901234567890123456789012345678901234567890"
                         "12345678901234567890",
                         ""},
                    Case{"工单编号: 0571-87654321", ""}, Case{"电话费30000000", ""},
                    Case{"IMEI 867530900000001", ""}, Case{"1/2 3/4 5/6", ""},
                    Case{"3.14159265358979", ""}));

TEST(Mask, KeepsEveryByteBehindItInPlace) {
  std::string text = "打１３８12345678找我，京A12345";
  const std::string before = text;
  PersonalCounts counts{};
  EXPECT_TRUE(redact(text, counts));
  EXPECT_EQ(text, "打＊＊＊********找我，＊******");
  EXPECT_EQ(text.size(), before.size());
  EXPECT_EQ(counts[std::size_t(PersonalKind::kMobile)], 1);
  EXPECT_EQ(counts[std::size_t(PersonalKind::kPlate)], 1);
  EXPECT_FALSE(redact(text, counts));
}

TEST(Mask, IsOfOneLengthWithTheTextAndLeavesNothingOnAnyInput) {
  const std::vector<std::string> pieces = {
      "1", "3",    "8",    "0",  "5",    "6", "２", "x",  "X",          " ",
      "-", "+",    "路",   "号", "室",   "@", "＠", ".",  "com",        "京",
      "A", "户号", "订单", "元", "电话", "(", ")",  "，", "\U0001f600", "·"};
  std::mt19937 random(7);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (int i = 0; i < 30; ++i) text += pieces[random() % pieces.size()];
    const auto spans = find_personal(text);
    std::uint32_t end = 0;
    for (const PersonalSpan& personal : spans) {
      ASSERT_LE(end, personal.span.begin) << text;
      ASSERT_LT(personal.span.begin, personal.span.end) << text;
      end = personal.span.end;
    }
    ASSERT_LE(end, text.size()) << text;
    std::string masked = text;
    mask(masked, spans);
    ASSERT_EQ(masked.size(), text.size()) << text;
    ASSERT_TRUE(is_utf8(masked)) << text;
  }
}

TEST(Redaction, CoversFindingsThatShareBytesWithOneSpan) {
  std::string text = "联系京A12345@example.com，谢谢";
  const auto spans = find_personal(text);
  ASSERT_EQ(spans.size(), 1U);
  EXPECT_EQ(slice(text, spans[0].span), "京A12345@example.com");
  EXPECT_EQ(spans[0].kind, PersonalKind::kEmail);
  mask(text, spans);
  EXPECT_EQ(text.find("12345"), std::string::npos);
  EXPECT_TRUE(text.ends_with("，谢谢"));
}

}  // namespace
}  // namespace xinjing::ingest
