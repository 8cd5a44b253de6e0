#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/lang.h"
#include "base/result.h"
#include "language/reader.h"
#include "learn/metric.h"

namespace xinjing::learn {

/// How single texts of a public set are told by a model trained on that set alone, and by the
/// models that read for companies, which have no head for it: their valence or emotions are taken
/// for its classes.
struct PublicRow {
  std::string set;
  std::string measure;  // "accuracy", "macro F1"
  std::size_t n = 0;
  double alone = 0;
  Interval alone_interval{};
  double product = 0;  // NaN where the set asks for something else
  Interval product_interval{};
};

/// Judges the public sets of a language that are present under the data folder, with a train.tsv
/// and a dev.tsv. A model trained on one set is a softmax regression on the grams that the reader
/// knows texts by, with the weights of the auxiliary tasks. `rewriter` is the reader's.
/// Intervals draw texts with replacement. Cost: some minutes. kBadInput where a file is none.
Result<std::vector<PublicRow>> judge_public_sets(
    const std::filesystem::path& data, const language::Reader& reader, Lang lang,
    const language::Rewriter* rewriter, const std::function<void(std::size_t, std::size_t)>& done);

/// Rows as a Markdown table.
std::string public_table(std::span<const PublicRow> rows);

}  // namespace xinjing::learn
