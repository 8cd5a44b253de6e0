#include "report/event_log_writer.h"

#include <gtest/gtest.h>

#include "ingest/reader.h"

namespace xinjing::report {
namespace {

constexpr int kZone = 480;

std::vector<LoggedStep> some_steps() {
  const std::int64_t at = 1'772'500'000'123;
  return {{.id = "t1",
           .case_id = "案<1>",
           .customer = "C1",
           .channel = "hall",
           .activity = "取号",
           .resource = "机 \"A\"",
           .status = "",
           .started = {at},
           .ended = Instant{at + 5000}},
          {.id = "t2",
           .case_id = "案<1>",
           .customer = "C1",
           .channel = "hall",
           .activity = "a, b & c",
           .resource = "",
           .status = "",
           .started = {at + 1000},
           .ended = Instant{at + 1000}},
          {.id = "t3",
           .case_id = "案<1>",
           .customer = "C1",
           .channel = "",
           .activity = "取号",
           .resource = "小王",
           .status = "",
           .started = {at + 2000},
           .ended = Instant{at + 3000}},
          {.id = "t4",
           .case_id = "2",
           .customer = "",
           .channel = "",
           .activity = "取号",
           .resource = "",
           .status = "schedule",
           .started = {at},
           .ended = {}}};
}

/// What the program reads from such a file: the cells of each row but its id.
std::string read_again(std::string bytes, const std::string& name) {
  auto reader = ingest::Reader::open(sources::Content::of(std::move(bytes), name), {.threads = 1});
  EXPECT_TRUE(reader) << (reader ? "" : reader.error().said.en);
  if (!reader) return "";
  std::string out;
  while (true) {
    auto block = reader->next();
    EXPECT_TRUE(block);
    if (!block || !*block) return out;
    EXPECT_EQ((*block)->counts.rejected, 0);
    for (const ingest::Row& row : (*block)->rows) {
      for (std::size_t i = 1; i < row.cells.size(); ++i) {
        const ingest::Cell& cell = row.cells[i];
        if (const auto* text = std::get_if<std::string>(&cell)) out += *text;
        if (const auto* number = std::get_if<std::int64_t>(&cell)) out += std::to_string(*number);
        out += '|';
      }
      out += '\n';
    }
  }
}

std::string xes_of(const std::vector<LoggedStep>& steps) {
  std::string out;
  XesWriter writer(out, kZone);
  writer.begin();
  for (const LoggedStep& step : steps) writer.add(step);
  writer.end();
  return out;
}

std::string csv_of(const std::vector<LoggedStep>& steps, bool raw) {
  std::string out = csv_header();
  for (const LoggedStep& step : steps) out += csv_row(step, kZone, raw);
  return out;
}

TEST(EventLogWriter, WritesXesAndCsvThatAreReadAgainAsTheSameSteps) {
  const std::string from_xes = read_again(xes_of(some_steps()), "log.xes");
  EXPECT_EQ(from_xes, read_again(csv_of(some_steps(), true), "touchpoints.csv"));
  EXPECT_EQ(from_xes,
            "案<1>|C1||hall|取号|1772500000123|1772500005123|机 \"A\"|||\n"
            "案<1>|C1||hall|a, b & c|1772500001123|1772500001123||||\n"
            "案<1>|C1|||取号|1772500002123|1772500003123|小王|||\n"
            "2||||取号|1772500000123|||schedule||\n");
}

TEST(EventLogWriter, MakesFormulasHarmlessUnlessAskedNotTo) {
  LoggedStep step{.id = "1",
                  .case_id = "=1+1",
                  .customer = "",
                  .channel = "",
                  .activity = "＋x",
                  .resource = "a\"b",
                  .status = "",
                  .started = {0},
                  .ended = {}};
  EXPECT_EQ(csv_row(step, 0, false), "1,'=1+1,,,'＋x,1970-01-01T00:00:00+00:00,,\"a\"\"b\",\n");
  EXPECT_EQ(csv_row(step, 0, true), "1,=1+1,,,＋x,1970-01-01T00:00:00+00:00,,\"a\"\"b\",\n");
}

TEST(EventLogWriter, HoldsNoCharacterThatXmlForbids) {
  const std::string xml = xes_of({{.id = "",
                                   .case_id = "a\x01"
                                              "b\nc",
                                   .customer = "",
                                   .channel = "",
                                   .activity = "x",
                                   .resource = "",
                                   .status = "",
                                   .started = {0},
                                   .ended = {}}});
  EXPECT_NE(xml.find("value=\"a\ufffd"
                     "b&#10;c\""),
            std::string::npos)
      << xml;
}

}  // namespace
}  // namespace xinjing::report
