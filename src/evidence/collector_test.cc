#include "evidence/collector.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "base/format.h"

namespace xinjing::evidence {
namespace {

using ingest::Speaker;
using language::Head;
using language::HeadKind;
using language::Turn;

Card card(std::string id, Measure measure, std::vector<std::pair<std::string, double>> states) {
  Card made;
  made.id = std::move(id);
  made.version = 7;
  made.measure = measure;
  made.cap_nats = 3;
  made.minimum_probability = 0.4;
  for (auto& [state, prior] : states) {
    made.states.push_back(
        {.id = state, .label = {}, .definition = {}, .prior = prior, .valence = {}});
  }
  return made;
}

Catalogue catalogue_of(std::vector<Card> cards) {
  Result<Catalogue> made = Catalogue::of(std::move(cards));
  EXPECT_TRUE(made);
  return std::move(*made);
}

// Cues are given as hits; the lexicon only has to say which constructs they can speak of.
language::CueLexicon lexicon_for(const Catalogue& catalogue, std::string_view id) {
  if (id.empty()) return {};
  const std::uint16_t number = *catalogue.number(id);
  const std::vector<std::string> states = catalogue[number].state_ids();
  const std::string text =
      "state\tcue\tnats\tscope\tnote\n" + states[0] + "\tany cue\t1\tany\tguessed\n";
  const std::vector<language::CueFile> files{{number, "test", states, text, "cues.tsv"}};
  auto lexicon = language::CueLexicon::compile(files);
  EXPECT_TRUE(lexicon);
  return std::move(*lexicon);
}

struct Given {
  std::vector<Card> cards{};
  std::vector<Head> heads{};
  std::string cues_of{};
  std::vector<Turn> turns{};
  language::Reading reading{};
  std::vector<CueHit> cues{};
};

// One line for each row: "construct state milli-nats count turn quote source".
std::vector<std::string> rows(const Given& given) {
  const Catalogue catalogue = catalogue_of(given.cards);
  const language::CueLexicon lexicon = lexicon_for(catalogue, given.cues_of);
  const Collector collector(catalogue, given.heads, lexicon);
  Collector::Scratch scratch;
  std::vector<Evidence> out;
  std::vector<Evidence> again;
  const language::Conversation conversation{"c1", given.turns, {}};
  collector.collect(conversation, given.reading, given.cues, scratch, out);
  collector.collect(conversation, given.reading, given.cues, scratch, again);
  EXPECT_EQ(out, again) << "a scratch that was used changes nothing";
  std::vector<std::string> lines;
  for (const Evidence& e : out) {
    EXPECT_EQ(e.card_version, 7);
    const Card& c = catalogue[e.construct];
    if (e.state == kExposure) {
      lines.push_back(fmt::format("{} * {} {}", c.id, e.count, e.turn));
      continue;
    }
    lines.push_back(fmt::format("{} {} {} {} {} '{}' {}", c.id, c.states[e.state].id,
                                std::lround(static_cast<double>(e.micro_nats) / 1000), e.count,
                                e.turn, slice(given.turns[e.turn].text, e.span),
                                source_id(e.source)));
  }
  return lines;
}

using Rows = std::vector<std::string>;

Turn customer(std::string_view text) {
  return {.speaker = Speaker::kCustomer, .text = text, .time = std::nullopt};
}
Turn agent(std::string_view text) {
  return {.speaker = Speaker::kAgent, .text = text, .time = std::nullopt};
}

Card need() {
  Card made = card("need", Measure::kTypology, {{"basic", 0.5}, {"safety", 0.3}, {"none", 0.2}});
  made.head = "need";
  return made;
}

Head need_head() {
  return {.name = "need",
          .kind = HeadKind::kOne,
          .states = {"safety", "basic", "none"},
          .priors = {0.25F, 0.25F, 0.5F}};
}

TEST(Collector, GivesEveryStateOfATypologyItsLogRatioToTheModelsPrior) {
  language::Reading reading;
  reading.episode_p = {0.7F, 0.05F, 0.25F};
  reading.grounds = {{.head = 0, .state = 0, .turn = 0, .span = {6, 12}, .nats = 1}};
  // log(.7/.25), log(.05/.25), log(.25/.5)
  EXPECT_EQ(rows({.cards = {need()},
                  .heads = {need_head()},
                  .turns = {customer("我怕漏电"), agent("别怕"), customer("嗯")},
                  .reading = reading}),
            (Rows{"need * 1 2", "need safety 1030 1 0 '漏电' model",
                  "need basic -1609 0 2 '' model", "need none -693 0 2 '' model"}));
}

TEST(Collector, LeavesOutWhatIsAsExpectedButNotTheStateThatIsSaid) {
  language::Reading reading;
  reading.episode_p = {0.25F, 0.25F, 0.5F};
  EXPECT_EQ(rows({.cards = {need()},
                  .heads = {need_head()},
                  .turns = {customer("hello")},
                  .reading = reading}),
            (Rows{"need * 1 0", "need none 0 1 0 '' model"}));
}

TEST(Collector, SaysTheStateThatTheHeadLeansTo) {
  language::Reading reading;
  reading.episode_p = {0.3F, 0.25F, 0.45F};
  Head head = need_head();
  head.lean = {1, 0, 0};
  EXPECT_EQ(
      rows({.cards = {need()}, .heads = {head}, .turns = {customer("漏电")}, .reading = reading}),
      (Rows{"need * 1 0", "need safety 182 1 0 '' model", "need none -105 0 0 '' model"}));
}

TEST(Collector, AddsUpToThePosteriorOverEpisodes) {
  // Two independent episodes: prior x ratio x ratio, normalised, is what the sums must give.
  const std::array<double, 3> prior{0.25, 0.25, 0.5};
  const std::array<double, 3> first{0.4, 0.2, 0.4};
  const std::array<double, 3> second{0.5, 0.3, 0.2};
  std::array<double, 3> logits{};
  const Catalogue catalogue = catalogue_of({need()});
  const std::vector<Head> heads{need_head()};
  const Collector collector(catalogue, heads, {});
  Collector::Scratch scratch;
  const std::vector<Turn> turns{customer("你好")};
  for (const auto& episode : {first, second}) {
    language::Reading reading;
    for (const double p : episode) reading.episode_p.push_back(static_cast<float>(p));
    std::vector<Evidence> out;
    collector.collect({"c", turns, {}}, reading, {}, scratch, out);
    for (const Evidence& e : out) {
      if (e.state == kExposure) continue;
      const std::size_t in_head = std::array<std::size_t, 3>{1, 0, 2}[e.state];
      logits[in_head] += static_cast<double>(e.micro_nats) / kMicroNatsPerNat;
    }
  }
  double expected_sum = 0;
  double sum = 0;
  for (int i = 0; i < 3; ++i) {
    expected_sum += first[i] * second[i] / prior[i];
    sum += prior[i] * std::exp(logits[i]);
  }
  for (int i = 0; i < 3; ++i) {
    EXPECT_NEAR(prior[i] * std::exp(logits[i]) / sum,
                first[i] * second[i] / prior[i] / expected_sum, 1e-4);
  }
}

TEST(Collector, GivesAShareOnlyTheStatesThatAreSaid) {
  Card motive = card("motive", Measure::kShare, {{"vent", 0.2}, {"info", 0.5}, {"praise", 0.1}});
  motive.head = "motive";
  const Head head{.name = "motive",
                  .kind = HeadKind::kSeveral,
                  .states = {"vent", "info", "praise"},
                  .priors = {0.2F, 0.5F, 0.1F}};
  language::Reading reading;
  reading.episode_p = {0.8F, 0.35F, 0.3F};
  reading.grounds = {{.head = 0, .state = 2, .turn = 1, .span = {0, 5}, .nats = 1}};
  // vent is probable enough to be shown; info and praise are not.
  EXPECT_EQ(rows({.cards = {motive},
                  .heads = {head},
                  .turns = {customer("what?"), customer("great stuff")},
                  .reading = reading}),
            (Rows{"motive * 1 1", "motive vent 2773 1 1 '' model"}));
}

TEST(Collector, WeighsWithTheProbabilityItselfWhereTheReadingLeans) {
  Card style = card("style", Measure::kShare, {{"humorous", 0.1}, {"polite", 0.5}});
  style.head = "style";
  Head head{.name = "style",
            .kind = HeadKind::kSeveral,
            .states = {"humorous", "polite"},
            .priors = {0.1F, 0.5F},
            .lean = {std::log(4.0F), std::log(4.0F)}};
  language::Reading reading;
  reading.episode_p = {0.6F, 0.9F};
  // 0.6 / 0.4 / 4 makes 0.27, which is not said; 0.9 / 0.1 / 4 makes 0.69.
  EXPECT_EQ(
      rows({.cards = {style}, .heads = {head}, .turns = {customer("哈哈")}, .reading = reading}),
      (Rows{"style * 1 0", "style polite 811 1 0 '' model"}));
}

TEST(Collector, LooksAtEveryCustomerTurnOfAHeadThatReadsTurns) {
  Card emotion = card("emotion", Measure::kShare, {{"neutral", 0.5}, {"anger", 0.5}});
  emotion.head = "emotion";
  emotion.level = Level::kUtterance;
  const Head head{.name = "emotion",
                  .kind = HeadKind::kOne,
                  .per_turn = true,
                  .states = {"anger", "neutral"},
                  .priors = {0.5F, 0.5F},
                  .first = 1};
  language::Reading reading;
  reading.turn_p = {0, 0.9F, 0.1F, 0, 0.2F, 0.8F};  // output 0 belongs to another head
  reading.grounds = {{.head = 0, .state = 0, .turn = 0, .span = {0, 6}, .nats = 1}};
  EXPECT_EQ(rows({.cards = {emotion},
                  .heads = {head},
                  .turns = {customer("气死了"), agent("抱歉"), customer("好吧")},
                  .reading = reading}),
            (Rows{"emotion * 2 2", "emotion anger 588 1 0 '气死' model",
                  "emotion neutral 470 1 2 '' model"}));
}

TEST(Collector, TakesFromWhatIsSaidWhereLogOddsAddUp) {
  Card driver = card("driver", Measure::kSeveral, {{"social", 0.1}, {"value", 0.1}});
  driver.head = "driver";
  // Said from a calibrated probability of 1 / (1 + 4) on.
  const Head head{.name = "driver",
                  .kind = HeadKind::kSeveral,
                  .states = {"social", "value"},
                  .priors = {0.05F, 0.05F},
                  .lean = {std::log(4.0F), std::log(4.0F)}};
  language::Reading reading;
  reading.episode_p = {0.6F, 0.4F};  // by themselves 3/11 and 1/7
  EXPECT_EQ(rows({.cards = {driver},
                  .heads = {head},
                  .turns = {customer("大家都在用")},
                  .reading = reading}),
            (Rows{"driver * 1 0", "driver social 1964 1 0 '' model"}));
}

TEST(Collector, PutsTogetherOutputsThatSayMoreThanTheCard) {
  Card aspect = card("aspect", Measure::kShare, {{"PRI", 0.2}, {"SPD", 0.2}});
  aspect.head = "aspect";
  Card ledger = card("ledger", Measure::kLedger, {{"met", 0.3}, {"unmet", 0.7}});
  ledger.head = "ledger";
  const Head by_aspect{.name = "aspect",
                       .kind = HeadKind::kSeveral,
                       .states = {"PRI-", "PRI0", "PRI+", "SPD-", "SPD0", "SPD+"},
                       .priors = {0.1F, 0.05F, 0.05F, 0.1F, 0.1F, 0.1F}};
  const Head by_fate{.name = "ledger",
                     .kind = HeadKind::kSeveral,
                     .states = {"PRI:unmet", "SPD:unmet", "SPD:met"},
                     .priors = {0.1F, 0.1F, 0.1F},
                     .first = 6};
  language::Reading reading;
  reading.episode_p = {0.5F, 0.2F, 0.1F, 0.1F, 0.1F, 0.1F, 0.4F, 0.5F, 0.1F};
  reading.grounds = {{.head = 0, .state = 0, .turn = 0, .span = {0, 6}, .nats = 1},
                     {.head = 1, .state = 1, .turn = 0, .span = {6, 12}, .nats = 1}};
  // PRI .8 against .2; unmet 1 - .6 x .5 = .7 against 1 - .9 x .9 = .19.
  EXPECT_EQ(rows({.cards = {aspect, ledger},
                  .heads = {by_aspect, by_fate},
                  .turns = {customer("太贵很慢")},
                  .reading = reading}),
            (Rows{"aspect * 1 0", "ledger * 1 0", "aspect PRI 2773 1 0 '太贵' model",
                  "ledger unmet 2297 1 0 '很慢' model"}));
}

TEST(Collector, NeverMovesAStateByMoreThanTheCap) {
  Card emotion = card("emotion", Measure::kShare, {{"anger", 0.5}});
  emotion.head = "emotion";
  const Head head{.name = "emotion",
                  .kind = HeadKind::kSeveral,
                  .per_turn = true,
                  .states = {"anger"},
                  .priors = {0.5F}};
  language::Reading reading;
  reading.turn_p = {0.9F, 0.9F, 0.9F};  // 2.197 nats each
  const Rows found = rows({.cards = {emotion},
                           .heads = {head},
                           .turns = {customer("太贵"), customer("太贵"), customer("太贵")},
                           .reading = reading});
  EXPECT_EQ(found, (Rows{"emotion * 3 2", "emotion anger 2197 1 0 '' model",
                         "emotion anger 803 1 1 '' model", "emotion anger 0 1 2 '' model"}));
}

TEST(Collector, SpeaksOfTheAgentOnlyWhereOneSpoke) {
  Card listening = card("listening", Measure::kTrait, {{"0", 0.5}, {"1", 0.5}});
  listening.head = "listening";
  listening.subject = Subject::kAgent;
  const Head head{
      .name = "listening", .kind = HeadKind::kLevel, .states = {"0", "1"}, .priors = {0.5F, 0.5F}};
  language::Reading reading;
  reading.episode_p = {0.2F, 0.8F};
  Given given{.cards = {listening}, .heads = {head}, .turns = {customer("hi")}, .reading = reading};
  EXPECT_EQ(rows(given), Rows{});
  given.turns = {customer("hi"), agent("I see"), customer("ok")};
  EXPECT_EQ(rows(given), (Rows{"listening * 1 1", "listening 0 -916 0 1 '' model",
                               "listening 1 470 1 1 '' model"}));
}

TEST(Collector, TakesCuesWhereThereIsNoHead) {
  const Card act = [] {
    Card made = card("act", Measure::kShare, {{"thank", 0.1}, {"complain", 0.3}});
    made.level = Level::kUtterance;
    return made;
  }();
  const Given given{
      .cards = {act},
      .cues_of = "act",
      .turns = {customer("谢谢你"), customer("太慢了真的慢")},
      .cues = {
          {0, 1, 1'000'000, 1, {0, 6}}, {0, 1, 900'000, 1, {9, 18}}, {0, 0, 2'000'000, 0, {0, 6}}}};
  // Two weak cues together say it; the heavier of them is counted.
  EXPECT_EQ(rows(given),
            (Rows{"act * 2 1", "act thank 2000 1 0 '谢谢' cue", "act complain 1000 1 1 '太慢' cue",
                  "act complain 900 0 1 '真的慢' cue"}));
}

TEST(Collector, CountsOneStateOfATypologyAndCapsItsCues) {
  const Given given{.cards = {card("bond", Measure::kTypology, {{"loyal", 0.5}, {"leave", 0.5}})},
                    .cues_of = "bond",
                    .turns = {customer("always with you, but I leave, leave")},
                    .cues = {{0, 0, 1'500'000, 0, {0, 6}},
                             {0, 1, 2'000'000, 0, {23, 28}},
                             {0, 1, 2'000'000, 0, {30, 35}}}};
  EXPECT_EQ(rows(given),
            (Rows{"bond * 1 0", "bond loyal 1500 0 0 'always' cue",
                  "bond leave 2000 1 0 'leave' cue", "bond leave 1000 0 0 'leave' cue"}));
}

TEST(Collector, DoesNotSayWhatCuesOnlyHintAt) {
  const Given given{.cards = {card("bond", Measure::kShare, {{"loyal", 0.5}, {"leave", 0.5}})},
                    .cues_of = "bond",
                    .turns = {customer("老客户了")},
                    .cues = {{0, 0, 1'000'000, 0, {0, 9}}}};
  EXPECT_EQ(rows(given), (Rows{"bond * 1 0", "bond loyal 1000 0 0 '老客户' cue"}));
}

TEST(Collector, IgnoresCuesWhereAHeadReads) {
  language::Reading reading;
  reading.episode_p = {0.25F, 0.25F, 0.5F};
  const Given given{.cards = {need()},
                    .heads = {need_head()},
                    .cues_of = "need",
                    .turns = {customer("漏电")},
                    .reading = reading,
                    .cues = {{0, 0, 2'000'000, 0, {0, 6}}}};
  EXPECT_EQ(rows(given), (Rows{"need * 1 0", "need none 0 1 0 '' model"}));
}

TEST(Collector, KnowsWhichConstructsAreLeftToCues) {
  const Catalogue catalogue =
      catalogue_of({need(), card("bond", Measure::kShare, {{"leave", 0.5}})});
  const std::vector<Head> heads{need_head()};
  const Collector collector(catalogue, heads, lexicon_for(catalogue, "bond"));
  EXPECT_EQ(collector.cue_constructs(), std::vector<std::uint16_t>{0});
  EXPECT_EQ(collector.constructs(), (std::vector<std::uint16_t>{0, 1}));
}

TEST(Collector, AddsDetectorsForTheStatesThatAreInstalled) {
  const Card style = card("style", Measure::kShare, {{"polite", 0.2}, {"humorous", 0.1}});
  EXPECT_EQ(rows({.cards = {style}, .turns = {customer("麻烦您"), agent("好"), customer("谢谢")}}),
            (Rows{"style * 1 2", "style polite 800 0 0 '麻烦' detector"}));
  EXPECT_EQ(
      rows({.cards = {style}, .turns = {customer("please look"), agent("ok"), customer("thanks")}}),
      (Rows{"style * 1 2", "style polite 800 0 0 'please' detector"}));
}

TEST(Collector, LooksAtNothingWithoutACustomerOrWithoutGrounds) {
  language::Reading reading;
  reading.episode_p = {0.25F, 0.25F, 0.5F};
  EXPECT_EQ(rows({.cards = {need()},
                  .heads = {need_head()},
                  .turns = {agent("hello")},
                  .reading = reading}),
            Rows{});
  EXPECT_EQ(rows({.cards = {need()}, .turns = {customer("hello")}}), Rows{}) << "no head, no cues";
  EXPECT_EQ(rows({.cards = {need()}, .heads = {need_head()}, .turns = {}, .reading = reading}),
            Rows{});
}

TEST(Evidence, NamesItsSources) {
  for (const Source s : {Source::kModel, Source::kCue, Source::kDetector, Source::kAct}) {
    EXPECT_EQ(source_from(source_id(s)), s);
  }
  EXPECT_EQ(source_from("rumour"), std::nullopt);
}

}  // namespace
}  // namespace xinjing::evidence
