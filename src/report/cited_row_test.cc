#include "report/cited_row.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace xinjing::report {
namespace {

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

evidence::Catalogue cards() {
  const auto card = [](const char* id, const char* state, Said label) {
    evidence::Card out;
    out.id = id, out.label = {id, id};
    evidence::CardState one;
    one.id = state, one.label = std::move(label), one.prior = 0.2;
    out.states.push_back(std::move(one));
    return out;
  };
  std::vector<evidence::Card> all;
  all.push_back(card("aspect", "PRI", {"Price and fees", "价格费用"}));
  all.push_back(card("emotion", "anger", {"Anger", "愤怒"}));
  all.push_back(card("motive", "redress", {"Redress", "求补偿"}));
  return std::move(*evidence::Catalogue::of(std::move(all)));
}

TEST(GistOf, SaysInTheReportsLanguageWhatWasRead) {
  const evidence::Catalogue all = cards();
  insight::CitedMessage message;
  message.text = "都三天了，退钱！";
  message.emotion = "anger", message.motives = {"redress"}, message.aspects = {"PRI"};
  message.fate = "unmet";
  EXPECT_EQ(gist_of(message, all, Lang::kEn),
            "Anger; says a promise was broken; wants: Redress; about: Price and fees");
  EXPECT_EQ(gist_of(message, all, Lang::kZh), "愤怒；说承诺落空了；想要：求补偿；谈到：价格费用");
  EXPECT_EQ(gist_of({}, all, Lang::kEn), "");
}

TEST(LangOfText, GoesByTheLetters) {
  EXPECT_EQ(lang_of_text("App 一直打不开"), Lang::kZh);
  EXPECT_EQ(lang_of_text("Please call 冯先生 back today"), Lang::kEn);
  EXPECT_EQ(lang_of_text(""), Lang::kEn);
}

TEST(RowWriter, AddsTheGistWhereTheLanguageIsAnother) {
  const evidence::Catalogue all = cards();
  insight::ReportData data = data_with("气死我了");
  data.messages[7].emotion = "anger";
  const auto written = [&](Lang lang) {
    std::string out;
    JsonWriter json(out);
    RowWriter(data, lang, false, &all).write(json, {7, {}, {}});
    return out;
  };
  EXPECT_NE(written(Lang::kEn).find("\"gist\":\"Anger\""), std::string::npos);
  EXPECT_EQ(written(Lang::kZh).find("gist"), std::string::npos);
  EXPECT_NE(written(Lang::kZh).find("\"lang\":\"zh\""), std::string::npos);
}

TEST(WithoutStaff, DropsWordsThatNameSomebody) {
  insight::ReportData data;
  data.agents = {"陈立", "Grace Lin", "坐席1"};
  insight::Event event;
  event.words = {"停电", "陈立说", "邢经理", "grace", "app"};
  data.events.push_back(event);
  EXPECT_EQ(without_staff(data).events.front().words, (std::vector<std::string>{"停电", "app"}));
}

TEST(WithoutStaff, DropsWordsThatArePartsOfCustomersNames) {
  insight::ReportData data = data_with("我是冯铁山");
  data.named = {{"费立坤", "个人"}, {"Zoe Turner", "individual"}, {"电表商行", "企业"}};
  insight::Event event;
  event.words = {"电表", "立坤", "费立", "铁山", "turner"};
  data.events.push_back(event);
  data.leavers.push_back({.kind = "", .words = {"zoe", "账单"}});
  const insight::ReportData out = without_staff(data);
  EXPECT_EQ(out.events.front().words, std::vector<std::string>{"电表"});
  EXPECT_EQ(out.leavers.front().words, std::vector<std::string>{"账单"});
}

}  // namespace
}  // namespace xinjing::report
