#include "report/portrait_text.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "report/overview_text.h"

namespace xinjing::report {
namespace {

using psychology::Ground;

evidence::Card card_of(std::string id, Said label, evidence::Group group, evidence::Measure measure,
                       std::vector<std::pair<std::string, Said>> states) {
  evidence::Card card;
  card.id = std::move(id);
  card.label = std::move(label);
  card.group = group;
  card.measure = measure;
  card.minimum_episodes = 3;
  for (auto& [name, said] : states) {
    evidence::CardState state;
    state.id = name;
    state.label = said;
    state.prior = 0.2;
    card.states.push_back(state);
  }
  return card;
}

evidence::Catalogue cards() {
  using enum evidence::Group;
  using enum evidence::Measure;
  std::vector<evidence::Card> out;
  out.push_back(card_of("bond", {"Bond", "关系"}, kBond, kTypology,
                        {{"waver", {"Wavering", "动摇"}}, {"loyal", {"Loyal", "忠诚"}}}));
  out.push_back(card_of("motive", {"Motive", "诉求"}, kWant, kShare,
                        {{"vent", {"Venting", "发泄"}}, {"solve", {"Solving", "求解决"}}}));
  out.push_back(card_of("satisfaction", {"Satisfaction", "满意度"}, kBond, kTrait,
                        {{"-2", {"Very low", "很低"}}, {"2", {"Very high", "很高"}}}));
  out.push_back(card_of("temperament", {"Temperament", "气质"}, kBeing, kTypology,
                        {{"choleric", {"Choleric", "胆汁质"}}}));
  return std::move(*evidence::Catalogue::of(std::move(out)));
}

profile::Portrait portrait() {
  profile::Portrait out;
  out.person = "C1";
  out.subjects = {"C1", "weibo:风中客"};
  out.as_of = *day_from_date(2026, 3, 31);
  out.history.conversations = 2;
  out.history.messages = 9;
  out.history.channels = {{"热线", 2}};
  out.history.contacted.add(*day_from_date(2026, 3, 5));
  out.history.orders = 1;
  out.history.spent["CNY"] = 12'345'000;
  out.history.bought.add(*day_from_date(2026, 3, 1));
  const Day day = *day_from_date(2026, 3, 5);
  profile::Line bond{.construct = 0, .standing = {}, .because = {}, .against = {}, .orders = {}};
  bond.standing = {.ground = Ground::kEnough,
                   .state = 0,
                   .p = 0.8,
                   .dist = {0.8, 0.2},
                   .mean = {},
                   .nats = 1.5,
                   .shown = 2,
                   .evidence = 2,
                   .episodes = 2,
                   .trend = psychology::Trend::kUp,
                   .first = day,
                   .last = day};
  bond.because.push_back({.text = "再这样就换\n别家",
                          .context = {},
                          .day = day,
                          .said = {day.number + 2},
                          .channel = "热线",
                          .conversation = "k1",
                          .state = 0,
                          .nats = 1.2,
                          .source = "cue"});
  bond.against.push_back({.text = "用了十年",
                          .context = {},
                          .day = day,
                          .said = day,
                          .channel = "热线",
                          .conversation = "k1",
                          .state = 1,
                          .nats = 0.4,
                          .source = "cue"});
  out.lines.push_back(bond);
  for (std::uint16_t construct = 1; construct < 4; ++construct) {
    profile::Line line{
        .construct = construct, .standing = {}, .because = {}, .against = {}, .orders = {}};
    line.standing.ground = construct == 3 ? Ground::kFewEpisodes : Ground::kNothing;
    line.standing.episodes = 2;
    out.lines.push_back(line);
  }
  return out;
}

TEST(PortraitText, ReadsAsAPageInChinese) {
  EXPECT_EQ(portrait_text(portrait(), cards(), {.lang = Lang::kZh}),
            "客户画像 C1（截至 2026-03-31）\n"
            "  同一人：C1、weibo:风中客\n"
            "  2 次对话，9 条消息（热线 2），最近 2026-03-05\n"
            "  1 笔订单，共 ¥1,234.50，最近 2026-03-01（30 天前）\n"
            "\n满意与关系\n"
            "  关系          动摇 80%；其次 忠诚 20%，渐增  [1.5 奈特，2 条依据，2 次对话，最近 "
            "2026-03-05；实测不足]\n"
            "      · “再这样就换 别家”  2026-03-07 热线\n"
            "      ≠ 忠诚 “用了十年”  2026-03-05 热线\n"
            "\n依据不足\n"
            "  没有依据：诉求、满意度\n"
            "  需要在 3 次对话中出现，现有 0 次：气质\n");
}

TEST(PortraitText, ReadsAsAPageInEnglish) {
  const std::string page = portrait_text(portrait(), cards(), {.lang = Lang::kEn});
  EXPECT_NE(page.find("Portrait of C1 (as of 2026-03-31)"), std::string::npos);
  EXPECT_NE(page.find("Wavering 80%; then Loyal 20%, rising"), std::string::npos);
  EXPECT_NE(page.find("must show in 3 conversations, shows in 0: Temperament"), std::string::npos);
}

TEST(PortraitJson, IsValidAndSaysOnlyWhatIsSaid) {
  JsonParser parser;
  const std::string text = portrait_json(portrait(), cards());
  const Result<JsonValue> json = parser.parse(text);
  ASSERT_TRUE(json) << text;
  EXPECT_EQ((*json)["person"].string(), "C1");
  EXPECT_EQ((*json)["behaviour"]["money"]["CNY"].number(), 1234.5);
  std::size_t said = 0, lines = 0;
  (*json)["lines"].each([&](const JsonValue& line) {
    ++lines;
    said += line["state"].present() ? 1 : 0;
    EXPECT_EQ(line["state"].present(), line["ground"].string() == "enough");
  });
  EXPECT_EQ(lines, 4U);
  EXPECT_EQ(said, 1U);
}

TEST(MoneyText, GroupsThousands) {
  EXPECT_EQ(money_text("CNY", 12'345'678'900), "¥1,234,567.89");
  EXPECT_EQ(money_text("", -990'000), "-¥99.00");
  EXPECT_EQ(money_text("EUR", 5'000), "EUR 0.50");
}

TEST(OverviewText, SaysTotalsGapsAndWhomToLookAt) {
  insight::Overview overview;
  overview.people = 2;
  overview.conversations = 5;
  overview.motives = {{"vent", 3, 5}, {"solve", 1, 5}};
  overview.satisfaction = -0.5;
  overview.emotions = {{"x", 1, 4}};
  overview.attention = {{"C1", "bond", "waver", 0.8, *day_from_date(2026, 3, 5), "换别家"}};
  const std::string zh = overview_text(overview, cards(), Lang::kZh);
  EXPECT_NE(zh.find("发泄 60%、求解决 20%"), std::string::npos) << zh;
  EXPECT_NE(zh.find("平均 -0.50"), std::string::npos);
  EXPECT_NE(zh.find("C1  动摇 80%  2026-03-05  “换别家”"), std::string::npos) << zh;
  EXPECT_NE(overview_text(overview, cards(), Lang::kEn).find("Look at these first:"),
            std::string::npos);
  EXPECT_EQ(overview_text({}, cards(), Lang::kEn).find("Look at"), std::string::npos);
}

}  // namespace
}  // namespace xinjing::report
