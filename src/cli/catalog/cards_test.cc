#include <gtest/gtest.h>

#include "base/file.h"
#include "cli/catalog.h"

namespace xinjing::cli {
namespace {

namespace fs = std::filesystem;

struct Output {
  int code = 0;
  std::string out;
  std::string err;
};

std::string drained(std::FILE* file) {
  std::rewind(file);
  std::string text;
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) text.push_back(char(c));
  std::fclose(file);
  return text;
}

Output run(std::vector<std::string> words) {
  Context context;
  context.home = XINJING_SOURCE_DIR;
  context.out = std::tmpfile();
  context.err = std::tmpfile();
  Output output;
  output.code = run_program(words, context);
  output.out = drained(context.out);
  output.err = drained(context.err);
  return output;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

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
  EXPECT_EQ(run({"cards", "show", "weather"}).err, "xinjing: there is no construct 'weather'\n");
  EXPECT_EQ(run({"cards", "show", "weather"}).code, kNotFoundError);
  EXPECT_EQ(run({"cards", "check", "no/such/folder"}).code, kNotFoundError);
}

TEST(Cards, ReportEveryFaultOfAFolder) {
  const fs::path folder = fs::path(testing::TempDir()) / "cards_with_faults";
  fs::create_directories(folder / "mood");
  fs::create_directories(folder / "weather");
  ASSERT_TRUE(write_file(folder / "mood" / "card.toml", "id = 4\n"));
  ASSERT_TRUE(write_file(folder / "mood" / "cues.zh.tsv", "state cue\n"));
  ASSERT_TRUE(write_file(folder / "weather" / "card.toml", "id = \n"));
  const Output check = run({"cards", "check", folder.string()});
  EXPECT_EQ(check.code, kFound);
  EXPECT_TRUE(has(check.err, "'id' must be a text (mood/card.toml:1:6)\n")) << check.err;
  EXPECT_TRUE(has(check.err, "(mood/cues.zh.tsv:1:1)\n"));
  EXPECT_TRUE(has(check.err, "(weather/card.toml:1:"));
  EXPECT_TRUE(has(check.out, "2 constructs, 0 states, 0 cues, 0 examples: 3 faults\n"));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace xinjing::cli
