#include "report/report_sentences.h"

#include <gtest/gtest.h>

#include "report/claims.h"

namespace xinjing::report {
namespace {

using insight::ReportData;

evidence::Catalogue no_cards() { return std::move(*evidence::Catalogue::of({})); }

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

ReportData failing(const std::string& day_of) {
  ReportData data;
  data.to = {20'200};
  data.events.push_back({.id = "x", .kind = "shift", .from = {20'000}, .to = {20'200}});
  data.events.back().what = "unmet_of_told", data.events.back().day_of = day_of;
  return data;
}

std::string why(const ReportData& data, Lang lang) {
  const evidence::Catalogue cards = no_cards();
  const Headline headline = headline_of(data, cards, lang, false);
  return headline.changed.empty() ? ""
                                  : headline.changed.front().text + headline.changed.front().why;
}

TEST(Failed, SaysWhereItsDayComesFrom) {
  EXPECT_TRUE(has(why(failing("rating"), Lang::kZh), "打分变差以来"));
  EXPECT_TRUE(has(why(failing("rating"), Lang::kEn), "Since ratings got worse on"));
  EXPECT_TRUE(has(why(failing("feeling"), Lang::kZh), "客户情绪变差以来"));
  EXPECT_TRUE(has(why(failing("feeling"), Lang::kZh), "来自客户的情绪"));
  EXPECT_TRUE(has(why(failing("feeling"), Lang::kEn), "those of the customers' feeling"));
  EXPECT_FALSE(has(why(failing("feeling"), Lang::kEn), "first of every month"));
  EXPECT_TRUE(has(why(failing(""), Lang::kZh), "各月第一天都试过"));
  EXPECT_TRUE(has(why(failing(""), Lang::kEn), "The first of every month was tried"));
}

TEST(Failed, IsNotRatedBecauseSomeRatingChangedThatDay) {
  ReportData data = failing("");
  insight::Event rating{.id = "r", .kind = "trend", .from = {20'000}, .to = {20'200}};
  rating.what = "rating", rating.department = "东区";
  data.events.push_back(rating);
  const evidence::Catalogue cards = no_cards();
  EXPECT_FALSE(has(Sentences(data, cards, Lang::kZh).failed(data.events.front()), "打分"));
}

TEST(Customers, AreAllOnlyWhereNobodysKindIsKnown) {
  const evidence::Catalogue cards = no_cards();
  ReportData data;
  data.leavers = {{.kind = "", .leavers = 6, .stayers = 9}};
  EXPECT_TRUE(has(Sentences(data, cards, Lang::kZh).leavers(data.leavers[0]), "全部客户里"));
  EXPECT_TRUE(has(Sentences(data, cards, Lang::kEn).leavers(data.leavers[0]), "All customers"));
  data.leavers.push_back({.kind = "居民"});
  EXPECT_TRUE(
      has(Sentences(data, cards, Lang::kZh).leavers(data.leavers[0]), "未注明类型的客户里"));
  EXPECT_EQ(Sentences(data, cards, Lang::kEn).customers(""), "Customers of no known kind");
  EXPECT_EQ(Sentences(data, cards, Lang::kZh).customers("居民"), "居民客户");
}

TEST(Leavers, SayWhatWasReadWhereItIsASample) {
  const evidence::Catalogue cards = no_cards();
  ReportData data;
  data.leavers = {{.kind = "", .leavers = 60, .talks = 90, .talks_of_stayers = 9'000, .read = 90}};
  data.leavers[0].read_of_stayers = 4'000;
  EXPECT_TRUE(has(Sentences(data, cards, Lang::kEn).leavers(data.leavers[0]),
                  "of the 9000 of the others 4000"));
  data.leavers[0].read_of_stayers = 9'000;
  EXPECT_FALSE(has(Sentences(data, cards, Lang::kEn).leavers(data.leavers[0]), "were read"));
}

TEST(Ratings, StandFirstAndSentencesBeginWithACapital) {
  ReportData data;
  data.to = {20'200};
  data.events.push_back({.id = "f", .kind = "trend", .from = {20'000}, .to = {20'200}});
  data.events.back().what = "aspect:FUN", data.events.back().expected = 900;
  data.events.push_back({.id = "r", .kind = "shift", .from = {20'000}, .to = {20'200}});
  data.events.back().what = "rating", data.events.back().up = true;
  data.events.back().before = {0.5, 0.4, 0.6}, data.events.back().after = {1.0, 0.9, 1.1};
  const evidence::Catalogue cards = no_cards();
  const Headline en = headline_of(data, cards, Lang::kEn, false);
  ASSERT_EQ(en.changed.size(), 2u);
  EXPECT_TRUE(en.changed[0].text.starts_with("Ratings rose from about")) << en.changed[0].text;
  EXPECT_TRUE(en.changed[1].text.starts_with("Over the year: ")) << en.changed[1].text;
  const Headline zh = headline_of(data, cards, Lang::kZh, false);
  EXPECT_TRUE(has(zh.changed[0].text, "起升高：之前 +0.50")) << zh.changed[0].text;
}

TEST(Unmet, OfNoAspectHasNoEmptyName) {
  ReportData data;
  data.events.push_back({.id = "u", .kind = "shift", .from = {20'000}, .to = {20'200}});
  data.events.back().what = "unmet";
  const std::string said = why(data, Lang::kZh);
  EXPECT_TRUE(has(said, "期望落空的对话")) << said;
  EXPECT_FALSE(has(said, "“”")) << said;
}

}  // namespace
}  // namespace xinjing::report
