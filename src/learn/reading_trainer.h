#pragma once

#include <functional>
#include <string>
#include <vector>

#include "language/rewriter.h"
#include "language/senses.h"
#include "language/text_model.h"
#include "learn/head_training.h"
#include "learn/model_builder.h"
#include "learn/sequence_fit.h"
#include "learn/shared_grams.h"

namespace xinjing::learn {

/// What a model reads by: everything; words and shapes alone; cues and shapes alone. The last two
/// are for comparison.
enum class Features : std::uint8_t { kAll, kWords, kCues };

struct TrainingOptions {
  std::string name;
  Lang lang = Lang::kZh;
  std::uint8_t folds = 5;
  std::size_t threads = 0;  // 0: all cores; the result is the same
  GroupScales scales;
  ModelSize size;
  Features features = Features::kAll;
  const language::Rewriter* rewriter = nullptr;   // of texts; must outlive the training
  const language::SenseFinder* senses = nullptr;  // the same; null: none are features
  std::vector<std::string> heads;                 // judge these only and make no model; empty: all
};

/// How a head did in cross-validation.
struct HeadReport {
  std::string head;
  Judge judge = Judge::kKappa;
  std::size_t examples = 0;
  Verdict all;                // every labelled set
  Verdict main;               // the service dialogues alone
  Verdict personas;           // customers around a purchase, their whole industry left out
  std::vector<float> fusion;  // what fits on everything, on words, on cues weigh in the sum
  std::vector<double> alone;  // of each of these fits by itself, on the service dialogues
};

/// What a head says of customers' episodes, their whole industry left out.
struct OverEpisodes {
  std::string head;
  bool is_sequence = false;
  std::vector<std::string> states;
  std::vector<float> priors;
  std::vector<HeldOut> episodes;
};

struct TrainedModel {
  language::ModelParts parts;
  std::vector<HeadReport> reports;
  std::vector<OverEpisodes> over_episodes;
};

/// Trains a reading model from labelled examples and auxiliary sets: projection, units, for each
/// head and fold a fit on everything, one on words, one on cues, their weights in the sum,
/// calibration on the held-out scores, a last fit on all examples, then the model's parts.
/// Deterministic. `progress(done, all)` counts heads, from any thread, one at a time. Memory: about
/// 2 GB on the shared data; time: some minutes on two cores.
TrainedModel train_reading(const TrainingOptions& options, std::span<const Labelled> examples,
                           std::span<const AuxiliarySet> auxiliary,
                           const language::CueLexicon& lexicon,
                           const std::function<void(std::size_t, std::size_t)>& progress);

}  // namespace xinjing::learn
