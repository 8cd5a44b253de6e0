#include <gtest/gtest.h>

#include "base/file.h"
#include "base/temporary_folder.h"
#include "cli/test_support.h"

namespace xinjing::cli {
namespace {

namespace fs = std::filesystem;

TEST(Cards, OfThisInstallationHaveNoFaults) {
  const Output check = run({"cards", "check"});
  EXPECT_EQ(check.code, kDone) << check.err;
  EXPECT_TRUE(has(check.out, "examples: 0 faults\n")) << check.out;
  EXPECT_TRUE(has(run({"cards", "check", "--lang", "zh"}).out, "0 处错误\n"));
}

TEST(Cards, AreListedOneLineEach) {
  const Output list = run({"cards", "list"});
  EXPECT_EQ(list.code, kDone);
  EXPECT_TRUE(has(list.out, "\nemotion "));
  EXPECT_TRUE(has(run({"cards", "list", "--lang=zh"}).out, "\nemotion           情绪 "));
}

TEST(Cards, ShowOneWithItsRulesOfUse) {
  const Output card = run({"cards", "show", "temperament"});
  EXPECT_EQ(card.code, kDone);
  EXPECT_TRUE(has(card.out, "choleric"));
  EXPECT_TRUE(has(card.out, "forbidden uses"));
  EXPECT_TRUE(has(run({"cards", "show", "temperament", "--lang=zh"}).out, "胆汁质"));
}

TEST(Cards, RefuseWhatIsNotThere) {
  EXPECT_EQ(run({"cards", "show"}).code, kUsageError);
  EXPECT_EQ(run({"cards", "burn"}).code, kUsageError);
  EXPECT_EQ(run({"cards", "show", "weather"}).err,
            "xinjing: there is no construct 'weather'; see xinjing cards list\n");
  EXPECT_EQ(run({"cards", "show", "weather"}).code, kUsageError);
  EXPECT_EQ(run({"cards", "check", "no/such/folder"}).code, kNotFoundError);
}

TEST(Cards, ReportEveryFaultOfAFolder) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "mood");
  fs::create_directories(folder / "weather");
  ASSERT_TRUE(write_file(folder / "mood" / "card.toml", "id = 4\n"));
  ASSERT_TRUE(write_file(folder / "mood" / "cues.zh.tsv", "state cue\n"));
  ASSERT_TRUE(write_file(folder / "weather" / "card.toml", "id = \n"));
  const Output check = run({"cards", "check", folder.path().string()});
  EXPECT_EQ(check.code, kFound);
  EXPECT_TRUE(has(check.err, "'id' must be a text (mood/card.toml:1:6)\n")) << check.err;
  EXPECT_TRUE(has(check.err, "(mood/cues.zh.tsv:1:1)\n"));
  EXPECT_TRUE(has(check.err, "(weather/card.toml:1:"));
  EXPECT_TRUE(has(check.out, "2 constructs, 0 states, 0 cues, 0 examples: 3 faults\n"));
}

}  // namespace
}  // namespace xinjing::cli
