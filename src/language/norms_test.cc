#include "language/norms.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace xinjing::language {
namespace {

const std::vector<std::string> kAspects = {"ENV", "SPD"};
constexpr std::string_view kHead = "# a comment\nid\taspect\ttriggers\tzh\ten\tlevel\tsource\n";

std::string file(std::string_view rows) { return std::string(kHead) + std::string(rows); }

Status add(NormLexicon& norms, std::string_view text) {
  return norms.add({.pack = "hotel", .text = text, .name = "norms.zh.tsv", .aspects = kAspects});
}

std::string refusal(std::string_view rows) {
  NormLexicon norms;
  const Status added = add(norms, file(rows));
  return added ? "" : added.error().message(Lang::kEn);
}

TEST(Norms, AreReadWithLevelAndSource) {
  NormLexicon norms;
  ASSERT_TRUE(add(norms, file("quiet\tENV\t!太吵|隔音\t安静\tquiet\t\tcommon expectation of the "
                              "trade\nwait\tSPD\t入住\t准时\ton time\t30 min\ta rule (2001)\n")));
  ASSERT_EQ(norms.norms().size(), 2U);
  EXPECT_EQ(norms.norms()[0].key, "hotel/quiet");
  EXPECT_EQ(norms.norms()[0].content.zh, "安静");
  EXPECT_EQ(norms.norms()[0].source, kCommonExpectation);
  EXPECT_FALSE(norms.norms()[0].level);
  EXPECT_EQ(norms.norms()[1].level, (Norm::Level{30, "min"}));
}

TEST(Norms, OfTheOtherLanguageOnlyBringMoreWords) {
  NormLexicon norms;
  ASSERT_TRUE(add(norms, file("quiet\tENV\t太吵\t安静\tquiet\t\ts\n")));
  ASSERT_TRUE(add(norms, file("quiet\tENV\ttoo noisy\t安静\tquiet\t\ts\n")));
  EXPECT_EQ(norms.norms().size(), 1U);
  const Status other = add(norms, file("quiet\tSPD\ttoo loud\t安静\tquiet\t\ts\n"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().place, "norms.zh.tsv:3:1");
}

TEST(Norms, AreRefusedWithTheirPlace) {
  EXPECT_EQ(refusal("quiet\tENV\t太吵\t安静\tquiet\t\n"), "a row has 7 columns (norms.zh.tsv:3:1)");
  EXPECT_EQ(refusal("Quiet\tENV\t太吵\t安静\tquiet\t\ts\n"),
            "an id is made of small letters, digits and _ (norms.zh.tsv:3:1)");
  EXPECT_EQ(refusal("quiet\tXXX\t太吵\t安静\tquiet\t\ts\n"),
            "there is no aspect 'XXX' (norms.zh.tsv:3:7)");
  EXPECT_EQ(refusal("q\tENV\t\t安静\tquiet\t\ts\n"), "a word is empty (norms.zh.tsv:3:7)");
  EXPECT_EQ(refusal("q\tENV\t吵\t安静\tquiet\t\ts\n"),
            "a trigger has 2 to 100 characters (norms.zh.tsv:3:7)");
  EXPECT_EQ(refusal("q\tENV\tWIFI\t安静\tquiet\t\ts\n"),
            "the word is not in normal form: wifi (norms.zh.tsv:3:7)");
  EXPECT_EQ(refusal("q\tENV\t太吵\t\tquiet\t\ts\n"),
            "what is expected is missing in a language (norms.zh.tsv:3:14)");
  EXPECT_EQ(refusal("q\tENV\tab\tz\te\tsoon\ts\n"),
            "a level is a number and a unit, like '45 min' (norms.zh.tsv:3:14)");
  EXPECT_EQ(refusal("q\tENV\tab\tz\te\t\t\n"), "the source is missing (norms.zh.tsv:3:15)");
  EXPECT_EQ(refusal("b\tENV\tab\tz\te\t\ts\na\tENV\tab\tz\te\t\ts\n"),
            "rows are sorted by id, each once (norms.zh.tsv:4:1)");
  NormLexicon norms;
  EXPECT_EQ(add(norms, "id\taspect\n").error().place, "norms.zh.tsv:1:1");
}

TEST(Norms, AreFoundByTheirWordsTheLongestOfEach) {
  NormLexicon norms;
  ASSERT_TRUE(add(norms, file("quiet\tENV\t!隔音太差|隔音\t安静\tquiet\t\ts\n"
                              "walls\tENV\t隔音\t墙\twalls\t\ts\n")));
  norms.build();
  std::vector<FoundPhrase> scratch;
  std::vector<NormLexicon::Found> found;
  norms.find(U"房间隔音太差,隔音不行", scratch, found);
  ASSERT_EQ(found.size(), 4U);
  EXPECT_TRUE(found[0].broken);
  EXPECT_EQ(found[0].chars, (Span{2, 6}));
  EXPECT_EQ(found[1].norm, 1U);
  EXPECT_FALSE(found[2].broken);
  norms.find(U"很安静", scratch, found);
  EXPECT_TRUE(found.empty());
}

TEST(Norms, AreFoundByTwoPartsWithOtherWordsBetween) {
  NormLexicon norms;
  ASSERT_TRUE(add(norms, file("crew\tSPD\t!报修*没人来|抢修\t有人来修\tsomebody comes\t\ts\n"
                              "late\tSPD\t!crew*never came\t准时\ton time\t\ts\n")));
  norms.build();
  std::vector<FoundPhrase> scratch;
  std::vector<NormLexicon::Found> found;
  norms.find(U"上午报修,到现在没人来", scratch, found);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].broken);
  EXPECT_EQ(found[0].chars, (Span{8, 11}));
  norms.find(U"the crew you promised us never came", scratch, found);
  EXPECT_EQ(found.size(), 1U);
  for (const char32_t* text :
       {U"没人来报修", U"已经报修。没人来过", U"the crew. they never came",
        U"报修的时候说得好好的今天上午一定会到结果没人来", U"报修", U"没人来"}) {
    norms.find(text, scratch, found);
    EXPECT_TRUE(found.empty()) << utf8_of(text);
  }
  EXPECT_EQ(refusal("q\tENV\t墙*裂\t安静\tquiet\t\ts\n"),
            "a trigger has 2 to 100 characters (norms.zh.tsv:3:7)");
  EXPECT_EQ(refusal("q\tENV\tab*cd*ef\tz\te\t\ts\n"),
            "a trigger has one * at most (norms.zh.tsv:3:7)");
  EXPECT_EQ(refusal("q\tENV\tab*\tz\te\t\ts\n"), "a word is empty (norms.zh.tsv:3:10)");
}

}  // namespace
}  // namespace xinjing::language
