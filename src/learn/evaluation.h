#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "language/reader.h"
#include "learn/dataset.h"
#include "learn/head_plan.h"

namespace xinjing::learn {

/// How a construct is read on one data set: a row of docs/accuracy.md.
struct EvaluationRow {
  std::string construct;
  std::string set;
  std::string split;
  std::string measure;
  std::size_t n = 0;  // turns, conversations, or pairs of conversation and state
  double value = 0;
  double low = 0;  // 95 % interval, conversations drawn with replacement
  double high = 0;
  double agreement = 0;  // of two readings by people or passes; NaN where unknown
  double calibration_error = 0;
};

/// Reads the labelled conversations of one set and judges what is said of them. Constructs without
/// labels there give no row.
std::vector<EvaluationRow> evaluate(const language::Reader& reader, Lang lang,
                                    std::span<const Labelled> examples, const std::string& split,
                                    std::size_t threads);

/// Rows as a Markdown table.
std::string markdown_table(std::span<const EvaluationRow> rows);

/// The same constructs and sets read by cues alone, by words alone, and by both, with the best of
/// each row marked. Rows that `both` lacks are left out; of the others one may be empty.
std::string comparison_table(std::span<const EvaluationRow> cues,
                             std::span<const EvaluationRow> words,
                             std::span<const EvaluationRow> both);

}  // namespace xinjing::learn
