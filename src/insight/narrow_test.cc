#include "insight/narrow.h"

#include <gtest/gtest.h>

#include <cmath>

namespace xinjing::insight {
namespace {

using evidence::Use;

/// Every construct of a report with the uses `allowed` by those named, and by no other.
evidence::Catalogue cards_allowing(const std::vector<std::string>& constructs) {
  std::vector<evidence::Card> cards;
  for (const std::string_view id : constructs_of({})) {
    evidence::Card card;
    card.id = id;
    card.use.reason = {"why", "原因"};
    const bool may = std::find(constructs.begin(), constructs.end(), id) != constructs.end();
    (may ? card.use.allowed : card.use.forbidden).push_back(Use::kPriority);
    cards.push_back(std::move(card));
  }
  return *evidence::Catalogue::of(std::move(cards));
}

ReportData full() {
  ReportData data;
  data.satisfaction_words = {{}}, data.satisfaction_ratings = {{}};
  data.satisfaction = {0.1, 0, 0.2}, data.deflects = {0.1, 0, 0.2};
  data.emotion = {{}}, data.curves = {{}}, data.calming = {{}}, data.volume = {{}};
  data.emotions = data.motives = data.needs = data.drivers = data.stages = {{}};
  data.needs[0].bad = {0.5, 0.4, 0.6};
  data.lowest_unmet = "safety";
  data.offered = {{}}, data.expectations = {{}}, data.waits = {{}};
  data.promises.made = 3, data.promises.kept_effect.n = 2;
  data.waver = data.escalate = data.vulnerable = data.advocate = data.won_back = {{}};
  for (const char* dimension : {"listening", "deflects"}) {
    data.conduct.push_back({});
    data.conduct.back().dimension = dimension;
  }
  data.conduct_by_channel.push_back({.channel = "chat", .n = 1, .means = {{"listening", 1.0}}});
  for (const char* what : {"wait", "volume", "emotion:anger", "unmet:PRI", "broken", "rating"}) {
    data.events.push_back(
        {.aspects = {"PRI"}, .also = {"channel:weibo", "emotion:anger"}, .what = what});
  }
  return data;
}

std::vector<std::string> events_of(const ReportData& data) {
  std::vector<std::string> out;
  for (const Event& event : data.events) out.push_back(event.what);
  return out;
}

TEST(Narrow, LeavesOnlyWhatTheLedgerSaysWhereOnlyItIsAllowed) {
  const evidence::Catalogue cards = cards_allowing({"expectation"});
  ReportData data = full();
  narrow(data, evidence::Permit(cards, Use::kPriority));
  EXPECT_EQ(data.promises.made, 3);
  EXPECT_EQ(data.promises.kept_effect.n, 0) << "it is a change of satisfaction";
  ASSERT_EQ(data.expectations.size(), 1U);
  EXPECT_TRUE(std::isnan(data.expectations[0].importance.value));
  EXPECT_TRUE(std::isnan(data.satisfaction.value) && std::isnan(data.deflects.value));
  EXPECT_TRUE(data.satisfaction_words.empty() && data.satisfaction_ratings.empty());
  EXPECT_TRUE(data.emotion.empty() && data.curves.empty() && data.calming.empty());
  EXPECT_TRUE(data.motives.empty() && data.needs.empty() && data.offered.empty());
  EXPECT_TRUE(data.waver.empty() && data.escalate.empty() && data.advocate.empty());
  EXPECT_FALSE(data.people_totals.contains("waver")) << "nobody says that there is nobody";
  EXPECT_TRUE(data.conduct.empty() && data.conduct_by_channel.empty());
  EXPECT_EQ(events_of(data), std::vector<std::string>{"wait"});
  EXPECT_TRUE(data.events[0].aspects.empty());
  EXPECT_EQ(data.events[0].also, std::vector<std::string>{"channel:weibo"});
  EXPECT_EQ(data.volume.size() + data.waits.size(), 2U) << "counts of contacts and waits stay";
  EXPECT_EQ(data.withheld.size(), cards.size() - 1);
}

TEST(Narrow, ChangesNothingWhereAllIsAllowed) {
  std::vector<std::string> all;
  for (const std::string_view id : constructs_of({})) all.emplace_back(id);
  const evidence::Catalogue cards = cards_allowing(all);
  ReportData data = full();
  narrow(data, evidence::Permit(cards, Use::kPriority));
  EXPECT_TRUE(data.withheld.empty());
  EXPECT_EQ(events_of(data), events_of(full()));
  EXPECT_EQ(data.conduct.size(), 2U);
  EXPECT_EQ(data.lowest_unmet, "safety");
  EXPECT_EQ(data.waver.size() + data.curves.size() + data.offered.size(), 3U);
}

TEST(Narrow, KeepsTheDimensionsOfConductThatAreAllowed) {
  const evidence::Catalogue cards = cards_allowing({"listening"});
  ReportData data = full();
  narrow(data, evidence::Permit(cards, Use::kPriority));
  ASSERT_EQ(data.conduct.size(), 1U);
  EXPECT_EQ(data.conduct[0].dimension, "listening");
  ASSERT_EQ(data.conduct_by_channel.size(), 1U);
  EXPECT_TRUE(std::isnan(data.conduct_by_channel[0].deflects));
}

TEST(Narrow, KeepsThePromisesOfAnEventThatIsNotOfConduct) {
  ReportData data;
  data.events.push_back({.what = "unmet_of_told", .well = 9, .ill = 7});
  data.events.push_back({.what = "unmet_of_told", .day_of = "feeling"});
  data.people_totals = {{"waver", 3}, {"vulnerable", 4}};
  const evidence::Catalogue cards = cards_allowing({"expectation", "satisfaction", "difficult"});
  narrow(data, evidence::Permit(cards, Use::kPriority));
  ASSERT_EQ(data.events.size(), 1U) << "feeling gave the day of the second";
  EXPECT_EQ(data.events[0].well, 9) << "promises, not talks that were handled well";
  EXPECT_FALSE(data.people_totals.contains("waver"));
  EXPECT_EQ(data.people_totals.at("vulnerable"), 4);
}

}  // namespace
}  // namespace xinjing::insight
