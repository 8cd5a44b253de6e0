#include "sources/xlsx.h"

#include <gtest/gtest.h>

#include "sources/reading_test.h"
#include "sources/zip_test.h"

namespace xinjing::sources {
namespace {

constexpr std::string_view kStyles =
    R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>)"
    R"(<numFmt numFmtId="165" formatCode="0.00&quot;day&quot;"/></numFmts>)"
    R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>)";

/// A workbook with these rows in its second, visible sheet.
std::string workbook(const std::string& rows, const std::string& strings = "") {
  return zip_of(
      {{"xl/workbook.xml",
        R"(<?xml version="1.0"?><x:workbook xmlns:x="u"><x:sheets><x:sheet name="old" state="hidden" r:id="r1"/>)"
        R"(<x:sheet name="数据" r:id="r2"/></x:sheets></x:workbook>)"},
       {"xl/_rels/workbook.xml.rels",
        R"(<Relationships><Relationship Id="r1" Type="t/worksheet" Target="worksheets/a.xml"/>)"
        R"(<Relationship Id="r2" Type="t/worksheet" Target="/xl/worksheets/b.xml"/>)"
        R"(<Relationship Id="r3" Type="t/styles" Target="styles.xml"/>)"
        R"(<Relationship Id="r4" Type="t/sharedStrings" Target="strings.xml"/></Relationships>)"},
       {"xl/styles.xml", std::string(kStyles)},
       {"xl/strings.xml", "<sst>" + strings + "</sst>"},
       {"xl/worksheets/a.xml", "<worksheet/>"},
       {"xl/worksheets/b.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}});
}

TEST(Xlsx, ReadsTextsNumbersDatesAndGaps) {
  EXPECT_EQ(
      read(
          workbook(
              R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>d</t></is></c></row>)"
              R"(<row r="2"/><row r="3"><c r="A3"><v>1.38E10</v></c><c r="B3" s="1"><v>46086.5</v></c><c r="D3"><v>0.30000000000000004</v></c></row>)"
              R"(<row><c t="b"><v>1</v></c><c s="2"><v>46086</v></c><c s="3"><v>2.5</v></c><c t="str"><f>A&amp;B</f><v>a&amp;b&#20013;</v></c></row>)",
              R"(<si><t>客户</t></si><si><r><t>时</t></r><r><t>间</t></r><rPh><t>shi</t></rPh></si>)"),
          "t.xlsx"),
      "[客户|时间||d]\n3: 13800000000|2026-03-05 12:00:00||0.3\n4: true|2026-03-05|2.5|a&b中\n");
}

TEST(Xlsx, SkipsTitlesAboveTheHeader) {
  EXPECT_EQ(read(workbook(R"(<row r="1"><c r="A1" t="str"><v>三月报表</v></c></row>)"
                          R"(<row r="3"><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row>)"
                          R"(<row r="4"><c><v>1</v></c></row>)"),
                 "t.xlsx"),
            "[a|b]\n4: 1|\n");
  EXPECT_EQ(
      read(workbook(R"(<row><c t="str"><v>text</v></c></row><row><c t="str"><v>x</v></c></row>)"),
           "t.xlsx"),
      "[text]\n2: x\n");
}

TEST(Xlsx, TakesTheFirstRowAsDataWhereItsNamesAreGiven) {
  const std::string rows =
      R"(<row r="1"><c r="A1" t="str"><v>三月报表</v></c></row>)"
      R"(<row r="3"><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row r="4"><c><v>1</v></c></row>)";
  EXPECT_EQ(read(workbook(rows), "t.xlsx", {.header = {"x", "y"}}), "[x|y]\n3: a|b\n4: 1|\n");
}

TEST(Xlsx, TakesTheSheetThatIsNamed) {
  EXPECT_EQ(read(workbook("<row><c><v>1</v></c></row>"), "t.xlsx", {.sheet = "old"}), "[]\n");
  EXPECT_EQ(read(workbook(""), "t.xlsx", {.sheet = "none"}),
            "refused: the workbook has no such sheet\n");
}

TEST(Xlsx, ReportsCellsBeyondTheHeaderAndLongOnes) {
  const std::string head = R"(<row r="1"><c><v>1</v></c><c><v>2</v></c></row>)";
  EXPECT_EQ(
      read(workbook(head +
                    R"(<row r="2"><c r="D2"><v>1</v></c></row><row r="3"><c><v>5</v></c></row>)"),
           "t.xlsx"),
      "[1|2]\n2:4! the row has a cell beyond the 2 columns of the header\n3: 5|\n");
  EXPECT_EQ(read(workbook(head + R"(<row r="2"><c t="str"><v>)" + std::string(3U << 20, 'x') +
                          "</v></c></row>"),
                 "t.xlsx"),
            "[1|2]\n2:0! a cell is longer than 1 MiB\n");
}

TEST(Xlsx, RefusesTooManyColumns) {
  EXPECT_EQ(read(workbook(R"(<row><c r="XFD1"><v>1</v></c></row>)"), "t.xlsx"),
            "refused: the file has more than 4096 columns\n");
}

TEST(Xlsx, RefusesAZipBombWithOneSentence) {
  const std::string bomb = zip_bomb(
      {{"xl/workbook.xml", R"(<workbook><sheets><sheet name="s" r:id="r1"/></sheets></workbook>)"},
       {"xl/_rels/workbook.xml.rels",
        R"(<R><Relationship Id="r1" Type="t/w" Target="s.xml"/></R>)"}},
      "xl/s.xml", "<sheetData><row><c t=\"inlineStr\"><is><t>", 200U << 20);
  EXPECT_LT(bomb.size(), 16U << 20);
  EXPECT_EQ(read(bomb, "t.xlsx"),
            "refused: the workbook unpacks to far more than its size; it is not read\n");
}

/// A sheet of one column and many rows, in an archive whose directory says `stated` bytes (0: the
/// truth).
std::string many_rows(int rows, std::uint32_t stated) {
  std::string sheet = "<sheetData>";
  for (int i = 0; i < rows; ++i) sheet += "<row><c><v>1</v></c></row>";
  std::vector<ZipPart> parts = stored(
      {{"xl/workbook.xml", R"(<workbook><sheets><sheet name="s" r:id="r1"/></sheets></workbook>)"},
       {"xl/_rels/workbook.xml.rels",
        R"(<R><Relationship Id="r1" Type="t/w" Target="s.xml"/></R>)"},
       {"xl/s.xml", sheet + "</sheetData>"}});
  if (stated != 0) parts.back().size = stated;
  return zip_from(parts);
}

TEST(Xlsx, RefusesAnArchiveBeyondTheLimitBeforeItsFirstRow) {
  const UnpackLimits small{.most_bytes = 20'000, .free_bytes = 10'000, .most_ratio = 100};
  EXPECT_EQ(read(many_rows(100, 0), "t.xlsx", {.unpack = small}).substr(0, 6), "[1]\n2:");
  const Result<std::unique_ptr<Source>> source =
      open_source(Content::of(many_rows(1000, 0), "t.xlsx"), {.unpack = small});
  ASSERT_FALSE(source) << "the directory says that it is too large";
  EXPECT_EQ(source.error().said.en,
            "the workbook unpacks to far more than its size; it is not read");
}

TEST(Xlsx, RefusesAnArchiveThatUnpacksToMoreThanItSays) {
  const std::string rows = read(many_rows(10'000, 100), "t.xlsx");
  EXPECT_TRUE(rows.find("refused: ") != std::string::npos) << rows.substr(0, 100);
}

TEST(Xlsx, RefusesWhatIsBroken) {
  const std::string good = workbook("<row><c><v>1</v></c><c><v>2</v></c></row>");
  EXPECT_EQ(read(good.substr(0, good.size() / 2), "t.xlsx"), "refused: the workbook is damaged\n");
  EXPECT_EQ(read(zip_of({{"a.txt", "x"}}), "t.xlsx"),
            "refused: this is a ZIP archive without an Excel workbook in it: unpack it first\n");
  EXPECT_EQ(read(workbook("<row><c><v>1"), "t.xlsx").substr(0, 3), "[]\n");
  EXPECT_EQ(read(workbook("<!DOCTYPE x [<!ENTITY a \"b\">]><row/>"), "t.xlsx"),
            "refused: the workbook holds broken XML\n");
}

TEST(Xlsx, IsNewAsAWholeOrNotAtAll) {
  const std::string bytes =
      workbook("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>");
  auto source = open_source(Content::of(bytes, "t.xlsx"));
  Batch batch;
  ASSERT_TRUE(bool((*source)->next(batch)));
  EXPECT_EQ(batch.end.offset, bytes.size());
  auto same = open_source(Content::of(bytes, "t.xlsx"), {.after = batch.end});
  EXPECT_EQ(rows_of(**same), "");
  EXPECT_TRUE((*same)->facts().resumed);
  auto other = open_source(
      Content::of(workbook("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>4</v></c></row>"),
                  "t.xlsx"),
      {.after = batch.end});
  EXPECT_TRUE((*other)->facts().rewritten);
  EXPECT_EQ(rows_of(**other), "2: 4|\n");
}

TEST(Workbook, WritesDatesAndNumbersAsTheyAreShown) {
  EXPECT_EQ(date_text(46086.383715278, false), "2026-03-05 09:12:33");
  EXPECT_EQ(date_text(44624, true), "2026-03-05");
  EXPECT_EQ(date_text(0.5, false), "12:00:00");
  EXPECT_EQ(date_text(1e9, false), "1000000000");
  EXPECT_EQ(number_text("1.38E10"), "13800000000");
  EXPECT_EQ(number_text("12abc"), "12abc");
}

}  // namespace
}  // namespace xinjing::sources
