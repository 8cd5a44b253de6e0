#include "evidence/catalog.h"

#include <gtest/gtest.h>

#include <string>

#include "base/file.h"
#include "base/format.h"
#include "base/tsv.h"
#include "evidence/signal_notes.h"
#include "language/mentions.h"

namespace xinjing::evidence {
namespace {

using ingest::Speaker;
using language::Turn;

Turn customer(std::string_view text, std::optional<std::int64_t> seconds = {}) {
  Turn turn{.speaker = Speaker::kCustomer, .text = text, .time = std::nullopt};
  if (seconds) turn.time = Instant{*seconds * 1000};
  return turn;
}

Turn agent(std::string_view text, std::optional<std::int64_t> seconds = {}) {
  Turn turn = customer(text, seconds);
  turn.speaker = Speaker::kAgent;
  return turn;
}

const language::MentionLexicon& mentions() {
  static const language::MentionLexicon made = [] {
    language::MentionLexicon out;
    for (const char* name : {"mentions.zh.tsv", "mentions.en.tsv"}) {
      EXPECT_TRUE(out.add(*read_file(std::string(XINJING_SOURCE_DIR "/lexicons/") + name), name));
    }
    return out;
  }();
  return made;
}

using Found = std::vector<std::string>;

// "construct/state nats turn quote" for each finding.
Found found(std::string_view detector, const std::vector<Turn>& turns, int utc_offset_minutes = 0) {
  static const SignalMeter meter;
  std::vector<language::Match> scratch;
  std::vector<TurnSignals> signals;
  std::vector<std::uint32_t> customer_turns;
  for (std::uint32_t i = 0; i < turns.size(); ++i) {
    signals.push_back(meter.measure(turns[i], scratch));
    if (turns[i].speaker == Speaker::kCustomer) customer_turns.push_back(i);
  }
  const catalog::Entry* entry = catalog::find_detector(detector);
  EXPECT_NE(entry, nullptr) << detector;
  std::vector<catalog::Finding> findings;
  std::uint32_t bursts = 0;
  for (const TurnSignals& one : signals) bursts += one.bursts;
  const Anger anger = bursts > 1 ? Anger::kRage : bursts > 0 ? Anger::kClear : Anger::kNone;
  entry->detect({turns, signals, customer_turns, utc_offset_minutes, anger, &mentions()}, findings);
  Found out;
  for (const catalog::Finding& f : findings) {
    const catalog::Target& target = entry->targets.at(f.target);
    out.push_back(fmt::format("{}/{} {} {} {}", target.construct, target.state, f.nats, f.turn,
                              slice(turns[f.turn].text, f.span)));
  }
  return out;
}

/// The turns of a row: parted by a slash between blanks, the agent's with "客服：" or "Agent: ".
std::vector<Turn> turns_of(std::string_view talk) {
  std::vector<Turn> out;
  for (std::size_t begin = 0; begin <= talk.size();) {
    const std::size_t end = std::min(talk.find(" / ", begin), talk.size());
    std::string_view text = talk.substr(begin, end - begin);
    std::size_t prefix = 0;
    for (const std::string_view mark : {"客服：", "Agent: "}) {
      if (text.starts_with(mark)) prefix = mark.size();
    }
    out.push_back(prefix > 0 ? agent(text.substr(prefix)) : customer(text));
    begin = end + 3;
  }
  return out;
}

/// Whether any detector speaks for a state, "escalation:1".
bool speaks_for(std::string_view state, const std::vector<Turn>& turns) {
  std::string wanted(state);
  wanted[wanted.find(':')] = '/';
  for (const catalog::Entry* entry : catalog::entries()) {
    for (const std::string& one : found(entry->name, turns)) {
      const bool against = one.find(" -") != one.npos;
      if (one.starts_with(wanted + " ") && !against) return true;
    }
  }
  return false;
}

TEST(Detectors, FindWhatTheTableSays) {
  for (const std::string name : {"signals.zh.tsv", "signals.en.tsv"}) {
    const auto file = read_file(XINJING_SOURCE_DIR "/tests/tables/signals/" + name);
    ASSERT_TRUE(file) << name;
    const Status read =
        TsvReader(*file, name, "talk\tsignal\tfound\tnote").each([&](const TsvRow& row) -> Status {
          EXPECT_EQ(speaks_for(row.cells[1], turns_of(row.cells[0])), row.cells[2] == "yes")
              << row.place << ": " << row.cells[0];
          return {};
        });
    EXPECT_TRUE(read) << read.error().message(Lang::kEn);
  }
}

std::string note_of(std::string_view state, const std::vector<Turn>& turns, Lang lang) {
  for (const SignalNote& note : SignalNoter(480, &mentions()).notes(turns)) {
    if (state == note.state) return note.text.in(lang);
  }
  return {};
}

TEST(SignalNotes, TellWhatWasCounted) {
  constexpr std::int64_t kHalfPastTwo = 66'600;  // 18:30 UTC
  const std::vector<Turn> burst{customer("在吗", kHalfPastTwo), customer("人呢", kHalfPastTwo + 4),
                                customer("没电", kHalfPastTwo + 9),
                                customer("快点", kHalfPastTwo + 15)};
  std::vector<std::string> zh, en;
  for (const SignalNote& note : SignalNoter(480).notes(burst)) {
    zh.push_back(note.text.zh), en.push_back(note.text.en);
  }
  EXPECT_EQ(zh, (Found{"02:30 发来", "4 条/15 秒内", "发言 4 次，平均每次 2 字",
                       "发言 4 次，平均每次 2 字"}));
  EXPECT_EQ(en, (Found{"sent at 02:30", "4 messages within 15 s", "4 turns of 2 units on average",
                       "4 turns of 2 units on average"}));
  const std::vector<Turn> again{customer("我的订单为什么还没发货"), agent("稍等"),
                                customer("我的订单为什么还没发货"), agent("稍等"),
                                customer("我的订单为什么还没发货呢")};
  EXPECT_EQ(note_of("repetitive", again, Lang::kZh), "几乎原样说了 3 遍");
  EXPECT_EQ(note_of("repetitive", again, Lang::kEn), "said 3 times, nearly word for word");
  const std::vector<Turn> slow{agent("a", 0),       customer("b", 400), agent("c", 500),
                               customer("d", 1000), agent("e", 1100),   customer("f", 1600)};
  EXPECT_EQ(note_of("hesitant", slow, Lang::kZh), "一般过 8 分钟才回（3 次回复的中位数）");
  EXPECT_EQ(note_of("hesitant", slow, Lang::kEn), "answers after 8 min (median of 3 replies)");
}

TEST(Detectors, AreWeakNamedAndExplained) {
  ASSERT_GE(catalog::entries().size(), 17U);
  for (const catalog::Entry* entry : catalog::entries()) {
    EXPECT_EQ(catalog::find_detector(entry->name), entry);
    EXPECT_FALSE(entry->about.zh.empty() || entry->about.en.empty() || entry->targets.empty());
  }
  EXPECT_EQ(catalog::find_detector("no such"), nullptr);
}

TEST(Detectors, AreSilentOnAnEmptyConversation) {
  for (const catalog::Entry* entry : catalog::entries()) {
    EXPECT_EQ(found(entry->name, {}), Found{}) << entry->name;
    EXPECT_EQ(found(entry->name, {customer("")}), Found{}) << entry->name;
  }
}

TEST(Terse, WantsSeveralShortTurns) {
  const Found expected{"style/terse 0.9 4 ", "buyer_type/silent 0.3 4 "};
  EXPECT_EQ(found("terse", {customer("停电了"), agent("请问地址？"), customer("东街"), agent("好"),
                            customer("多久")}),
            expected);
  EXPECT_EQ(found("terse", {customer("no power"), agent("where?"), customer("here"), agent("ok"),
                            customer("how long")}),
            expected);
  EXPECT_EQ(found("terse", {customer("停电了"), agent("请问地址？")}), Found{});
  EXPECT_EQ(found("terse", {customer("停电了"),
                            customer("我家在东街，已经三个小时了，到底什么时候能恢复供电呢")}),
            Found{});
}

TEST(Talkative, WantsLongTurnsOrMostOfTheTalk) {
  std::string zh;
  std::string en;
  for (int i = 0; i < 20; ++i) zh += "我跟你说啊", en += "and then you know ";
  const Found expected{"style/talkative 0.5 0 ", "buyer_type/talkative 0.3 0 "};
  EXPECT_EQ(found("talkative", {customer(zh), agent("好"), customer("还有呢"), customer("是吧")}),
            Found{});
  EXPECT_EQ(found("talkative", {customer(zh), agent("好"), customer(zh), customer("是吧")}),
            expected);
  EXPECT_EQ(found("talkative", {customer(en), agent("ok"), customer("so"), customer("right")}),
            expected);
  EXPECT_EQ(found("talkative", {customer(zh), agent("好")}), Found{});
}

TEST(Questions, AreQuotedWithTheirSentence) {
  EXPECT_EQ(found("questions", {customer("电费查了。怎么还这么多？谢谢"), agent("哪个月？")}),
            Found{"act/ask 0.8 0 怎么还这么多？"});
  EXPECT_EQ(
      found("questions", {customer("I looked. Why is it so much? Thanks"), agent("Which month?")}),
      Found{"act/ask 0.8 0 Why is it so much?"});
  EXPECT_EQ(found("questions", {customer("你们在干嘛？？？")}), Found{});
  EXPECT_EQ(found("questions", {customer("what are you doing?!")}), Found{});
}

TEST(Emphasis, WantsTwoLoudTurns) {
  EXPECT_EQ(found("emphasis", {customer("快点！！"), customer("听见没有？！")}),
            Found{"style/aggressive 0.7 0 ！！"});
  EXPECT_EQ(found("emphasis", {customer("hurry!!"), customer("do you hear?!")}),
            Found{"style/aggressive 0.7 0 !!"});
  EXPECT_EQ(found("emphasis", {customer("快点！"), customer("好！！")}), Found{});
}

TEST(AsksAgain, SeesNearlyTheSameWords) {
  EXPECT_EQ(found("asks_again",
                  {customer("什么时候能来电？"), agent("尽快"), customer("到底什么时候能来电")}),
            Found{"style/repetitive 0.6 2 到底什么时候能来电"});
  EXPECT_EQ(found("asks_again", {customer("When will the power be back?"), agent("Soon"),
                                 customer("when will the power be back!")}),
            Found{"style/repetitive 0.6 2 when will the power be back!"});
  EXPECT_EQ(found("asks_again", {customer("好的"), customer("好的")}), Found{});
  EXPECT_EQ(found("asks_again", {customer("什么时候能来电？"), customer("我的电费账单怎么查询")}),
            Found{});
}

TEST(ReplyLatency, LooksAtTheMedianReply) {
  const auto talk = [](std::int64_t wait) {
    std::vector<Turn> turns;
    for (int i = 0; i < 3; ++i) {
      turns.push_back(agent("您看可以吗 ok?", i * 1000));
      turns.push_back(customer("嗯 well", i * 1000 + wait));
    }
    return turns;
  };
  EXPECT_EQ(found("reply_latency", talk(400)), Found{"style/hesitant 0.3 5 "});
  EXPECT_EQ(found("reply_latency", talk(5)), Found{"style/decisive 0.2 5 "});
  EXPECT_EQ(found("reply_latency", talk(60)), Found{});
  EXPECT_EQ(found("reply_latency", {agent("a"), customer("b"), agent("c"), customer("d")}),
            Found{});
}

TEST(MessageBurst, WantsThreeInARowWithinAMinute) {
  EXPECT_EQ(
      found("message_burst", {customer("在吗", 0), customer("人呢", 20), customer("快点", 40)}),
      Found{"urgency/1 0.4 2 "});
  EXPECT_EQ(
      found("message_burst", {customer("hi", 0), customer("hello", 20), customer("quick", 90)}),
      Found{});
  EXPECT_EQ(found("message_burst",
                  {customer("hi", 0), agent("yes", 5), customer("a", 10), customer("b", 12)}),
            Found{});
}

TEST(Politeness, WantsMoreThanAClosingFormula) {
  EXPECT_EQ(found("politeness", {customer("麻烦您查一下"), agent("好"), customer("谢谢")}),
            (Found{"style/polite 0.8 0 麻烦", "style/aggressive -0.4 0 麻烦"}));
  EXPECT_EQ(
      found("politeness", {customer("Could you check please"), agent("ok"), customer("Thanks")}),
      (Found{"style/polite 0.8 0 please", "style/aggressive -0.4 0 please"}));
  EXPECT_EQ(found("politeness", {customer("查一下"), agent("好"), customer("谢谢")}), Found{});
}

TEST(Hedging, WantsAThirdOfThreeTurns) {
  EXPECT_EQ(found("hedging", {customer("好像不太合适"), agent("好"), customer("多少钱"),
                              customer("我再想想")}),
            Found{"style/hesitant 0.4 0 好像"});
  EXPECT_EQ(found("hedging", {customer("How much?"), customer("I'm not sure"), customer("ok")}),
            Found{"style/hesitant 0.4 1 not sure"});
  EXPECT_EQ(found("hedging", {customer("好像不太合适"), customer("我再想想")}), Found{});
  EXPECT_EQ(found("hedging", {customer("maybe"), customer("a"), customer("b"), customer("c")}),
            Found{});
}

TEST(Decisiveness, QuotesTheDecision) {
  EXPECT_EQ(found("decisiveness", {customer("多少钱"), agent("九十九"), customer("行，就这个")}),
            Found{"style/decisive 0.4 2 就这个"});
  EXPECT_EQ(found("decisiveness", {customer("OK, let's do it")}),
            Found{"style/decisive 0.4 0 let's do it"});
  EXPECT_EQ(found("decisiveness", {customer("信号不稳定了，资费规定了吗")}), Found{});
  EXPECT_EQ(found("decisiveness", {customer("no deal with such a company")}), Found{});
  EXPECT_EQ(found("decisiveness", {customer("停电了"), agent("现在就派人")}), Found{});
}

TEST(Comparison, QuotesTheOtherProvider) {
  EXPECT_EQ(found("comparison", {customer("别家都降价了")}),
            (Found{"bond/waver 0.9 0 别家", "stage/evaluate 0.3 0 别家"}));
  EXPECT_EQ(found("comparison", {customer("Other providers charge less")}),
            (Found{"bond/waver 0.9 0 Other providers", "stage/evaluate 0.3 0 Other providers"}));
  EXPECT_EQ(found("comparison", {customer("我家停电了 no power"), agent("比别家快")}), Found{});
}

TEST(NameDropping, IsNotAskingForTheBoss) {
  EXPECT_EQ(found("name_dropping", {customer("我认识你们老总")}),
            Found{"style/boastful 0.4 0 我认识你们"});
  EXPECT_EQ(found("name_dropping", {customer("I know your CEO")}),
            Found{"style/boastful 0.4 0 I know your"});
  EXPECT_EQ(found("name_dropping", {customer("叫你们领导来，我认识到问题了")}), Found{});
  EXPECT_EQ(found("name_dropping", {customer("let me talk to your boss")}), Found{});
}

TEST(Closing, ThanksSpeakForSatisfaction) {
  const auto thanked = [](std::string_view word) {
    Found out;
    for (const char* what : {"satisfaction/1 0.75", "satisfaction/2 0.7", "satisfaction/-1 -0.8",
                             "satisfaction/-2 -0.85", "bond/loyal 0.3", "bond/leave -0.25"}) {
      out.push_back(fmt::format("{} 2 {}", what, word));
    }
    return out;
  };
  EXPECT_EQ(found("closing", {customer("停电了"), agent("来电了"), customer("好的谢谢")}),
            thanked("谢谢"));
  EXPECT_EQ(found("closing", {customer("no power"), agent("It is back"), customer("Thanks!")}),
            thanked("Thanks"));
  // A question is left, or the thanks are part of the request.
  EXPECT_EQ(found("closing", {customer("停电了"), agent("好"), customer("几点来电？谢谢")}),
            Found{});
  EXPECT_EQ(found("closing", {customer("Please check, thanks"), agent("Done.")}), Found{});
}

TEST(Closing, GivingUpAndLeavingAQuestionOpenSpeakAgainstIt) {
  EXPECT_EQ(found("closing", {customer("停电了"), agent("等着吧"), customer("算了")}),
            Found{"satisfaction/-2 1 2 算了"});
  EXPECT_EQ(found("closing", {customer("no power"), agent("wait"), customer("never mind")}),
            Found{"satisfaction/-2 1 2 never mind"});
  EXPECT_EQ(found("closing", {customer("多收了"), agent("退您"), customer("金额无所谓")}), Found{});
  const Found open{"satisfaction/1 -0.2 0 ", "satisfaction/2 -1 0 ", "style/terse 0.2 0 "};
  EXPECT_EQ(found("closing", {customer("停电了"), agent("您的地址是？")}), open);
  EXPECT_EQ(found("closing", {customer("no power"), agent("What is your address?")}), open);
  EXPECT_EQ(found("closing", {customer("停电了"), agent("已恢复，请问还有什么可以帮您？")}),
            Found{});
  EXPECT_EQ(found("closing", {customer("no power"), agent("Fixed. Anything else?")}), Found{});
  EXPECT_EQ(found("closing", {customer("no power"), agent("It is back.")}), Found{});
}

TEST(GoesPublic, QuotesTheAuthorityOrTheMedia) {
  EXPECT_EQ(found("goes_public", {customer("再不管我打12315")}), Found{"escalation/2 1.5 0 12315"});
  EXPECT_EQ(found("goes_public", {customer("my lawyer will call")}),
            Found{"escalation/2 1.5 0 lawyer"});
  EXPECT_EQ(found("goes_public", {customer("我要找记者曝光")}), Found{"escalation/1 0.6 0 记者"});
  EXPECT_EQ(found("goes_public", {customer("@某某电力 @某某客服 @某某公司 停电了")}), Found{});
}

TEST(Mentions, CountMediaAuthoritiesAndOrganisationsInAnger) {
  EXPECT_EQ(found("mentions", {customer("@某某电力 停电了 @某某日报")}),
            Found{"escalation/1 0.6 0 @某某日报"});
  EXPECT_EQ(found("mentions", {customer("@某某电力 停电了 @某某公安")}),
            Found{"escalation/2 1.5 0 @某某公安"});
  EXPECT_EQ(found("mentions", {customer("@acmehelp no power @MetroNews")}),
            Found{"escalation/1 0.6 0 @MetroNews"});
  EXPECT_EQ(found("mentions", {customer("@acmehelp no power @FTC")}),
            Found{"escalation/2 1.5 0 @FTC"});
  // Here a run of marks stands for anger, two for rage.
  EXPECT_EQ(found("mentions", {customer("@某某电力 @某某客服 @某某公司 停电了")}), Found{});
  EXPECT_EQ(found("mentions", {customer("@某某电力 @某某客服 @某某公司 停电了！！")}),
            Found{"escalation/1 0.5 0 @某某公司"});
  EXPECT_EQ(found("mentions", {customer("@某某电力 @某某客服 停电了！！")}), Found{});
  EXPECT_EQ(found("mentions", {customer("@某某电力 @某某客服 停电了！！管不管？？")}),
            Found{"escalation/1 0.5 0 @某某客服"});
}

TEST(Mentions, DoNotMindPeopleOrTheCompanyOrWhatTheWordsNamed) {
  EXPECT_EQ(found("mentions", {customer("@小明 @小红 @小刚 你们看看！！")}), Found{});
  EXPECT_EQ(found("mentions", {customer("@jo @mary @tim look at this!!")}), Found{});
  EXPECT_EQ(found("mentions", {customer("@某某电力 停电了！！ @某某电力 还没来？？")}), Found{});
  EXPECT_EQ(found("mentions", {customer("投诉到12315了 @某某12315")}), Found{});
  EXPECT_EQ(found("mentions", {customer("write to a@news.org, b@news.org, c@news.org !!")}),
            Found{});
}

TEST(Facts, WantsSeveralNumbersAndSomeTalk) {
  EXPECT_EQ(found("facts", {customer("3月5日交了120.5元，4月6日又扣了98元，差额我算过不对")}),
            (Found{"style/logical 0.5 0 3", "orientation/rational 0.15 0 3"}));
  EXPECT_EQ(
      found("facts",
            {customer("On 5 March I paid 120.50, on 6 April 98 more was taken, that is wrong")}),
      (Found{"style/logical 0.5 0 5", "orientation/rational 0.15 0 5"}));
  EXPECT_EQ(found("facts", {customer("户号 1234 5678 9012 3456")}), Found{});
}

TEST(LateHour, IsCountedInTheLocalZone) {
  const auto at_utc = [](int hour) {
    return std::vector<Turn>{customer("停电 no power", hour * 3600)};
  };
  EXPECT_EQ(found("late_hour", at_utc(16), 480), Found{"urgency/1 0.2 0 "});  // midnight in China
  EXPECT_EQ(found("late_hour", at_utc(16), 0), Found{});
  EXPECT_EQ(found("late_hour", at_utc(3), 0), Found{"urgency/1 0.2 0 "});
  EXPECT_EQ(found("late_hour", {customer("停电")}, 480), Found{});
}

}  // namespace
}  // namespace xinjing::evidence
