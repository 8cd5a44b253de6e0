#include "base/hidden_chain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace xinjing {
namespace {

using Row = std::vector<double>;

/// The stupid twin: every path is gone through.
std::vector<Row> by_all_paths(const HiddenChain& chain, const std::vector<Row>& logs) {
  const std::size_t k = chain.start.size();
  std::vector<Row> out(logs.size(), Row(k));
  std::size_t paths = 1;
  for (std::size_t t = 0; t < logs.size(); ++t) paths *= k;
  for (std::size_t path = 0; path < paths; ++path) {
    std::vector<std::size_t> states;
    for (std::size_t rest = path, t = 0; t < logs.size(); ++t, rest /= k) {
      states.push_back(rest % k);
    }
    double p = chain.start[states[0]];
    for (std::size_t t = 0; t < states.size(); ++t) {
      if (t > 0) p *= chain.next[states[t - 1]][states[t]];
      p *= std::exp(logs[t][states[t]]);
    }
    for (std::size_t t = 0; t < states.size(); ++t) out[t][states[t]] += p;
  }
  for (Row& row : out) {
    double sum = 0;
    for (const double p : row) sum += p;
    for (double& p : row) p /= sum;
  }
  return out;
}

TEST(HiddenChain, IsWhatAllPathsSay) {
  constexpr unsigned kSeed = 20261130;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  std::uniform_real_distribution<double> share(0.01, 1);
  for (int round = 0; round < 50; ++round) {
    const std::size_t k = 2 + round % 3;
    const auto distribution = [&] {
      Row row(k);
      double sum = 0;
      for (double& p : row) sum += p = share(random);
      for (double& p : row) p /= sum;
      return row;
    };
    HiddenChain chain{.start = distribution(), .next = {}};
    for (std::size_t s = 0; s < k; ++s) chain.next.push_back(distribution());
    std::vector<Row> logs(1 + round % 5);
    for (Row& row : logs) {
      for (std::size_t s = 0; s < k; ++s) row.push_back(6 * share(random) - 3);
    }
    const auto fast = smoothed(chain, logs);
    const auto slow = by_all_paths(chain, logs);
    ASSERT_EQ(fast.size(), slow.size());
    for (std::size_t t = 0; t < fast.size(); ++t) {
      for (std::size_t s = 0; s < k; ++s) EXPECT_NEAR(fast[t][s], slow[t][s], 1e-9);
    }
  }
}

TEST(HiddenChain, WhatIsSureAfterwardsTellsOfBefore) {
  // From the first state nobody comes to the third in one step.
  const HiddenChain chain{.start = {0.5, 0.5, 0},
                          .next = {{0.5, 0.5, 0}, {0, 0.5, 0.5}, {0, 0, 1}}};
  const auto path = smoothed(chain, std::vector<Row>{{0, 0, 0}, {-50, -50, 0}});
  EXPECT_NEAR(path[0][1], 1, 1e-9);
  EXPECT_NEAR(path[1][2], 1, 1e-9);
}

TEST(HiddenChain, NothingHeardGivesNothing) {
  const HiddenChain chain{.start = {0.5, 0.5}, .next = {{1, 0}, {0, 1}}};
  EXPECT_TRUE(smoothed(chain, std::vector<Row>{}).empty());
}

}  // namespace
}  // namespace xinjing
