#include "report/followed_text.h"

#include <gtest/gtest.h>

namespace xinjing::report {
namespace {

profile::Expectation read(std::string aspect, std::string kind, std::string status) {
  profile::Expectation one;
  one.aspect = std::move(aspect);
  one.kind = std::move(kind);
  one.status = std::move(status);
  return one;
}

constexpr int kZone = 480;

Instant at(int day, int hour) {
  constexpr int kSeconds = 3600;
  return instant_at(*day_from_date(2026, 3, day), hour * kSeconds, kZone);
}

profile::Portrait portrait() {
  profile::Portrait out;
  out.zone_minutes = kZone;
  profile::Expectation wanted = read("AFT", "explicit", "unmet");
  wanted.followed = true;
  wanted.quote = "我要求三天之内退我500元";
  wanted.content = {"refund 500 CNY by 2026-03-12", "退款 500 CNY，2026-03-12 前"};
  wanted.to = "在线客服";
  wanted.amount = language::Amount{"500", "CNY"};
  wanted.came = language::Amount{"300", "CNY"};
  wanted.asked_at = at(9, 10);
  wanted.changed_at = at(19, 9);
  wanted.changed_by = "只退了300元";
  out.expectations.push_back(wanted);
  out.expectations.push_back(read("SPD", "implicit", "unmet"));
  profile::PromiseLine promise;
  promise.status = psychology::PromiseStatus::kMet;
  promise.quote = "明天上门维修";
  promise.content = {"visit by 2026-03-10", "上门，2026-03-10 前"};
  promise.giver = "agent";
  promise.made_at = at(9, 10);
  promise.changed_at = at(10, 8);
  promise.deed = psychology::Deed{.table = psychology::DeedTable::kTouchpoints,
                                  .row = 12,
                                  .from = at(10, 8),
                                  .until = at(10, 9),
                                  .what = "上门维修"};
  out.promises.push_back(promise);
  return out;
}

TEST(FollowedText, TellsWhatWasExpectedWhenAndWhatBecameOfItInChinese) {
  const std::string text = followed_text(portrait(), Lang::kZh);
  EXPECT_NE(text.find("  2026-03-09 10:00 “我要求三天之内退我500元”\n"
                      "    退款 500 CNY，2026-03-12 前（对在线客服提的）\n"
                      "    2026-03-19 09:00 没有办到：“只退了300元”\n"
                      "    应为 500 CNY，实为 300\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("  2026-03-09 10:00 坐席：“明天上门维修”\n"
                      "    上门，2026-03-10 前\n"
                      "    2026-03-10 08:00 已兑现\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("12"), std::string::npos) << "the row that shows it";
}

TEST(FollowedText, AndInEnglish) {
  const std::string text = followed_text(portrait(), Lang::kEn);
  EXPECT_NE(text.find("    refund 500 CNY by 2026-03-12 (asked of 在线客服)\n"
                      "    2026-03-19 09:00 not met: “只退了300元”\n"
                      "    500 CNY was due, 300 came\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("2026-03-10 08:00 kept\n"), std::string::npos) << text;
}

TEST(FollowedText, IsEmptyWhereNothingIsFollowed) {
  EXPECT_EQ(followed_text({}, Lang::kZh), "");
  profile::Portrait only_read;
  only_read.expectations.push_back(read("SPD", "implicit", "unmet"));
  EXPECT_EQ(followed_text(only_read, Lang::kEn), "");
}

TEST(FateLines, SayThatNothingWasHeard) {
  profile::Expectation open = read("SPD", "explicit", "open");
  open.content = {"visit", "上门"};
  EXPECT_EQ(fate_lines(open, kZone, Lang::kEn),
            (std::vector<std::string>{"visit", "open, nothing heard yet"}));
  open.status = "expired";
  EXPECT_EQ(fate_lines(open, kZone, Lang::kZh), (std::vector<std::string>{"上门", "过期无下文"}));
}

}  // namespace
}  // namespace xinjing::report
