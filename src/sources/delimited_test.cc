#include "sources/delimited.h"

#include <gtest/gtest.h>

#include <chrono>

#include "sources/reading_test.h"

namespace xinjing::sources {
namespace {

TEST(Csv, ReadsQuotesAndLineEndsInsideThem) {
  EXPECT_EQ(read("a,b\n1,\"x, \"\"y\"\"\nz\"\r\n\n2,\n3", "t.csv"),
            "[a|b]\n2: 1|x, \"y\"\nz\n5: 2|\n6: 3|\n");
}

TEST(Csv, KnowsBothLineEndsAndTheOldOne) {
  EXPECT_EQ(read("a,b\r\n1,2\r\n", "t.csv"), "[a|b]\n2: 1|2\n");
  EXPECT_EQ(read("a,b\r1,2\r3,4", "t.csv"), "[a|b]\n2: 1|2\n3: 3|4\n");
}

TEST(Csv, FindsTheDelimiter) {
  EXPECT_EQ(read("a;b;c\n1,5;2;3\n", "t.csv"), "[a|b|c]\n2: 1,5|2|3\n");
  EXPECT_EQ(read("a|b\n1|2\n", "t.csv"), "[a|b]\n2: 1|2\n");
  EXPECT_EQ(read("a\tb\n1\t2\n", "t.csv"), "[a|b]\n2: 1|2\n");
  EXPECT_EQ(read("sep=;\na;b,c\n1;2\n", "t.csv"), "[a|b,c]\n3: 1|2\n");
}

TEST(Csv, TakesTheFirstRowAsDataWhereItsNamesAreGiven) {
  const OpenOptions names{.header = {"x", "y"}};
  EXPECT_EQ(read("1,2\n3,4\n", "t.csv", names), "[x|y]\n1: 1|2\n2: 3|4\n");
  EXPECT_EQ(read("\n1;2\n3;4;5\n", "t.csv", names),
            "[x|y]\n2: 1|2\n3:5! the row has 3 cells, the header 2\n");
  auto source = open_source(Content::of("\na,b\n1,2\n", "t.csv"));
  EXPECT_EQ((*source)->facts().header_line, 2);
  source = open_source(Content::of("1,2\n", "t.csv"), names);
  EXPECT_EQ((*source)->facts().header_line, 0);
}

TEST(Csv, ReportsBrokenQuotesAndGoesOnWithTheNextLine) {
  EXPECT_EQ(read("a,b\n1,\"x\"y\n2,z\n", "t.csv"),
            "[a|b]\n2:3! a closing quotation mark is followed by more text\n3: 2|z\n");
  EXPECT_EQ(read("a,b\n1,\"x\n2,y\n3,z\n", "t.csv"),
            "[a|b]\n2:3! a quotation mark is never closed\n3: 2|y\n4: 3|z\n");
  EXPECT_EQ(read("a,b\n1,\"x\n2,\",y\n3,z\n", "t.csv"),
            "[a|b]\n2:1! the row goes over several lines and has more cells than the header\n"
            "3:3! a quotation mark is never closed\n4: 3|z\n");
}

TEST(Csv, TakesQuotesInsidePlainCellsAsTheyAre) {
  EXPECT_EQ(read("a,b\n1,5\" pipe\n", "t.csv"), "[a|b]\n2: 1|5\" pipe\n");
}

TEST(Tsv, TakesQuotesThatDoNotWorkOutAsTheyAre) {
  EXPECT_EQ(read("a\tb\n\"hi\" he said\tx\n\"never\ty\n", "t.tsv"),
            "[a|b]\n2: \"hi\" he said|x\n3: \"never|y\n");
}

TEST(Csv, RefusesRowsWithMoreCellsThanTheHeader) {
  EXPECT_EQ(read("a,b\n1,2,3\n1,2,,\n", "t.csv"),
            "[a|b]\n2:5! the row has 3 cells, the header 2\n3: 1|2\n");
}

TEST(Csv, ReadsAnEmptyFileAndAHeaderAlone) {
  EXPECT_EQ(read("", "t.csv"), "[]\n");
  EXPECT_EQ(read("a,b", "t.csv"), "[a|b]\n");
  EXPECT_EQ(read("\n\n", "t.csv"), "[]\n");
}

TEST(Csv, RepairsBadBytesAndNul) {
  EXPECT_EQ(read(std::string("a,b\n1,x\xff\n2,p\0q\n", 15), "t.csv"),
            "[a|b]\n2: 1|x\ufffd\n3: 2|p\ufffdq\n");
}

TEST(Csv, DecodesGb18030AndUtf16) {
  // 编号,内容 / 1,"你好" as GB18030 bytes
  const std::string gb = "\xb1\xe0\xba\xc5,\xc4\xda\xc8\xdd\n1,\"\xc4\xe3\xba\xc3\"\n";
  EXPECT_EQ(read(gb, "t.csv"), "[编号|内容]\n2: 1|你好\n");
  EXPECT_EQ(read(std::string("\xff\xfe"
                             "a\0,\0b\0\n\0"
                             "1\0,\0`O\n\0",
                             18),
                 "t.csv"),
            "[a|b]\n2: 1|你\n");
  EXPECT_EQ(read("\xef\xbb\xbf"
                 "a,b\n1,2\n",
                 "t.csv"),
            "[a|b]\n2: 1|2\n");
}

TEST(Csv, RejectsOnlyTheRowOfALongCell) {
  const std::string long_line(10U << 20, 'x');
  EXPECT_EQ(read("a,b\n1," + long_line + "\n2,y\n", "t.csv"),
            "[a|b]\n2:3! a cell is longer than 1 MiB\n3: 2|y\n");
  EXPECT_EQ(read("a,b\n1,\"" + long_line + "\"\n2,y\n", "t.csv"),
            "[a|b]\n2:3! a cell is longer than 1 MiB\n3: 2|y\n");
}

TEST(Csv, RefusesAMillionColumns) {
  std::string wide;
  for (int i = 0; i < 1'000'000; ++i) wide += "c,";
  EXPECT_EQ(read(wide + "\n1,2\n", "t.csv"), "refused: the file has more than 4096 columns\n");
  EXPECT_EQ(read("a,b\n" + wide + "\n1,2\n", "t.csv"),
            "[a|b]\n2:8193! the row has more than 4096 cells\n3: 1|2\n");
}

TEST(Csv, DoesNotSearchTheSameBytesForAQuoteAgainAndAgain) {
  // Every line joins the next by quotes that happen to fit, until the very last line does not.
  std::string text = "a,b,c\n";
  for (int i = 0; i < 200'000; ++i) text += "x\",\"y\n";
  text = "a,b,c\n1,\"" + text.substr(6) + "x\"z\n";
  const auto begin = std::chrono::steady_clock::now();
  Result<std::unique_ptr<Source>> source = open_source(Content::of(text, "t.csv"));
  const std::string rows = rows_of(**source, 4096);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
  EXPECT_NE(rows.find("\n200001:"), std::string::npos) << rows.substr(0, 400);
}

struct Resumed {
  std::string rows;
  SourceFacts facts;
};

Resumed resume(const std::string& bytes, const Position& after) {
  auto source = open_source(Content::of(bytes, "t.csv"), {.after = after});
  Resumed out{rows_of(**source), (*source)->facts()};
  return out;
}

Position end_of(const std::string& bytes) {
  auto source = open_source(Content::of(bytes, "t.csv"));
  Batch batch;
  Position end;
  do {
    EXPECT_TRUE(bool((*source)->next(batch, 2)));
    end = batch.end;
  } while (!batch.empty());
  return end;
}

TEST(Csv, ReadsOnlyWhatIsNewInAGrownFile) {
  const std::string old = "a,b\n1,\"x\ny\"\n2,z\n";
  const Position end = end_of(old);
  EXPECT_EQ(end.offset, old.size());
  EXPECT_EQ(end.line, 4);
  const Resumed same = resume(old, end);
  EXPECT_EQ(same.rows, "");
  EXPECT_TRUE(same.facts.resumed);
  EXPECT_EQ(resume(old + "3,w\n", end).rows, "5: 3|w\n");
}

TEST(Csv, ReadsALastLineWithoutItsEndAgainWhenItHasGrown) {
  const std::string old = "a,b\n1,x\n2,y";
  const Position end = end_of(old);
  EXPECT_EQ(end.offset, 8U);
  EXPECT_EQ(resume("a,b\n1,x\n2,yz\n", end).rows, "3: 2|yz\n");
}

TEST(Csv, NoticesThatAFileWasRewritten) {
  const Position end = end_of("a,b\n1,x\n2,y\n");
  const Resumed again = resume("a,b\n1,X\n2,y\n3,z\n", end);
  EXPECT_TRUE(again.facts.rewritten);
  EXPECT_FALSE(again.facts.resumed);
  EXPECT_EQ(again.rows, "2: 1|X\n3: 2|y\n4: 3|z\n");
  EXPECT_TRUE(resume("a,b\n", end).facts.rewritten);
}

}  // namespace
}  // namespace xinjing::sources
