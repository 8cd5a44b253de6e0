#include "language/reading.h"

#include <cmath>
#include <cstdlib>

namespace xinjing::language {

float mean_level(const Head& head, std::span<const float> p) {
  // Levels are consecutive whole numbers.
  const float first = head.states.empty() ? 0 : std::strtof(head.states[0].c_str(), nullptr);
  float mean = 0;
  for (std::size_t k = 0; k < p.size(); ++k) mean += p[k] * (first + static_cast<float>(k));
  return mean;
}

std::size_t said_state(const Head& head, std::span<const float> p) {
  if (head.kind == HeadKind::kLevel && !head.lean.empty()) {
    const float mean = mean_level(head, p);
    std::size_t state = 0;
    while (state < head.lean.size() && mean >= head.lean[state]) ++state;
    return state;
  }
  std::size_t best = 0;
  float best_score = -std::numeric_limits<float>::infinity();
  for (std::size_t k = 0; k < p.size(); ++k) {
    const float lean = head.lean.empty() ? 0.0F : head.lean[k];
    const float score = std::log(std::max(p[k], 1e-9F)) + lean;
    if (score > best_score) best_score = score, best = k;
  }
  return best;
}

}  // namespace xinjing::language
