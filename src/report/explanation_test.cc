#include "report/explanation.h"

#include <gtest/gtest.h>

namespace xinjing::report {
namespace {

using profile::EvidenceRow;
using psychology::Ground;

constexpr Day kToday{20'000};

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

evidence::Card card() {
  evidence::Card card;
  card.id = "need";
  card.label = {"Need", "需要"};
  card.definition = {"What is missing.", "缺什么。"};
  card.measure = evidence::Measure::kTypology;
  card.grade = evidence::Grade::kFolk;
  card.half_life_days = 100;
  card.minimum_episodes = 1;
  card.minimum_nats = 1;
  for (const auto& [id, label] :
       std::vector<std::pair<std::string, Said>>{{"safety", {"Safety", "安全"}},
                                                 {"basic", {"Basic", "基本"}},
                                                 {"none", {"None", "无"}}}) {
    evidence::CardState state;
    state.id = id, state.label = label, state.prior = 0.3;
    card.states.push_back(state);
  }
  return card;
}

EvidenceRow row(const std::string& state, double nats, const std::string& words, int days_ago) {
  EvidenceRow row;
  row.state = state;
  row.micro_nats = std::int64_t(nats * 1e6);
  row.n = nats > 0 ? 1 : 0;
  row.quote.text = words;
  row.quote.context = "@客服 你好,我家又停电了,孩子在发烧,急死人";
  row.quote.day = {kToday.number - days_ago};
  row.quote.channel = "热线";
  row.quote.conversation = days_ago == 0 ? "V2" : "V1";
  row.quote.nats = nats;
  row.quote.source = "model";
  return row;
}

profile::Line line(Ground ground) {
  profile::Line line;
  line.standing.ground = ground;
  line.standing.p = 0.74;
  line.standing.nats = 0.4;
  line.standing.dist = {0.74, 0.2, 0.06};
  line.standing.last = {kToday.number - 100};
  return line;
}

const std::vector<EvidenceRow> kRows = {
    row("safety", 1.5, "家又停电", 100), row("basic", -0.5, "又停电了", 100),
    row("safety", 0.4, "", 0), row("safety", 0.3, "", 0), row("basic", -2, "", 0)};

TEST(Explanation, PutsTheGroundsOfAConversationTogetherTheLatestFirst) {
  const std::string zh = explanation_text(line(Ground::kEnough), card(), kRows, kToday, Lang::kZh);
  EXPECT_TRUE(zh.starts_with("需要（截至 2024-10-04）：安全 74%\n")) << zh;
  const std::size_t later =
      zh.find("  2024-10-04 热线 V2\n    整段看：支持 安全 +0.70（2 处）；反对 基本 -2.00\n");
  const std::size_t before = zh.find(
      "  2024-06-26 热线 V1（100 天前，分量如今算 50%）\n"
      "    “我家又停电了”：支持 安全 +1.50；反对 基本 -0.50\n");
  ASSERT_NE(later, zh.npos) << zh;
  ASSERT_NE(before, zh.npos) << zh << "words of one clause are cited once, without names";
  EXPECT_LT(later, before);
  EXPECT_TRUE(
      has(zh, "  安全   30% ->  +1.45 ( 3) ->  74%\n  基本   30% ->  -2.25 ( 0) ->  20%\n"));
  EXPECT_TRUE(has(zh, "没有依据的：无 6%\n"));
  EXPECT_TRUE(has(zh, "卡片 need/1：销售实践中的说法，不是测量。"));
}

TEST(Explanation, SaysInWordsWhyNothingIsSaid) {
  const auto title = [](Ground ground, Lang lang) {
    const std::string text = explanation_text(line(ground), card(), kRows, kToday, lang);
    return text.substr(0, text.find('\n'));
  };
  EXPECT_EQ(title(Ground::kWeak, Lang::kEn),
            "Need (as of 2024-10-04): not enough ground; most likely “Safety”, but on grounds of "
            "0.40 nats, less than 1");
  EXPECT_EQ(title(Ground::kFaded, Lang::kZh),
            "需要（截至 2024-10-04）：不下结论。2024-06-26 时可以说“安全”，隔得太久，现在不能说了");
  EXPECT_EQ(title(Ground::kNothing, Lang::kZh), "需要（截至 2024-10-04）：不下结论。没有发现依据");
}

/// The paragraph in plain words.
std::string note(const profile::Line& line, const std::vector<EvidenceRow>& rows, Lang lang) {
  const std::string text = explanation_text(line, card(), rows, kToday, lang);
  const std::size_t begin = text.find("\n\n") + 2;
  return text.substr(begin, text.find('\n', begin) - begin);
}

TEST(Explanation, BeginsWithWhatAColleagueWouldSay) {
  const std::vector<EvidenceRow> rows = {row("safety", 1.5, "家又停电", 100),
                                         row("basic", 0.8, "孩子", 0),
                                         row("safety", -0.9, "急死人", 0)};
  EXPECT_EQ(note(line(Ground::kEnough), rows, Lang::kZh),
            "多半是“安全”。最说明问题的是 2024-06-26 的“我家又停电了”。也可能是“基本”（20%），"
            "如 2024-10-04 的“孩子在发烧”。不过 2024-10-04 的“急死人”说的是相反的。");
  EXPECT_EQ(note(line(Ground::kEnough), {rows[0]}, Lang::kEn),
            "Most likely “Safety”. What says it most is “我家又停电了”. "
            "That rests on one conversation: listen again next time.");
  profile::Line sure = line(Ground::kEnough);
  sure.standing.p = 0.95;
  EXPECT_TRUE(note(sure, rows, Lang::kEn).starts_with("Almost surely “Safety”. "));
  EXPECT_TRUE(note(sure, {rows[0]}, Lang::kEn).starts_with("Most likely “Safety”. "));
}

TEST(Explanation, ANoteOfWhatIsNotSaidTellsWhy) {
  EXPECT_EQ(note(line(Ground::kWeak), {row("safety", 0.35, "家又停电", 0)}, Lang::kEn),
            "It looks like “Safety”, but on words too few or too slight to rely on. "
            "What points there most is “我家又停电了”.");
  profile::Line silent = line(Ground::kWeak);
  silent.standing.nats = -0.2;
  EXPECT_EQ(note(silent, {row("safety", -0.2, "", 0)}, Lang::kEn),
            "The words say nothing either way; “Safety” is merely what is usual.");
  profile::Line unshown = line(Ground::kUndecided);
  unshown.standing.p = 0.74;
  EXPECT_EQ(note(unshown, {row("basic", 0.35, "家又停电", 0)}, Lang::kZh),
            "按常情像是“安全”，但没有一处显出来。也可能是“基本”（20%），如“我家又停电了”。");
}

TEST(Explanation, CitesTheClauseOfASignalAndTheWordsOfACue) {
  std::vector<EvidenceRow> rows = {row("safety", 0.4, "孩子", 0), row("basic", 0.3, "停电", 0)};
  rows[0].quote.source = "detector", rows[1].quote.source = "cue";
  const std::string text = explanation_text(line(Ground::kEnough), card(), rows, kToday, Lang::kEn);
  EXPECT_TRUE(has(text, "    “孩子在发烧” (signal): for Safety +0.40\n")) << text;
  EXPECT_TRUE(has(text, "    “停电” (cue): for Basic +0.30\n")) << text;
}

TEST(Explanation, OfNothingIsShort) {
  const std::string text = explanation_text(line(Ground::kNothing), card(), {}, kToday, Lang::kZh);
  EXPECT_TRUE(has(text, "\n没有依据。\n\n怎样才下结论"));
}

TEST(Explanation, OfOrdersNamesThem) {
  profile::Line orders = line(Ground::kEnough);
  orders.orders = 8;
  const std::string text = explanation_text(orders, card(), {}, kToday, Lang::kEn);
  EXPECT_TRUE(has(text, "It rests on the rhythm of 8 orders (last on 2024-06-26), not on words."));
  EXPECT_FALSE(has(text, "How it adds up"));
}

}  // namespace
}  // namespace xinjing::report
