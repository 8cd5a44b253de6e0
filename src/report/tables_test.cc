#include "report/tables.h"

#include <gmock/gmock.h>

#include "base/format.h"

namespace xinjing::report {
namespace {

/// A row as a person reads it: cells joined by " | ".
std::string line(const std::vector<Cell>& cells) {
  std::string out;
  for (const Cell& cell : cells) {
    if (!out.empty()) out += " | ";
    if (const auto* text = std::get_if<std::string>(&cell)) out += *text;
    if (const auto* number = std::get_if<Number>(&cell)) out += fmt::format("{:g}", number->value);
    if (std::holds_alternative<std::monostate>(cell)) out += "-";
  }
  return out;
}

std::vector<std::string> lines_of(std::string_view json, std::string_view id, Lang lang) {
  JsonParser parser;
  const Result<JsonValue> data = parser.parse(json);
  EXPECT_TRUE(data);
  std::vector<std::string> out;
  for (const Table& table : report_tables(*data, lang)) {
    if (table.id != id) continue;
    for (const auto& row : table.rows) {
      EXPECT_EQ(row.size(), table.columns.size());
      out.push_back(line(row));
    }
  }
  return out;
}

TEST(Tables, AnIntervalTakesThreeColumns) {
  EXPECT_THAT(
      lines_of(R"({"satisfaction":{"words":[{"month":"2026-01","value":[-0.5,-0.7,-0.3],"n":31}],
                                           "ratings":[{"month":"2026-01","value":null,"n":0}]}})",
               "satisfaction", Lang::kEn),
      testing::ElementsAre("Read from conversations | 2026-01 | 31 | -0.5 | -0.7 | -0.3",
                           "Customers' own ratings | 2026-01 | 0 | - | - | -"));
}

TEST(Tables, SayStatesInTheLanguageOfTheReport) {
  const std::string_view json =
      R"({"labels":{"emotion":{"anger":"愤怒"},"aspect":{"SPD":"速度等待","PRI":"价格费用"}},
    "emotion":[{"month":"2026-03","n":9,"share":{"anger":[0.5,0.25,0.75],"joy":[0.1,0,0.2]}}],
    "events":[{"from":"2026-03-01","to":"2026-03-09","text":"x","kind":"burst","direction":"up","aspects":["SPD","PRI"],"environment":true}]})";
  EXPECT_THAT(lines_of(json, "emotion", Lang::kZh),
              testing::ElementsAre("2026-03 | 9 | 愤怒 | 0.5 | 0.25 | 0.75",
                                   "2026-03 | 9 | joy | 0.1 | 0 | 0.2"));
  EXPECT_THAT(
      lines_of(json, "events", Lang::kZh),
      testing::ElementsAre(
          "2026-03-01 | 2026-03-09 | x | 突增 | 上升 | 速度等待、价格费用 | - | - | - | - | 是"));
}

TEST(Tables, GiveNoIntervalWhereTheReadersErrorIsNotKnown) {
  const std::string_view json =
      R"({"motives":[{"state":"vent","n":9,"share":[0.1,0.05,0.2],"errorKnown":true}],
    "drivers":[{"state":"value","n":4,"share":[0.1,0.05,0.2],"errorKnown":false}]})";
  EXPECT_THAT(
      lines_of(json, "motives", Lang::kEn),
      testing::ElementsAre("vent | 9 | 0.1 | 0.05 | 0.2 | corrected for the reader's error"));
  EXPECT_THAT(lines_of(json, "drivers", Lang::kZh),
              testing::ElementsAre("value | 4 | 0.1 | - | - | 按读出的数；读错多少，这里不知道"));
}

TEST(Tables, TellWhatComplaintsWereOfferedARowEach) {
  const std::string_view json =
      R"({"wanted":{"rows":[{"motive":"redress","label":"Redress","n":9,"offers":[
    {"label":"an apology","n":4,"mean":-0.5,"withoutN":5,"without":-1},
    {"label":"none of these","n":0,"mean":null,"withoutN":9,"without":-0.8}]}]}})";
  EXPECT_THAT(lines_of(json, "wanted", Lang::kEn),
              testing::ElementsAre("Redress | 9 | an apology | 4 | -0.5 | 5 | -1",
                                   "Redress | 9 | none of these | 0 | - | 9 | -0.8"));
}

TEST(Tables, SpreadMonthsAndStatesOverRows) {
  EXPECT_THAT(
      lines_of(
          R"({"conduct":{"dimensions":[{"id":"listening","label":"L","mean":[1,0.9,1.1],"levels":[0.2,0.6,0.2],"n":4,
                         "byMonth":[{"month":"2026-01","value":[1,0,2],"n":3},{"month":"2026-02","value":null,"n":0}]}]}})",
          "conduct_months", Lang::kEn),
      testing::ElementsAre("L | 2026-01 | 3 | 1 | 0 | 2", "L | 2026-02 | 0 | - | - | -"));
}

TEST(Tables, CollectEveryQuoteWithItsPlace) {
  EXPECT_THAT(
      lines_of(
          R"({"headline":{"happened":[{"id":"billing","rows":[{"conversation":"T1","who":"customer","text":"a","date":"2026-01-02"}]}]},
                         "promises":{"due":[{"customer":"C1","row":{"conversation":"T2","who":"agent","text":"b"}}]}})",
          "quotes", Lang::kEn),
      testing::ElementsAre("happened/billing | 2026-01-02 | - | - | - | customer | a | - | - | T1",
                           "promises/due/C1 | - | - | - | - | agent | b | - | - | T2"));
}

TEST(Tables, LeaveOutWhatHasNoRows) {
  JsonParser parser;
  EXPECT_TRUE(report_tables(*parser.parse(R"({"motives":[],"people":null})"), Lang::kZh).empty());
  EXPECT_TRUE(report_tables(*parser.parse("{}"), Lang::kEn).empty());
}

}  // namespace
}  // namespace xinjing::report
