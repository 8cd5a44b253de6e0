#include "psychology/deeds.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace xinjing::psychology {
namespace {

const DeedWords& words() {
  static const DeedWords made = [] {
    const auto text = read_file(XINJING_SOURCE_DIR "/lexicons/acts.tsv");
    EXPECT_TRUE(text);
    auto parsed = DeedWords::parse(*text, "acts.tsv");
    EXPECT_TRUE(parsed) << parsed.error().message(Lang::kEn);
    return *parsed;
  }();
  return made;
}

/// The acts that a row shows, joined by '+'.
std::string shown(DeedTable table, std::string_view what, std::string_view status = "") {
  const language::Acts acts = words().acts_of(table, what, status);
  std::string out;
  for (std::size_t i = 0; i < words().acts().size(); ++i) {
    if ((acts >> i & 1) != 0) out += (out.empty() ? "" : "+") + words().acts()[i];
  }
  return out;
}

TEST(DeedWords, TellWhatARowShows) {
  const auto touchpoint = [](std::string_view what) {
    return shown(DeedTable::kTouchpoints, what);
  };
  EXPECT_EQ(touchpoint("上门维修"), "repair+visit");
  EXPECT_EQ(touchpoint("Repair visit"), "repair+visit");
  EXPECT_EQ(touchpoint("回访"), "callback+reply");
  EXPECT_EQ(touchpoint("Follow-up call"), "callback+reply");
  EXPECT_EQ(touchpoint("发货"), "deliver+document");
  EXPECT_EQ(touchpoint("parcel delivered"), "deliver+document");
  EXPECT_EQ(touchpoint("退费"), "refund+compensate");
  EXPECT_EQ(touchpoint("热线通话"), "");
  const auto event = [](std::string_view kind) { return shown(DeedTable::kEvents, kind); };
  EXPECT_EQ(event("refund_paid"), "refund+compensate");
  EXPECT_EQ(event("退款成功"), "refund+compensate");
  EXPECT_EQ(event("order.shipped"), "deliver+document");
  EXPECT_EQ(event("visit"), "") << "of a page";
  EXPECT_EQ(shown(DeedTable::kOrders, ""), "refund+compensate");
}

TEST(DeedWords, TellWhatWasOnlyAskedForOrInVain) {
  for (const char* what : {"预约上门维修", "派单", "上门失败", "退款申请", "repair scheduled",
                           "visit cancelled", "refund request", "no show, engineer visit"}) {
    EXPECT_EQ(shown(DeedTable::kTouchpoints, what), "") << what;
  }
  EXPECT_EQ(shown(DeedTable::kTouchpoints, "上门维修", "已取消"), "");
  EXPECT_EQ(shown(DeedTable::kTouchpoints, "repair", "in progress"), "");
  EXPECT_EQ(shown(DeedTable::kTouchpoints, "repair", "done"), "repair+visit");
  EXPECT_EQ(shown(DeedTable::kOrders, "", "退款处理中"), "");
  EXPECT_EQ(shown(DeedTable::kEvents, "refund_requested"), "");
  EXPECT_EQ(DeedWords().acts_of(DeedTable::kOrders, "", ""), 0U);
}

TEST(DeedWords, RefuseWhatTheyCannotReadWithItsPlace) {
  const auto failure = [](std::string_view rows) {
    const std::string text = "table\twords\tacts\tnote\n" + std::string(rows);
    const auto parsed = DeedWords::parse(text, "x.tsv");
    return parsed ? "read" : parsed.error().message(Lang::kEn);
  };
  EXPECT_EQ(failure("promise\t-\ta+b\t.\nevents\tx|y\tb\t.\n"), "read");
  EXPECT_EQ(failure("events\tx\ta\t.\n"),
            "the first row is: promise, -, acts joined by + (x.tsv:2:1)");
  EXPECT_EQ(failure("promise\t-\ta\t.\nbills\tx\ta\t.\n"), "there is no such table (x.tsv:3:1)");
  EXPECT_EQ(failure("promise\t-\ta\t.\nevents\tx\ta+c\t.\n"),
            "the first row names no such act (x.tsv:3:12)");
  EXPECT_EQ(failure("promise\t-\ta\t.\nevents\t(x\ta\t.\n"),
            "the bracket is not closed (x.tsv:3:8)");
  EXPECT_EQ(failure("promise\t-\ta\n"), "a row has 4 columns (x.tsv:2:1)");
}

TEST(Deeds, SayWhereTheyStand) {
  Deed visit{.table = DeedTable::kTouchpoints, .row = 7, .from = {}, .until = {}};
  visit.what = "上门维修", visit.who = "李工", visit.id = "YT0003";
  EXPECT_EQ(deed_in_words(visit).zh, "办理记录表第 7 行：上门维修，李工（YT0003）");
  EXPECT_EQ(deed_in_words(visit).en, "row 7 of touchpoints: 上门维修, 李工 (YT0003)");
  Deed refund{.table = DeedTable::kOrders, .row = 3, .from = {}, .until = {}};
  refund.paid = 3'005'000, refund.currency = "CNY";
  EXPECT_EQ(deed_in_words(refund).en, "row 3 of orders: 300.50 CNY paid back");
  EXPECT_EQ(deed_in_words(refund).zh, "订单表第 3 行：退款 300.50 CNY");
}

}  // namespace
}  // namespace xinjing::psychology
