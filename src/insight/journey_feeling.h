#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "insight/interval.h"

// Where along a journey satisfaction falls and expectations break: words joined to steps.
// docs/methods/journey.md.
namespace xinjing::insight {

/// What a conversation says that was held during a step or soon after it.
struct StepReading {
  std::string activity;
  std::int64_t person = 0;
  double satisfaction = 0;  // -2 to 2
  bool displeased = false;  // its emotion is anger, contempt, grievance, disappointment or anxiety
  bool unmet = false;       // it tells of an expectation that was not met
};

/// What people say about a step, beside what they say about the others.
struct StepFeeling {
  std::string activity;
  std::int64_t conversations = 0;
  std::int64_t people = 0;
  bool enough = false;    // at least kFewestPeople people here and at the other steps
  Interval satisfaction;  // mean over people of each one's mean
  Interval change;        // that, less the same of the other steps (Welch 1947)
  bool differs = false;   // of all steps with enough ground, at a false discovery rate of 10 %
  Interval displeased;    // share of conversations (Wilson)
  Interval unmet;         // share of conversations
};

inline constexpr std::int64_t kFewestPeople = 10;

/// Sorted: enough ground first, then the lowest change, then by name. Shares and means are of what
/// was read, not corrected for the reader's error. People count once in each step however much they
/// say. Cost: O(n log n).
std::vector<StepFeeling> step_feelings(std::vector<StepReading> readings);

}  // namespace xinjing::insight
