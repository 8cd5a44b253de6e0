#pragma once

#include <string>
#include <vector>

#include "evidence/signals.h"

namespace xinjing::evidence {

/// A word and what its presence signals.
struct SignalWord {
  std::string text;
  Marker marker = Marker::kNothing;
};

/// All words of signals, in both languages and scripts, since signals are measured on the original
/// bytes.
std::vector<SignalWord> signal_words();

}  // namespace xinjing::evidence
