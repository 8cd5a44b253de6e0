#pragma once

#include <array>
#include <span>
#include <string>

#include "language/text_model.h"
#include "learn/head_training.h"

namespace xinjing::learn {

/// How many rows each space of a model may have; the most useful ones are kept.
struct ModelSize {
  std::array<std::size_t, language::kSpaces> rows{150'000, 8'000, 30'000, 8'000, 12'000, 12'000};
};

/// Puts trained heads together into a model: folds the projection into weights on grams, keeps the
/// grams whose weights matter most (length of the row times the root of how many texts have it),
/// and rounds the weights to int8 with a scale per column and a shift per row. Heads are parallel
/// to head_plans().
language::ModelParts build_model(std::string name, Lang lang, std::span<const TrainedHead> heads,
                                 const TextUnits& units, const Projections& projections,
                                 const GroupScales& scales, const ModelSize& size);

}  // namespace xinjing::learn
