#pragma once

#include <span>
#include <string>
#include <vector>

namespace xinjing::psychology {

/// An expectation and what became of it.
struct Experience {
  std::string aspect;
  std::string status;  // met, unmet, exceeded; others say nothing
  double weight = 1;   // how sure it is that it was expected, 0 to 1
};

/// Expected against experienced for one aspect, or for all.
struct Gap {
  std::string aspect;  // empty: all
  double known = 0;    // weight of expectations whose fate is known
  double met = 0;      // of these: weights
  double unmet = 0;
  double exceeded = 0;
  double gap = 0;  // -1 (all disappointed) to 1 (all exceeded); 0: as expected
};

/// Disconfirmation by aspect, the aspect that most was expected of first, and over all (last; only
/// where anything is known): (exceeded - unmet) / (known + 1), so that one experience says little.
/// What is open says nothing yet. Oliver (1980): satisfaction follows expectation and
/// disconfirmation; docs/methods/confirmation.md. Pure; cost: linear.
std::vector<Gap> confirmation_of(std::span<const Experience> experiences);

}  // namespace xinjing::psychology
