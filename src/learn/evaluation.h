#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
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

/// How often a state was said of units that show it and of units that do not.
struct StateErrors {
  std::string construct;
  std::string state;
  std::int64_t said_of_true = 0, true_units = 0;
  std::int64_t said_of_false = 0, false_units = 0;
};

/// Of every state that the reader says, over all examples together: what shares are corrected by.
/// Aspects and expectations, which are said in pairs, and states with fewer than three true units
/// give no row.
std::vector<StateErrors> reader_errors(const language::Reader& reader, Lang lang,
                                       std::span<const Labelled> examples, std::size_t threads);

/// Rows as a Markdown table.
std::string markdown_table(std::span<const EvaluationRow> rows);

/// The same constructs and sets read by cues alone, by words alone, and by both, with the best of
/// each row marked. Rows that `both` lacks are left out; of the others one may be empty.
std::string comparison_table(std::span<const EvaluationRow> cues,
                             std::span<const EvaluationRow> words,
                             std::span<const EvaluationRow> both);

/// The same constructs and sets read by models that learned only from texts with open licences,
/// beside the others. Rows that `shipped` lacks are left out.
std::string open_table(std::span<const EvaluationRow> shipped, std::span<const EvaluationRow> open);

}  // namespace xinjing::learn
