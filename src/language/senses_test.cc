#include "language/senses.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/file.h"
#include "base/format.h"
#include "base/tsv.h"
#include "language/normalise.h"
#include "language/waited.h"

namespace xinjing::language {
namespace {

template <typename Lexicon>
Lexicon shipped(std::string_view stem) {
  Lexicon lexicon;
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    const std::string name = fmt::format("{}.{}.tsv", stem, lang_id(lang));
    const Status added =
        lexicon.add(*read_file(XINJING_SOURCE_DIR "/lexicons/" + name), name, lang);
    EXPECT_TRUE(added) << added.error().message(Lang::kEn);
  }
  lexicon.build();
  return lexicon;
}

/// A cue of an aspect and one of mockery.
const CueLexicon& cues() {
  static const std::vector<std::string> aspects{"ATT"};
  static const std::vector<std::string> styles{"sarcastic"};
  static const CueLexicon made = *CueLexicon::compile(std::vector<CueFile>{
      {.construct = 0,
       .construct_id = "aspect",
       .states = aspects,
       .text = "state\tcue\tnats\tscope\tnote\nATT\t服务员\t2\tcustomer\tguessed\n",
       .name = "a.tsv"},
      {.construct = 1,
       .construct_id = "style",
       .states = styles,
       .text = "state\tcue\tnats\tscope\tnote\nsarcastic\t呵呵\t2\tcustomer\tguessed\n",
       .name = "s.tsv"}});
  return made;
}

struct Found {
  std::vector<std::string> senses;  // without "sense:"
  SenseFinder::Balance balance{};

  bool has(std::string_view sense) const {
    return std::find(senses.begin(), senses.end(), sense) != senses.end();
  }
};

Found senses_of(std::string_view text) {
  static const auto words = shipped<OpinionLexicon>("opinions");
  static const auto rules = shipped<ScopeRules>("scope");
  static const SenseFinder finder(words, rules, cues());
  Normalised normal;
  normalise(text, normal);
  CueLexicon::Scratch search;
  std::vector<CueMatch> matches;
  cues().find(normal.chars, ingest::Speaker::kCustomer, search, matches);
  SenseFinder::Scratch scratch;
  std::vector<SenseMatch> senses;
  Found found;
  finder.find(normal.chars, matches, scratch, senses, found.balance);
  std::vector<CueMatch> matches_by_one_pass;
  std::vector<SenseMatch> senses_by_one_pass;
  SenseFinder::Balance balance{};
  finder.find_with_cues(normal.chars, search, scratch, matches_by_one_pass, senses_by_one_pass,
                        balance);
  EXPECT_EQ(matches_by_one_pass, matches) << text;
  EXPECT_EQ(senses_by_one_pass, senses) << text;
  EXPECT_EQ(balance, found.balance) << text;
  for (std::size_t i = 0; i < senses.size(); ++i) {
    EXPECT_LE(senses[i].span.end, normal.chars.size());
    EXPECT_LT(senses[i].span.begin, senses[i].span.end);
    EXPECT_LE(senses[i > 0 ? i - 1 : 0].kind, senses[i].kind);
    found.senses.push_back(SenseFinder::kinds()[senses[i].kind].substr(6));
  }
  return found;
}

void check_table(const char* lang, std::size_t least) {
  const std::string name = fmt::format("senses.{}.tsv", lang);
  const auto file = read_file(XINJING_SOURCE_DIR "/tests/tables/senses/" + name);
  ASSERT_TRUE(file);
  std::size_t rows = 0;
  const Status read =
      TsvReader(*file, name, "text\tsenses\tnever\tnote").each([&](const TsvRow& row) -> Status {
        ++rows;
        const Found found = senses_of(row.cells[0]);
        const std::string all = fmt::format("{}", fmt::join(found.senses, " "));
        for (const std::string_view sense : split(row.cells[1], ' ')) {
          if (sense.empty()) continue;
          EXPECT_TRUE(found.has(sense)) << row.place << ": " << sense << " not in " << all;
        }
        for (const std::string_view sense : split(row.cells[2], ' ')) {
          if (sense.empty()) continue;
          EXPECT_FALSE(found.has(sense)) << row.place << ": " << all;
        }
        return {};
      });
  EXPECT_TRUE(read) << read.error().message(Lang::kEn);
  EXPECT_GE(rows, least);
}

TEST(Senses, OfTheTableInChinese) { check_table("zh", 25); }
TEST(Senses, OfTheTableInEnglish) { check_table("en", 14); }

TEST(Senses, GiveAnOpinionTheAspectNamedInItsClause) {
  EXPECT_TRUE(senses_of("服务员太差劲").has("ATT-"));
  EXPECT_EQ(senses_of("服务员太差劲").balance[*aspect_number("ATT")], -1);
  EXPECT_FALSE(senses_of("叫了服务员,菜太差劲").has("ATT-"));
}

TEST(Senses, PraiseWithMockeryIsMocked) {
  EXPECT_TRUE(senses_of("呵呵,服务一流").has("mocked"));
  EXPECT_FALSE(senses_of("服务一流").has("mocked"));
}

TEST(Senses, KindsAreDistinct) {
  auto kinds = SenseFinder::kinds();
  std::sort(kinds.begin(), kinds.end());
  EXPECT_EQ(std::unique(kinds.begin(), kinds.end()), kinds.end());
}

TEST(Opinions, WhatIsNoRowIsRefusedWithItsPlace) {
  for (const auto& [row, place] :
       std::vector<std::pair<std::string, std::string>>{{"*\t1\t\t好用\tn", "o.tsv:2:1"},
                                                        {"+\t4\t\t好用\tn", "o.tsv:2:3"},
                                                        {"+\t1\tXXX\t好用\tn", "o.tsv:2:5"},
                                                        {"+\t1\t\t好用||\tn", "o.tsv:2:13"},
                                                        {"+\t1\t\tＧＯＯＤ\tn", "o.tsv:2:6"},
                                                        {"+\t1\t\t好用", "o.tsv:2:1"}}) {
    OpinionLexicon lexicon;
    const Status added = lexicon.add("sign\tstrength\taspect\twords\tnote\n" + row + "\n", "o.tsv");
    ASSERT_FALSE(added) << row;
    EXPECT_EQ(added.error().place, place) << row;
  }
}

TEST(Opinions, TheLongestWordOfAPlaceCounts) {
  OpinionLexicon lexicon;
  ASSERT_TRUE(lexicon.add("sign\tstrength\taspect\twords\tnote\n+\t2\t\t好\tn\n-\t2\t\t好难用\tn\n",
                          "o.tsv"));
  lexicon.build();
  OpinionLexicon::Scratch scratch;
  std::vector<Opinion> found;
  lexicon.find(U"好难用,好", scratch, found);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].sign, -1);
  EXPECT_EQ(found[1].sign, 1);
}

TEST(Waited, LengthsOfWaitsAreRead) {
  struct Case {
    std::u32string_view text;
    double minutes;
  };
  for (const Case& c : std::initializer_list<Case>{{U"等了三天", 4320},
                                                   {U"等了两个半小时", 120},
                                                   {U"排队40分钟", 40},
                                                   {U"拖了十二天", 17280},
                                                   {U"waited 3 weeks", 30240},
                                                   {U"on hold for an hour", 60},
                                                   {U"三天前买的", 4320},
                                                   {U"等了三个人", 0}}) {
    double minutes = 0;
    for (std::size_t at = 0; at < c.text.size(); ++at) {
      minutes = std::max(minutes, wait_at(c.text, at).minutes);
    }
    EXPECT_NEAR(minutes, c.minutes, 61) << c.minutes;
  }
}

}  // namespace
}  // namespace xinjing::language
