#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "language/reading.h"

namespace xinjing::learn {

/// By what a head is judged, and so tuned.
enum class Judge {
  kKappa,          // one state, unordered
  kWeightedKappa,  // levels
  kMacroF1,        // several states, each counts the same
  kMicroF1,        // several states, each case counts the same
  kSpearman,       // levels with human raters
  kNothing         // part of a product
};

/// How loud the parts of a conversation are to a head that shares its grams (shared_grams.h).
struct SharedScales {
  float own = 0.4F;     // the customer's grams, and those of the last turn, by themselves
  float agent = 0;      // the agent's grams by themselves
  float shared = 0.5F;  // a gram, whoever says it
};

/// What is decided about a head before training.
struct HeadPlan {
  std::string name{};
  language::HeadKind kind = language::HeadKind::kOne;
  bool per_turn = false;
  bool shown = true;
  std::vector<std::string> states{};
  Judge judge = Judge::kKappa;
  double l2 = 1;                  // strength of the penalty, chosen by cross-validation
  double rare_weight = 0.5;       // a state's examples weigh (largest / its share)^this
  double composed_weight = 0.25;  // of a composed example beside a real one
  double real_weight = 1;         // of a real conversation beside a customer of `personas`
  bool composed_judges = false;   // composed examples are held out, judge and calibrate as well
  bool is_sequence = false;       // its states follow one another over a customer's episodes
  bool keeps_held_out = false;    // customers' held-out episodes are kept, for portraits' sake
  bool reads_personas = true;     // false: manner is judged by strangers' readings (manner_fit.h)
  // Its grams share weights between customer and agent, this loud.
  std::optional<SharedScales> shared{};
};

/// All heads of the contract of `xinjing read`, in the order of the columns.
std::span<const HeadPlan> head_plans();

/// Products: aspect = aspect_code x aspect_polarity, expectation = expectation_aspect x status.
struct ProductPlan {
  std::string name{};
  std::string separator{};
  std::string first{};
  std::string second{};
};
std::span<const ProductPlan> product_plans();

}  // namespace xinjing::learn
