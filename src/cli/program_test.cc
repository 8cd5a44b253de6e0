#include <gtest/gtest.h>

#include "cli/help.h"
#include "cli/test_support.h"

namespace xinjing::cli {
namespace {

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

std::string complaint(std::vector<std::string> words) {
  const Output output = run(words);
  EXPECT_EQ(output.code, kUsageError);
  EXPECT_EQ(output.out, "");
  return output.err.substr(0, output.err.find('\n'));
}

TEST(Program, NamesTheWordThatIsWrongInBothLanguages) {
  struct Case {
    std::vector<std::string> words;
    std::string_view en, zh;
  };
  const Case cases[] = {
      {{"profile", "C1001", "--colour", "blue"},
       "xinjing: there is no option '--colour'",
       "xinjing: 没有选项“--colour”"},
      {{"profile", "C1001", "--colour=blue"},
       "xinjing: there is no option '--colour'",
       "xinjing: 没有选项“--colour”"},
      {{"profile", "C1001", "C1002", "C1003"},
       "xinjing: 'C1002' is one argument too many",
       "xinjing: 多出一个参数“C1002”"},
      {{"profile"}, "xinjing: ID is missing", "xinjing: 缺少 ID"},
      {{"profile", "--colour"},
       "xinjing: there is no option '--colour'",
       "xinjing: 没有选项“--colour”"},
      {{"profile", "C1001", "--db"}, "xinjing: --db needs a value", "xinjing: --db 后面缺少值"},
      {{"profile", "C1001", "--db", "a", "--db", "b"},
       "xinjing: --db is given twice",
       "xinjing: --db 写了两次"},
      {{"profile", "C1001", "--json=maybe"},
       "xinjing: --json takes no value",
       "xinjing: --json 不带值"},
      {{"profile", "C1001", "--quotes", "many"},
       "xinjing: --quotes takes a whole number, not 'many'",
       "xinjing: --quotes 需要整数，而不是“many”"},
      {{"export", "out", "--format", "xml"},
       "xinjing: --format is one of csv, jsonl, parquet, not 'xml'",
       "xinjing: --format 只能是 csv、jsonl、parquet，不能是“xml”"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(complaint(one.words), one.en);
    std::vector<std::string> zh = one.words;
    zh.insert(zh.begin(), {"--lang", "zh"});
    EXPECT_EQ(complaint(zh), one.zh);
  }
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
