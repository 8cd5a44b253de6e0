#include "cli/company.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/temporary_folder.h"
#include "cli/test_support.h"
#include "sources/zip_test.h"
#include "store/subject_table.h"

namespace xinjing::cli {
namespace {

constexpr std::string_view kMessages =
    "消息编号,会话,客户编号,时间,说话人,内容\n"
    "M1,V1,C1001,2026-03-05 09:12,客户,都三天了还没人来修\n"
    "M2,V1,C1001,2026-03-05 09:13,客服,您好，马上安排\n"
    "M3,V2,C1002,2026-03-06 10:00,客户,你们的账单怎么查\n"
    "M4,V2,C1002,昨天,客户,急用\n";
constexpr std::string_view kCustomers = "客户编号,手机号\nC1001,13812345678\nC1002,138-1234-5678\n";

/// A workbook with these sheets, each rows of texts; `last_row` is added to the last sheet as it
/// is.
std::string workbook(
    const std::vector<std::pair<std::string, std::vector<std::vector<std::string>>>>& sheets,
    const std::string& last_row = "") {
  std::string names, relations;
  sources::ZipTexts parts;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    names += fmt::format(R"(<sheet name="{}" r:id="r{}"/>)", sheets[i].first, i);
    relations += fmt::format(R"(<Relationship Id="r{0}" Type="t/w" Target="s{0}.xml"/>)", i);
    std::string rows;
    for (const std::vector<std::string>& row : sheets[i].second) {
      rows += "<row>";
      for (const std::string& cell : row) {
        rows += fmt::format(R"(<c t="str"><v>{}</v></c>)", cell);
      }
      rows += "</row>";
    }
    if (i + 1 == sheets.size()) rows += last_row;
    parts.emplace_back(fmt::format("xl/s{}.xml", i), "<sheetData>" + rows + "</sheetData>");
  }
  parts.emplace_back("xl/workbook.xml", "<workbook><sheets>" + names + "</sheets></workbook>");
  parts.emplace_back("xl/_rels/workbook.xml.rels", "<R>" + relations + "</R>");
  return sources::zip_of(parts);
}

const std::vector<std::vector<std::string>> kSheetOfCustomers = {
    {"客户编号", "手机号"}, {"C2001", "13812345678"}, {"C2002", "13812345679"}};
const std::vector<std::vector<std::string>> kSheetOfMessages = {
    {"消息编号", "会话", "客户编号", "时间", "说话人", "内容"},
    {"M1", "V1", "C2001", "2026-03-05 09:12", "客户", "都三天了还没人来修"}};

/// A small company whose database lies among its files.
class CompanyFiles : public testing::Test {
 protected:
  void SetUp() override {
    write("messages.csv", kMessages);
    write("customers.csv", kCustomers);
  }
  void write(std::string_view name, std::string_view bytes) const {
    ASSERT_TRUE(write_file(x_folder / name, bytes));
  }
  std::string database() const { return (x_folder / "company.duckdb").string(); }
  Output analyze(std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"analyze", x_folder.path().string(), "--db", database(),
                                      "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  Output links(std::vector<std::string> words) const {
    words.insert(words.begin(), "links");
    words.insert(words.end(), {"--db", database()});
    return run(words);
  }

  const TemporaryFolder x_folder;
};

TEST_F(CompanyFiles, AreShownOnlyAsFarAsTheUseAllows) {
  ASSERT_EQ(analyze().code, kDone);
  const auto shown = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--db", database()});
    return run(words);
  };
  const Output plain = shown({"profile", "C1001"});
  EXPECT_EQ(plain.code, kDone);
  EXPECT_EQ(plain.err, "") << "nothing is known of what does not serve";
  EXPECT_FALSE(has(plain.out, "Openness"));
  const Output coaching = shown({"profile", "C1001", "--use", "coaching"});
  EXPECT_TRUE(has(coaching.out, "Openness"));
  EXPECT_TRUE(
      has(coaching.err, "Withheld, since its card does not allow it for coaching staff:\n"));
  EXPECT_TRUE(has(coaching.err, "Attitude")) << coaching.err;
  const Output price = shown({"profile", "C1001", "--use", "price"});
  EXPECT_EQ(price.code, kRefusedError);
  EXPECT_EQ(price.out, "");
  EXPECT_EQ(shown({"explain", "C1001", "emotion", "--use", "价格"}).code, kRefusedError);
  EXPECT_EQ(shown({"explain", "C1001", "openness"}).code, kRefusedError) << "it is for service";
  EXPECT_EQ(shown({"explain", "C1001", "openness", "--use", "研究"}).code, kDone);
  EXPECT_EQ(shown({"promises", "--rates", "agent", "--use", "staff_scoring"}).code, kRefusedError);
  const std::string page = (x_folder / "page.html").string();
  EXPECT_EQ(shown({"report", "--out", page, "--use", "staff_scoring"}).code, kRefusedError);
  EXPECT_FALSE(std::filesystem::exists(page));
  const std::string out = (x_folder / "out").string();
  EXPECT_EQ(shown({"export", out, "--use", "eligibility"}).code, kRefusedError);
  EXPECT_FALSE(std::filesystem::exists(out));
  EXPECT_EQ(shown({"export", out, "--use", "priority"}).code, kDone);
  EXPECT_TRUE(has(*read_file(out + "/use.csv"), "priority,emotion,false,"));
}

TEST_F(CompanyFiles, DoNotIncludeWhatWeWroteAmongThem) {
  const Output first = analyze();
  ASSERT_EQ(first.code, kDone) << first.out << first.err;
  ASSERT_TRUE(std::filesystem::exists(database() + ".rejects.csv")) << "M4 has no time";
  write("older list.csv", "file,line,column,reason\nmessages.csv,5,30,time: not a time\n");
  write("mapping.toml", "[[file]]\nmatch = \"*\"\n");
  write("company.duckdb.wal", "");
  const Output second = analyze();
  EXPECT_EQ(second.code, kDone) << second.out << second.err;
  EXPECT_FALSE(has(second.out, "rejects.csv  ")) << second.out;
  EXPECT_FALSE(has(second.out, "older list.csv")) << second.out;
  EXPECT_FALSE(has(second.out, "company.duckdb ")) << second.out;
  const Output alone = run({"analyze", database() + ".rejects.csv", "--db", database(), "--quiet"});
  EXPECT_EQ(alone.code, kBadInputError);
  EXPECT_TRUE(has(alone.err, "this file is Xinjing's own")) << alone.err;
}

TEST_F(CompanyFiles, OfAnotherListOfRejectsArePassedOverToo) {
  const std::string list = (x_folder / "bad.csv").string();
  ASSERT_EQ(analyze({"--rejects", list}).code, kDone);
  ASSERT_TRUE(std::filesystem::exists(list));
  const Output second = analyze({"--rejects", list});
  EXPECT_EQ(second.code, kDone) << second.out;
  EXPECT_FALSE(has(second.out, "bad.csv  ")) << second.out;
}

TEST_F(CompanyFiles, AreNeverTakenForTheListOfRejects) {
  const std::filesystem::path file = x_folder / "customers.csv";
  const Output refused = analyze({"--rejects", file.string()});
  EXPECT_EQ(refused.code, kUsageError);
  EXPECT_TRUE(has(refused.err, "this file is no list of rejected rows")) << refused.err;
  EXPECT_EQ(*read_file(file), kCustomers);
}

TEST_F(CompanyFiles, WithoutARowOfNamesAreRefusedWithTheLineAndTheWayOn) {
  const std::string path = (x_folder / "chat.csv").string();
  write("chat.csv",
        "M11,C1003,2026-03-07 09:12,customer,你好\nM12,C1003,2026-03-07 09:13,agent,好\n");
  const Output refused = analyze();
  EXPECT_EQ(refused.code, kFound);
  EXPECT_TRUE(has(refused.out, "this row looks like data, not like a header")) << refused.out;
  EXPECT_TRUE(has(refused.out, "(" + path + ":1)")) << refused.out;
  const Output english = run({"inspect", path}), chinese = run({"inspect", path, "--lang", "zh"});
  EXPECT_EQ(english.code, kFound);
  EXPECT_TRUE(has(english.out, "mapping.toml: header = [...] (" + path + ":1)")) << english.out;
  EXPECT_TRUE(has(chinese.out, "这一行像是数据而不是表头")) << chinese.out;
  EXPECT_FALSE(has(english.out, "C1003")) << "no value of a row is shown";
  write("mapping.toml",
        "[[file]]\nmatch = \"chat.csv\"\n"
        "header = [\"消息编号\", \"客户编号\", \"时间\", \"说话人\", \"内容\"]\n");
  const Output named = analyze();
  EXPECT_EQ(named.code, kDone) << named.out;
  EXPECT_TRUE(has(named.out, "2 in = 2 kept")) << named.out;
}

TEST_F(CompanyFiles, AreLinkedAgainAfterUndoAndRedo) {
  ASSERT_EQ(analyze().code, kDone);
  const std::string before = links({"C1001"}).out;
  EXPECT_TRUE(has(before, "C1001 = C1002  phone  customers.csv:")) << before;
  EXPECT_EQ(links({"C1001", "--redo", "C1002"}).code, kNotFoundError) << "nothing was taken back";
  ASSERT_EQ(links({"C1001", "--undo", "C1002"}).code, kDone);
  ASSERT_EQ(analyze().code, kDone);
  EXPECT_TRUE(has(links({"C1002"}).out, "(taken back)"));
  const Output parted = run({"profile", "C1002", "--db", database(), "--json"});
  EXPECT_FALSE(has(parted.out, "C1001")) << parted.out;

  const Output redone = links({"C1002", "--redo", "C1001"});
  EXPECT_EQ(redone.code, kDone) << redone.err;
  EXPECT_TRUE(has(redone.out, before)) << "the reasons are shown again: " << redone.out;
  ASSERT_EQ(analyze().code, kDone);
  EXPECT_EQ(links({"C1001"}).out, before);
  const Output joined = run({"profile", "C1002", "--db", database(), "--json"});
  EXPECT_TRUE(has(joined.out, "C1001")) << joined.out;
}

TEST_F(CompanyFiles, SayTheRowThatGivesABareHandleToACustomer) {
  write("calls.csv",
        "消息编号,会话,渠道,账号,时间,说话人,内容\n"
        "M9,V9,电话,13812345678,2026-03-07 09:12,客户,你好\n");
  write("customers.csv", "客户编号,手机号\nC1001,138-1234-5678\n");
  ASSERT_EQ(analyze().code, kDone);
  EXPECT_EQ(links({}).out, "  phone:13812345678 = C1001  phone  customers.csv:2\n");
  EXPECT_TRUE(has(links({"--lang", "zh"}).out, "  电话  customers.csv:2"));
}

TEST_F(CompanyFiles, AreLinkedWithoutKeepingTheNumberInTheReason) {
  ASSERT_EQ(analyze().code, kDone);
  const auto reasons = [this] {
    const auto file = store::Database::open(database(), {.read_only = true});
    std::string out;
    const auto links = store::read_links(*file);
    for (const store::LinkRow& link : *links) out += link.reason + "\n";
    return out;
  };
  EXPECT_EQ(reasons(), "phone 138****5678\n");
  ASSERT_EQ(links({"C1001", "--undo", "C1002"}).code, kDone);
  {  // as older versions kept it
    const auto file = store::Database::open(database(), {});
    ASSERT_TRUE(file->connection().run("UPDATE links SET reason = 'phone 13812345678'"));
  }
  ASSERT_EQ(analyze().code, kDone);
  EXPECT_EQ(reasons(), "phone 138****5678\n");
  EXPECT_TRUE(has(links({"C1002"}).out, "(taken back)")) << "it stays taken back";
  const Output parted = run({"profile", "C1002", "--db", database(), "--json"});
  EXPECT_FALSE(has(parted.out, "C1001")) << parted.out;
  ASSERT_EQ(links({"C1001", "--redo", "C1002"}).code, kDone);
  ASSERT_EQ(analyze().code, kDone);
  EXPECT_EQ(links({"C1001"}).out, "  C1001 = C1002  phone  customers.csv:3\n");
}

TEST_F(CompanyFiles, AreEverySheetOfAWorkbookWhoseHeaderIsKnown) {
  std::filesystem::remove(x_folder / "messages.csv");
  std::filesystem::remove(x_folder / "customers.csv");
  const std::string book = workbook({{"说明", {{"本表由客服部整理"}}},
                                     {"客户", kSheetOfCustomers},
                                     {"消息", kSheetOfMessages},
                                     {"Sheet4", {}}});
  write("book.xlsx", book);
  const Output first = analyze();
  EXPECT_EQ(first.code, kFound) << "the cover note is no table";
  EXPECT_TRUE(has(first.out, "book.xlsx#说明")) << first.out;
  EXPECT_TRUE(has(first.out, "customers     2 in = 2 kept")) << first.out;
  EXPECT_TRUE(has(first.out, "messages      1 in = 1 kept")) << first.out;
  EXPECT_FALSE(has(first.out, "Sheet4")) << "a blank sheet is none";
  const Output again = analyze();
  EXPECT_TRUE(has(again.out, "nothing new")) << again.out;
  EXPECT_FALSE(has(again.out, "1 in")) << again.out;
  const std::string path = (x_folder / "book.xlsx").string();
  const Output seen = run({"inspect", path, "--json"});
  for (const char* sheet : {"说明", "客户", "消息", "Sheet4"}) {
    EXPECT_TRUE(has(seen.out, fmt::format("\"sheet\":\"{}\"", sheet))) << seen.out;
  }
}

TEST_F(CompanyFiles, ThatAreRefusedLeaveNoRowsBehind) {
  std::filesystem::remove(x_folder / "messages.csv");
  std::filesystem::remove(x_folder / "customers.csv");
  // More rows than are read ahead, then what is no sheet.
  std::vector<std::vector<std::string>> many = {{"客户编号", "姓名"}};
  constexpr int kRows = 20'000;
  for (int i = 0; i < kRows; ++i) many.push_back({fmt::format("C{}", i), "甲"});
  write("book.xlsx", workbook({{"客户", many}}, "<!DOCTYPE x []>"));
  const Output refused = analyze({"--threads", "1"});
  EXPECT_EQ(refused.code, kFound) << refused.out << refused.err;
  EXPECT_TRUE(has(refused.out, "broken XML")) << refused.out;
  const auto rows = [this] {
    const auto file = store::Database::open(database(), {.read_only = true});
    return *file->connection().integer(
        "SELECT (SELECT COUNT(*) FROM customers) + (SELECT COUNT(*) FROM subjects)");
  };
  EXPECT_EQ(rows(), 0);
  write("book.xlsx", workbook({{"客户", many}}));
  EXPECT_EQ(analyze().code, kDone);
  EXPECT_EQ(rows(), 2 * kRows);
}

TEST_F(CompanyFiles, LoseLinksByAHandleThatTooManyComeToShare) {
  ASSERT_EQ(analyze().code, kDone);
  ASSERT_TRUE(has(links({}).out, "C1001 = C1002"));
  std::string many(kCustomers);
  for (int i = 3; i < 9; ++i) many += fmt::format("C100{},13812345678\n", i);
  write("customers.csv", many);
  ASSERT_EQ(analyze().code, kDone);
  EXPECT_EQ(links({}).out, "") << "eight customers have the number: it is no one's";
}

TEST_F(CompanyFiles, CannotSpeakToTheTerminal) {
  write("messages.csv",
        "消息编号,会话,客户编号,渠道,时间,说话人,内容,备\x1b]0;owned\x07注\n"
        "M1,V\x1b[2J1,C1001,热\xe2\x80\xae线\x1b[31m,2026-03-05 09:12,客户,"
        "都三天了\x1b[31m还没人来修\xc2\x9b，气死我了,\n"
        "M2,V\x1b[2J1,C1001,热\xe2\x80\xae线\x1b[31m,2026-03-05 09:13,客服,"
        "我们\x1b[8m明天上门给您修,\n");
  const Output loaded = analyze();
  ASSERT_EQ(loaded.code, kDone) << loaded.err;
  std::string shown = loaded.out + loaded.err;
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"profile", "C1001"},
                                             {"explain", "C1001", "motive"},
                                             {"promises", "--all"},
                                             {"promises", "--rates", "channel"},
                                             {"links"}}) {
    std::vector<std::string> with = words;
    with.insert(with.end(), {"--db", database()});
    const Output output = run(with);
    EXPECT_EQ(output.code, kDone) << words[0] << output.err;
    EXPECT_EQ(has(output.out, "␛["), words[0] != "links") << words[0] << output.out;
    shown += output.out + output.err;
  }
  const Output inspected = run({"inspect", (x_folder / "messages.csv").string()});
  EXPECT_TRUE(has(inspected.out, "备␛]0;owned␇注")) << inspected.out;
  shown += inspected.out + run({"profile", "C\x1b[31m", "--db", database()}).err;
  EXPECT_EQ(shown, visible_text(shown));
  const std::string json = run({"profile", "C1001", "--db", database(), "--json"}).out;
  EXPECT_TRUE(has(json, "\\u001b[31m")) << json;
}

TEST_F(CompanyFiles, AreSeenFromADayWithoutWhatCameLater) {
  write("orders.csv",
        "订单编号,客户编号,下单时间,金额\n"
        "O1,C1001,2026-03-01 10:00,100\nO2,C1001,2026-03-20 10:00,50\n");
  ASSERT_EQ(analyze().code, kDone);
  const auto seen = [&](const char* day) {
    return run({"profile", "C1001", "--db", database(), "--json", "--as-of", day}).out;
  };
  const std::string early = seen("2026-03-02"), late = seen("2026-03-31");
  EXPECT_TRUE(has(early, "\"orders\":1,")) << early;
  EXPECT_TRUE(has(early, "\"recency_days\":1,")) << early;
  EXPECT_TRUE(has(early, "\"conversations\":0,")) << early;
  EXPECT_TRUE(has(late, "\"orders\":2,")) << late;
  EXPECT_TRUE(has(late, "\"recency_days\":11,")) << late;
  EXPECT_TRUE(has(seen("2026-02-01"), "\"orders\":0,"));
}

TEST_F(CompanyFiles, AreNotReadWithOptionsOutOfBounds) {
  struct Case {
    const char *option, *value, *said;
  };
  for (const Case& one :
       {Case{"--memory", "1", "--memory is a size like 700MB"},
        Case{"--memory", "lots", "not 'lots'"}, Case{"--memory", "-700MB", "--memory is"},
        Case{"--memory", "1KB", "at least 64MB"}, Case{"--memory", "1MB", "at least 64MB"},
        Case{"--currency", "XX12", "--currency is three letters like CNY"}}) {
    const Output refused = analyze({fmt::format("{}={}", one.option, one.value)});
    EXPECT_EQ(refused.code, kUsageError) << one.value << refused.err;
    EXPECT_TRUE(has(refused.err, one.said)) << refused.err;
    EXPECT_EQ(std::count(refused.err.begin(), refused.err.end(), '\n'), 1) << refused.err;
    EXPECT_FALSE(std::filesystem::exists(database()));
  }
  ASSERT_EQ(analyze({"--memory", "0.5 gib", "--currency", "eur"}).code, kDone);
  for (const char* number : {"-1", "6", "9"}) {
    const Output refused = run({"profile", "C1001", "--db", database(), "--quotes", number});
    EXPECT_EQ(refused.code, kUsageError);
    EXPECT_EQ(refused.err, fmt::format("xinjing: --quotes is 0 to 5, not {}\n", number));
  }
}

TEST(Links, NeedAnIdAndOneOfUndoAndRedo) {
  EXPECT_EQ(run({"links", "--redo", "C1"}).code, kUsageError);
  EXPECT_EQ(run({"links", "C1", "--redo", "C2", "--undo", "C2"}).code, kUsageError);
}

TEST(Database, SaysWhichFolderIsMissing) {
  const TemporaryFolder folder;
  const std::string none = (folder / "none").string(), file = none + "/a.duckdb";
  const std::string there = folder.path().string();
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"analyze", there}, {"profile", "C1"}, {"links"}, {"erase", "C1"}, {"export", there}}) {
    std::vector<std::string> with = words;
    with.insert(with.end(), {"--db", file});
    const Output en = run(with);
    EXPECT_EQ(en.code, kNotFoundError);
    EXPECT_EQ(en.err, "xinjing: the database's folder does not exist (" + none + ")\n");
    with.insert(with.end(), {"--lang", "zh"});
    EXPECT_EQ(run(with).err, "xinjing: 数据文件所在的目录不存在 (" + none + ")\n");
  }
  EXPECT_TRUE(
      has(run({"profile", "C1", "--db", there + "/a.duckdb"}).err, "there is no such database"));
}

}  // namespace
}  // namespace xinjing::cli
