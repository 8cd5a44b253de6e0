#include "evidence/card.h"

#include <gtest/gtest.h>

#include <string>

#include "evidence/figures.h"

namespace xinjing::evidence {
namespace {

constexpr std::string_view kCard = R"(id = "mood"
version = 3
label = { zh = "心情", en = "Mood" }
definition = { zh = "一句话的心情", en = "The mood of a message" }
level = "utterance"
measure = "typology"
subject = "customer"
grade = "measured"
head = ""
half_life_days = 30
minimum_nats = 0.8
minimum_episodes = 1
minimum_probability = 0.4
cap_nats = 3.0
sensitivity = "medium"
theory = "none"
references = ["A book", "A paper"]
licence = "Apache-2.0"

[[state]]
id = "good"
label = { zh = "好", en = "Good" }
definition = { zh = "高兴", en = "Pleased" }
prior = 0.4
valence = 1

[[state]]
id = "bad"
label = { zh = "坏", en = "Bad" }
definition = { zh = "不高兴", en = "Not pleased" }
prior = 0.6

[use]
allowed = ["service", "research"]
forbidden = ["price"]
reason = { zh = "心情会变", en = "moods pass" }

[[validity]]
kind = "agreement"
dataset = "calls"
split = "dev"
n = 50
measure = "kappa"
value = 0.7
low = 0.61
high = 0.78
by = "two readers"

[[example]]
lang = "zh"
text = "真好"
state = "good"
)";

Result<Card> read(std::string_view from = {}, std::string_view to = {}) {
  std::string text(kCard);
  if (!from.empty()) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, text.npos) << from;
    text.replace(at, from.size(), to);
  }
  return parse_card(text, "mood/card.toml");
}

std::string refusal(std::string_view from, std::string_view to) {
  const Result<Card> card = read(from, to);
  return card ? "read" : card.error().message(Lang::kEn);
}

TEST(Card, IsReadWithAllItsFields) {
  const Result<Card> card = read();
  ASSERT_TRUE(card) << card.error().message(Lang::kEn);
  EXPECT_EQ(card->id, "mood");
  EXPECT_EQ(card->version, 3);
  EXPECT_EQ(card->label, (Said{.en = "Mood", .zh = "心情"}));
  EXPECT_EQ(card->level, Level::kUtterance);
  EXPECT_EQ(card->measure, Measure::kTypology);
  EXPECT_EQ(card->grade, Grade::kMeasured);
  EXPECT_EQ(card->sensitivity, Sensitivity::kMedium);
  EXPECT_EQ(card->half_life_days, 30);
  EXPECT_EQ(card->references.size(), 2U);
  ASSERT_EQ(card->states.size(), 2U);
  EXPECT_EQ(card->states[0].valence, 1);
  EXPECT_EQ(card->states[1].valence, std::nullopt);
  EXPECT_EQ(card->find_state("bad"), 1);
  EXPECT_EQ(card->find_state("worse"), std::nullopt);
  EXPECT_EQ(card->use.allowed, (std::vector{Use::kService, Use::kResearch}));
  EXPECT_EQ(card->validity->value, 0.7);
  const Result<CardFigures> figures = parse_figures(kCard, "mood/card.toml");
  ASSERT_TRUE(figures && figures->figures.size() == 1U);
  EXPECT_EQ(figure_text(figures->figures[0]), "kappa 0.70 (0.61 to 0.78), n 50, calls dev");
  EXPECT_EQ(figures->find(FigureKind::kAgreement), &figures->figures[0]);
  EXPECT_EQ(figures->find(FigureKind::kAccuracy), nullptr);
  ASSERT_EQ(card->examples.size(), 1U);
  EXPECT_EQ(card->examples[0].text, "真好");
}

TEST(Card, MayLackValidityAndExamples) {
  const std::size_t from = kCard.find("[[validity]]");
  EXPECT_EQ(refusal(kCard.substr(from, kCard.find("[[example]]") - from), ""), "read");
  EXPECT_EQ(refusal("[[example]]\nlang = \"zh\"\ntext = \"真好\"\nstate = \"good\"\n", ""), "read");
}

TEST(Card, IsRefusedForAFigureThatIsNone) {
  EXPECT_EQ(refusal("kind = \"agreement\"", "kind = \"hearsay\""),
            "'kind' is 'hearsay', not one of agreement, accuracy, reliability "
            "(mood/card.toml:39:8)");
  EXPECT_EQ(refusal("low = 0.61", "low = 0.71"),
            "'low' is 0.71, not between -1 and 0.7 (mood/card.toml:45:7)");
  EXPECT_EQ(refusal("high = 0.78\n", ""), "the key 'high' is missing (mood/card.toml:38:1)");
  EXPECT_EQ(refusal("n = 50\n", ""), "the key 'n' is missing (mood/card.toml:38:1)");
}

TEST(Card, IsRefusedForAMissingUnknownOrMistypedKey) {
  EXPECT_EQ(refusal("theory = \"none\"\n", ""), "the key 'theory' is missing (mood/card.toml:1:1)");
  EXPECT_EQ(refusal("theory", "theories"),
            "'theories' is not a key of a card (mood/card.toml:16:12)");
  EXPECT_EQ(refusal("version = 3", "version = 'three'"),
            "'version' must be a whole number (mood/card.toml:2:11)");
  EXPECT_EQ(refusal("version = 3", "version = 2.5"),
            "'version' must be a whole number (mood/card.toml:2:11)");
  EXPECT_EQ(refusal("\"A paper\"", "4"),
            "'references' must be a list of texts (mood/card.toml:17:14)");
  EXPECT_EQ(refusal("label = { zh = \"心情\", en = \"Mood\" }", "label = \"Mood\""),
            "'label' must be a pair {zh, en} (mood/card.toml:3:9)");
  EXPECT_EQ(refusal("{ zh = \"心情\", en", "{ en"), "the key 'zh' is missing (mood/card.toml:3:9)");
  EXPECT_EQ(refusal("zh = \"好\"", "zh = \"\""), "'zh' is empty (mood/card.toml:22:16)");
}

TEST(Card, ASequenceSaysWhatFollowsWhat) {
  EXPECT_EQ(refusal("measure = \"typology\"", "measure = \"sequence\""),
            "'next' stands in every state of a sequence and in no other (mood/card.toml:20:1)");
  EXPECT_EQ(refusal("valence = 1", "valence = 1\nnext = { glad = 1.0 }"),
            "'next' stands in every state of a sequence and in no other (mood/card.toml:26:8)");
}

TEST(Card, IsRefusedForAValueOutOfRange) {
  EXPECT_EQ(refusal("measure = \"typology\"", "measure = \"guess\""),
            "'measure' is 'guess', not one of typology, share, rate, trait, ledger, several, "
            "sequence (mood/card.toml:6:11)");
  EXPECT_EQ(refusal("half_life_days = 30", "half_life_days = 0"),
            "'half_life_days' is 0, not between 0.01 and 100000 (mood/card.toml:10:18)");
  EXPECT_EQ(refusal("cap_nats = 3.0", "cap_nats = nan"),
            "'cap_nats' is nan, not between 0.01 and 20 (mood/card.toml:14:12)");
  EXPECT_EQ(refusal("prior = 0.4", "prior = 0.2"),
            "the priors sum to 0.800, not to 1 (mood/card.toml:20:1)");
  EXPECT_EQ(refusal("id = \"bad\"", "id = \"good\""),
            "the state 'good' stands twice (mood/card.toml:20:1)");
  EXPECT_EQ(refusal("id = \"mood\"", "id = \"My mood\""),
            "'id' is an id of letters, digits and _ (mood/card.toml:1:6)");
  EXPECT_EQ(refusal("valence = 1", "valence = 4"),
            "'valence' is 4, not between -1 and 1 (mood/card.toml:25:11)");
  EXPECT_EQ(refusal("state = \"good\"", "state = \"best\""),
            "the card has no state 'best' (mood/card.toml:52:9)");
}

TEST(Card, IsRefusedForRulesOfUseThatCannotStand) {
  EXPECT_EQ(refusal("\"research\"", "\"spying\""),
            "'spying' is no known use, or stands twice (mood/card.toml:34:11)");
  EXPECT_EQ(refusal("\"research\"", "\"price\""),
            "'price' is both allowed and forbidden (mood/card.toml:35:13)");
  EXPECT_EQ(refusal("\"research\"", "\"staff_scoring\""),
            "no card may allow 'staff_scoring' (mood/card.toml:33:1)");
}

TEST(Card, SaysItsFaultsInChineseToo) {
  const Result<Card> card = read("cap_nats = 3.0", "cap_nats = 30");
  ASSERT_FALSE(card);
  EXPECT_EQ(card.error().message(Lang::kZh),
            "“cap_nats”为 30，应在 0.01 到 20 之间 (mood/card.toml:14:12)");
}

TEST(Card, IsRefusedWhenItIsNotTomlOrNotUtf8) {
  EXPECT_FALSE(parse_card("id = ", "x"));
  EXPECT_FALSE(parse_card("id = \"\xff\"", "x"));
  EXPECT_FALSE(parse_card("", "x"));
}

TEST(Catalogue, NumbersCardsByTheOrderOfTheirIds) {
  const auto named = [](std::string id) {
    Card card;
    card.id = std::move(id);
    return card;
  };
  const Result<Catalogue> catalogue =
      Catalogue::of({named("stage"), named("act"), named("motive")});
  ASSERT_TRUE(catalogue);
  EXPECT_EQ(catalogue->number("act"), 0);
  EXPECT_EQ(catalogue->number("stage"), 2);
  EXPECT_EQ(catalogue->number("colour"), std::nullopt);
  EXPECT_EQ(catalogue->find("motive")->id, "motive");
  EXPECT_EQ(catalogue->find("colour"), nullptr);
  EXPECT_FALSE(Catalogue::of({named("act"), named("act")}));
}

TEST(Use, IsAllowedForbiddenWithTheReasonOrRefusedWhenUnlisted) {
  const Result<Card> card = read();
  ASSERT_TRUE(card);
  EXPECT_TRUE(allowed(*card, Use::kService));
  const Status price = allowed(*card, "price");
  ASSERT_FALSE(price);
  EXPECT_EQ(price.error().code, ErrorCode::kRefused);
  EXPECT_EQ(price.error().said.en, "'Mood' may not be used for setting a price: moods pass");
  EXPECT_EQ(price.error().said.zh, "“心情”不得用于定价：心情会变");
  const Status unlisted = allowed(*card, Use::kPriority);
  ASSERT_FALSE(unlisted);
  EXPECT_EQ(unlisted.error().code, ErrorCode::kRefused);
  EXPECT_EQ(allowed(*card, "fun").error().said.en, "'fun' is not a known use");
}

TEST(Use, HasAnIdAndALabelForEach) {
  for (std::size_t i = 0; i < kUseIds.size(); ++i) {
    const auto use = static_cast<Use>(i);
    EXPECT_EQ(use_from(use_id(use)), use);
    EXPECT_FALSE(use_label(use).zh.empty());
  }
}

}  // namespace
}  // namespace xinjing::evidence
