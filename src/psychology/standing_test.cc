#include "psychology/standing.h"

#include <gtest/gtest.h>

#include <cmath>

namespace xinjing::psychology {
namespace {

using evidence::Card;
using evidence::kExposure;
using evidence::Measure;
using evidence::Tally;

constexpr std::uint16_t kConstruct = 3;

Card card_of(Measure measure, std::vector<std::pair<std::string, double>> states) {
  Card card;
  card.id = "test";
  card.measure = measure;
  card.half_life_days = 100;
  card.minimum_nats = 0.5;
  card.minimum_episodes = 1;
  card.minimum_probability = 0.5;
  card.cap_nats = 3;
  for (auto& [id, prior] : states) {
    evidence::CardState state;
    state.id = id;
    state.prior = prior;
    card.states.push_back(state);
  }
  return card;
}

Card need() {
  return card_of(Measure::kTypology, {{"basic", 0.5}, {"safety", 0.3}, {"none", 0.2}});
}

void say(Tally& tally, std::uint16_t state, double nats, int day) {
  tally.add({kConstruct, state, {day}}, std::llround(nats * 1e6), 1);
  tally.add({kConstruct, kExposure, {day}}, 0, 1);
}

TEST(Typology, WithoutEvidenceIsThePriorAndNotSaid) {
  const Standing standing = read_standing({}, kConstruct, need(), {100});
  EXPECT_FALSE(standing.said());
  EXPECT_EQ(standing.ground, Ground::kNothing);
  EXPECT_NEAR(standing.dist[0], 0.5, 1e-12);
}

TEST(Typology, OneEpisodeAddsItsLogLikelihoodToThePrior) {
  Tally tally;
  say(tally, 1, 2.0, 100);
  const Standing standing = read_standing(tally, kConstruct, need(), {100});
  const double z = 0.5 + 0.3 * std::exp(2.0) + 0.2;
  EXPECT_EQ(standing.state, 1);
  EXPECT_NEAR(standing.p, 0.3 * std::exp(2.0) / z, 1e-9);
  EXPECT_TRUE(standing.said());
  EXPECT_EQ(standing.evidence, 1);
  EXPECT_EQ(standing.first, Day{100});
}

TEST(Typology, FadesByHalfLifeTowardsThePrior) {
  Tally tally;
  say(tally, 1, 2.0, 0);
  const Standing half = read_standing(tally, kConstruct, need(), {100});
  EXPECT_NEAR(half.p, 0.3 * std::exp(1.0) / (0.5 + 0.3 * std::exp(1.0) + 0.2), 1e-9);
  const Standing gone = read_standing(tally, kConstruct, need(), {100000});
  EXPECT_NEAR(gone.p, 0.5, 1e-6);
  EXPECT_EQ(gone.ground, Ground::kFaded);
}

Card way() {
  Card card = card_of(Measure::kSequence, {{"search", 0.6}, {"evaluate", 0.2}, {"use", 0.2}});
  card.states[0].next = {0.2, 0.7, 0.1};
  card.states[1].next = {0.1, 0.4, 0.5};
  card.states[2].next = {0.1, 0.1, 0.8};
  return card;
}

TEST(Sequence, OneEpisodeIsAsATypology) {
  Tally tally;
  say(tally, 1, 2.0, 100);
  const Standing standing = read_standing(tally, kConstruct, way(), {100});
  EXPECT_EQ(standing.state, 1);
  EXPECT_NEAR(standing.p, 0.2 * std::exp(2.0) / (0.8 + 0.2 * std::exp(2.0)), 1e-9);
  EXPECT_EQ(standing.path, (std::vector<Step>{{{100}, 1, standing.p}}));
}

TEST(Sequence, WhatCameBeforeTellsOfAnEpisodeThatSaysLittle) {
  Tally tally;
  say(tally, 0, 2.5, 80);
  say(tally, 2, 0.01, 90);  // hardly a word
  const Standing standing = read_standing(tally, kConstruct, way(), {90});
  ASSERT_EQ(standing.path.size(), 2U);
  EXPECT_EQ(standing.path[0].state, 0);
  EXPECT_EQ(standing.path[1].state, 1);  // whoever searched evaluates next
  EXPECT_EQ(standing.state, 1);
}

TEST(Sequence, WhatIsKnownLaterCorrectsTheWay) {
  Tally early;
  say(early, 1, 0.5, 10);
  EXPECT_EQ(read_standing(early, kConstruct, way(), {10}).path[0].state, 0);
  Tally both = early;
  say(both, 2, 3.0, 20);
  EXPECT_EQ(read_standing(both, kConstruct, way(), {20}).path[0].state, 1);
}

TEST(Sequence, FadesToThePriors) {
  Tally tally;
  say(tally, 2, 3.0, 0);
  EXPECT_EQ(read_standing(tally, kConstruct, way(), {0}).state, 2);
  const Standing gone = read_standing(tally, kConstruct, way(), {100000});
  EXPECT_NEAR(gone.dist[0], 0.6, 1e-6);
  EXPECT_EQ(gone.ground, Ground::kFaded);
}

TEST(Several, EachStateAddsUpByItself) {
  const Card card = card_of(Measure::kSeveral, {{"practical", 0.2}, {"social", 0.1}});
  Tally tally;
  say(tally, 0, 1.5, 100);
  say(tally, 1, 3.0, 100);
  const Standing standing = read_standing(tally, kConstruct, card, {100});
  // Two episodes count as one and a half: log odds of the prior and three quarters of the sum.
  const auto p_of = [](double prior, double nats) {
    return 1 / (1 + (1 - prior) / prior * std::exp(-nats));
  };
  EXPECT_NEAR(standing.dist[0], p_of(0.2, 0.75 * 1.5), 1e-9);
  EXPECT_NEAR(standing.dist[1], p_of(0.1, 0.75 * 3.0), 1e-9);
  EXPECT_EQ(standing.state, 1);
  EXPECT_NEAR(standing.nats, 0.75 * 3.0, 1e-9);
  EXPECT_TRUE(standing.said());
}

TEST(Several, IsUndecidedWhereNoStateIsLikely) {
  const Card card = card_of(Measure::kSeveral, {{"practical", 0.1}, {"social", 0.1}});
  Tally tally;
  say(tally, 0, 1.0, 100);
  EXPECT_EQ(read_standing(tally, kConstruct, card, {100}).ground, Ground::kUndecided);
  EXPECT_EQ(read_standing({}, kConstruct, card, {100}).ground, Ground::kNothing);
}

TEST(Standing, AsOfAPastDayKnowsNothingOfWhatCameLater) {
  Tally early, both;
  say(early, 1, 2.0, 10);
  both = early;
  say(both, 0, 3.0, 20);
  const Standing then = read_standing(both, kConstruct, need(), {15});
  EXPECT_EQ(then.p, read_standing(early, kConstruct, need(), {15}).p);
  EXPECT_EQ(then.state, 1);
  EXPECT_EQ(read_standing(both, kConstruct, need(), {20}).state, 0);
}

TEST(Standing, RetractedEvidenceLeavesNoTrace) {
  Tally one, two;
  say(one, 1, 2.0, 10);
  say(two, 0, 3.0, 12);
  Tally both = one;
  both.merge(two);
  both.retract(two);
  EXPECT_EQ(read_standing(both, kConstruct, need(), {20}).dist,
            read_standing(one, kConstruct, need(), {20}).dist);
}

TEST(Standing, AsksForEnoughEpisodes) {
  Card card = need();
  card.minimum_episodes = 3;
  Tally tally;
  for (int day = 1; day <= 3; ++day) {
    EXPECT_FALSE(read_standing(tally, kConstruct, card, {10}).said());
    say(tally, 1, 2.0, day);
  }
  EXPECT_TRUE(read_standing(tally, kConstruct, card, {10}).said());
  card.minimum_probability = 0.9999;
  EXPECT_EQ(read_standing(tally, kConstruct, card, {10}).ground, Ground::kUndecided);
}

TEST(Share, CountsTheEpisodesThatShowTheLeadingState) {
  Card card = card_of(Measure::kShare, {{"senior", 0.1}, {"parent", 0.1}});
  card.minimum_episodes = 3;
  Tally tally;
  for (int day = 0; day < 6; ++day) tally.add({kConstruct, kExposure, {day}}, 0, 1);
  tally.add({kConstruct, 0, {1}}, 2'000'000, 1);
  tally.add({kConstruct, 0, {2}}, 2'000'000, 1);
  EXPECT_EQ(read_standing(tally, kConstruct, card, {9}).ground, Ground::kFewEpisodes);
  tally.add({kConstruct, 0, {3}}, 2'000'000, 1);
  const Standing standing = read_standing(tally, kConstruct, card, {9});
  EXPECT_TRUE(standing.said());
  EXPECT_EQ(standing.shown, 3);
}

TEST(Trait, TakesItsLevelsFromValencesWhereTheyAreNoNumbers) {
  Card card = card_of(Measure::kTrait, {{"negative", 0.4}, {"neutral", 0.3}, {"positive", 0.3}});
  for (int v = -1; v <= 1; ++v) card.states[std::size_t(v + 1)].valence = v;
  Tally tally;
  say(tally, 0, 4.0, 1);
  EXPECT_LT(*read_standing(tally, kConstruct, card, {1}).mean, -0.5);
}

TEST(Share, IsTheBetaPosteriorMeanOfEpisodesThatShowTheState) {
  const Card card = card_of(Measure::kShare, {{"solve", 0.6}, {"praise", 0.1}});
  Tally tally;
  for (int i = 0; i < 8; ++i) say(tally, 0, 1.0, 50);
  tally.add({kConstruct, kExposure, {50}}, 0, 2);  // two episodes that show nothing
  const Standing standing = read_standing(tally, kConstruct, card, {50});
  EXPECT_NEAR(standing.dist[0], (8 + 2 * 0.6) / (10 + 2), 1e-12);
  EXPECT_NEAR(standing.dist[1], (0 + 2 * 0.1) / (10 + 2), 1e-12);
  EXPECT_LT(standing.low, standing.p);
  EXPECT_GT(standing.high, standing.p);
  EXPECT_EQ(standing.episodes, 10);
  EXPECT_EQ(standing.evidence, 8);
}

TEST(Trait, AveragesLevelsOverEpisodesAndSaysWhereTheyGo) {
  const Card card =
      card_of(Measure::kTrait, {{"-2", 0.2}, {"-1", 0.2}, {"0", 0.2}, {"1", 0.2}, {"2", 0.2}});
  Tally tally;
  for (int day = 0; day < 4; ++day) say(tally, 0, 5.0, day);
  for (int day = 4; day < 8; ++day) say(tally, 4, 5.0, day);
  const Standing standing = read_standing(tally, kConstruct, card, {8});
  ASSERT_TRUE(standing.mean);
  EXPECT_NEAR(*standing.mean, 0.05, 0.1);  // the later ones weigh a little more
  EXPECT_EQ(standing.trend, Trend::kUp);
  EXPECT_LT(standing.low, *standing.mean);
}

TEST(Trait, StaysWithinItsLevels) {
  const Card card = card_of(Measure::kTrait, {{"0", 0.4}, {"1", 0.3}, {"2", 0.3}});
  Tally tally;
  say(tally, 2, 6.0, 1);
  const Standing standing = read_standing(tally, kConstruct, card, {1});
  EXPECT_EQ(standing.high, 2);
  EXPECT_GE(standing.low, 0);
}

TEST(Trend, NeedsFourEpisodes) {
  Tally tally;
  say(tally, 1, 1.0, 1);
  say(tally, 1, 3.0, 2);
  EXPECT_EQ(read_standing(tally, kConstruct, need(), {9}).trend, Trend::kUnknown);
  say(tally, 1, 1.0, 1);
  say(tally, 1, 3.0, 2);
  EXPECT_EQ(read_standing(tally, kConstruct, need(), {9}).trend, Trend::kUp);
}

}  // namespace
}  // namespace xinjing::psychology
