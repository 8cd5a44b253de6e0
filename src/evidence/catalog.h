#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/span.h"
#include "evidence/signals.h"

namespace xinjing::evidence::catalog {

/// A state that a detector may speak for; silent where no such card or state is installed.
struct Target {
  std::string_view construct;
  std::string_view state;
};

/// What a detector found: so much for its target, and where.
struct Finding {
  std::size_t target = 0;  // index into the entry's targets
  double nats = 0;
  std::uint32_t turn = 0;
  Span span;  // bytes of that turn's text; empty: no single place
};

/// How the weights of a detector came about.
enum class Weights : std::uint8_t {
  kGuessed,  // a person's estimate
  kMeasured  // half of the log likelihood ratio on labelled dialogues (docs/methods/evidence.md):
             // half, since the model has seen part of the same signal
};

/// A signal that is not words. Each file of evidence/catalog defines one. Detectors are pure, and
/// weak: none weighs more than 1.5 nats.
struct Entry {
  std::string_view name;
  Said about;
  Weights weights = Weights::kGuessed;
  std::vector<Target> targets;
  void (*detect)(const Episode& episode, std::vector<Finding>& out);
  /// What was counted, in words: "sent at 02:30". None: the quote of the finding says it.
  /// REQUIRES: the detector finds something in the conversation.
  Said (*figure)(const Episode& episode) = nullptr;
};

/// All detectors, sorted by file name. Made by CMake from the folder.
std::span<const Entry* const> entries();

/// The detector, or null.
const Entry* find_detector(std::string_view name);

}  // namespace xinjing::evidence::catalog
