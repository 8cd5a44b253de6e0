#include "language/phrase_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace xinjing::language {
namespace {

using Phrases = std::vector<std::u32string>;

bool is_word(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// The stupid twin: tries every phrase at every place.
std::vector<FoundPhrase> found_by_trying(const Phrases& phrases, std::u32string_view text) {
  std::vector<FoundPhrase> out;
  for (std::uint32_t at = 0; at < text.size(); ++at) {
    for (std::size_t size = text.size() - at; size > 0; --size) {
      for (std::uint32_t p = 0; p < phrases.size(); ++p) {
        const auto end = static_cast<std::uint32_t>(at + size);
        if (phrases[p].size() != size || text.substr(at, size) != phrases[p]) continue;
        if (is_word(phrases[p].front()) && at > 0 && is_word(text[at - 1])) continue;
        if (is_word(phrases[p].back()) && end < text.size() && is_word(text[end])) continue;
        out.push_back({p, {at, end}});
      }
    }
  }
  return out;
}

std::vector<FoundPhrase> found(const Phrases& phrases, std::u32string_view text) {
  std::vector<FoundPhrase> out;
  PhraseIndex(phrases).find(text, out);
  return out;
}

TEST(PhraseIndex, FindsNestedAndOverlappingPhrases) {
  const Phrases phrases{U"太慢", U"太慢了", U"慢了", U"退款", U"!!"};
  EXPECT_EQ(found(phrases, U"太慢了,退款!!!"),
            (std::vector<FoundPhrase>{
                {1, {0, 3}}, {0, {0, 2}}, {2, {1, 3}}, {3, {4, 6}}, {4, {6, 8}}, {4, {7, 9}}}));
}

TEST(PhraseIndex, HeedsTheEdgesOfWords) {
  const Phrases phrases{U"fee", U"a fee", U"5g"};
  EXPECT_EQ(found(phrases, U"coffee with a fee"),
            (std::vector<FoundPhrase>{{1, {12, 17}}, {0, {14, 17}}}));
  EXPECT_EQ(found(phrases, U"15g 5g网"), (std::vector<FoundPhrase>{{2, {4, 6}}}));
  EXPECT_TRUE(found(phrases, U"fees").empty());
}

TEST(PhraseIndex, KnowsPhrasesOfOneCharacterAndNoEmptyOnes) {
  const Phrases phrases{U"😡", U"", U"😡😡"};
  EXPECT_EQ(found(phrases, U"气😡😡"),
            (std::vector<FoundPhrase>{{2, {1, 3}}, {0, {1, 2}}, {0, {2, 3}}}));
  EXPECT_TRUE(found({}, U"太慢").empty());
  EXPECT_TRUE(found(phrases, U"").empty());
}

TEST(PhraseIndex, FindsWhatTryingEverythingFinds) {
  const unsigned seed = 20261130;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const std::u32string letters = U"ab1 不好!";
  const auto some = [&](std::size_t most) {
    std::u32string text;
    for (std::size_t n = random() % (most + 1); n > 0; --n) {
      text += letters[random() % letters.size()];
    }
    return text;
  };
  for (int round = 0; round < 400; ++round) {
    Phrases phrases;
    for (std::size_t n = random() % 30; n > 0; --n) phrases.push_back(some(5));
    const std::u32string text = some(40);
    EXPECT_EQ(found(phrases, text), found_by_trying(phrases, text));
  }
}

}  // namespace
}  // namespace xinjing::language
