#include "language/valence.h"

#include <gtest/gtest.h>

#include <numeric>

namespace xinjing::language {
namespace {

std::vector<Head> heads() {
  Head emotion{.name = "emotion", .kind = HeadKind::kOne, .per_turn = true};
  emotion.states = {"neutral", "joy", "gratitude", "anger", "contempt"};
  Head valence{.name = "valence", .kind = HeadKind::kSeveral, .per_turn = true};
  valence.states = {"bad", "good"};
  valence.first = 5;
  return {emotion, valence};
}

std::vector<float> pooled(std::vector<float> p) {
  ValencePool(heads()).apply(p);
  return p;
}

TEST(ValencePool, LeansTowardsTheValence) {
  const std::vector<float> p = pooled({0.2F, 0.4F, 0.1F, 0.2F, 0.1F, 0.95F, 0.05F});
  EXPECT_GT(p[3], p[1]);
  EXPECT_NEAR(p[3] / p[4], 2, 1e-4);
  EXPECT_NEAR(p[1] / p[2], 4, 1e-4);
  EXPECT_NEAR(std::accumulate(p.begin(), p.begin() + 5, 0.0F), 1, 1e-5);
  EXPECT_FLOAT_EQ(p[5], 0.95F);
}

TEST(ValencePool, WhereBothAgreeNothingChanges) {
  // Masses 0.6, 0.3, 0.1; bad and good such that their products are in the same proportion.
  const float bad = 2 / 3.0F;
  const float good = 0.25F;
  const std::vector<float> p = pooled({0.3F, 0.05F, 0.05F, 0.4F, 0.2F, bad, good});
  EXPECT_NEAR(p[0], 0.3, 1e-4);
  EXPECT_NEAR(p[3], 0.4, 1e-4);
}

TEST(ValencePool, AModelWithoutValenceStaysAsItIs) {
  std::vector<Head> only{heads().front()};
  std::vector<float> p = {0.2F, 0.4F, 0.1F, 0.2F, 0.1F};
  const std::vector<float> before = p;
  ValencePool(only).apply(p);
  EXPECT_EQ(p, before);
}

TEST(ValencePool, SignsOfEmotions) {
  EXPECT_EQ(emotion_sign("joy"), 1);
  EXPECT_EQ(emotion_sign("surprise"), 0);
  EXPECT_EQ(emotion_sign("confusion"), -1);
}

}  // namespace
}  // namespace xinjing::language
