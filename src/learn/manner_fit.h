#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "language/manner.h"
#include "language/reader.h"

namespace xinjing::learn {

/// A customer of several labelled episodes, as features of manner.
struct MannerExample {
  std::string group;            // the industry: the id before its number
  std::string type;             // the label
  std::vector<float> features;  // mean over the episodes
};

/// Reads customers (JSON lines with `episodes` and `labels.buyer_type`) and how they talk, by a
/// reader. Files that are not there are passed over.
Result<std::vector<MannerExample>> read_manner(const std::vector<std::filesystem::path>& files,
                                               const language::Reader& reader, Lang lang);

/// How the types of customers of one industry are told by a model of the other industries.
struct MannerVerdict {
  std::size_t customers = 0;
  double accuracy = 0;       // of all
  double accuracy_half = 0;  // of the surer half
};

/// Softmax regression on standardised features (linear_fit.h). Deterministic. REQUIRES: examples.
language::MannerModel fit_manner(std::span<const MannerExample> examples,
                                 std::vector<std::string> names);
/// Each industry left out in turn.
MannerVerdict judge_manner(std::span<const MannerExample> examples);

}  // namespace xinjing::learn
