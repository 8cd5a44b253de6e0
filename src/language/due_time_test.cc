#include "language/due_time.h"

#include <gtest/gtest.h>

namespace xinjing::language {
namespace {

// Thursday, 5 March 2026.
std::string due(std::string_view text) {
  const auto found = find_due_time(text, *day_from_date(2026, 3, 5));
  return found ? iso_date(found->day) : "none";
}

TEST(DueTime, CountsFromTheDayItWasSaid) {
  const std::pair<std::string_view, std::string_view> kCases[] = {
      {"我们会在24小时内给您回电", "2026-03-06"},
      {"48 小时之内处理好", "2026-03-07"},
      {"三个工作日内到账", "2026-03-10"},
      {"1个工作日回复", "2026-03-06"},
      {"五天内上门", "2026-03-10"},
      {"今天下午6点前一定有师傅上门", "2026-03-05"},
      {"明天中午之前给您结果", "2026-03-06"},
      {"后天前答复", "2026-03-07"},
      {"周五之前修好", "2026-03-06"},
      {"下周三前", "2026-03-11"},
      {"周一前", "2026-03-09"},
      {"月底前退款", "2026-03-31"},
      {"最迟3月13号中午12点以前", "2026-03-13"},
      {"1月4日前", "2027-01-04"},
      {"we will call back within 24 hours", "2026-03-06"},
      {"refunded within two business days", "2026-03-09"},
      {"in 5 working days", "2026-03-12"},
      {"I will get back to you by Friday", "2026-03-06"},
      {"by next Monday", "2026-03-09"},
      {"by tomorrow", "2026-03-06"},
      {"by the end of the month", "2026-03-31"}};
  for (const auto& [text, wanted] : kCases) EXPECT_EQ(due(text), wanted) << text;
}

TEST(DueTime, TakesNothingForADueTimeThatIsNone) {
  for (const char* text : {"报修三天了没人来", "已经等了48小时", "2月30日前", "昨天打过电话",
                           "I waited two days", ""}) {
    EXPECT_EQ(due(text), "none") << text;
  }
}

TEST(DueDay, LooksAtTheTurnAndTheAnswerToIt) {
  const Instant noon = instant_at(*day_from_date(2026, 3, 5), 12 * 3600, 480);
  const Turn turns[] = {{.text = "怎么还不来", .time = noon},
                        {.speaker = ingest::Speaker::kAgent, .text = "明天上午前到", .time = noon},
                        {.text = "好", .time = noon}};
  const Conversation conversation{.id = {}, .turns = turns, .lang = {}};
  EXPECT_EQ(due_day(conversation, 0, 480), day_from_date(2026, 3, 6));
  EXPECT_FALSE(due_day(conversation, 2, 480));
  const Turn timeless[] = {{.text = "明天前修好", .time = {}}};
  EXPECT_FALSE(due_day({.id = {}, .turns = timeless, .lang = {}}, 0, 480));
}

TEST(DueTime, SaysWhichBytesNameIt) {
  const std::string_view text = "好的，三天内给您答复，月底结清";
  const auto found = find_due_time(text, *day_from_date(2026, 3, 5));
  ASSERT_TRUE(found);
  EXPECT_EQ(slice(text, found->span), "三天内");
}

}  // namespace
}  // namespace xinjing::language
