#include "ingest/inspection.h"

#include <gtest/gtest.h>

#include "base/format.h"

namespace xinjing::ingest {
namespace {

Inspection look(std::string bytes, std::string name, const Mapping& mapping = {},
                std::int64_t rows = 100) {
  Result<Inspection> out =
      inspect(sources::Content::of(std::move(bytes), std::move(name)), mapping, rows);
  EXPECT_TRUE(bool(out));
  return *out;
}

TEST(Inspection, ShowsWhatWasRecognisedAndNoValue) {
  const Inspection out = look(
      "\ufeff客户编号;时间;说话人;内容;热度\n"
      "C1;2026-03-05;客户;你好;1.5\nC2;昨天;客服;;2\nC2;2026-03-06;客服;您好;\n",
      "聊天.csv");
  EXPECT_EQ(out.table, "messages");
  EXPECT_FALSE(out.refused.has_value());
  EXPECT_EQ(out.facts.delimiter, ';');
  EXPECT_EQ(out.facts.encoding, sources::Encoding::kUtf8Bom);
  std::string columns;
  for (const ColumnFacts& column : out.columns) {
    columns += fmt::format("{}>{} {} {}/{}; ", column.header, column.field,
                           shape_label(column.shape).en, column.filled, column.distinct);
  }
  EXPECT_EQ(columns,
            "客户编号>customer text 3/2; 时间>time text 3/3; 说话人>speaker text 3/2; 内容>text "
            "text 2/2; "
            "热度> number 2/2; ");
  EXPECT_EQ(out.counts.rows_in, 3);
  EXPECT_EQ(out.counts.kept, 2);
  ASSERT_EQ(out.problems.size(), 1U);
  EXPECT_EQ(out.problems[0].reason.en, "time: not a time");
  EXPECT_EQ(out.problems[0].reason.zh, "time：不是时间");
  EXPECT_TRUE(out.whole);
}

TEST(Inspection, SaysWhyNoTableFitsAndStillShowsTheColumns) {
  const Inspection out = look("foo,bar\n1,2026-03-05\n", "x.csv");
  EXPECT_EQ(out.table, "");
  ASSERT_TRUE(out.refused.has_value());
  EXPECT_EQ(out.columns[1].shape, Shape::kTime);
  EXPECT_EQ(out.columns[0].shape, Shape::kInteger);
}

TEST(Inspection, SaysThatTheRowOfNamesIsMissingAndShowsNoValueOfIt) {
  const std::string bytes = "\nM000001,C1001,2026-03-05 09:12,customer,你好\n";
  const Inspection out = look(bytes, "shop/chat.csv");
  ASSERT_TRUE(out.refused.has_value());
  EXPECT_EQ(out.refused->place, "shop/chat.csv:2");
  EXPECT_TRUE(out.refused->said.en.starts_with("this row looks like data, not like a header"));
  EXPECT_TRUE(out.refused->said.zh.starts_with("这一行像是数据而不是表头"));
  ASSERT_EQ(out.columns.size(), 5U);
  EXPECT_EQ(out.columns[1].header, "#2");
}

TEST(Inspection, TakesTheNamesOfColumnsFromTheMappingFile) {
  const Mapping mapping = *Mapping::parse(R"([[file]]
match = "chat.csv"
header = ["消息编号", "客户编号", "时间", "说话人", "内容"])",
                                          "m");
  const Inspection out =
      look("M1,C1001,2026-03-05 09:12,customer,你好\nM2,C1001,2026-03-05 09:13,agent,您好\n",
           "chat.csv", mapping);
  EXPECT_EQ(out.table, "messages");
  EXPECT_EQ(out.counts.kept, 2) << "the first row is data as well";
  EXPECT_FALSE(Mapping::parse("[[file]]\nmatch = \"*\"\nheader = \"a,b\"", "m"));
}

TEST(Inspection, StopsAfterTheRowsItWasAskedFor) {
  std::string bytes = "text\n";
  for (int i = 0; i < 50; ++i) bytes += "x\n";
  const Inspection out = look(bytes, "reviews.csv", {}, 10);
  EXPECT_EQ(out.counts.rows_in, 10);
  EXPECT_FALSE(out.whole);
}

TEST(Inspection, FollowsTheMappingFile) {
  const Mapping mapping = *Mapping::parse(R"([[file]]
match = "x.csv"
table = "messages"
[file.columns]
foo = "text"
[file.constants]
channel = "weibo")",
                                          "m");
  const Inspection out = look("foo,bar\na,b\n", "x.csv", mapping);
  EXPECT_EQ(out.table, "messages");
  EXPECT_EQ(out.columns[0].field, "text");
  EXPECT_EQ(out.constants, (std::vector<std::string>{"channel"}));
}

}  // namespace
}  // namespace xinjing::ingest
