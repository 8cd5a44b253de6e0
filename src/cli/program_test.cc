#include <gtest/gtest.h>

#include "cli/catalog.h"
#include "cli/help.h"

namespace xinjing::cli {
namespace {

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
  context.out = std::tmpfile();
  context.err = std::tmpfile();
  Output output;
  output.code = run_program(words, context);
  output.out = drained(context.out);
  output.err = drained(context.err);
  return output;
}

TEST(Program, TeachesInBothLanguages) {
  EXPECT_NE(run({"--help"}).out.find("Usage: xinjing COMMAND"), std::string::npos);
  EXPECT_NE(run({"--help", "--lang", "zh"}).out.find("用法：xinjing 命令"), std::string::npos);
  EXPECT_EQ(run({}).code, kUsageError);
  const Output help = run({"completion", "--help"});
  EXPECT_EQ(help.code, kDone);
  EXPECT_NE(help.out.find("SHELL"), std::string::npos);
}

TEST(Program, SuggestsTheCommandThatWasMeant) {
  const Output wrong = run({"completoin", "bash"});
  EXPECT_EQ(wrong.code, kUsageError);
  EXPECT_EQ(wrong.err, "xinjing: there is no command 'completoin'; did you mean 'completion'?\n");
  EXPECT_EQ(run({"zzzzzzz", "--lang=zh"}).err, "xinjing: 没有命令“zzzzzzz”\n");
}

TEST(Program, RefusesWrongArgumentsWithOneSentence) {
  EXPECT_EQ(run({"completion"}).code, kUsageError);
  EXPECT_EQ(run({"completion", "tcsh"}).code, kUsageError);
  EXPECT_EQ(run({"completion", "bash", "--nothing"}).code, kUsageError);
  EXPECT_EQ(run({"--lang", "fr", "completion", "bash"}).code, kUsageError);
}

TEST(Completion, NamesEveryCommand) {
  const std::string script = run({"completion", "bash"}).out;
  for (const catalog::Entry* entry : catalog::entries()) {
    EXPECT_NE(script.find(std::string(entry->name) + ")"), std::string::npos) << entry->name;
    EXPECT_FALSE(entry->summary.zh.empty());
    EXPECT_FALSE(entry->details.zh.empty());
    EXPECT_FALSE(command_help(*entry, Lang::kZh).empty());
  }
}

}  // namespace
}  // namespace xinjing::cli
