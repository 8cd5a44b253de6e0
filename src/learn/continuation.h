#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "language/reader.h"
#include "language/text_model.h"
#include "learn/dataset.h"
#include "learn/metric.h"

namespace xinjing::learn {

/// With what texts are read while a model learns on: the same as its reader will have.
struct ReadingWith {
  const language::CueLexicon* cues = nullptr;
  const language::Rewriter* rewriter = nullptr;
  const language::SenseFinder* senses = nullptr;
};

struct ContinuationOptions {
  std::uint8_t folds = 5;   // of the honest comparison
  std::size_t threads = 0;  // 0: all cores; the result is the same
  std::size_t least = 40;   // labels that a head needs
  std::uint64_t seed = 20'261'201;
};

/// What becomes of a head that learns from a company's own labels. Figures are of held-out
/// conversations: each was read by weights that had not seen it.
struct HeadChange {
  std::string head;
  std::size_t labelled = 0;  // turns or conversations
  std::string measure;       // "kappa", "weighted kappa", "micro F1"
  double before = 0;
  double after = 0;
  Interval difference{};   // 95 %, conversations drawn with replacement
  double loss_before = 0;  // mean cross-entropy [nats]
  double loss_after = 0;
  bool enough = false;   // labels
  bool changed = false;  // the model has learned from them
};

struct Continuation {
  language::ModelParts parts;
  std::vector<HeadChange> changes;  // heads with labels, in the model's order
  std::size_t conversations = 0;    // that have a label
};

/// Goes on from the weights of `base` with some hundreds of labels: the most likely weights after
/// both, with those of `base` as the prior (maximum a posteriori with a Gaussian prior; for
/// log-linear models Chelba and Acero 2006, "Adaptation of maximum entropy capitalizer", eq. 5).
/// To the calibrated log-odds of each unit a sum over the grams and kinds of cues that the model
/// knows is added, with an L2 penalty; the strength of the penalty, whether words count at all or
/// only how often each state holds, and whether the head stays as it was, are chosen by
/// cross-validation within the training part of each fold. A head takes what it learned only where
/// held-out conversations are told better by it beyond chance: lower cross-entropy in 95 of 100
/// draws of conversations, and no lower measure. Deterministic.
/// Grams that the model does not know stay unknown; heads without labels, calibration and limits
/// between states stay as they are.
/// Examples of composed or public sets are taken as any other. Cost: some seconds a head for 300
/// conversations.
/// Source: docs/methods/own-labels.md.
Continuation continue_training(const language::TextModel& base, const ReadingWith& with,
                               std::span<const Labelled> examples,
                               const ContinuationOptions& options,
                               const std::function<void(std::size_t, std::size_t)>& progress);

}  // namespace xinjing::learn
