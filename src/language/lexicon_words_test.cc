#include "language/lexicon_words.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/format.h"
#include "base/utf8.h"

namespace xinjing::language {
namespace {

/// The words of a cell that is the second of its line, by order and joined by '/'; or the failure.
std::string words(std::string cell, std::size_t so_far = 0) {
  const std::string line = "act\t" + cell;
  const TsvRow row{line, split(line, '\t'), "x.tsv:3"};
  auto read = words_of(row, row.cells[1], so_far);
  if (!read) return read.error().message(Lang::kEn);
  std::sort(read->begin(), read->end());
  std::string out;
  for (const std::u32string& word : *read) {
    out += out.empty() ? "" : "/";
    for (const char32_t c : word) append_utf8(out, c);
  }
  return out;
}

TEST(LexiconWords, AreAlternativesWithPartsToChooseOrLeaveOut) {
  EXPECT_EQ(words("退款|退钱"), "退款/退钱");
  EXPECT_EQ(words("(我|我们)(会)?给您退"), "我们会给您退/我们给您退/我会给您退/我给您退");
  EXPECT_EQ(words("(we|i)('ll| will) call"), "i will call/i'll call/we will call/we'll call");
  EXPECT_EQ(words("call (you )?back|ring"), "call back/call you back/ring");
  EXPECT_EQ(words("(为|给)(您(先)?|你)退"), "为你退/为您先退/为您退/给你退/给您先退/给您退");
}

TEST(LexiconWords, SayEachWordOnceAndTakeMarksBehindABackslash) {
  EXPECT_EQ(words("(a|b|a)c|ac"), "ac/bc");
  EXPECT_EQ(words("呢?|\\(a\\)|a\\|b|(好|行)\\?"), "(a)/a|b/呢?/好?/行?");
  EXPECT_EQ(words("\\\\"), "\\");
}

TEST(LexiconWords, RefuseWhatIsNoPatternWithItsPlace) {
  EXPECT_EQ(words("a||b"), "a word is empty (x.tsv:3:7)");
  EXPECT_EQ(words("b(a|)"), "a word is empty (x.tsv:3:9)");
  EXPECT_EQ(words("(a)?"), "a word is empty (x.tsv:3:5)");
  EXPECT_EQ(words("b(a"), "the bracket is not closed (x.tsv:3:6)");
  EXPECT_EQ(words("ba)c"), "a bracket closes that was not opened (x.tsv:3:7)");
  EXPECT_EQ(words("b\\"), "nothing follows the backslash (x.tsv:3:6)");
  EXPECT_EQ(words("b|Aa"), "the word is not in normal form: aa (x.tsv:3:7)");
  EXPECT_EQ(words("c|(A|b)c"), "the word is not in normal form: ac (x.tsv:3:5)");
  EXPECT_EQ(words("((((((((((a))))))))))"), "brackets are at most 8 deep (x.tsv:3:13)");
}

TEST(LexiconWords, RefuseMoreWordsThanSomebodyCanMean) {
  std::string twelve;
  for (int i = 0; i < 12; ++i)
    twelve += fmt::format("({}|{})", char('a' + 2 * i), char('b' + 2 * i));
  const std::string read = words(twelve);
  EXPECT_EQ(std::count(read.begin(), read.end(), '/'), 4095);
  EXPECT_EQ(words("c|" + twelve + "(a|b)"), "a pattern is at most 4096 words (x.tsv:3:7)");
  std::string many = twelve;
  for (int i = 0; i < 16; ++i) many += fmt::format("|{}{}", i, twelve);
  EXPECT_TRUE(words(many).starts_with("a cell is at most 65536 words")) << words(many);
  EXPECT_TRUE(words(twelve, kMostOfLexicon).starts_with("a lexicon is at most 1048576 words"));
  EXPECT_TRUE(words("(a|b)" + std::string(900, 'c')).starts_with("a word has at most 200"));
  std::string word;
  for (int i = 0; i < 101; ++i) word += "ab";
  EXPECT_TRUE(words(word).starts_with("a word has at most 200"));
}

}  // namespace
}  // namespace xinjing::language
