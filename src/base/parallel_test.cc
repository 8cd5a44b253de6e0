#include "base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>

namespace xinjing {
namespace {

TEST(ParallelFor, VisitsEveryIndexOnce) {
  for (const std::size_t threads : {0, 1, 2, 7}) {
    std::vector<std::atomic<int>> seen(1000);
    parallel_for(seen.size(), threads, [&](std::size_t i, std::size_t) { ++seen[i]; });
    for (const auto& n : seen) ASSERT_EQ(n, 1);
  }
}

TEST(ParallelFor, NamesWorkersBelowTheThreadCount) {
  std::atomic<bool> good{true};
  parallel_for(100, 3, [&](std::size_t, std::size_t worker) { good = good && worker < 3; });
  EXPECT_TRUE(good);
  parallel_for(0, 3, [&](std::size_t, std::size_t) { good = false; });
  EXPECT_TRUE(good);
}

}  // namespace
}  // namespace xinjing
