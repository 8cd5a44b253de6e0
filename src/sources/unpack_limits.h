#pragma once

#include <cstdint>

namespace xinjing::sources {

/// How far a part of an archive may unpack before it is taken for a bomb.
struct UnpackLimits {
  std::uint64_t most_bytes = 4ULL << 30;
  std::uint64_t free_bytes = 64ULL << 20;  // up to here at any ratio
  std::uint64_t most_ratio = 100;          // unpacked to packed
};

}  // namespace xinjing::sources
