#include "language/reading.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

namespace xinjing::language {

const Head* find_head(std::span<const Head> heads, std::string_view name) {
  const auto found =
      std::find_if(heads.begin(), heads.end(), [&](const Head& head) { return head.name == name; });
  return found == heads.end() ? nullptr : &*found;
}

std::size_t turn_outputs(std::span<const Head> heads) {
  std::size_t n = 0;
  for (const Head& head : heads) {
    if (head.per_turn) n = std::max(n, head.first + head.states.size());
  }
  return n;
}

float mean_level(const Head& head, std::span<const float> p) {
  // Levels are consecutive whole numbers.
  int first = 0;
  if (!head.states.empty()) {
    const std::string& state = head.states[0];
    std::from_chars(state.data(), state.data() + state.size(), first);
  }
  float mean = 0;
  for (std::size_t k = 0; k < p.size(); ++k) {
    mean += p[k] * (static_cast<float>(first) + static_cast<float>(k));
  }
  return mean;
}

void without_lean(const Head& head, std::span<const float> p, std::span<float> out) {
  std::copy(p.begin(), p.end(), out.begin());
  for (std::size_t k = 0; k < head.lean.size(); k += head.parts) {
    const std::span<float> parts = out.subspan(k, head.parts);
    const float any = std::accumulate(parts.begin(), parts.end(), 0.0F);
    const float factor = 1 / (any + (1 - any) * std::exp(head.lean[k]));
    for (float& part : parts) part *= factor;
  }
}

std::size_t said_state(const Head& head, std::span<const float> p) {
  if (head.kind == HeadKind::kLevel && !head.lean.empty()) {
    const float mean = mean_level(head, p);
    std::size_t state = 0;
    while (state < head.lean.size() && mean >= head.lean[state]) ++state;
    return state;
  }
  if (head.weight.size() == p.size()) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < p.size(); ++k) {
      const auto score = [&](std::size_t i) { return std::max(p[i], 1e-9F) * head.weight[i]; };
      if (score(k) > score(best)) best = k;
    }
    return best;
  }
  std::size_t best = 0;
  float best_lean = 0;
  float best_score = -std::numeric_limits<float>::infinity();
  for (std::size_t k = 0; k < p.size(); ++k) {
    const float lean = head.lean.empty() ? 0.0F : head.lean[k];
    if (k > 0 && p[k] <= p[best] && lean <= best_lean) continue;  // spares the logarithm
    const float score = std::log(std::max(p[k], 1e-9F)) + lean;
    if (score > best_score) best_score = score, best_lean = lean, best = k;
  }
  return best;
}

const Ground* ground_to_say(const Reading& reading, std::size_t head, std::size_t state) {
  for (const Ground& ground : reading.grounds) {  // best first
    if (ground.head != head || ground.state != state) continue;
    return ground.nats >= kLeastGroundNats ? &ground : nullptr;
  }
  return nullptr;
}

}  // namespace xinjing::language
