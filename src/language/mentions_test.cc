#include "language/mentions.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/format.h"
#include "base/tsv.h"

namespace xinjing::language {
namespace {

const MentionLexicon& shipped() {
  static const MentionLexicon made = [] {
    MentionLexicon out;
    for (const char* name : {"mentions.zh.tsv", "mentions.en.tsv"}) {
      const Status added =
          out.add(*read_file(std::string(XINJING_SOURCE_DIR "/lexicons/") + name), name);
      EXPECT_TRUE(added) << added.error().message(Lang::kEn);
    }
    return out;
  }();
  return made;
}

class MentionTable : public testing::TestWithParam<const char*> {};

TEST_P(MentionTable, IsMet) {
  const std::string name = fmt::format("{}.tsv", GetParam());
  const auto file = read_file(XINJING_SOURCE_DIR "/tests/tables/mentions/" + name);
  ASSERT_TRUE(file) << name;
  TsvReader reader(*file, name, "name\tkind\tnote");
  std::size_t rows = 0;
  for (;; ++rows) {
    const auto row = reader.next();
    ASSERT_TRUE(row) << row.error().message(Lang::kEn);
    if (!*row) break;
    const auto& cells = (*row)->cells;
    EXPECT_EQ(mention_kind_id(shipped().kind_of(cells[0])), cells[1])
        << (*row)->place << ": " << cells[0];
  }
  EXPECT_GE(rows, 50U);
}

INSTANTIATE_TEST_SUITE_P(All, MentionTable, testing::Values("zh", "en"),
                         [](const auto& one) { return std::string(one.param); });

TEST(MentionLexicon, TakesTheFirstRowThatFitsAndWholeWordsOfLatinNames) {
  MentionLexicon lexicon;
  ASSERT_TRUE(lexicon.add(
      "kind\twords\tnote\nmedia\t日报|news\tn\nbrand\t日\tn\nofficial\t*help\tn\n", "m.tsv"));
  const auto kind = [&](std::string_view name) { return mention_kind_id(lexicon.kind_of(name)); };
  EXPECT_EQ(kind("北城日報"), "media") << "traditional characters";
  EXPECT_EQ(kind("@北城日"), "brand");
  EXPECT_EQ(kind("BBCNews"), "media");
  EXPECT_EQ(kind("newsie"), "person");
  EXPECT_EQ(kind("acmehelp"), "official");
  EXPECT_EQ(kind(""), "person");
  EXPECT_EQ(kind("\xff\xfe"), "person");
}

TEST(MentionLexicon, RefusesWithThePlace) {
  const std::string header = "kind\twords\tnote\n";
  for (const auto& [row, place] :
       {std::pair<std::string, std::string>{"paper\t日报\tn", "m.tsv:2:1"},
        {"media\t日报||晚报\tn", "m.tsv:2:7"},
        {"media\tNews\tn", "m.tsv:2:7"},
        {"media\t日报", "m.tsv:2:1"}}) {
    MentionLexicon lexicon;
    const Status added = lexicon.add(header + row + "\n", "m.tsv");
    ASSERT_FALSE(added) << row;
    EXPECT_TRUE(added.error().place.starts_with("m.tsv:2:")) << added.error().place << place;
  }
}

}  // namespace
}  // namespace xinjing::language
