#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "learn/calibration.h"
#include "learn/fusion.h"
#include "learn/linear_fit.h"
#include "learn/text_units.h"

namespace xinjing::learn {

/// The examples of one head: rows of its unit's matrix with what is true of them.
struct HeadExamples {
  const UnitMatrix* unit = nullptr;
  std::vector<std::uint32_t> rows;
  std::vector<std::uint32_t> example;  // parallel to rows: index of the labelled example
  std::vector<std::uint8_t> fold;      // kInNoFold: taught from in every fold, never held out
  std::size_t outputs = 0;
  std::vector<float> target;  // rows x outputs
  std::vector<float> weight;  // rows
};
inline constexpr std::uint8_t kInNoFold = 254;
HeadExamples head_examples(const HeadPlan& plan, std::span<const Labelled> examples,
                           const TextUnits& units, std::uint8_t folds);

/// The fold of an example: all of one group together, the same for a dialogue in both languages.
std::uint8_t fold_of(const std::string& group, std::uint8_t folds);

/// Fits on the rows whose fold is not `left_out` (255: on all), by the columns of `unit`, which is
/// the examples' unit or a part of it. `start`: weights to begin with, or none.
LinearFit fit_head(const HeadPlan& plan, const HeadExamples& examples, const UnitMatrix& unit,
                   std::uint8_t left_out, std::span<const float> start = {});

/// Scores of the rows of a fold.
Scored score_fold(const LinearFit& fit, const HeadExamples& examples, const UnitMatrix& unit,
                  std::uint8_t fold);

/// An episode of a customer of several, as read without its industry.
struct HeldOut {
  std::string customer;
  std::string group;         // the industry
  std::vector<float> p;      // calibrated, per state
  std::vector<float> truth;  // shares, per state
  std::vector<bool> said;    // what `read` would say
};

/// A head after training: the weights from all examples, calibration from held-out scores.
struct TrainedHead {
  std::vector<float> fusion;  // what the fit of each part weighs
  std::vector<double> alone;  // of each part's fit by itself, cross-validated on the dialogues
  LinearFit fit;
  Calibration calibration;
  std::vector<float> priors;
  std::vector<HeldOut> held_out;     // of a sequence: customers' episodes in the order of examples
  Verdict cross_validated;           // all sets
  Verdict cross_validated_main;      // on the dialogues alone
  Verdict cross_validated_personas;  // on customers of industries that were left out
  std::size_t examples = 0;
};
/// Fits the head on each of the parts of its unit, weighs the fits by held-out scores, and sums
/// them up. One part: its fit alone, unweighed.
TrainedHead train_head(const HeadPlan& plan, std::span<const Labelled> labelled,
                       const HeadExamples& examples, std::span<const PartOfUnit* const> grounds,
                       std::uint8_t folds);

/// True of the sets on which the product is judged first.
bool is_main_set(const std::string& set);

}  // namespace xinjing::learn
