#include <gmock/gmock.h>

#include "base/file.h"
#include "base/temporary_folder.h"
#include "report/report_page.h"
#include "sources/zip.h"

namespace xinjing::report {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kJson =
    R"json({"lang":"zh","company":"清澜","asOf":"2026-10-31","period":{"from":"2025-11-01","to":"2026-10-31"},
"people":{"waver":[{"customer":"C1","name":"=HYPERLINK(\"http://x\")","p":0.81,"reason":"+1","do":"-2","say":"@SUM(A1)"}]},
"motives":[{"state":"vent","share":[0.25,0.2,0.3],"n":7}],"labels":{"motive":{"vent":"发泄"}}})json";

/// All of one file inside the workbook.
std::string part(const std::string& bytes, const std::string& name) {
  const auto zip = sources::Zip::open(bytes, "report.xlsx");
  EXPECT_TRUE(zip);
  auto entry = zip->entry(name);
  EXPECT_TRUE(entry) << name;
  std::string out;
  for (auto piece = entry->next(); piece && !piece->empty(); piece = entry->next()) out += *piece;
  return out;
}

std::string written(const std::filesystem::path& path) {
  EXPECT_TRUE(write_workbook(path, kJson, Lang::kZh));
  return *read_file(path);
}

TEST(Workbook, WritesNoFormulaAndNoLink) {
  const TemporaryFolder folder;
  const std::string bytes = written(folder / "report.xlsx");
  const std::string people = part(bytes, "xl/worksheets/sheet3.xml");
  EXPECT_THAT(people, Not(HasSubstr("<f>")));
  EXPECT_THAT(people, Not(HasSubstr("hyperlink")));
  EXPECT_THAT(part(bytes, "xl/sharedStrings.xml"), HasSubstr("=HYPERLINK("));
  EXPECT_THAT(part(bytes, "xl/sharedStrings.xml"), HasSubstr("<t>@SUM(A1)</t>"));
}

TEST(Workbook, HasASheetForEachTableWithAFrozenHeader) {
  const TemporaryFolder folder;
  const std::string bytes = written(folder / "report.xlsx");
  const std::string book = part(bytes, "xl/workbook.xml");
  for (const char* name : {"说明", "诉求", "需要看见的客户"}) EXPECT_THAT(book, HasSubstr(name));
  const std::string motives = part(bytes, "xl/worksheets/sheet2.xml");
  EXPECT_THAT(motives, HasSubstr("state=\"frozen\""));
  EXPECT_THAT(motives, HasSubstr("<v>0.25</v>"));
  EXPECT_THAT(part(bytes, "xl/styles.xml"), HasSubstr("0.0%"));
}

TEST(Workbook, IsTheSameBytesEachTime) {
  const TemporaryFolder folder;
  EXPECT_EQ(written(folder / "a.xlsx"), written(folder / "b.xlsx"));
}

TEST(Workbook, SaysInOneSentenceThatItCannotBeWritten) {
  const Status done = write_workbook("/nowhere/at/all.xlsx", kJson, Lang::kEn);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::kIo);
}

}  // namespace
}  // namespace xinjing::report
