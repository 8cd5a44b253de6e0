#include "language/cue_lexicon.h"

#include <gtest/gtest.h>

#include <string>

#include "base/utf8.h"

namespace xinjing::language {
namespace {

using ingest::Speaker;

constexpr std::string_view kHeader = "# source: test\nstate\tcue\tnats\tscope\tnote\n";

std::string rows(std::initializer_list<std::string_view> lines) {
  std::string out(kHeader);
  for (const std::string_view line : lines) out.append(line).append("\n");
  return out;
}

std::string refusal(const std::string& text) {
  const auto cues = parse_cues(text, "cues.zh.tsv");
  return cues ? "read" : cues.error().message(Lang::kEn);
}

TEST(CueFile, GivesItsRows) {
  const auto cues =
      parse_cues(rows({"anger\t气死我了\t2.4\tcustomer\tguessed: strong",
                       "anger\tso rude\t-0.5\tany\tfitted", "calm\tno rush\t1\tagent\tguessed"}),
                 "cues.zh.tsv");
  ASSERT_FALSE(cues) << "rows are sorted as bytes: latin letters come before Chinese";
  const auto sorted = parse_cues(
      rows({"anger\tso rude\t-0.5\tany\tfitted", "anger\t气死我了\t2.4\tcustomer\tguessed: strong",
            "calm\tno rush\t1\tagent\tguessed"}),
      "cues.zh.tsv");
  ASSERT_TRUE(sorted) << sorted.error().message(Lang::kEn);
  ASSERT_EQ(sorted->size(), 3U);
  EXPECT_EQ((*sorted)[0].micro_nats, -500'000);
  EXPECT_TRUE((*sorted)[0].fitted);
  EXPECT_EQ((*sorted)[1].text, "气死我了");
  EXPECT_EQ((*sorted)[1].line, 4U);
  EXPECT_EQ((*sorted)[2].scope, CueScope::kAgent);
}

TEST(CueFile, IsRefusedWithThePlaceOfTheFault) {
  const auto refused = [](std::string_view row) { return refusal(rows({row})); };
  EXPECT_EQ(refused("anger\t气死\t2.0\tcustomer"),
            "a row has 5 columns, this one has 4 (cues.zh.tsv:3:1)");
  EXPECT_EQ(refused("\t气死\t2.0\tcustomer\tguessed"), "the state is missing (cues.zh.tsv:3:1)");
  EXPECT_EQ(refused("anger\t气死\t9\tcustomer\tguessed"),
            "nats are a number of size 0.2 to 3 (cues.zh.tsv:3:10)");
  EXPECT_EQ(refused("anger\t气死\tnan\tcustomer\tguessed"),
            "nats are a number of size 0.2 to 3 (cues.zh.tsv:3:10)");
  EXPECT_EQ(refused("anger\tso rude\t2.0x\tcustomer\tguessed"),
            "nats are a number of size 0.2 to 3 (cues.zh.tsv:3:15)");
  EXPECT_EQ(refused("anger\t气死\t2.0\tclerk\tguessed"),
            "the scope is customer, agent or any (cues.zh.tsv:3:14)");
  EXPECT_EQ(refused("anger\t气死\t2.0\tany\tsure"),
            "the note begins with guessed or fitted (cues.zh.tsv:3:18)");
  EXPECT_EQ(refused("anger\t气\t2.0\tany\tguessed"),
            "a single Chinese character is not a cue (cues.zh.tsv:3:7)");
  EXPECT_EQ(refused("anger\tSo rude\t2.0\tany\tguessed"),
            "a cue is written in lower case (cues.zh.tsv:3:7)");
  EXPECT_EQ(refused("anger\t\t2.0\tany\tguessed"),
            "a cue is empty or has a space at its edge (cues.zh.tsv:3:7)");
  EXPECT_EQ(refused("anger\t\xe6\xb0\t2.0\tany\tguessed"),
            "a cue is not UTF-8 or is longer than 200 bytes (cues.zh.tsv:3:7)");
}

TEST(CueFile, IsRefusedWhenOutOfOrderRepeatedOrWithoutItsHeader) {
  EXPECT_EQ(refusal(rows({"b\tlate\t1\tany\tguessed", "a\tlate\t1\tany\tguessed"})),
            "rows are sorted by state and cue (cues.zh.tsv:4:1)");
  EXPECT_EQ(refusal(rows({"a\t太慢\t1\tany\tguessed", "a\t太慢\t2\tany\tguessed"})),
            "the same cue stands twice for one state (cues.zh.tsv:4:1)");
  EXPECT_EQ(refusal("a\tlate\t1\tany\tguessed\n"),
            "the header is: state cue nats scope note, with tabs (cues.zh.tsv:1:1)");
  EXPECT_EQ(refusal("# nothing\n"), "read");
}

// A small lexicon: construct 0 has the states calm and anger, construct 1 has refund.
class CueLexiconTest : public testing::Test {
 protected:
  CueLexiconTest() {
    const std::string feeling =
        rows({"anger\tangry\t2\tcustomer\tguessed", "anger\tso angry\t2.5\tcustomer\tguessed",
              "anger\t太慢\t1.5\tcustomer\tguessed", "anger\t太慢了\t2\tcustomer\tguessed",
              "calm\t慢了\t1\tcustomer\tguessed", "calm\t请您稍等\t1\tagent\tguessed"});
    const std::string wish =
        rows({"refund\trefund\t2\tany\tguessed", "refund\t退款\t2\tany\tguessed"});
    const std::vector<CueFile> files{{0, "feeling", x_feelings, feeling, "feeling/cues.tsv"},
                                     {1, "wish", x_wishes, wish, "wish/cues.tsv"}};
    Result<CueLexicon> lexicon = CueLexicon::compile(files);
    EXPECT_TRUE(lexicon);
    if (lexicon) x_lexicon = std::move(*lexicon);
  }

  std::vector<std::string> found(std::string_view text, Speaker speaker = Speaker::kCustomer) {
    std::vector<CueMatch> matches;
    const std::u32string characters = characters_of(text);
    x_lexicon.find(characters, speaker, x_scratch, matches);
    std::vector<std::string> out;
    for (const CueMatch& m : matches) {
      const auto& states = m.construct == 0 ? x_feelings : x_wishes;
      const auto found = std::u32string_view(characters).substr(m.span.begin, m.span.size());
      out.push_back(states[m.state] + "=" + utf8_of(found));
    }
    return out;
  }

  using Found = std::vector<std::string>;
  std::vector<std::string> x_feelings{"calm", "anger"};
  std::vector<std::string> x_wishes{"refund"};
  CueLexicon x_lexicon;
  CueLexicon::Scratch x_scratch;
};

TEST_F(CueLexiconTest, FindsTheCuesOfAllConstructsByConstructStateAndPlace) {
  EXPECT_EQ(found("我要退款,太慢"), (Found{"anger=太慢", "refund=退款"}));
  EXPECT_EQ(found("refund me, i am angry"), (Found{"anger=angry", "refund=refund"}));
}

TEST_F(CueLexiconTest, LeavesOutWhatLiesInsideALongerCueOfTheSameState) {
  EXPECT_EQ(found("太慢了"), (Found{"calm=慢了", "anger=太慢了"}));
  EXPECT_EQ(found("so angry"), Found{"anger=so angry"});
  EXPECT_EQ(found("太慢了,太慢"), (Found{"calm=慢了", "anger=太慢了", "anger=太慢"}));
}

TEST_F(CueLexiconTest, CountsTheWordsOfTheRightSpeaker) {
  EXPECT_EQ(found("请您稍等", Speaker::kCustomer), Found{});
  EXPECT_EQ(found("请您稍等", Speaker::kAgent), Found{"calm=请您稍等"});
  EXPECT_EQ(found("退款", Speaker::kBot), Found{"refund=退款"});
  EXPECT_EQ(found("angry", Speaker::kAgent), Found{});
}

TEST_F(CueLexiconTest, DropsWhatIsDenied) {
  EXPECT_EQ(found("我不要退款"), Found{});
  EXPECT_EQ(found("i am not angry"), Found{});
  EXPECT_EQ(found("能不能退款"), Found{"refund=退款"});
}

TEST_F(CueLexiconTest, KnowsTheKindsOfItsCuesByConstructAndState) {
  EXPECT_EQ(x_lexicon.kinds(),
            (std::vector<std::string>{"feeling:calm", "feeling:anger", "wish:refund"}));
  std::vector<CueMatch> matches;
  x_lexicon.find(U"我要退款,太慢", Speaker::kCustomer, x_scratch, matches);
  ASSERT_EQ(matches.size(), 2U);
  EXPECT_EQ(matches[0].kind, 1);
  EXPECT_EQ(matches[1].kind, 2);
}

TEST_F(CueLexiconTest, CanBeNarrowedToSomeConstructs) {
  const std::vector<std::uint16_t> wishes{1};
  EXPECT_TRUE(x_lexicon.speaks_of(0) && x_lexicon.listens_to(Speaker::kBot));
  x_lexicon = x_lexicon.select(wishes);
  EXPECT_EQ(found("我要退款,太慢"), Found{"refund=退款"});
  EXPECT_EQ(found("refund me, i am angry"), Found{"refund=refund"});
  EXPECT_EQ(x_lexicon.size(), 2U);
  EXPECT_FALSE(x_lexicon.speaks_of(0));
  x_lexicon = x_lexicon.select({});
  EXPECT_EQ(found("退款"), Found{});
  EXPECT_FALSE(x_lexicon.listens_to(Speaker::kCustomer));
}

TEST(CueLexicon, RefusesAStateThatTheCardDoesNotHave) {
  const std::vector<std::string> states{"calm"};
  const std::string text = rows({"anger\t太慢\t1\tany\tguessed"});
  const std::vector<CueFile> files{{0, "x", states, text, "x/cues.zh.tsv"}};
  const auto lexicon = CueLexicon::compile(files);
  ASSERT_FALSE(lexicon);
  EXPECT_EQ(lexicon.error().message(Lang::kEn),
            "the card has no state 'anger' (x/cues.zh.tsv:3:1)");
  EXPECT_EQ(lexicon.error().message(Lang::kZh), "卡片没有状态“anger” (x/cues.zh.tsv:3:1)");
}

TEST(CueLexicon, WithoutFilesFindsNothing) {
  CueLexicon::Scratch scratch;
  std::vector<CueMatch> matches;
  CueLexicon().find(U"太慢了 angry", Speaker::kCustomer, scratch, matches);
  EXPECT_TRUE(matches.empty());
}

}  // namespace
}  // namespace xinjing::language
