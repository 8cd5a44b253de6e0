#include "language/due_time.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace xinjing::language {
namespace {

const WorkCalendar& calendar() {
  static const WorkCalendar made = [] {
    const auto text = read_file(XINJING_SOURCE_DIR "/lexicons/calendar.cn.tsv");
    EXPECT_TRUE(text);
    auto parsed = WorkCalendar::parse(*text, "calendar.cn.tsv");
    EXPECT_TRUE(parsed) << parsed.error().message(Lang::kEn);
    return *parsed;
  }();
  return made;
}

std::string shown(const std::optional<DueTime>& due) {
  if (!due) return "none";
  if (!due->minute) return iso_date(due->day);
  return fmt::format("{}T{:02}:{:02}", iso_date(due->day), *due->minute / 60, *due->minute % 60);
}

Moment moment_of(std::string_view text) {  // 2026-03-05T14:30
  const auto number = [&](std::size_t at, std::size_t size) {
    return std::stoi(std::string(text.substr(at, size)));
  };
  return {*day_from_date(number(0, 4), number(5, 2), number(8, 2)),
          number(11, 2) * 60 + number(14, 2)};
}

struct Case {
  std::string said, due, text;
};

/// A table of tests/tables that anybody can read and extend.
std::vector<Case> table(const std::string& name) {
  const auto file = read_file(std::string(XINJING_SOURCE_DIR "/tests/tables/") + name);
  EXPECT_TRUE(file);
  std::vector<Case> cases;
  std::istringstream in(*file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    if (line.starts_with('#') || line.starts_with("said\t") || second == std::string::npos)
      continue;
    cases.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1),
                     line.substr(second + 1)});
  }
  return cases;
}

/// All rows but the stated few are told to the minute; those are listed.
void check_table(const std::string& name, std::size_t least_rows, double least_share) {
  const std::vector<Case> cases = table(name);
  ASSERT_GE(cases.size(), least_rows);
  std::size_t right = 0;
  for (const Case& c : cases) {
    const std::string found = shown(find_due_time(c.text, moment_of(c.said), calendar()));
    if (found == c.due)
      ++right;
    else
      std::printf("%s: %s said, %s due, found %s: %s\n", name.c_str(), c.said.c_str(),
                  c.due.c_str(), found.c_str(), c.text.c_str());
  }
  const double share = static_cast<double>(right) / static_cast<double>(cases.size());
  std::printf("%s: %zu of %zu right\n", name.c_str(), right, cases.size());
  EXPECT_GE(share, least_share);
}

TEST(DueTimeTable, IsToldInChinese) { check_table("due_time.zh.tsv", 200, 0.98); }
TEST(DueTimeTable, IsToldInEnglish) { check_table("due_time.en.tsv", 100, 0.98); }

// Thursday, 5 March 2026, in the morning.
std::string due(std::string_view text) {
  return shown(find_due_time(text, {*day_from_date(2026, 3, 5), 9 * 60}, calendar()));
}

TEST(DueTime, TakesNothingForADueTimeThatIsNone) {
  for (const char* text :
       {"报修三天了没人来", "已经等了48小时", "2月30日前", "昨天打过电话", "24小时客服热线",
        "7天无理由退货", "三天两头坏", "保修两年", "上周五说过的", "3月3日下的单",
        "I waited two days", "two weeks ago", "24 hours a day", "a one year warranty", ""}) {
    EXPECT_EQ(due(text), "none") << text;
  }
}

TEST(DueTime, IsTheFirstAndSaysWhichBytesNameIt) {
  const std::string_view text = "好的，三天內给您答复，月底结清";
  const auto found = find_due_time(text, {*day_from_date(2026, 3, 5), 0});
  ASSERT_TRUE(found);
  EXPECT_EQ(slice(text, found->span), "三天內");
  EXPECT_EQ(due("I will call by Friday, 三天内也行"), "2026-03-06");
}

TEST(DueTime, KnowsWorkingDaysByTheCalendarOnly) {
  const Moment before_new_year{*day_from_date(2026, 2, 13), 600};
  EXPECT_EQ(shown(find_due_time("三个工作日内", before_new_year, calendar())), "2026-02-25");
  EXPECT_EQ(shown(find_due_time("三个工作日内", before_new_year)), "2026-02-18");
}

TEST(DueTime, LooksAtTheTurnAndTheAnswerToIt) {
  const Instant noon = instant_at(*day_from_date(2026, 3, 5), 12 * 3600, 480);
  const Turn turns[] = {{.text = "怎么还不来", .time = noon},
                        {.speaker = ingest::Speaker::kAgent, .text = "两小时内到", .time = noon},
                        {.text = "好", .time = noon}};
  const Conversation conversation{.id = {}, .turns = turns, .lang = {}};
  EXPECT_FALSE(due_time(conversation, 0, {0, 15}, 480));
  const auto answer = due_time_of_answer(conversation, 0, 480);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->turn, 1U);
  EXPECT_EQ(shown(answer->due), "2026-03-05T14:00");
  EXPECT_FALSE(due_time_of_answer(conversation, 2, 480));
  const Turn timeless[] = {{.text = "明天前修好", .time = {}}, turns[1]};
  const Conversation without{.id = {}, .turns = timeless, .lang = {}};
  EXPECT_FALSE(due_time(without, 0, {0, 15}, 480));
  EXPECT_FALSE(due_time_of_answer(without, 0, 480)) << "nobody knows when it was asked";
}

TEST(DueTime, OfAClauseIsWhatThatClauseNames) {
  const Instant noon = instant_at(*day_from_date(2026, 3, 5), 12 * 3600, 480);
  const std::string_view text = "网速太慢，说好明天修好";
  const Turn turns[] = {{.text = text, .time = noon}};
  const Conversation conversation{.id = {}, .turns = turns, .lang = {}};
  EXPECT_FALSE(due_time(conversation, 0, {0, 12}, 480));
  const auto due = due_time(conversation, 0, {15, std::uint32_t(text.size())}, 480);
  ASSERT_TRUE(due);
  EXPECT_EQ(slice(text, due->due.span), "明天");
}

TEST(WorkCalendar, KnowsHolidaysAndTheDaysThatMakeUpForThem) {
  EXPECT_FALSE(calendar().is_working(*day_from_date(2026, 10, 1)));
  EXPECT_TRUE(calendar().is_working(*day_from_date(2026, 10, 10))) << "a Saturday that is worked";
  EXPECT_FALSE(calendar().is_working(*day_from_date(2026, 10, 11)));
  EXPECT_EQ(calendar().next_holiday("国庆", *day_from_date(2026, 3, 5)),
            day_from_date(2026, 10, 1));
  EXPECT_EQ(calendar().next_holiday("中秋", *day_from_date(2025, 3, 5)),
            day_from_date(2025, 10, 1));
  EXPECT_EQ(calendar().back_at_work(*day_from_date(2026, 2, 12)), day_from_date(2026, 2, 24));
  EXPECT_FALSE(WorkCalendar().next_holiday("国庆", {0}));
}

TEST(WorkCalendar, RefusesABrokenFileWithThePlace) {
  const auto refusal = [](std::string_view rows) {
    const auto made =
        WorkCalendar::parse(std::string("day\tkind\tname\n") + std::string(rows), "c.tsv");
    return made ? std::string("read") : made.error().message(Lang::kEn);
  };
  EXPECT_EQ(refusal("2026-01-01\toff\t元旦\n"), "read");
  EXPECT_EQ(refusal("2026-02-30\toff\tx\n"), "there is no such day (c.tsv:2:1)");
  EXPECT_EQ(refusal("2026-01-02\twork\t\n2026-01-01\twork\t\n"),
            "days are in order, each once (c.tsv:3:1)");
  EXPECT_EQ(refusal("2026-01-01\tfree\tx\n"), "the kind is off or work (c.tsv:2:12)");
  EXPECT_EQ(refusal("2026-01-01\toff\t\n"), "a day off has a name (c.tsv:2:12)");
  EXPECT_EQ(refusal("2026-01-01\n"), "a row has 3 columns (c.tsv:2:1)");
  const auto headless = WorkCalendar::parse("2026-01-01\toff\tx\n", "c.tsv");
  ASSERT_FALSE(headless);
  EXPECT_EQ(headless.error().message(Lang::kEn),
            "the header is: day kind name, with tabs (c.tsv:1:1)");
}

TEST(DueTime, IsReadByTheLanguageOfItsStretch) {
  const Moment said{*day_from_date(2026, 3, 5), 10 * 60};  // a Thursday
  const auto due = [&](std::string_view text) {
    return shown(find_due_time(text, said, calendar()));
  };
  EXPECT_EQ(due("我真的受够了, I will complain to the regulator if it is not fixed by Friday"),
            "2026-03-06");
  EXPECT_EQ(due("I have waited three weeks for this, 三个工作日内必须退款"), "2026-03-10");
  EXPECT_EQ(due("我周五 before 5pm 要用"), due("我周五要用"));
}

TEST(DueTime, NoHourHasDozensOfDigits) {
  const Moment said{*day_from_date(2026, 3, 5), 10 * 60};
  EXPECT_FALSE(find_due_time("by 5000000000000000000000000:30 pm", said, calendar()));
  EXPECT_FALSE(find_due_time("by 7:99999999999999999999999 pm", said, calendar()));
  EXPECT_TRUE(find_due_time("by 7:30 pm", said, calendar()));
}

}  // namespace
}  // namespace xinjing::language
