#include "learn/behaviour.h"

#include <gtest/gtest.h>

#include "learn/reading_trainer.h"

namespace xinjing::learn {
namespace {

using ingest::Speaker;

constexpr std::string_view kHeader = "id\tlang\tkind\ttext_a\ttext_b\texpect\tnote\n";

Result<std::vector<BehaviourPair>> parsed(const std::string& rows) {
  return parse_behaviour(std::string(kHeader) + rows, "pairs.tsv");
}

TEST(Behaviour, ReadsEveryFormOfCondition) {
  const auto pairs = parsed(
      "x1\tzh\tnegation\t好\t不好\ta.emotion=anger|contempt; b.need!=none; a.motive has redress; "
      "b.motive lacks vent; a.p(emotion:anger)>b.p(emotion:anger); b.satisfaction>a.satisfaction; "
      "same motive need; valid b\tnote\n");
  ASSERT_TRUE(pairs);
  ASSERT_EQ(pairs->size(), 1U);
  const auto& c = (*pairs)[0].conditions;
  ASSERT_EQ(c.size(), 8U);
  EXPECT_EQ(c[0].form, Condition::Form::kIs);
  EXPECT_EQ(c[0].words, (std::vector<std::string>{"anger", "contempt"}));
  EXPECT_EQ(c[1].form, Condition::Form::kIsNot);
  EXPECT_FALSE(c[1].first);
  EXPECT_EQ(c[2].form, Condition::Form::kHas);
  EXPECT_EQ(c[3].form, Condition::Form::kLacks);
  EXPECT_EQ(c[4].form, Condition::Form::kMoreLikely);
  EXPECT_EQ(c[4].words, (std::vector<std::string>{"anger"}));
  EXPECT_EQ(c[5].form, Condition::Form::kMore);
  EXPECT_FALSE(c[5].first);
  EXPECT_EQ(c[6].words, (std::vector<std::string>{"motive", "need"}));
  EXPECT_EQ(c[7].form, Condition::Form::kValid);
}

TEST(Behaviour, RefusesWhatIsNoConditionWithItsPlace) {
  for (const char* wrong : {"emotion=anger", "a.emotion", "a.p(emotion:anger)>b.p(emotion:joy)",
                            "a.satisfaction>b.urgency", "same ", "c.need=none", ""}) {
    const auto pairs = parsed(fmt::format("x1\tzh\tk\ta\tb\t{}\tnote\n", wrong));
    ASSERT_FALSE(pairs) << wrong;
    EXPECT_TRUE(pairs.error().place.starts_with("pairs.tsv:2:")) << pairs.error().place;
  }
  EXPECT_FALSE(parsed("x1\tfr\tk\ta\tb\tvalid a\tnote\n"));
}

/// A model that knows glad from angry words.
language::ModelParts glad_or_angry() {
  std::vector<Labelled> examples;
  for (int i = 0; i < 60; ++i) {
    const bool angry = i % 2 == 0;
    Labelled e;
    e.id = e.group = fmt::format("d{}", i);
    e.set = "service_dialogues";
    e.turns.push_back({Speaker::kCustomer, angry ? "气死我了骗子" : "谢谢真好", {}});
    std::vector<float> emotion(11);
    emotion[angry ? 9 : 2] = 1;
    e.turns[0].targets["emotion"] = {emotion, 1};
    std::vector<float> motive(8);
    motive[angry ? 0 : 5] = 1;
    e.targets["motive"] = {motive, 1};
    examples.push_back(e);
  }
  TrainingOptions options;
  options.name = "toy";
  options.folds = 3;
  return train_reading(options, examples, {}, language::CueLexicon(), [](auto, auto) {}).parts;
}

TEST(Behaviour, HoldsWhatTheReadingsSayAndNothingElse) {
  const language::TextModel model(glad_or_angry());
  const language::Reader reader(&model, nullptr);
  const auto pairs = parsed(
      "holds\tzh\tk\t气死我了骗子\t谢谢真好\ta.valence=neg; b.valence=pos; a.motive has vent; "
      "b.motive lacks vent; a.p(emotion:anger)>b.p(emotion:anger); a.emotion!=gratitude\t.\n"
      "same\tzh\tk\t谢谢真好\t谢谢真好\tsame emotion motive; valid a; valid b\t.\n"
      "last\tzh\tj\t客:谢谢真好 / 服:您好 / 客:气死我了骗子\t服:您好 / 客:谢谢真好\t"
      "a.emotion=anger; b.emotion=gratitude\t.\n"
      "broken\tzh\tj\t谢谢真好\t气死我了骗子\ta.valence=neg; same emotion; a.valence=pos\t.\n"
      "unknown\tzh\tj\t谢谢真好\t气死我了骗子\ta.nothing=x; a.p(emotion:x)>b.p(emotion:x); "
      "a.motvie lacks redress; same motvie\t.\n"
      "nobody\tzh\tj\t服:您好\t谢谢真好\ta.valence=neg; a.emotion!=joy; same valence\t.\n"
      "valence\tzh\tj\t谢谢真好\t气死我了骗子\tsame valence\t.\n");
  ASSERT_TRUE(pairs);
  const auto outcomes = judge_behaviour(reader, *pairs);
  ASSERT_EQ(outcomes.size(), 7U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(outcomes[i].broken.empty())
        << (*pairs)[i].id << ": " << fmt::format("{}", fmt::join(outcomes[i].broken, "; "));
  }
  EXPECT_EQ(outcomes[3].broken, (std::vector<std::string>{"a.valence=neg", "same emotion"}));
  EXPECT_EQ(outcomes[4].broken.size(), 4U);
  EXPECT_EQ(outcomes[5].broken.size(), 3U);
  EXPECT_EQ(outcomes[6].broken.size(), 1U);
  const std::string table = behaviour_table(*pairs, outcomes);
  EXPECT_NE(table.find("| k | 100 % of 2 | – | 100 % of 2 |"), std::string::npos) << table;
  EXPECT_NE(table.find("| j | 20 % of 5 | – | 20 % of 5 |"), std::string::npos) << table;
  EXPECT_NE(table.find("| all | 43 % of 7 | – | 43 % of 7 |"), std::string::npos) << table;
}

}  // namespace
}  // namespace xinjing::learn
