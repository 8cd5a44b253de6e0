#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "learn/calibration.h"
#include "learn/linear_fit.h"
#include "learn/text_units.h"

namespace xinjing::learn {

/// On what grounds a fit may stand: everything at once, words and shapes, cues and shapes.
enum class Ground : std::uint8_t { kAll, kWords, kCues };

/// A unit with the columns of one ground only, in their order.
struct PartOfUnit {
  UnitMatrix unit{};                  // of its columns only `features` is told
  std::vector<std::uint32_t> from{};  // the columns' places in the whole unit
};
PartOfUnit part_of(const UnitMatrix& unit, Ground ground);

/// A fit on some columns of a unit, as one on all of its `features` columns.
LinearFit lifted(const LinearFit& fit, std::span<const std::uint32_t> from, std::uint32_t features);

/// The other way: the weights of those columns.
std::vector<float> lowered(const LinearFit& whole, std::span<const std::uint32_t> from);

/// How much each of several fits of one head should weigh in their sum: the weights, none below
/// zero, and offsets per state under which their weighted sum makes what is true of the examples
/// most likely (stacked regressions with weights that are not negative, Breiman 1996). `fits` are
/// scores of the same examples in the same order, held out. Cost: some 200 passes over the scores.
std::vector<float> fusion_weights(const HeadPlan& plan, std::span<const Scored> fits);

/// The weighted sum of scores of the same examples.
Scored fused(std::span<const Scored> fits, std::span<const float> weights);

/// The weighted sum of fits over the same features: one linear fit again.
LinearFit fused(std::span<const LinearFit> fits, std::span<const float> weights);

}  // namespace xinjing::learn
