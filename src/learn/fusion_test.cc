#include "learn/fusion.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "learn/head_plan.h"

namespace xinjing::learn {
namespace {

/// Grams 0-1, shapes 2, cues 3, cues of the agent 4.
UnitMatrix unit() {
  UnitMatrix u;
  u.features = 5;
  u.own = {0, 2};
  u.shapes = {2, 1};
  u.cues = {3, 1};
  u.cues_agent = {4, 1};
  u.x.add(0, 1), u.x.add(2, 2), u.x.add(3, 3), u.x.end_row();
  u.x.add(1, 4), u.x.add(4, 5), u.x.end_row();
  return u;
}

std::vector<std::uint32_t> all(std::span<const std::uint32_t> columns) {
  return {columns.begin(), columns.end()};
}

TEST(Fusion, TakesTheColumnsOfAGround) {
  const UnitMatrix whole = unit();
  EXPECT_EQ(part_of(whole, Ground::kAll).from, (std::vector<std::uint32_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(part_of(whole, Ground::kWords).from, (std::vector<std::uint32_t>{0, 1, 2}));
  const PartOfUnit cues = part_of(whole, Ground::kCues);
  EXPECT_EQ(cues.from, (std::vector<std::uint32_t>{2, 3, 4}));
  EXPECT_EQ(cues.unit.features, 3U);
  EXPECT_EQ(all(cues.unit.x.columns(0)), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(all(cues.unit.x.columns(1)), (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(cues.unit.x.values(1)[0], 5);
}

TEST(Fusion, LiftedFitsScoreTheWholeAsTheirPartAndGoBack) {
  const UnitMatrix whole = unit();
  const PartOfUnit cues = part_of(whole, Ground::kCues);
  LinearFit fit{.outputs = 2};
  fit.weights = {1, -1, 2, -2, 3, -3};
  fit.bias = {0.5F, 0.25F};
  const LinearFit up = lifted(fit, cues.from, whole.features);
  for (std::size_t row = 0; row < 2; ++row) {
    std::vector<float> in_part(2);
    std::vector<float> in_whole(2);
    fit.add_scores(cues.unit.x, row, in_part);
    up.add_scores(whole.x, row, in_whole);
    EXPECT_EQ(in_part, in_whole);
  }
  EXPECT_EQ(lowered(up, cues.from), fit.weights);
}

TEST(Fusion, ASumOfFitsScoresAsTheSumOfTheirScores) {
  const UnitMatrix whole = unit();
  std::vector<LinearFit> fits(2, LinearFit{.outputs = 1});
  fits[0].weights = {1, 2, 3, 4, 5}, fits[0].bias = {1};
  fits[1].weights = {-1, 0, 2, 0, 1}, fits[1].bias = {-2};
  const std::vector<float> weights{0.25F, 2};
  const LinearFit sum = fused(fits, weights);
  for (std::size_t row = 0; row < 2; ++row) {
    std::vector<float> parts[2] = {{0}, {0}};
    for (std::size_t m = 0; m < 2; ++m) fits[m].add_scores(whole.x, row, parts[m]);
    std::vector<float> together{0};
    sum.add_scores(whole.x, row, together);
    EXPECT_FLOAT_EQ(together[0], 0.25F * parts[0][0] + 2 * parts[1][0]);
  }
}

/// One set of scores tells the truth, one is noise, one is the truth turned round.
std::vector<Scored> three(bool several) {
  std::vector<Scored> fits(3);
  for (Scored& fit : fits) fit.outputs = 2;
  for (std::uint64_t i = 0; i < 400; ++i) {
    const bool yes = mix64(i + 1) % 2 == 0;
    const float noise = static_cast<float>(mix64(i + 1000) % 1000) / 500 - 1;
    const float blur = static_cast<float>(mix64(i + 5000) % 1000) / 400 - 1.25F;
    const float truth = (yes ? 1.0F : -1.0F) + blur;
    const float scores[] = {truth, noise, -truth};
    for (std::size_t m = 0; m < 3; ++m) {
      fits[m].scores.insert(fits[m].scores.end(), {scores[m], -scores[m]});
      fits[m].target.insert(fits[m].target.end(), {yes ? 1.0F : 0.0F, yes ? 0.0F : 1.0F});
      fits[m].weight.push_back(1);
    }
  }
  if (several) {
    for (Scored& fit : fits) {
      for (float& t : fit.target) t = std::round(t);
    }
  }
  return fits;
}

TEST(Fusion, WeighsWhatTellsTheTruthAndNothingBelowZero) {
  for (const auto kind : {language::HeadKind::kOne, language::HeadKind::kSeveral}) {
    const HeadPlan plan{.name = "x", .kind = kind, .states = {"a", "b"}};
    const std::vector<Scored> fits = three(kind == language::HeadKind::kSeveral);
    const std::vector<float> weights = fusion_weights(plan, fits);
    ASSERT_EQ(weights.size(), 3U);
    EXPECT_GT(weights[0], 0.5F);
    EXPECT_LT(weights[1], 0.2F * weights[0]);
    EXPECT_EQ(weights[2], 0);
  }
}

}  // namespace
}  // namespace xinjing::learn
