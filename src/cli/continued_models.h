#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/catalog.h"

namespace xinjing::cli {

/// Going on from the models of an installation with a company's own labels.
struct ContinueOptions {
  std::vector<std::string> labels;  // sheets of `xinjing label`, or labelled .jsonl
  std::filesystem::path from;       // the folder of the models
  std::filesystem::path to;         // where those that learned go; may be the same
  std::string only;                 // "zh", "en"; empty: both
  bool tries = false;               // show what would change, write nothing
  int threads = 0;
};

/// Prints how each head did on held-out labels before and after, and writes the models that
/// changed. The model that was in `to` is kept in `to`/kept, so that roll_back finds it. Other
/// files of `from` (manner-zh.tsv) are copied where `to` lacks them.
/// kBadInput where no label can be used.
Result<int> continue_models(const Context& context, const ContinueOptions& options);

/// Puts the models of a folder back to what they were before the last continue_models.
/// kNotFound where nothing is kept.
Result<int> roll_back(const Context& context, const std::filesystem::path& folder,
                      const std::string& only);

}  // namespace xinjing::cli
