#include "cli/own_labels.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "base/temporary_folder.h"
#include "cli/resources.h"
#include "cli/sheet.h"
#include "cli/test_support.h"

namespace xinjing::cli {
namespace {

using language::HeadKind;

const evidence::Catalogue& cards() {
  static const auto loaded = load_catalogue(XINJING_SOURCE_DIR);
  EXPECT_TRUE(loaded);
  return *loaded;
}

const LabelHead kNeed{"need", HeadKind::kOne, false, {"basic", "safety", "belong", "none"}};
const LabelHead kMotive{"motive", HeadKind::kSeveral, false, {"vent", "redress", "praise"}};
const LabelHead kEmotion{"emotion", HeadKind::kOne, true, {"neutral", "joy", "anger"}};
const LabelHead kSatisfaction{"satisfaction", HeadKind::kLevel, false, {"-2", "-1", "0", "1", "2"}};

std::vector<std::string> states(std::string_view cell, const LabelHead& head) {
  const auto found = label_states(cell, head, cards());
  EXPECT_TRUE(found) << cell;
  return found ? *found : std::vector<std::string>{"refused"};
}

TEST(OwnLabels, NamesStatesByIdOrLabelInEitherLanguage) {
  using List = std::vector<std::string>;
  EXPECT_EQ(states("safety", kNeed), List{"safety"});
  EXPECT_EQ(states("Safety", kNeed), List{"safety"});
  const evidence::Card* const need = cards().find("need");
  ASSERT_NE(need, nullptr);
  const std::string zh = need->states[*need->find_state("safety")].label.zh;
  EXPECT_EQ(states(zh, kNeed), List{"safety"});
  EXPECT_EQ(states("vent；praise", kMotive), (List{"vent", "praise"}));
  EXPECT_EQ(states("vent, redress", kMotive), (List{"vent", "redress"}));
  EXPECT_EQ(states("-", kMotive), List{});
  EXPECT_EQ(states("joy;?;anger", kEmotion), (List{"joy", "", "anger"}));
  EXPECT_EQ(states("-2", kSatisfaction), List{"-2"});
}

TEST(OwnLabels, RefusesAWordThatIsNoState) {
  const auto found = label_states("hungry", kNeed, cards());
  ASSERT_FALSE(found);
  EXPECT_EQ(found.failure().error.said.en,
            "'hungry' is no state of need; there are: basic, safety, belong, none");
}

LabelItem item(const std::string& id, double doubt) {
  LabelItem one{.id = id, .doubt = doubt};
  one.turns = {{ingest::Speaker::kCustomer, "电费又涨了 " + id}};
  one.guesses = {"basic"};
  return one;
}

TEST(OwnLabels, ChoosesByLotAndByDoubt) {
  std::vector<LabelItem> items;
  for (int i = 0; i < 100; ++i) items.push_back(item(std::to_string(i), i / 100.0));
  items.push_back(items.back());  // the same text twice
  items.back().id = "again";
  const auto chosen = chosen_items(items, 20, 0.4, 7);
  ASSERT_EQ(chosen.size(), 20U);
  double least_unsure = 1;
  double by_lot = 0;
  int lots = 0;
  std::vector<std::string> texts;
  for (const LabelItem& one : chosen) {
    texts.push_back(one.turns[0].text);
    if (!one.at_random) {
      least_unsure = std::min(least_unsure, one.doubt);
      continue;
    }
    ++lots;
    by_lot += one.doubt;
  }
  EXPECT_EQ(lots, 8);
  EXPECT_GE(least_unsure, 0.8);   // twelve of the surest doubts, but for those drawn by lot
  EXPECT_LT(by_lot / lots, 0.8);  // a lot knows no doubt
  std::sort(texts.begin(), texts.end());
  EXPECT_EQ(std::unique(texts.begin(), texts.end()), texts.end());
  EXPECT_EQ(chosen_items(items, 20, 0.4, 7)[3].id, chosen[3].id);
}

TEST(OwnLabels, ComeBackFromTheSheetAsTheyWereWritten) {
  const TemporaryFolder folder;
  const auto sheet = folder.path() / "labels.csv";
  LabelItem one{.id = "c1", .labels = {"safety", "vent;redress", "joy;anger", "-2"}};
  one.turns = {{ingest::Speaker::kCustomer, "=真好, \"谢谢\""},
               {ingest::Speaker::kAgent, "不客气"},
               {ingest::Speaker::kCustomer, "又停电\n三次了"}};
  one.guesses = {"basic", "-", "joy;joy", "0"};
  LabelItem empty = one;
  empty.id = "c2";
  empty.labels.clear();
  const std::vector<LabelItem> items{one, empty};
  const std::vector<LabelHead> heads{kNeed, kMotive, kEmotion, kSatisfaction};
  ASSERT_TRUE(write_file(sheet, label_sheet(items, heads, cards(), Lang::kZh)));
  ASSERT_TRUE(write_file(folder.path() / "labels.jsonl", label_conversations(items)));
  const auto labelled = read_own_labels(sheet, heads, cards());
  ASSERT_TRUE(labelled) << labelled.failure().error.message(Lang::kEn);
  ASSERT_EQ(labelled->size(), 1U);  // c2 has no label
  const learn::Labelled& back = (*labelled)[0];
  ASSERT_EQ(back.turns.size(), 3U);
  EXPECT_EQ(back.turns[0].text, "=真好, \"谢谢\"");
  EXPECT_EQ(back.turns[2].text, "又停电\n三次了");
  EXPECT_EQ(back.targets.at("need").shares[1], 1);
  EXPECT_EQ(back.targets.at("motive").shares[0], 1);
  EXPECT_EQ(back.targets.at("motive").shares[2], 1);
  EXPECT_EQ(back.satisfaction_label, -2);
  EXPECT_EQ(back.turns[0].targets.at("emotion").shares[1], 1);
  EXPECT_FALSE(back.turns[0].targets.contains("intensity"));  // nobody said how strong
  const auto ids = ids_of_sheet(sheet);
  ASSERT_TRUE(ids);
  EXPECT_EQ(*ids, (std::vector<std::string>{"c1", "c2"}));
}

TEST(OwnLabels, SaysWhichRowOfTheSheetIsWrong) {
  const TemporaryFolder folder;
  const auto sheet = folder.path() / "labels.csv";
  ASSERT_TRUE(
      write_file(folder.path() / "labels.jsonl",
                 "{\"id\":\"a\",\"turns\":[{\"speaker\":\"customer\",\"text\":\"好\"}]}\n"));
  const std::vector<LabelHead> heads{kNeed, kEmotion};
  const auto refusal = [&](const std::string& rows) {
    EXPECT_TRUE(write_file(sheet, "id,need,emotion\n" + rows));
    const auto read = read_own_labels(sheet, heads, cards());
    EXPECT_FALSE(read) << rows;
    return read ? std::string() : read.failure().error.message(Lang::kEn);
  };
  EXPECT_TRUE(has(refusal("a,basic,\na,hungry,\n"), "'hungry' is no state of need"));
  EXPECT_TRUE(has(refusal("a,basic,\na,hungry,\n"), "labels.csv:3"));
  EXPECT_TRUE(has(refusal("b,basic,\n"), "not in the .jsonl beside the sheet"));
  EXPECT_TRUE(has(refusal("a,,joy;anger\n"), "2 labels for 1 turns of the customer"));
  EXPECT_TRUE(has(refusal("a,basic;safety,\n"), "need takes one label"));
}

/// Eighty customers of a company at which "照旧" is a threat to leave.
std::string company_lines() {
  std::string out;
  for (int i = 0; i < 80; ++i) {
    out += fmt::format("{{\"id\":\"k{}\",\"text\":\"{}，编号{}\"}}\n", i,
                       i % 2 == 0 ? "这个月照旧吧" : "这个月帮我查一下用量", i * 37 % 1000);
  }
  return out;
}

// The whole way: a sheet, labels, a model that learned, and back.
TEST(OwnLabels, TeachTheShippedModelAndAreUndone) {
  const TemporaryFolder folder;
  const auto at = [&](const char* name) { return (folder.path() / name).string(); };
  std::string lines = company_lines();
  lines.replace(lines.find("编号0"), std::string("编号0").size(), "电话13800138000");
  ASSERT_TRUE(write_file(at("in.jsonl"), lines));
  const Output made = run({"label", at("in.jsonl"), "--out", at("l.csv"), "--of", "bond", "--count",
                           "80", "--at-random", "1", "-q"});
  ASSERT_EQ(made.code, kDone) << made.err;
  EXPECT_TRUE(has(made.out, "80 of 80 conversations, 80 by lot"));
  EXPECT_EQ(run({"label", at("in.jsonl"), "--out", at("l.csv"), "-q"}).code, kUsageError);

  EXPECT_FALSE(has(*read_file(at("l.csv")), "13800138000"));
  EXPECT_FALSE(has(*read_file(at("l.jsonl")), "13800138000"));

  const auto sheet = read_sheet(at("l.csv"), 1000);
  ASSERT_TRUE(sheet);
  std::string filled = "id,bond\n";
  for (const Sheet::Cells& row : sheet->rows) {
    filled += row[0] + (has(row[2], "照旧") ? ",leave\n" : ",neutral\n");
  }
  ASSERT_TRUE(write_file(at("l.csv"), filled));

  const std::vector<std::string> learn = {"train",   "--continue", "--labels", at("l.csv"), "--out",
                                          at("own"), "--only",     "zh",       "-q"};
  std::vector<std::string> tries = learn;
  tries.emplace_back("--try");
  const Output tried = run(tries);
  EXPECT_EQ(tried.code, kDone) << tried.err;
  EXPECT_TRUE(has(tried.out, "nothing was written"));
  EXPECT_FALSE(std::filesystem::exists(at("own")));

  const Output learned = run(learn);
  ASSERT_EQ(learned.code, kDone) << learned.err;
  EXPECT_TRUE(has(learned.out, "learned")) << learned.out;
  EXPECT_TRUE(has(learned.out, "+ 80 own (")) << learned.out;
  ASSERT_TRUE(write_file(at("q.jsonl"), "{\"id\":1,\"text\":\"我们家这个月照旧\"}\n"));
  const auto leaves = [&](const std::string& models) {
    const Output read = run({"read", at("q.jsonl"), "--models", models, "-q"});
    EXPECT_EQ(read.code, kDone) << read.err;
    return has(read.out, "\"bond\":{\"state\":\"leave\"");
  };
  EXPECT_FALSE(leaves(std::string(XINJING_SOURCE_DIR) + "/models"));
  EXPECT_TRUE(leaves(at("own")));

  // A company's file remembers with which models it was read.
  ASSERT_TRUE(
      write_file(at("messages.csv"), "customer,time,text\nC1,2026-03-01 10:00,我们家这个月照旧\n"));
  const Output first =
      run({"analyze", at("messages.csv"), "--db", at("x.duckdb"), "--models", at("own"), "-q"});
  EXPECT_EQ(first.code, kDone) << first.err;
  EXPECT_EQ(run({"analyze", at("messages.csv"), "--db", at("x.duckdb"), "-q"}).code, kDone);
  std::filesystem::rename(at("own"), at("moved"));
  const Output gone = run({"analyze", at("messages.csv"), "--db", at("x.duckdb"), "-q"});
  EXPECT_EQ(gone.code, kNotFoundError);
  EXPECT_TRUE(has(gone.err, "last read with")) << gone.err;
  std::filesystem::rename(at("moved"), at("own"));

  const Output back = run({"train", "--rollback", "--out", at("own")});
  EXPECT_EQ(back.code, kDone) << back.err;
  EXPECT_FALSE(leaves(at("own")));
  EXPECT_EQ(*read_file(at("own") + "/reading-zh.xjm"),
            *read_file(std::string(XINJING_SOURCE_DIR) + "/models/reading-zh.xjm"));
  EXPECT_EQ(run({"train", "--rollback", "--out", at("own")}).code, kNotFoundError);
}

TEST(OwnLabels, RefusesWhatDoesNotGoTogether) {
  EXPECT_EQ(run({"train", "--continue"}).code, kUsageError);
  EXPECT_EQ(run({"train", "--labels", "x.csv"}).code, kUsageError);
  EXPECT_EQ(run({"train", "--continue", "--rollback", "--labels", "x.csv"}).code, kUsageError);
  EXPECT_EQ(run({"label", "x.jsonl", "--out", "x.txt"}).code, kUsageError);
  const TemporaryFolder folder;
  const std::string in = (folder.path() / "in.jsonl").string();
  ASSERT_TRUE(write_file(in, company_lines()));
  const Output bad =
      run({"label", in, "--out", (folder.path() / "l.csv").string(), "--of", "need,mood"});
  EXPECT_EQ(bad.code, kUsageError);
  EXPECT_TRUE(has(bad.err, "'mood' cannot be labelled; there are: emotion, motive, need"));
}

}  // namespace
}  // namespace xinjing::cli
