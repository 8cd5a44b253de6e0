#include "language/density.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace xinjing::language {
namespace {

constexpr std::uint32_t kRun = 8;
constexpr float kMostSteps = 32767;

Int32x4 product(const std::int8_t* weights, const ProductLanes::Run& run) {
  return pair_sums(eight_at(weights + run.column), run.factor);
}

/// The sum over a number of runs that is known while compiling, or is not.
template <std::size_t... kRuns>
Int32x4 sum_of(const std::int8_t* weights, const ProductLanes::Run* run,
               std::index_sequence<kRuns...>) {
  Int32x4 sum{};
  ((sum += product(weights, run[kRuns])), ...);
  return sum;
}
Int32x4 sum_of(const std::int8_t* weights, const ProductLanes::Run* run, std::size_t runs) {
  Int32x4 sum{};
  for (std::size_t r = 0; r < runs; ++r) sum += product(weights, run[r]);
  return sum;
}

/// Lane i: the sum of the four numbers of the i-th argument.
Int32x4 across(Int32x4 a, Int32x4 b, Int32x4 c, Int32x4 d) {
  const Int32x4 ab =
      __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
  const Int32x4 cd =
      __builtin_shufflevector(c, d, 0, 1, 4, 5) + __builtin_shufflevector(c, d, 2, 3, 6, 7);
  return __builtin_shufflevector(ab, cd, 0, 2, 4, 6) + __builtin_shufflevector(ab, cd, 1, 3, 5, 7);
}

void put(const RowHit& row, Float4 part, Float4* density) {
  part *= row.each;
  density[row.chars.begin] += part;
  density[row.chars.end] -= part;
}

template <typename Runs>
void spread_products(std::span<const RowHit> rows, const ProductLanes& lanes, Runs runs,
                     Float4* density) {
  const ProductLanes::Run* const a = lanes.runs();
  const Float4 steps = lanes.steps();
  if (lanes.single()) {
    for (const RowHit& row : rows) {
      const Int32x4 sum = sum_of(row.weights, a, runs);
      const auto all = static_cast<float>(sum[0] + sum[1] + sum[2] + sum[3]);
      const float part = steps[0] * all * row.each;
      density[row.chars.begin][0] += part;
      density[row.chars.end][0] -= part;
    }
    return;
  }
  const ProductLanes::Run* const b = a + lanes.runs_per_lane();
  const ProductLanes::Run* const c = b + lanes.runs_per_lane();
  const ProductLanes::Run* const d = c + lanes.runs_per_lane();
  for (const RowHit& row : rows) {
    const std::int8_t* w = row.weights;
    const Int32x4 sums =
        across(sum_of(w, a, runs), sum_of(w, b, runs), sum_of(w, c, runs), sum_of(w, d, runs));
    put(row, steps * __builtin_convertvector(sums, Float4), density);
  }
}

}  // namespace

std::size_t ProductLanes::runs_of(std::uint32_t first_column, std::size_t columns) {
  return (first_column % kRun + columns + kRun - 1) / kRun;
}

void ProductLanes::reset(std::size_t statements, std::size_t most_runs) {
  x_runs_per_lane = most_runs;
  x_runs.assign((statements > 1 ? kLanes : 1) * most_runs, Run{});
  x_steps = Float4{};
}

void ProductLanes::set(std::size_t lane, std::uint32_t first_column,
                       std::span<const float> factors) {
  float largest = 0;
  for (const float factor : factors) largest = std::max(largest, std::abs(factor));
  if (largest == 0) return;
  const float step = largest / kMostSteps;
  x_steps[lane] = step;
  const std::size_t shifted = first_column % kRun;
  Run* const runs = x_runs.data() + lane * x_runs_per_lane;
  for (std::size_t k = 0; k < factors.size(); ++k) {
    const std::size_t run = (k + shifted) / kRun;
    runs[run].column =
        first_column - static_cast<std::uint32_t>(shifted) + static_cast<std::uint32_t>(run) * kRun;
    const float half = factors[k] < 0 ? -0.5F : 0.5F;
    runs[run].factor[(k + shifted) % kRun] = static_cast<std::int16_t>(factors[k] / step + half);
  }
}

void spread(std::span<const RowHit> rows, const ColumnLanes& lanes, std::span<Float4> density) {
  const auto [a, b, c, d] = lanes.column;
  for (const RowHit& row : rows) {
    const std::int8_t* w = row.weights;
    const Int32x4 weights{w[a], w[b], w[c], w[d]};
    put(row, lanes.factor * __builtin_convertvector(weights, Float4), density.data());
  }
}

void spread(std::span<const RowHit> rows, const ProductLanes& lanes, std::span<Float4> density) {
  const auto by = [&](auto runs) { spread_products(rows, lanes, runs, density.data()); };
  switch (lanes.runs_per_lane()) {
    case 1:
      return by(std::make_index_sequence<1>());
    case 2:
      return by(std::make_index_sequence<2>());
    case 3:
      return by(std::make_index_sequence<3>());
    default:
      return by(lanes.runs_per_lane());
  }
}

std::array<Stretch, kLanes> largest_sums(std::span<const Float4> density, std::size_t begin,
                                         std::size_t end) {
  Float4 best{};
  Float4 here{};
  Int32x4 best_begin{};
  Int32x4 best_end{};
  Int32x4 here_begin{};
  for (std::size_t i = begin; i < end; ++i) {
    const auto at = static_cast<std::int32_t>(i);
    const Int32x4 fresh = here <= 0.0F;
    here_begin = fresh ? Int32x4{} + at : here_begin;
    here = (fresh ? Float4{} : here) + density[i];
    const Int32x4 better = here > best;
    best = better ? here : best;
    best_begin = better ? here_begin : best_begin;
    best_end = better ? Int32x4{} + (at + 1) : best_end;
  }
  std::array<Stretch, kLanes> stretches;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    stretches[lane] = {static_cast<std::size_t>(best_begin[lane]),
                       static_cast<std::size_t>(best_end[lane]), best[lane]};
  }
  return stretches;
}

}  // namespace xinjing::language
