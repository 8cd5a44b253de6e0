#include "base/aligned.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace xinjing {
namespace {

TEST(LineVector, BeginsWhereALineOrALargePageBegins) {
  for (const std::size_t size : {1U, 100U, 100'000U, 3U << 20}) {
    LineVector<std::int8_t> memory(size, 7);
    const auto at = reinterpret_cast<std::uintptr_t>(memory.data());
    EXPECT_EQ(at % 64, 0U);
    if (size >= 2U << 20) {
      EXPECT_EQ(at % (2U << 20), 0U);
    }
  }
}

TEST(LineVector, KeepsWhatItHoldsAsItGrowsAndMoves) {
  LineVector<std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < 1'000'000; ++i) numbers.push_back(i);
  const LineVector<std::uint32_t> copy = numbers;
  const LineVector<std::uint32_t> moved = std::move(numbers);
  EXPECT_EQ(copy, moved);
  for (std::uint32_t i = 0; i < moved.size(); ++i) ASSERT_EQ(moved[i], i);
}

}  // namespace
}  // namespace xinjing
