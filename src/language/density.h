#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/lanes.h"
#include "base/span.h"

// What each character of a turn adds to statements, for four statements at once (lanes). Every
// lane is reckoned in the same order as it would be alone, so it makes no difference to the bits
// which statements stand beside each other.
namespace xinjing::language {

inline constexpr std::size_t kLanes = 4;

/// A known gram's weights in one space.
struct RowHit {
  const std::int8_t* weights = nullptr;
  Span chars;
  std::int16_t shift = 0;
  float each = 0;  // 2^shift / characters: what a step of weight means for each character
};

/// What four statements make of a row of weights: each a weight times a factor.
struct ColumnLanes {
  std::array<std::uint32_t, kLanes> column{};
  Float4 factor{};
};

/// What up to four statements make of a row of weights: each a sum of products, taken eight columns
/// at a time (a run). Columns that a statement does not mean have factor 0. Factors are kept in
/// steps of 1/32767 of the largest of their statement.
class ProductLanes {
 public:
  struct Run {
    std::uint32_t column = 0;  // the first of eight
    Int16x8 factor{};          // in steps of the lane
  };
  /// How many runs it takes to cover consecutive columns.
  static std::size_t runs_of(std::uint32_t first_column, std::size_t columns);
  /// Begins anew. REQUIRES: at most kLanes statements.
  void reset(std::size_t statements, std::size_t most_runs);
  /// Factors of consecutive columns. REQUIRES: at most most_runs runs.
  void set(std::size_t lane, std::uint32_t first_column, std::span<const float> factors);

  bool single() const { return x_runs.size() == x_runs_per_lane; }
  std::size_t runs_per_lane() const { return x_runs_per_lane; }
  const Run* runs() const { return x_runs.data(); }  // lane after lane
  Float4 steps() const { return x_steps; }

 private:
  std::vector<Run> x_runs;
  std::size_t x_runs_per_lane = 0;
  Float4 x_steps{};
};

/// Adds what rows contribute to `density`, as differences between neighbouring characters.
/// REQUIRES: density has a place for each character and one more; rows are readable to the end of
/// the last run of eight columns.
void spread(std::span<const RowHit> rows, const ColumnLanes& lanes, std::span<Float4> density);
void spread(std::span<const RowHit> rows, const ProductLanes& lanes, std::span<Float4> density);

/// A stretch of characters and the sum of the density over it.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
  float sum = 0;
};

/// Of each lane the stretch within [begin, end) with the largest sum; where no sum is above 0 the
/// sum is 0 and nothing else means anything. One pass (Bentley 1984).
std::array<Stretch, kLanes> largest_sums(std::span<const Float4> density, std::size_t begin,
                                         std::size_t end);

}  // namespace xinjing::language
