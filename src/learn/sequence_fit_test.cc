#include "learn/sequence_fit.h"

#include <gtest/gtest.h>

namespace xinjing::learn {
namespace {

Sequence sequence(std::string group, std::vector<std::size_t> state,
                  std::vector<std::vector<double>> log_ratio) {
  Sequence one{.group = std::move(group), .log_ratio = log_ratio, .p = log_ratio, .state = {}};
  one.state = std::move(state);
  return one;
}

TEST(SequenceFit, CountsWhatFollowsWhat) {
  const std::vector<Sequence> some{sequence("a", {0, 1, 1}, {{0, 0}, {0, 0}, {0, 0}}),
                                   sequence("b", {0, 1}, {{0, 0}, {0, 0}})};
  const HiddenChain chain = fit_chain(some, 2);
  EXPECT_NEAR(chain.start[0], 2.5 / 3, 1e-12);
  EXPECT_NEAR(chain.next[0][1], 2.5 / 3, 1e-12);
  EXPECT_NEAR(chain.next[1][1], 1.5 / 2, 1e-12);
}

TEST(SequenceFit, OrderTellsWhatOneTextDoesNot) {
  // The second episode says nothing: only what follows what in other industries can tell.
  std::vector<Sequence> some;
  for (const char* group : {"a", "b", "c"}) {
    for (int i = 0; i < 8; ++i) {
      some.push_back(sequence(group, {0, 1}, {{2, -2}, {0.1, 0}}));
      some.push_back(sequence(group, {1, 0}, {{-2, 2}, {0, 0.1}}));
    }
  }
  const SequenceVerdict verdict = judge_sequence(some, {"x", "y"});
  EXPECT_EQ(verdict.episodes, 96U);
  EXPECT_NEAR(verdict.text, 0, 1e-9);
  EXPECT_NEAR(verdict.chain, 1, 1e-9);
}

TEST(SequenceFit, AnIndustryIsNotJudgedByItself) {
  // What holds in one industry only cannot be learned from the others.
  std::vector<Sequence> some;
  for (int i = 0; i < 8; ++i) some.push_back(sequence("a", {0, 1}, {{2, -2}, {0.1, 0}}));
  for (int i = 0; i < 8; ++i) some.push_back(sequence("b", {0, 0}, {{2, -2}, {0.1, 0}}));
  const SequenceVerdict verdict = judge_sequence(some, {"x", "y"});
  EXPECT_LT(verdict.chain, 0.2);
}

}  // namespace
}  // namespace xinjing::learn
