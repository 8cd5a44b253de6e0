#include "language/scope.h"

#include <gtest/gtest.h>

#include <sstream>

#include "base/file.h"
#include "base/format.h"
#include "base/tsv.h"
#include "language/normalise.h"

namespace xinjing::language {
namespace {

const ScopeRules& rules() {
  static const ScopeRules made = [] {
    ScopeRules out;
    for (const Lang lang : {Lang::kZh, Lang::kEn}) {
      const std::string name = fmt::format("scope.{}.tsv", lang_id(lang));
      const Status added = out.add(*read_file(XINJING_SOURCE_DIR "/lexicons/" + name), name, lang);
      EXPECT_TRUE(added) << added.error().message(Lang::kEn);
    }
    out.build();
    return out;
  }();
  return made;
}

Scope scope_in(const ScopeRules& by, std::string_view text, std::string_view phrase) {
  Normalised said;
  normalise(text, said);
  Normalised part;
  normalise(phrase, part);
  const std::size_t at = said.chars.find(part.chars);
  EXPECT_NE(at, said.chars.npos) << text << ": " << phrase;
  if (at == said.chars.npos) return {};
  ScopeRules::Marks marks;
  by.mark(said.chars, marks);
  return by.scope_of(
      said.chars, marks,
      {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + part.chars.size())});
}

struct Tally {
  std::size_t rows = 0;
  std::size_t right = 0;
};

/// A table of tests/tables/scope; what is wrong is listed.
Tally check_table(ScopeKind kind, const char* lang) {
  const std::string name = fmt::format("{}.{}.tsv", scope_id(kind), lang);
  const auto file = read_file(XINJING_SOURCE_DIR "/tests/tables/scope/" + name);
  EXPECT_TRUE(file) << name;
  if (!file) return {};
  TsvReader reader(*file, name, "text\tphrase\texpected\tnote");
  Tally tally;
  for (;;) {
    const auto row = reader.next();
    EXPECT_TRUE(row) << row.error().message(Lang::kEn);
    if (!row || !*row) return tally;
    const auto& cells = (*row)->cells;
    ++tally.rows;
    const std::string_view found = scope_in(rules(), cells[0], cells[1]).id(kind);
    if (found == cells[2]) {
      ++tally.right;
    } else {
      std::printf("%s: %s | %s: %s, not %s\n", (*row)->place.c_str(), std::string(cells[0]).c_str(),
                  std::string(cells[1]).c_str(), std::string(cells[2]).c_str(),
                  std::string(found).c_str());
    }
  }
}

class ScopeTable : public testing::TestWithParam<std::pair<std::size_t, const char*>> {};

// What the lexicons reach; they must not fall behind it.
TEST_P(ScopeTable, IsMet) {
  const auto& [kind, lang] = GetParam();
  const Tally tally = check_table(static_cast<ScopeKind>(kind), lang);
  EXPECT_GE(tally.rows, 45U);
  EXPECT_GE(double(tally.right), 0.84 * double(tally.rows));
}

std::vector<std::pair<std::size_t, const char*>> tables() {
  std::vector<std::pair<std::size_t, const char*>> out;
  for (std::size_t kind = 0; kind < kScopeKinds; ++kind) {
    for (const char* lang : {"zh", "en"}) out.emplace_back(kind, lang);
  }
  return out;
}

INSTANTIATE_TEST_SUITE_P(All, ScopeTable, testing::ValuesIn(tables()), [](const auto& one) {
  return fmt::format("{}_{}", scope_id(static_cast<ScopeKind>(one.param.first)), one.param.second);
});

TEST(Scope, OfAllTablesIsRightNineTimesInTen) {
  Tally all;
  for (const auto& [kind, lang] : tables()) {
    const Tally one = check_table(static_cast<ScopeKind>(kind), lang);
    all.rows += one.rows;
    all.right += one.right;
  }
  std::printf("scope: %zu of %zu rows right\n", all.right, all.rows);
  EXPECT_GE(all.rows, 1100U);
  EXPECT_GE(double(all.right), 0.90 * double(all.rows));
}

ScopeRules rules_of(std::string_view rows) {
  ScopeRules out;
  const Status added =
      out.add("kind\tvalue\treach\tneeds\trank\twords\tnote\n" + std::string(rows), "s.tsv");
  EXPECT_TRUE(added) << added.error().message(Lang::kEn);
  out.build();
  return out;
}

TEST(Scope, ReachesAsFarAsTheRowSays) {
  const ScopeRules by = rules_of(
      "negation\tyes\tclose\t\t5\t不\tn\n"
      "condition\tif\tclause\t\t5\t要是\tn\n"
      "condition\tthen\tclause\tcondition:if\t5\t就\tn\n"
      "degree\tstrong\tback-close\t\t5\t死了\tn\n"
      "question\tasked\tback-sentence\t\t5\t吗\tn\n");
  const auto value = [&](std::string_view text, std::string_view phrase, ScopeKind kind) {
    return std::string(scope_in(by, text, phrase).id(kind));
  };
  EXPECT_EQ(value("我不生气", "生气", ScopeKind::kNegation), "yes");
  EXPECT_EQ(value("我不, 生气", "生气", ScopeKind::kNegation), "no") << "another clause";
  EXPECT_EQ(value("要是不退, 我就投诉", "不退", ScopeKind::kCondition), "if");
  EXPECT_EQ(value("要是不退, 我就投诉", "投诉", ScopeKind::kCondition), "then");
  EXPECT_EQ(value("我就投诉", "投诉", ScopeKind::kCondition), "no") << "nothing it follows from";
  EXPECT_EQ(value("气死了", "气", ScopeKind::kDegree), "strong");
  EXPECT_EQ(value("退款吗?", "退款", ScopeKind::kQuestion), "asked");
  EXPECT_EQ(value("退款。好吗?", "退款", ScopeKind::kQuestion), "no") << "another sentence";
}

TEST(Scope, TakesTheHighestRankThenTheNearestAndHeedsExceptions) {
  const ScopeRules by = rules_of(
      "actor\tcompany\tsentence\t\t5\t你们|客服\tn\n"
      "actor\tother\tsentence\t\t5\t我妈\tn\n"
      "actor\trival\tsentence\t\t7\t隔壁\tn\n"
      "negation\tyes\tclose\t\t5\t不|没有\tn\n"
      "negation\t-\tnone\t\t5\t不但\tn\n");
  const auto id = [&](std::string_view text, std::string_view phrase, ScopeKind kind) {
    return std::string(scope_in(by, text, phrase).id(kind));
  };
  EXPECT_EQ(id("你们说我妈来了", "来了", ScopeKind::kActor), "other");
  EXPECT_EQ(id("我妈说客服来了", "来了", ScopeKind::kActor), "company");
  EXPECT_EQ(id("隔壁说客服来了", "来了", ScopeKind::kActor), "rival");
  EXPECT_EQ(id("不但慢", "慢", ScopeKind::kNegation), "no");
  EXPECT_EQ(id("没有不满意", "满意", ScopeKind::kNegation), "double");
}

TEST(Scope, TurnsAComparisonWhereARivalIsTheSubject) {
  const ScopeRules by = rules_of(
      "comparison\tmore\tclause\t\t5\t比\tn\n"
      "actor\trival\tsentence\t\t5\t别家\tn\n"
      "actor\tcompany\tsentence\t\t5\t你们\tn\n"
      "time\tpast\tclause\t\t5\t以前\tn\n");
  const auto id = [&](std::string_view text, std::string_view phrase) {
    return std::string(scope_in(by, text, phrase).id(ScopeKind::kComparison));
  };
  EXPECT_EQ(id("你们比别家贵", "贵"), "more");
  EXPECT_EQ(id("别家比你们便宜", "便宜"), "less");
  EXPECT_EQ(id("以前比现在快", "快"), "less");
}

TEST(Scope, OfATextInTwoLanguagesIsDecidedByTheWordsOfEach) {
  const std::string_view text =
      "我没有生气, I will complain to the regulator if it is not fixed by Friday";
  EXPECT_EQ(scope_in(rules(), text, "生气").id(ScopeKind::kNegation), "yes");
  EXPECT_EQ(scope_in(rules(), text, "生气").id(ScopeKind::kCondition), "no");
  EXPECT_EQ(scope_in(rules(), text, "complain").id(ScopeKind::kCondition), "then");
  EXPECT_EQ(scope_in(rules(), text, "complain").id(ScopeKind::kNegation), "no");
  EXPECT_EQ(scope_in(rules(), text, "fixed").id(ScopeKind::kNegation), "yes");
  // No mark between: the border ends the clause.
  EXPECT_EQ(scope_in(rules(), "I am not going to wait 气死我了", "气死").id(ScopeKind::kNegation),
            "no");
  EXPECT_EQ(scope_in(rules(), "我不想等了 this is so slow", "slow").id(ScopeKind::kNegation), "no");
}

TEST(ScopeRules, RefuseWithThePlace) {
  const std::string header = "kind\tvalue\treach\tneeds\trank\twords\tnote\n";
  for (const auto& [row, place] : std::vector<std::pair<std::string, std::string>>{
           {"mood\tyes\tclose\t\t5\t不\tn", "s.tsv:2:1"},
           {"negation\tperhaps\tclose\t\t5\t不\tn", "s.tsv:2:10"},
           {"negation\tyes\tfar\t\t5\t不\tn", "s.tsv:2:14"},
           {"negation\tyes\tclose\tcondition\t5\t不\tn", "s.tsv:2:20"},
           {"negation\tyes\tclose\t\t12\t不\tn", "s.tsv:2:21"},
           {"negation\tyes\tclose\t\t5\t不||没\tn", "s.tsv:2:27"},
           {"negation\tyes\tclose\t\t5\tＮＯ\tn", "s.tsv:2:23"},
           {"negation\tyes\tclose\t\t5\t不", "s.tsv:2:1"}}) {
    ScopeRules by;
    const Status added = by.add(header + row + "\n", "s.tsv");
    ASSERT_FALSE(added) << row;
    EXPECT_EQ(added.error().place, place) << row;
  }
}

}  // namespace
}  // namespace xinjing::language
