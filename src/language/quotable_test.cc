#include "language/quotable.h"

#include <gtest/gtest.h>

#include <random>

#include "base/file.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "language/clause.h"
#include "language/rewriter.h"

namespace xinjing::language {
namespace {

const HanWords& shipped_words() {
  static const HanWords made = [] {
    HanWords words;
    const auto text = read_file(XINJING_SOURCE_DIR "/lexicons/words.zh.tsv");
    EXPECT_TRUE(text && words.add(*text, "words.zh.tsv"));
    words.build();
    return words;
  }();
  return made;
}

/// What is quoted for the words of a text; "-" where no clause has them.
std::string quoted(std::string_view text, std::string_view words) {
  Rewriter::Scratch rewriting;
  Normalised normal;
  Rewriter::plain().rewrite(text, rewriting, normal);
  const std::size_t at = text.find(words);
  EXPECT_NE(at, text.npos) << text << ": " << words;
  Span part;
  while (normal.at[part.begin] < at) ++part.begin;
  part.end = part.begin;
  while (normal.at[part.end] < at + words.size()) ++part.end;
  std::vector<Span> clauses;
  find_clauses(normal.chars, clauses);
  Quotable::Scratch scratch;
  scratch.reset(normal.chars.size());
  Quotable quotable(normal.chars, &shipped_words(), scratch);
  for (const Span clause : clauses) {
    const Span within{std::max(part.begin, clause.begin), std::min(part.end, clause.end)};
    if (within.begin >= within.end) continue;
    const Span shown = quotable.readable(within, clause);
    return std::string(slice(text, normal.bytes(shown.begin, shown.end)));
  }
  return "-";
}

std::string cited(std::string_view text, std::string_view words) {
  const auto at = static_cast<std::uint32_t>(text.find(words));
  const Span span{at, at + static_cast<std::uint32_t>(words.size())};
  return std::string(slice(text, clause_to_quote(text, span)));
}

/// Checks the rows `text words expected note` of a table by what `of` says.
void check(const std::string& name, std::string_view header,
           std::string (*of)(std::string_view, std::string_view)) {
  const auto file = read_file(XINJING_SOURCE_DIR "/tests/tables/" + name);
  ASSERT_TRUE(file) << name;
  const Status read = TsvReader(*file, name, header).each([&](const TsvRow& row) -> Status {
    EXPECT_EQ(of(row.cells[0], row.cells[1]), row.cells[2]) << row.place << ": " << row.cells[0];
    return {};
  });
  EXPECT_TRUE(read) << read.error().message(Lang::kEn);
}

TEST(Quotes, AreWhatTheTableSays) {
  for (const char* name : {"quotes/quotes.zh.tsv", "quotes/quotes.en.tsv"}) {
    check(name, "text\twords\tquoted\tnote", quoted);
  }
}

TEST(Clauses, AreWhatTheTableSays) {
  for (const char* name : {"clauses/clauses.zh.tsv", "clauses/clauses.en.tsv"}) {
    check(name, "text\twords\tclause\tnote", cited);
  }
}

TEST(Quotes, LieWithinTheirClauseWhateverTheText) {
  const std::u32string alphabet = U"客服态度太差了的不 ,。!?:()[]【】@·|abc'12\n…";
  std::mt19937 random(7);
  for (int round = 0; round < 20'000; ++round) {
    std::u32string chars(random() % 30, U' ');
    for (char32_t& c : chars) c = alphabet[random() % alphabet.size()];
    std::vector<Span> clauses;
    find_clauses(chars, clauses);
    Quotable::Scratch scratch;
    scratch.reset(chars.size());
    Quotable quotable(chars, &shipped_words(), scratch);
    std::uint32_t before = 0;
    for (const Span clause : clauses) {
      ASSERT_LE(before, clause.begin);
      ASSERT_LT(clause.begin, clause.end);
      before = clause.end;
      const std::uint32_t begin = clause.begin + random() % clause.size();
      const std::uint32_t end = begin + 1 + random() % (clause.end - begin);
      const Span shown = quotable.readable({begin, end}, clause);
      ASSERT_LE(clause.begin, shown.begin) << utf8_of(chars);
      ASSERT_LE(shown.begin, shown.end) << utf8_of(chars);
      ASSERT_LE(shown.end, clause.end) << utf8_of(chars);
    }
  }
}

}  // namespace
}  // namespace xinjing::language
