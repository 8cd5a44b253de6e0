#include "learn/public_sets.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "base/file.h"
#include "base/temporary_folder.h"
#include "language/toy_model.h"

namespace xinjing::learn {
namespace {

using language::Space;

void write_set(const std::filesystem::path& folder, const std::string& split,
               const std::string& rows) {
  std::filesystem::create_directories(folder);
  ASSERT_TRUE(write_file(folder / (split + ".tsv"), "id\ttext\tlabel\n" + rows));
}

/// Emotions by two words; the model reads only one of them.
TEST(PublicSets, AreToldByAModelOfTheirOwnAndByTheProduct) {
  const TemporaryFolder folder;
  const auto set = folder.path() / "zh_smp2020_usual";
  std::string train;
  for (int i = 0; i < 20; ++i) {
    train += "a\t真开心" + std::to_string(i) + "\thappy\n";
    train += "b\t气死了" + std::to_string(i) + "\tangry\n";
  }
  write_set(set, "train", train);
  write_set(set, "dev", "c\t真开心啊\thappy\nd\t气死我\tangry\ne\t气死了\tangry\nf\t怪\tstrange\n");
  const language::TextModel model(language::toy_parts(
      {{"气死", Space::kOwn, {0, -20, 100}}, {"开心", Space::kOwn, {10, 0, -20}}}));
  const language::Reader reader(&model, nullptr);
  std::size_t done = 0;
  const auto rows = judge_public_sets(folder.path(), reader, Lang::kZh, nullptr,
                                      [&](std::size_t n, std::size_t) { done = n; });
  ASSERT_TRUE(rows) << rows.failure().error.message(Lang::kEn);
  ASSERT_EQ(rows->size(), 1U);  // the other sets are not there
  EXPECT_EQ(done, 1U);
  const PublicRow& row = (*rows)[0];
  EXPECT_EQ(row.n, 3U);  // nobody was taught what strange is
  EXPECT_EQ(row.alone, 1);
  // 气死 is anger; of 真开心啊 the model says neutral, and no class here is called that: the mass
  // that is left lies on joy, so happy wins.
  EXPECT_EQ(row.product, 1);
  EXPECT_LE(row.product_interval.low, row.product_interval.high);
}

TEST(PublicSets, OfWhichNoHeadSpeaksHaveNoFigureOfTheProduct) {
  const TemporaryFolder folder;
  const auto set = folder.path() / "en_complaints_twitter";
  std::string train;
  for (int i = 0; i < 10; ++i) {
    train += "a\tmy phone broke again\tcomplaint\nb\tlovely sunny day\tnot_complaint\n";
  }
  write_set(set, "train", train);
  write_set(set, "dev", "c\tit broke again\tcomplaint\nd\tsuch a sunny day\tnot_complaint\n");
  const language::TextModel model(language::toy_parts({}, Lang::kEn));
  const language::Reader reader(nullptr, &model);
  const auto rows = judge_public_sets(folder.path(), reader, Lang::kEn, nullptr, {});
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ((*rows)[0].alone, 1);
  EXPECT_TRUE(std::isnan((*rows)[0].product));
  EXPECT_NE(public_table(*rows).find("| en_complaints_twitter | 2 | macro F1 | 1.000 |"),
            std::string::npos);
}

}  // namespace
}  // namespace xinjing::learn
