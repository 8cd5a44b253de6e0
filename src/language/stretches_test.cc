#include "language/stretches.h"

#include <gtest/gtest.h>

#include <random>

#include "base/file.h"
#include "base/format.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "language/normalise.h"

namespace xinjing::language {
namespace {

/// "{zh}太差了。{en}Terrible service.": a text with the language before each stretch.
std::string marked(std::string_view text) {
  Normalised normal;
  normalise(text, normal);
  std::vector<TextStretch> stretches;
  find_stretches(normal.chars, stretches);
  std::string out;
  for (const TextStretch& s : stretches) {
    out += fmt::format("{{{}}}{}", tongue_id(s.tongue),
                       slice(text, normal.bytes(s.chars.begin, s.chars.end)));
  }
  return out;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

std::string without_marks(std::string text) {
  for (const char* mark : {"{zh}", "{en}", "{other}"}) text = replaced(std::move(text), mark, "");
  return text;
}

class StretchTable : public testing::TestWithParam<const char*> {};

TEST_P(StretchTable, IsMet) {
  const std::string name = fmt::format("{}.tsv", GetParam());
  const auto file = read_file(XINJING_SOURCE_DIR "/tests/tables/stretches/" + name);
  ASSERT_TRUE(file) << name;
  TsvReader reader(*file, name, "stretches\tnote");
  std::size_t rows = 0;
  for (;; ++rows) {
    const auto row = reader.next();
    ASSERT_TRUE(row) << row.error().message(Lang::kEn);
    if (!*row) break;
    const std::string expected = replaced(std::string((*row)->cells[0]), "\\n", "\n");
    EXPECT_EQ(marked(without_marks(expected)), expected) << (*row)->place;
  }
  EXPECT_GE(rows, 30U);
}

INSTANTIATE_TEST_SUITE_P(All, StretchTable, testing::Values("zh", "en", "mixed"),
                         [](const auto& one) { return std::string(one.param); });

TEST(Stretches, CoverAnyTextAndNeighboursDiffer) {
  const std::u32string letters = U"我的了退款上海 iwill yoursab'5,.。!?\"@(あи\n";
  const unsigned seed = 20260301;
  std::mt19937 random(seed);
  std::vector<TextStretch> stretches;
  for (int round = 0; round < 3000; ++round) {
    std::u32string text;
    for (std::size_t size = random() % 40; size > 0; --size)
      text += letters[random() % letters.size()];
    find_stretches(text, stretches);
    std::uint32_t at = 0;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
      ASSERT_EQ(stretches[i].chars.begin, at) << seed << ": " << utf8_of(text);
      ASSERT_GT(stretches[i].chars.end, at) << seed << ": " << utf8_of(text);
      at = stretches[i].chars.end;
      if (i == 0) continue;
      ASSERT_NE(stretches[i].tongue, stretches[i - 1].tongue) << utf8_of(text);
    }
    ASSERT_EQ(at, text.size());
  }
}

TEST(Stretches, OfTextsInOneLanguageAreNone) {
  std::vector<TextStretch> stretches{{{0, 1}, Tongue::kOther}};
  for (const std::u32string_view text :
       {U"我的app闪退了", U"i paid by 支付宝 yesterday", U"", U"12345"}) {
    find_mixed_stretches(text, stretches);
    EXPECT_TRUE(stretches.empty()) << utf8_of(text);
  }
  find_mixed_stretches(U"受够了, i will complain", stretches);
  ASSERT_EQ(stretches.size(), 2U);
  EXPECT_TRUE(counts_at(stretches, Lang::kZh, 0));
  EXPECT_FALSE(counts_at(stretches, Lang::kEn, 0));
  EXPECT_TRUE(counts_at(stretches, Lang::kEn, 8));
  EXPECT_TRUE(counts_at(stretches, std::nullopt, 8));
  EXPECT_TRUE(counts_at({}, Lang::kZh, 8));
}

TEST(Stretches, AreCheapToRuleOut) {
  EXPECT_FALSE(may_be_mixed(U"我要退款"));
  EXPECT_FALSE(may_be_mixed(U"i want a refund"));
  EXPECT_FALSE(may_be_mixed(U"vip会员"));
  EXPECT_TRUE(may_be_mixed(U"会员 is not free"));
}

}  // namespace
}  // namespace xinjing::language
