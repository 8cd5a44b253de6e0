#include "behaviour/act_evidence.h"

#include <gtest/gtest.h>

#include <map>

namespace xinjing::behaviour {
namespace {

using evidence::Act;
using evidence::ActWeight;

evidence::Catalogue cards() {
  evidence::Card card;
  card.id = "preference";
  card.cap_nats = 3;
  for (const char* id : {"value", "brand"}) {
    evidence::CardState state;
    state.id = id;
    card.states.push_back(state);
  }
  return std::move(*evidence::Catalogue::of({card}));
}

ActWeight weight(Act act, std::int64_t hit, std::int64_t miss, int least, std::int64_t cap) {
  return {.act = act, .hit = hit, .miss = miss, .least = least, .cap = cap};
}

std::vector<ActSeen> seen(Act act, const std::string& hits) {
  std::vector<ActSeen> out;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    out.push_back({act, hits[i] == '1', false, std::int64_t(i), {std::int32_t(100 + i)}});
  }
  return out;
}

std::int64_t sum_of(const std::vector<ActEvidence>& rows) {
  std::int64_t sum = 0;
  for (const ActEvidence& row : rows) sum += row.micro_nats;
  return sum;
}

TEST(WeighActs, AddTheLikelihoodRatioOfHitsAndMisses) {
  const ActWeight weights[] = {weight(Act::kDiscounted, 400'000, -300'000, 5, 3'000'000)};
  const auto rows = weigh_acts(seen(Act::kDiscounted, "110110"), {}, weights, cards());
  ASSERT_EQ(rows.size(), 6U) << "four hits, one row of misses, one exposure";
  EXPECT_EQ(sum_of(rows), 4 * 400'000 - 2 * 300'000);
  EXPECT_EQ(rows[0].n, 1);
  EXPECT_EQ(rows[4].n, 0);
  EXPECT_FALSE(rows[4].seen.hit);
  EXPECT_EQ(rows[4].seen.row, 5) << "the latest of the misses";
  EXPECT_EQ(rows[5].state, evidence::kExposure);
  EXPECT_EQ(rows[5].n, 1);
}

TEST(WeighActs, SayNothingOfTooFew) {
  const ActWeight weights[] = {weight(Act::kDiscounted, 400'000, -300'000, 5, 3'000'000)};
  EXPECT_TRUE(weigh_acts(seen(Act::kDiscounted, "1111"), {}, weights, cards()).empty());
}

TEST(WeighActs, CountTheLatestTwelve) {
  const ActWeight weights[] = {weight(Act::kDiscounted, 100'000, -100'000, 5, 3'000'000)};
  const std::string old(30, '1');
  const auto rows = weigh_acts(seen(Act::kDiscounted, old + "000000000000"), {}, weights, cards());
  EXPECT_EQ(sum_of(rows), -1'200'000);
}

TEST(WeighActs, KeepWithinTheCapOfTheActAndOfTheCard) {
  const ActWeight weights[] = {weight(Act::kDiscounted, 1'000'000, 0, 1, 2'000'000),
                               weight(Act::kCompared, 1'000'000, 0, 1, 2'000'000)};
  std::vector<ActSeen> acts = seen(Act::kDiscounted, "1111111");
  EXPECT_LE(sum_of(weigh_acts(acts, {}, weights, cards())), 2'000'000);
  EXPECT_GT(sum_of(weigh_acts(acts, {}, weights, cards())), 1'999'980);
  const auto more = seen(Act::kCompared, "1111111");
  acts.insert(acts.end(), more.begin(), more.end());
  EXPECT_LE(sum_of(weigh_acts(acts, {}, weights, cards())), 3'000'000);
}

TEST(WeighActs, TakeActsWithCuesForTheirOwnRowOfWeights) {
  std::vector<ActWeight> weights = {weight(Act::kLooked, 800'000, 0, 1, 800'000),
                                    weight(Act::kLooked, 500'000, 0, 1, 500'000)};
  weights[1].state = 1;
  const CuedAct cued[] = {{1, {Act::kLooked, true, true, 7, {100}}}};
  const auto rows = weigh_acts({}, cued, weights, cards());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].state, 1);
  EXPECT_EQ(rows[0].micro_nats, 500'000);
  EXPECT_TRUE(rows[0].seen.in_events);
}

TEST(ActsIn, SeeOrdersAndLines) {
  std::vector<Line> lines(3);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i].row = std::int64_t(i), lines[i].order = i, lines[i].day = {std::int32_t(i)};
    lines[i].brand = i == 1 ? 2 : 1, lines[i].discount_known = true;
  }
  lines[0].compared = 4, lines[0].hours = 0.1;
  lines[1].compared = 1, lines[1].hours = 0.1, lines[1].minute = 30;
  lines[2].returned = true;
  std::map<Act, std::string> seen_of;
  for (const ActSeen& one : acts_in(lines)) seen_of[one.act] += one.hit ? '1' : '0';
  EXPECT_EQ(seen_of[Act::kCompared], "10");
  EXPECT_EQ(seen_of[Act::kQuick], "01") << "not quick where several were compared";
  EXPECT_EQ(seen_of[Act::kNight], "1");
  EXPECT_EQ(seen_of[Act::kReturned], "001");
  EXPECT_EQ(seen_of[Act::kRepeated], "1");
  EXPECT_EQ(seen_of[Act::kDiscounted], "00");
  EXPECT_EQ(seen_of[Act::kSameBrand], "0");
}

}  // namespace
}  // namespace xinjing::behaviour
