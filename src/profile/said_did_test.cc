#include "profile/said_did.h"

#include <gtest/gtest.h>

namespace xinjing::profile {
namespace {

using behaviour::Measure;

constexpr Day kToday{20'000};

evidence::Card card_of(const char* id, evidence::Measure measure,
                       std::vector<std::pair<const char*, double>> states) {
  evidence::Card card;
  card.id = id, card.measure = measure, card.half_life_days = 365;
  card.minimum_nats = 0.5, card.minimum_episodes = 1, card.minimum_probability = 0.5;
  for (const auto& [name, prior] : states) {
    evidence::CardState state;
    state.id = name, state.prior = prior;
    card.states.push_back(state);
  }
  return card;
}

evidence::Catalogue cards() {
  using enum evidence::Measure;
  return std::move(*evidence::Catalogue::of(
      {card_of("bond", kTypology, {{"loyal", 0.1}, {"neutral", 0.8}, {"waver", 0.1}}),
       card_of("motive", kShare, {{"solve", 0.5}, {"vent", 0.3}}),
       card_of("preference", kTypology, {{"value", 0.3}, {"brand", 0.2}, {"none", 0.5}})}));
}

constexpr std::string_view kRules =
    "id\tsaid\tat_least\tdid\tsense\tbound\tleast\tzh\ten\n"
    "brand_discount\tpreference:brand\t0.5\tdiscount_share\tover\t0.7\t5\t说牌子\tsays brand\n"
    "threat_stays\tbond:waver\t0.5\torders_risen\t-\t0.8\t4\t说要走\tsays leaves\n"
    "quiet_gone\tnot motive:vent\t0.6\tsilent\t-\t0.95\t6\t没抱怨\tnever complained\n";

class SaidAndDid : public testing::Test {
 protected:
  SaidAndDid() : x_cards(cards()), x_rules(*parse_said_did(kRules, "said_did.tsv", x_cards)) {}

  /// One conversation that looks at all constructs and shows a state.
  void say(const char* construct, const char* state, std::int64_t micro_nats, int days_ago) {
    const Day day{kToday.number - days_ago};
    for (std::uint16_t c = 0; c < x_cards.size(); ++c) {
      x_words.add({c, evidence::kExposure, day}, 0, 1);
    }
    const std::uint16_t c = *x_cards.number(construct);
    x_words.add({c, *x_cards[c].find_state(state), day}, micro_nats, 1);
  }

  void buy(std::initializer_list<int> days_ago) {
    for (const int ago : days_ago) x_doings.orders.push_back({kToday.number - ago});
  }

  std::vector<std::string> found() const {
    std::vector<std::string> out;
    for (const SaidDid& one : said_and_did(x_rules, x_cards, x_words, x_doings, kToday)) {
      out.push_back(one.rule_id);
      EXPECT_GE(one.p, kLeastTogether);
      EXPECT_NEAR(one.p, one.said_p * one.did_p, 1e-12);
    }
    return out;
  }

  evidence::Catalogue x_cards;
  std::vector<SaidDidRule> x_rules;
  evidence::Tally x_words;
  Doings x_doings;
};

using Ids = std::vector<std::string>;

TEST_F(SaidAndDid, FindWordsOfTheBrandBesideDiscounts) {
  say("preference", "brand", 3'000'000, 30);
  x_doings.preferences = {{Measure::kDiscountShare, {1, 0.8, 1, 14}, 0}};
  EXPECT_EQ(found(), Ids{"brand_discount"});
  x_doings.preferences = {{Measure::kDiscountShare, {0.3, 0.1, 0.6, 14}, 0}};
  EXPECT_EQ(found(), Ids{}) << "few discounts";
  x_doings.preferences = {{Measure::kDiscountShare, {1, 0.5, 1, 4}, 0}};
  EXPECT_EQ(found(), Ids{}) << "too few orders";
}

TEST_F(SaidAndDid, SayNothingOfThoseWhoSaidNothing) {
  x_doings.preferences = {{Measure::kDiscountShare, {1, 0.8, 1, 14}, 0}};
  EXPECT_EQ(found(), Ids{});
  say("bond", "neutral", 100'000, 30);
  EXPECT_EQ(found(), Ids{});
}

TEST_F(SaidAndDid, FindWhoThreatensToLeaveAndBuysMore) {
  say("bond", "waver", 4'000'000, 100);
  buy({300, 200, 90, 70, 50, 30, 10, 5});
  EXPECT_EQ(found(), Ids{"threat_stays"});
  x_doings.orders.clear();
  buy({300, 290, 250, 200, 150, 120, 50});
  EXPECT_EQ(found(), Ids{}) << "fewer than before";
}

TEST_F(SaidAndDid, FindWhoNeverComplainedAndFellSilent) {
  say("motive", "solve", 1'000'000, 200);
  say("motive", "solve", 1'000'000, 190);
  x_doings.active_days = 10;
  x_doings.first_active = Day{kToday.number - 300};
  x_doings.last_active = Day{kToday.number - 150};
  EXPECT_EQ(found(), Ids{"quiet_gone"});
  x_doings.last_active = Day{kToday.number - 5};
  EXPECT_EQ(found(), Ids{}) << "heard of last week";
  x_doings.last_active = Day{kToday.number - 150};
  say("motive", "vent", 1'000'000, 180);
  EXPECT_EQ(found(), Ids{}) << "did complain";
}

TEST(ParseSaidDid, RefusesWhatIsNotSo) {
  const evidence::Catalogue all = cards();
  const std::string head = "id\tsaid\tat_least\tdid\tsense\tbound\tleast\tzh\ten\n";
  for (const char* row : {"a\tmood:good\t0.5\tsilent\t-\t0.9\t5\tx\ty\n",
                          "a\tbond:gone\t0.5\tsilent\t-\t0.9\t5\tx\ty\n",
                          "a\tbond:loyal\t2\tsilent\t-\t0.9\t5\tx\ty\n",
                          "a\tbond:loyal\t0.5\tsings\t-\t0.9\t5\tx\ty\n",
                          "a\tbond:loyal\t0.5\tsilent\tover\t0.9\t5\tx\ty\n",
                          "a\tbond:loyal\t0.5\tvariety\tnear\t0.9\t5\tx\ty\n",
                          "a\tbond:loyal\t0.5\tsilent\t-\t0.9\t0\tx\ty\n",
                          "a\tbond:loyal\t0.5\tsilent\t-\t0.9\t5\t\ty\n",
                          "a\tbond:loyal\t0.5\tsilent\t-\t0.9\t5\tx\ty\na\tbond:loyal\t0."
                          "5\tsilent\t-\t0.9\t5\tx\ty\n"}) {
    EXPECT_FALSE(parse_said_did(head + row, "said_did.tsv", all)) << row;
  }
}

}  // namespace
}  // namespace xinjing::profile
