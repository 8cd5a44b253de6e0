#include "evidence/card_check.h"

#include <gtest/gtest.h>

namespace xinjing::evidence {
namespace {

CardFiles thanks() {
  return {.folder = "thanks",
          .card_name = "thanks/card.toml",
          .card = R"(id = "thanks"
version = 1
label = { zh = "道谢", en = "Thanks" }
definition = { zh = "道谢", en = "Thanks" }
level = "utterance"
measure = "share"
subject = "customer"
grade = "weak"
head = ""
half_life_days = 30
minimum_nats = 0.8
minimum_episodes = 1
minimum_probability = 0.4
cap_nats = 3.0
sensitivity = "low"
theory = "none"
references = []
licence = "Apache-2.0"
caveat = { zh = "没有标注", en = "No labels" }
[[state]]
id = "warm"
label = { zh = "暖", en = "Warm" }
definition = { zh = "真心道谢", en = "Real thanks" }
prior = 0.1
[use]
allowed = ["service"]
forbidden = ["price"]
reason = { zh = "不合适", en = "unfit" }
[[example]]
lang = "zh"
text = "太感谢了"
state = "warm"
[[example]]
lang = "zh"
text = "真是感謝你們"
state = "warm"
[[example]]
lang = "en"
text = "Thank you so much"
state = "warm"
[[example]]
lang = "en"
text = "Thank you all"
state = "warm"
)",
          .cues = {{Lang::kZh, "thanks/cues.zh.tsv",
                    "state\tcue\tnats\tscope\tnote\nwarm\t感谢\t2\tcustomer\tguessed\n"},
                   {Lang::kEn, "thanks/cues.en.tsv",
                    "state\tcue\tnats\tscope\tnote\nwarm\tthank you\t2\tcustomer\tguessed\n"}}};
}

std::vector<std::string> faults(const CardFiles& files) {
  std::vector<std::string> out;
  for (const Error& error : check_card(files).faults) out.push_back(error.message(Lang::kEn));
  return out;
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  ASSERT_NE(at, text.npos) << from;
  text.replace(at, from.size(), to);
}

using Faults = std::vector<std::string>;

TEST(CardCheck, IsContentWithAGoodConstruct) {
  const CardReport report = check_card(thanks());
  EXPECT_EQ(faults(thanks()), Faults{});
  EXPECT_EQ(report.card->id, "thanks");
  EXPECT_EQ(report.zh_cues, 1U);
  EXPECT_EQ(report.en_cues, 1U);
}

TEST(CardCheck, WantsEveryExampleToCarryACueOfItsState) {
  CardFiles files = thanks();
  replace(files.card, "太感谢了", "知道了");
  replace(files.card, "Thank you all", "not a thank you");
  EXPECT_EQ(faults(files),
            (Faults{"no cue of the example speaks for 'warm' (thanks/card.toml:29:1)",
                    "no cue of the example speaks for 'warm' (thanks/card.toml:41:1)"}));
}

TEST(CardCheck, WantsTwoExamplesInEachLanguageThatHasCues) {
  CardFiles files = thanks();
  replace(files.card, "lang = \"en\"", "lang = \"zh\"");
  EXPECT_EQ(faults(files), Faults{"cues in en need at least two examples (thanks/card.toml)"});
}

TEST(CardCheck, RefusesACueThatNormalisedTextNeverHolds) {
  CardFiles files = thanks();
  replace(files.cues[0].text, "感谢", "感謝");
  const Faults found = faults(files);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0],
            "the cue '感謝' is never found: normalised it is '感谢' (thanks/cues.zh.tsv:2)");
  files = thanks();
  replace(files.cues[1].text, "thank you", "thank  you");
  EXPECT_EQ(
      faults(files)[0],
      "the cue 'thank  you' is never found: normalised it is 'thank you' (thanks/cues.en.tsv:2)");
}

TEST(CardCheck, ReportsEveryFaultNotOnlyTheFirst) {
  CardFiles files = thanks();
  files.folder = "thank";
  replace(files.cues[0].text, "warm", "cold");
  replace(files.cues[1].text, "\t2\t", "\t20\t");
  EXPECT_EQ(faults(files),
            (Faults{"the card's id is 'thanks', its folder 'thank' (thanks/card.toml)",
                    "the card has no state 'cold' (thanks/cues.zh.tsv:2)",
                    "nats are a number of size 0.2 to 3 (thanks/cues.en.tsv:2:16)"}));
}

TEST(CardCheck, ChecksTheCuesOfACardThatCannotBeRead) {
  CardFiles files = thanks();
  files.card = "id = 4";
  replace(files.cues[0].text, "感谢", "谢");
  EXPECT_EQ(faults(files),
            (Faults{"'id' must be a text (thanks/card.toml:1:6)",
                    "a single Chinese character is not a cue (thanks/cues.zh.tsv:2:6)"}));
}

}  // namespace
}  // namespace xinjing::evidence
