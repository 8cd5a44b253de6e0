#include "language/rewriter.h"

#include <gtest/gtest.h>

#include <random>

#include "base/file.h"
#include "base/format.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "language/features.h"
#include "language/toy_model.h"

namespace xinjing::language {
namespace {

std::string lexicon(std::string_view name) {
  return *read_file(fmt::format("{}/lexicons/{}", XINJING_SOURCE_DIR, name));
}

const Rewriter& shipped() {
  static const Rewriter made = [] {
    MentionLexicon names;
    EXPECT_TRUE(names.add(lexicon("mentions.zh.tsv"), "mentions.zh.tsv"));
    EXPECT_TRUE(names.add(lexicon("mentions.en.tsv"), "mentions.en.tsv"));
    Rewriter out;
    out.set_names(std::move(names));
    EXPECT_TRUE(out.add_words(lexicon("words.en.tsv"), "words.en.tsv"));
    for (const char* name : {"misspellings.zh.tsv", "misspellings.en.tsv"}) {
      const Status added = out.add_misspellings(lexicon(name), name);
      EXPECT_TRUE(added) << added.error().message(Lang::kEn) << added.error().place;
    }
    return out;
  }();
  return made;
}

std::string mark_name(char32_t c) {
  if (c == kAddressMark) return "<url>";
  return fmt::format("<{}>", mention_kind_id(static_cast<MentionKind>(c - kFirstNameMark)));
}

std::string seen(const Normalised& text) {
  std::string out;
  for (const char32_t c : text.chars) {
    if (is_mark(c)) {
      out += mark_name(c);
    } else {
      append_utf8(out, c);
    }
  }
  return out;
}

std::string rewritten(std::string_view text, const Rewriter& by = shipped()) {
  Rewriter::Scratch scratch;
  Normalised out;
  by.rewrite(text, scratch, out);
  return seen(out);
}

class RewritingTable : public testing::TestWithParam<const char*> {};

TEST_P(RewritingTable, IsMet) {
  const std::string name = fmt::format("{}.tsv", GetParam());
  const auto file = read_file(XINJING_SOURCE_DIR "/tests/tables/rewriting/" + name);
  ASSERT_TRUE(file) << name;
  TsvReader reader(*file, name, "text\tseen\tnote");
  std::size_t rows = 0;
  for (;; ++rows) {
    const auto row = reader.next();
    ASSERT_TRUE(row) << row.error().message(Lang::kEn);
    if (!*row) break;
    EXPECT_EQ(rewritten((*row)->cells[0]), (*row)->cells[1]) << (*row)->place;
  }
  EXPECT_GE(rows, 20U);
}

INSTANTIATE_TEST_SUITE_P(All, RewritingTable, testing::Values("zh", "en"),
                         [](const auto& one) { return std::string(one.param); });

TEST(Rewriter, LeadsEveryCharacterBackToItsBytes) {
  const std::string text = "@张小明 soooo慢 http://t.cn/A1，#worstairlineever";
  Rewriter::Scratch scratch;
  Normalised out;
  shipped().rewrite(text, scratch, out);
  ASSERT_EQ(seen(out), "<person> so慢 <url>,#worst airline ever");
  EXPECT_EQ(slice(text, out.bytes(0, 1)), "@张小明");
  EXPECT_EQ(slice(text, out.bytes(2, 4)), "soooo");
  EXPECT_EQ(slice(text, out.bytes(4, 5)), "慢");
  EXPECT_EQ(slice(text, out.bytes(6, 7)), "http://t.cn/A1");
  EXPECT_EQ(slice(text, out.bytes(9, 14)), "worst");
  EXPECT_EQ(slice(text, out.bytes(15, 22)), "airline");
}

TEST(Rewriter, CoversAllBytesOfAnyText) {
  const std::vector<std::string> pieces = {"@",     "顺丰", "http://", "t.cn/", "a", "sooo", "#",
                                           "worst", " ",    "，",      "\xff",  "/", ".com", "慢",
                                           "\n",    "-",    "www.",    "1",     "?", "ever", "＠"};
  const unsigned seed = 20261201;
  std::mt19937 random(seed);
  Rewriter::Scratch scratch;
  Normalised out;
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (std::size_t n = random() % 12; n > 0; --n) text += pieces[random() % pieces.size()];
    shipped().rewrite(text, scratch, out);
    ASSERT_EQ(out.at.size(), out.chars.size() + 1) << seed << ": " << text;
    ASSERT_EQ(out.at.front(), out.chars.empty() ? text.size() : 0U) << seed << ": " << text;
    ASSERT_EQ(out.at.back(), text.size()) << seed << ": " << text;
    ASSERT_TRUE(std::is_sorted(out.at.begin(), out.at.end())) << seed << ": " << text;
  }
}

TEST(Rewriter, LetsNobodyWriteMarks) {
  EXPECT_EQ(rewritten("\xef\xa3\xb0\xef\xa3\xb1"), "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(Rewriter, WithoutFilesKnowsNamesAndAddressesOnly) {
  EXPECT_EQ(rewritten("@顺丰速运 sooooo http://t.cn/a", Rewriter::plain()), "<person> sooo <url>");
}

TEST(Rewriter, LeavesAMarkThatIsAGramOfItsOwn) {
  Rewriter::Scratch scratch;
  Normalised one;
  Normalised other;
  shipped().rewrite("http://a.cn/x-投诉 好", scratch, one);
  shipped().rewrite("www.b.com 好", scratch, other);
  std::vector<Gram> grams_of_one;
  std::vector<Gram> grams_of_other;
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    find_grams(one, lang, grams_of_one);
    find_grams(other, lang, grams_of_other);
    ASSERT_EQ(grams_of_one.size(), grams_of_other.size());
    for (std::size_t g = 0; g < grams_of_one.size(); ++g) {
      EXPECT_EQ(grams_of_one[g].key, grams_of_other[g].key);
    }
  }
  EXPECT_EQ(shape_of(one).mentions, 0U);
  shipped().rewrite("@a @b", scratch, one);
  EXPECT_EQ(shape_of(one).mentions, 2U);
}

TEST(Rewriter, MendsMisspellings) {
  Rewriter by;
  ASSERT_TRUE(by.add_words("word\ttimes\nbad\t2\n", "w.tsv"));
  ASSERT_TRUE(by.add_misspellings(
      "form\tmeant\tnote\nservise\tservice\tn\nsh1t\tshit\tn\n太查\t太差\tn\n在也不\t再也不\tn\n"
      "dont\tdon't\tn\n",
      "m.tsv"));
  EXPECT_EQ(rewritten("Servise is 太查了，在也不来", by), "service is 太差了,再也不来");
  EXPECT_EQ(rewritten("servises dont sh1t", by), "servises don't shit");
  EXPECT_EQ(rewritten("serviseeee baaaad", by), "service bad") << "stretched as well";
  const std::string text = "dont go";
  Rewriter::Scratch scratch;
  Normalised out;
  by.rewrite(text, scratch, out);
  EXPECT_EQ(slice(text, out.bytes(0, 5)), "dont");
}

TEST(Rewriter, RefusesWithThePlace) {
  for (const auto& [row, place] : {std::pair<std::string, std::string>{"Bad\t1", "w.tsv:2:1"},
                                   {"bad\t0", "w.tsv:2:5"},
                                   {"bad\tx", "w.tsv:2:5"},
                                   {"bad", "w.tsv:2:1"},
                                   {"\t1", "w.tsv:2:1"}}) {
    Rewriter by;
    const Status added = by.add_words("word\ttimes\n" + row + "\n", "w.tsv");
    ASSERT_FALSE(added) << row;
    EXPECT_EQ(added.error().place, place) << row;
  }
  for (const auto& [row, place] : {std::pair<std::string, std::string>{"Bda\tbad\tn", "m.tsv:2:1"},
                                   {"bda\tBad\tn", "m.tsv:2:5"},
                                   {"b d\tbad\tn", "m.tsv:2:1"},
                                   {"查\t差\tn", "m.tsv:2:1"},
                                   {"bda\tbad", "m.tsv:2:1"},
                                   {"bad\tbed\tn", "m.tsv:2:1"}}) {
    Rewriter by;
    ASSERT_TRUE(by.add_words("word\ttimes\nbad\t1\n", "w.tsv"));
    const Status added = by.add_misspellings("form\tmeant\tnote\n" + row + "\n", "m.tsv");
    ASSERT_FALSE(added) << row;
    EXPECT_EQ(added.error().place, place) << row;
  }
}

}  // namespace
}  // namespace xinjing::language
