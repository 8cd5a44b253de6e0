#include "language/features.h"

#include <gtest/gtest.h>

#include <set>

namespace xinjing::language {
namespace {

std::vector<Gram> grams_of(std::string_view text, Lang lang) {
  Normalised folded;
  normalise(text, folded);
  std::vector<Gram> grams;
  find_grams(folded, lang, grams);
  return grams;
}

std::set<std::string> pieces_of(std::string_view text, Lang lang) {
  Normalised folded;
  normalise(text, folded);
  std::vector<Gram> grams;
  find_grams(folded, lang, grams);
  std::set<std::string> pieces;
  for (const Gram& gram : grams) {
    pieces.emplace(slice(text, folded.bytes(gram.chars.begin, gram.chars.end)));
  }
  return pieces;
}

TEST(Grams, AreRunsOfOneToFourCharactersInChinese) {
  EXPECT_EQ(grams_of("太贵了吧", Lang::kZh).size(), 10U);  // 4 + 3 + 2 + 1
  EXPECT_EQ(pieces_of("太贵了", Lang::kZh),
            (std::set<std::string>{"太", "太贵", "太贵了", "贵", "贵了", "了"}));
}

TEST(Grams, AreWordsPairsAndLettersInEnglish) {
  const auto pieces = pieces_of("too late", Lang::kEn);
  EXPECT_TRUE(pieces.count("too late"));
  EXPECT_TRUE(pieces.count("late"));
  EXPECT_TRUE(pieces.count("ate"));
  EXPECT_FALSE(pieces.count("o l"));
}

TEST(Grams, TakeDigitsAsAlike) {
  const auto a = grams_of("等了3天", Lang::kZh);
  const auto b = grams_of("等了7天", Lang::kZh);
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].key, b[i].key);
}

TEST(Grams, OfDifferentKindsHaveDifferentKeys) {
  // In "aaa" the word, its whole run of letters and the runs with edges are all different grams.
  std::set<std::uint64_t> keys;
  const auto grams = grams_of("aaa", Lang::kEn);
  for (const Gram& gram : grams) keys.insert(gram.key);
  EXPECT_EQ(keys.size(), grams.size());
  EXPECT_NE(grams_of("ab", Lang::kEn)[0].key, grams_of("ab", Lang::kZh)[1].key);
}

TEST(LetterCount, TellsTheLanguage) {
  const auto lang = [](std::string_view text) {
    Normalised folded;
    normalise(text, folded);
    LetterCount count;
    count.add(folded);
    return count.lang();
  };
  EXPECT_EQ(lang("你好"), Lang::kZh);
  EXPECT_EQ(lang("Where is my parcel?"), Lang::kEn);
  EXPECT_EQ(lang("我的iPhone坏了"), Lang::kZh);
  EXPECT_EQ(lang("Where is my 快递 parcel, please tell me"), Lang::kEn);
  EXPECT_EQ(lang("???"), Lang::kZh);
}

TEST(Shapes, SeeMarksAndPlace) {
  Normalised folded;
  normalise("@客服 怎么还没到？？[怒]！！！", folded);
  const TextShape shape = shape_of(folded);
  EXPECT_EQ(shape.mentions, 1U);
  EXPECT_EQ(shape.questions, 2U);
  EXPECT_EQ(shape.exclamations, 3U);
  EXPECT_EQ(shape.brackets, 1U);
  const TurnShapes first = turn_shapes(shape, {.index = 0, .count = 2, .chars_before = 0});
  const TurnShapes last = turn_shapes(shape, {.index = 1, .count = 2, .chars_before = 9});
  EXPECT_EQ(first[0], 1);
  EXPECT_EQ(last[0], 0);
  EXPECT_EQ(last[2], 1);
}

}  // namespace
}  // namespace xinjing::language
