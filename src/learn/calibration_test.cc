#include "learn/calibration.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/hash.h"

namespace xinjing::learn {
namespace {

double uniform(std::uint64_t& state) {
  return static_cast<double>(mix64(state++) >> 11) / static_cast<double>(1ULL << 53);
}

HeadPlan plan(language::HeadKind kind, Judge judge, std::vector<std::string> states) {
  return {.name = "x", .kind = kind, .states = std::move(states), .judge = judge};
}

/// Scores of one column whose truth follows a logistic curve of slope 0.5 and offset -2.
Scored rare_column(int n) {
  Scored scored{.outputs = 1};
  std::uint64_t state = 1;
  for (int i = 0; i < n; ++i) {
    const double z = uniform(state) * 8 - 4;
    const bool yes = uniform(state) < 1 / (1 + std::exp(-(0.5 * z - 2)));
    scored.scores.push_back(static_cast<float>(z));
    scored.target.push_back(yes ? 1 : 0);
    scored.weight.push_back(1);
  }
  return scored;
}

TEST(Calibration, FindsTheCurveAndMovesTheThresholdToOneHalf) {
  const Scored scored = rare_column(20'000);
  const HeadPlan several = plan(language::HeadKind::kSeveral, Judge::kMacroF1, {"yes"});
  const Calibration c = calibrate(several, scored);
  EXPECT_NEAR(c.slope[0], 0.5, 0.05);
  EXPECT_GT(c.offset[0], -2);  // the best F1 of a rare state asks for less than one half
  // No other threshold on the scores has a better F1 than p >= 0.5 has.
  const auto f1_at = [&](double threshold) {
    double tp = 0;
    double wrong = 0;
    for (std::size_t i = 0; i < scored.size(); ++i) {
      const bool said = scored.scores[i] >= threshold;
      const bool gold = scored.target[i] > 0.5F;
      tp += said && gold;
      wrong += said != gold;
    }
    return 2 * tp / (2 * tp + wrong);
  };
  const double chosen = f1_at(-c.offset[0] / c.slope[0]);
  for (double threshold = -3.5; threshold < 3.5; threshold += 0.25) {
    EXPECT_GE(chosen + 0.01, f1_at(threshold));
  }
}

TEST(Calibration, CoolsOverconfidentScores) {
  // Two states; the score says three times the true log-odds.
  Scored scored{.outputs = 2};
  std::uint64_t state = 9;
  for (int i = 0; i < 5000; ++i) {
    const double logit = uniform(state) * 4 - 2;
    const bool second = uniform(state) < 1 / (1 + std::exp(-logit));
    scored.scores.insert(scored.scores.end(), {0.0F, static_cast<float>(3 * logit)});
    scored.target.insert(scored.target.end(), {second ? 0.0F : 1.0F, second ? 1.0F : 0.0F});
    scored.weight.push_back(1);
  }
  const HeadPlan one = plan(language::HeadKind::kOne, Judge::kKappa, {"a", "b"});
  const Calibration c = calibrate(one, scored);
  EXPECT_NEAR(c.slope[0], 1.0 / 3, 0.05);
  std::vector<std::vector<float>> p;
  for (std::size_t i = 0; i < scored.size(); ++i)
    p.push_back(probabilities(one, c, scored.score(i)));
  EXPECT_LT(judge(one, p, c.lean, scored).calibration_error, 0.03);
}

TEST(Calibration, LeansTowardsRareStatesForKappa) {
  // A rare state whose score seldom wins outright.
  Scored scored{.outputs = 2};
  std::uint64_t state = 3;
  for (int i = 0; i < 4000; ++i) {
    const bool rare = uniform(state) < 0.1;
    const double z = uniform(state) * 2 + (rare ? 0.8 : 0);
    scored.scores.insert(scored.scores.end(), {2.0F, static_cast<float>(z)});
    scored.target.insert(scored.target.end(), {rare ? 0.0F : 1.0F, rare ? 1.0F : 0.0F});
    scored.weight.push_back(1);
  }
  const HeadPlan one = plan(language::HeadKind::kOne, Judge::kKappa, {"usual", "rare"});
  const Calibration c = calibrate(one, scored);
  std::vector<std::vector<float>> p;
  for (std::size_t i = 0; i < scored.size(); ++i)
    p.push_back(probabilities(one, c, scored.score(i)));
  EXPECT_GE(judge(one, p, c.lean, scored).value, judge(one, p, {}, scored).value);
  EXPECT_GT(c.lean[1] - c.lean[0], 0);
}

}  // namespace
}  // namespace xinjing::learn
