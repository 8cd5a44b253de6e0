#include "report/cited_row.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace xinjing::report {
namespace {

TEST(MaskedName, KeepsTheFirstLetterOfEachPart) {
  EXPECT_EQ(masked_name("冯铁山", "个人"), "冯**");
  EXPECT_EQ(masked_name("Daniel Hughes", ""), "D*** H***");
  EXPECT_EQ(masked_name("O'Brien", ""), "O*** B***");
  EXPECT_EQ(masked_name("", ""), "");
}

TEST(MaskedName, LeavesOrganisationsAlone) {
  EXPECT_EQ(masked_name("澄湖冷链有限公司", ""), "澄湖冷链有限公司");
  EXPECT_EQ(masked_name("晨光电子", "企业"), "晨光电子");
  EXPECT_EQ(masked_name("Acme Ltd", "company"), "Acme Ltd");
}

insight::ReportData data_with(const std::string& text) {
  insight::ReportData data;
  data.messages[7] = {.conversation = "k1",
                      .customer = "C1",
                      .name = "冯铁山",
                      .kind = "个人",
                      .channel = "热线",
                      .day = {20'000},
                      .text = text};
  return data;
}

std::string row_of(const insight::ReportData& data, const insight::Cite& cite, bool names) {
  std::string out;
  JsonWriter json(out);
  RowWriter(data, Lang::kZh, names).write(json, cite);
  return out;
}

TEST(RowWriter, MasksTheNameInTheTextAndMarksTheWords) {
  const insight::ReportData data = data_with("我是冯铁山，气死我了");
  const std::string row = row_of(data, {7, {18, 30}, {"anger", "愤怒"}}, false);
  JsonParser parser;
  const auto value = parser.parse(row);
  ASSERT_TRUE(value) << row;
  EXPECT_EQ(*(*value)["text"].string(), "我是冯**，气死我了");
  EXPECT_EQ(*(*value)["name"].string(), "冯**");
  EXPECT_EQ(*(*value)["note"].string(), "愤怒");
  std::vector<std::int64_t> mark;
  (*value)["mark"].each([&](JsonValue at) { mark.push_back(*at.integer()); });
  EXPECT_EQ(mark, (std::vector<std::int64_t>{6, 10})) << "characters, not bytes";
  EXPECT_NE(row_of(data, {7, {}, {}}, true).find("冯铁山"), std::string::npos);
  EXPECT_EQ(row_of(data, {8, {}, {}}, false), "null");
}

TEST(RowWriter, ShowsAtMostAHundredAndSixtyCharactersAroundTheWords) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "啊";
  text += "退钱";
  const insight::ReportData data = data_with(text);
  const std::string row = row_of(data, {7, {900, 906}, {}}, false);
  JsonParser parser;
  const auto value = parser.parse(row);
  ASSERT_TRUE(value);
  const std::string shown((*value)["text"].string().value());
  EXPECT_NE(shown.find("退钱"), std::string::npos);
  EXPECT_LE(shown.size() / 3, 160U);
}

}  // namespace
}  // namespace xinjing::report
