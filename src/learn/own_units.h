#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "language/reader.h"
#include "language/text_model.h"
#include "learn/dataset.h"
#include "learn/sparse.h"

namespace xinjing::learn {

/// Where a feature's weights are in a model.
struct FeaturePlace {
  enum class Kind : std::uint8_t { kGram, kCue, kBias };
  Kind kind = Kind::kBias;
  std::uint8_t space = 0;  // language::Space or language::CueSpace
  std::uint32_t row = 0;

  bool operator==(const FeaturePlace&) const = default;
};

/// Labelled turns, or labelled conversations, as a model reads them: what it knows of each, and the
/// sums that it makes of it.
struct OwnUnits {
  SparseRows x;                        // the last column is 1 x kBiasValue
  std::vector<FeaturePlace> features;  // of the columns
  std::vector<float> scores;           // units x width
  std::size_t width = 0;
  std::vector<std::uint32_t> example;  // of each unit
  std::vector<std::uint32_t> turn;     // of each unit: index into the example's turns; 0

  std::size_t size() const { return x.size(); }
};

/// What a feature is multiplied by beside what the model multiplies it by: how loud it is.
float loudness(const FeaturePlace& place);

struct OwnTexts {
  OwnUnits turns;     // one for each customer turn
  OwnUnits episodes;  // one for each example
};

/// Reads the examples by the model. Features that fewer than two units have are left out.
OwnTexts read_own_texts(const language::TextModel& model, const language::Reader& reader,
                        std::span<const Labelled> examples);

}  // namespace xinjing::learn
