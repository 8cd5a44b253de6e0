#include "evidence/cue_finder.h"

#include <gtest/gtest.h>

#include "language/toy_model.h"

namespace xinjing::evidence {
namespace {

using ingest::Speaker;
using language::Turn;

class CueFinderTest : public testing::Test {
 protected:
  CueFinderTest() {
    const std::string text =
        "state\tcue\tnats\tscope\tnote\n"
        "anger\t!!!\t1\tcustomer\tguessed\n"
        "anger\tso angry\t2\tcustomer\tguessed\n"
        "anger\t电费太贵\t2\tcustomer\tguessed\n"
        "calm\t请稍等\t1\tagent\tguessed\n";
    const std::vector<std::string> states{"anger", "calm"};
    const std::vector<language::CueFile> files{{0, "test", states, text, "cues.tsv"}};
    auto lexicon = language::CueLexicon::compile(files);
    EXPECT_TRUE(lexicon);
    if (lexicon) x_lexicon = std::move(*lexicon);
  }

  std::vector<std::string> found(const std::vector<Turn>& turns) {
    const CueFinder finder(x_lexicon);
    std::vector<CueHit> hits;
    finder.find({"c", turns, {}}, x_scratch, hits);
    std::vector<std::string> out;
    for (const CueHit& hit : hits) {
      out.push_back(std::to_string(hit.turn) + ":" +
                    std::string(slice(turns[hit.turn].text, hit.span)));
    }
    return out;
  }

  static Turn turn(Speaker speaker, std::string_view text) {
    return {.speaker = speaker, .text = text, .time = std::nullopt};
  }

  using Found = std::vector<std::string>;
  language::CueLexicon x_lexicon;
  CueFinder::Scratch x_scratch;
};

TEST_F(CueFinderTest, QuotesTheOriginalBytes) {
  EXPECT_EQ(found({turn(Speaker::kCustomer, "電費太貴了！！！！！")}),
            (Found{"0:電費太貴", "0:！！！！！"}));
  EXPECT_EQ(found({turn(Speaker::kCustomer, "I'm  ＳＯ   Angry, ok")}), Found{"0:ＳＯ   Angry"});
}

TEST_F(CueFinderTest, KeepsItsPlaceBehindCharactersOfEverySize) {
  EXPECT_EQ(found({turn(Speaker::kCustomer, "😀é̃ß中 so angry 😀!!!")}),
            (Found{"0:so angry", "0:!!!"}));
}

TEST_F(CueFinderTest, ListensToTheRightSpeakerOfEachTurn) {
  EXPECT_EQ(found({turn(Speaker::kCustomer, "请稍等"), turn(Speaker::kAgent, "请稍等"),
                   turn(Speaker::kAgent, "so angry"), turn(Speaker::kCustomer, "so angry")}),
            (Found{"1:请稍等", "3:so angry"}));
  EXPECT_FALSE(CueFinder(x_lexicon).listens_to(Speaker::kBot));
}

TEST_F(CueFinderTest, TakesTheSameFromAReader) {
  const language::TextModel model(language::toy_parts({}));
  const language::Reader reader(&model, nullptr, &x_lexicon);
  const std::vector<Turn> turns{turn(Speaker::kCustomer, "電費太貴了！！！！！"),
                                turn(Speaker::kAgent, "请稍等"), turn(Speaker::kBot, "so angry"),
                                turn(Speaker::kCustomer, "I am so angry")};
  const language::Conversation conversation{"c", turns, {}};
  language::ReadScratch read;
  (void)reader.read(conversation, read);
  std::vector<CueHit> alone;
  std::vector<CueHit> taken;
  CueFinder(x_lexicon).find(conversation, x_scratch, alone);
  const Wanted wanted[] = {Wanted::kYes};
  language::ScopeRules rules;
  language::ScopeRules::Marks marks;
  take_hits(read, wanted, rules, marks, taken);
  ASSERT_EQ(alone.size(), 4U);
  EXPECT_EQ(taken, alone);
  taken.clear();
  const Wanted unwanted[] = {Wanted::kNo};
  take_hits(read, unwanted, rules, marks, taken);
  EXPECT_TRUE(taken.empty());
}

TEST_F(CueFinderTest, FindsNothingInEmptyOrBrokenText) {
  EXPECT_EQ(found({turn(Speaker::kCustomer, ""), turn(Speaker::kCustomer, "\xff\xfe")}), Found{});
}

}  // namespace
}  // namespace xinjing::evidence
