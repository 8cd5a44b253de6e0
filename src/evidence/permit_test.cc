#include "evidence/permit.h"

#include <gtest/gtest.h>

namespace xinjing::evidence {
namespace {

Card card_of(const std::string& id, std::vector<Use> allowed, std::vector<Use> forbidden,
             const Said& reason = {"it passes", "它会变"}) {
  Card card;
  card.id = id;
  card.label = {id + " en", id + " zh"};
  card.use = {std::move(allowed), std::move(forbidden), reason};
  return card;
}

Catalogue cards() {
  return *Catalogue::of(
      {card_of("mood", {Use::kService}, {Use::kPrice, Use::kPriority}),
       card_of("need", {Use::kService}, {Use::kPrice}, {"it ranks nobody", "不分高下"}),
       card_of("ledger", {Use::kService, Use::kPriority}, {Use::kPrice})});
}

TEST(Permit, LeavesWhatTheCardsAllowAndSaysWhyNotTheRest) {
  const Catalogue catalogue = cards();
  const Permit permit(catalogue, Use::kPriority);
  EXPECT_TRUE(permit.allows("ledger"));
  EXPECT_FALSE(permit.allows("mood"));
  EXPECT_FALSE(permit.allows("weather")) << "what no card describes";
  EXPECT_FALSE(permit.allows_all({"ledger", "need"}));
  const std::vector<Withheld> withheld = permit.withheld();
  ASSERT_EQ(withheld.size(), 2U);
  EXPECT_EQ(withheld[0].construct, "mood");
  EXPECT_EQ(withheld[0].reason.en, "it passes");
  EXPECT_EQ(withheld[1].reason.en, "the card does not list this use") << "need is silent on it";
  EXPECT_TRUE(permit.leaves_any());
}

TEST(Permit, RefusesInOneSentenceWhereNothingIsLeft) {
  const Catalogue catalogue = cards();
  constexpr std::string_view kTwo[] = {"mood", "need"};
  constexpr std::string_view kOne[] = {"mood"};
  const Permit priority(catalogue, Use::kPriority);
  EXPECT_EQ(priority.leaves_any(kOne).error().code, ErrorCode::kRefused);
  EXPECT_EQ(priority.leaves_any(kOne).error().said.en,
            "'mood en' may not be used for a place in a queue: it passes");
  EXPECT_EQ(priority.leaves_any(kTwo).error().said.zh,
            "这些内容都不得用于排队优先级；例如“mood zh”：它会变");
  EXPECT_EQ(Permit(catalogue, Use::kPrice).leaves_any().error().said.en,
            "nothing of this may be used for setting a price: what is inferred about people never "
            "sets a price, decides who gets a service, or scores staff");
}

TEST(Permit, IsWrittenAsUseAndWithheld) {
  const Catalogue catalogue = cards();
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  write_withheld(Use::kPriority, Permit(catalogue, Use::kPriority).withheld(), Lang::kZh, json);
  json.end_object();
  EXPECT_EQ(out, R"({"use":"priority","withheld":[{"construct":"mood","reason":"它会变"},)"
                 R"({"construct":"need","reason":"卡片没有列出这一用途"}]})");
}

}  // namespace
}  // namespace xinjing::evidence
