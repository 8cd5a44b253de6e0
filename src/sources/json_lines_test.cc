#include "sources/json_lines.h"

#include <gtest/gtest.h>

#include "sources/reading_test.h"

namespace xinjing::sources {
namespace {

TEST(JsonLines, ReadsMembersInAnyOrderAndInsideEachOther) {
  EXPECT_EQ(read(R"({"a":1,"b":{"c":"x","d":[1,"y"]}}
{"b":{"c":null},"a":2.5,"e":true}
)",
                 "t.jsonl"),
            "[a|b.c|b.d|e]\n1: 1|x|1, y|\n2: 2.5|||true\n");
}

TEST(JsonLines, ReportsLinesThatAreNoObjects) {
  EXPECT_EQ(
      read("{\"a\":1}\n{\"a\":\n\n[1]\n{\"a\":2}\n", "t.jsonl"),
      "[a]\n1: 1\n2:0! the line is not valid JSON\n4:0! the line is not a JSON object\n5: 2\n");
}

TEST(JsonLines, RefusesAnArrayWithASentence) {
  EXPECT_EQ(read("[{\"a\":1}]", "t.json"),
            "refused: the file is one JSON array; write one object per line\n");
}

TEST(JsonLines, RepairsBadBytesAndNul) {
  EXPECT_EQ(read("{\"a\":\"x\xff\"}\n{\"a\":\"p\\u0000q\"}\n", "t.jsonl"),
            "[a]\n1: x\ufffd\n2: p\ufffdq\n");
}

TEST(JsonLines, GrowsItsHeaderAndRefusesTooMany) {
  std::string many = "{\"a\":1}\n{";
  for (int i = 0; i < 5000; ++i) many += (i == 0 ? "" : ",") + fmt::format("\"k{}\":1", i);
  EXPECT_EQ(read(many + "}\n", "t.jsonl"), "refused: the file has more than 4096 columns\n");
}

TEST(JsonLines, SurvivesALongLineAndDeepNesting) {
  const std::string long_line = "{\"a\":\"" + std::string(10U << 20, 'x') + "\"}\n";
  EXPECT_EQ(read(long_line + "{\"a\":1}\n", "t.jsonl"),
            "[a]\n1:0! a cell is longer than 1 MiB\n2: 1\n");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
  EXPECT_EQ(read("{\"b\":1}\n" + deep + "\n", "t.jsonl"),
            "[b]\n1: 1\n2:0! the line is not valid JSON\n");
}

TEST(JsonLines, GoesOnBehindManyBlankLines) {
  EXPECT_EQ(read("{\"a\":1}\n" + std::string(20U << 20, '\n') + "{\"a\":2}", "t.jsonl"),
            "[a]\n1: 1\n20971522: 2\n");
  EXPECT_EQ(read("a\n1\n" + std::string(20U << 20, '\n') + "2", "t.csv"),
            "[a]\n2: 1\n20971523: 2\n");
}

TEST(JsonLines, ReadsOnlyWhatIsNewInAGrownFile) {
  const std::string old = "{\"a\":1}\n{\"a\":2}\n";
  auto source = open_source(Content::of(old, "t.jsonl"));
  Batch batch;
  ASSERT_TRUE(bool((*source)->next(batch)));
  auto again = open_source(Content::of(old + "{\"b\":3}\n", "t.jsonl"), {.after = batch.end});
  EXPECT_EQ(rows_of(**again), "3: |3\n");
  auto rewritten =
      open_source(Content::of("{\"a\":7}\n{\"a\":2}\n", "t.jsonl"), {.after = batch.end});
  EXPECT_TRUE((*rewritten)->facts().rewritten);
}

TEST(Source, RefusesWhatIsNoTable) {
  EXPECT_EQ(
      read(std::string("\x7f"
                       "ELF\0\0",
                       6),
           "t.bin"),
      "refused: the file is in no format that can be read: CSV, TSV, JSON lines, Parquet, XLSX, "
      "XES\n");
}

}  // namespace
}  // namespace xinjing::sources
