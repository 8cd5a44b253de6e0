#include "language/valence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace xinjing::language {
namespace {

constexpr float kLeast = 0.02F;  // nothing is impossible to either head

std::size_t group_of(int sign) { return sign < 0 ? 0 : sign > 0 ? 2 : 1; }

}  // namespace

int emotion_sign(std::string_view state) {
  constexpr std::string_view kNeither[] = {"neutral", "anticipation", "surprise"};
  if (state == "joy" || state == "gratitude") return 1;
  return std::find(std::begin(kNeither), std::end(kNeither), state) != std::end(kNeither) ? 0 : -1;
}

ValencePool::ValencePool(std::span<const Head> heads) {
  const Head* const emotion = find_head(heads, "emotion");
  const Head* const valence = find_head(heads, "valence");
  if (emotion == nullptr || valence == nullptr) return;
  x_emotion = emotion->first;
  x_valence = valence->first;
  for (const std::string& state : emotion->states) {
    x_signs.push_back(static_cast<std::int8_t>(emotion_sign(state)));
  }
}

void ValencePool::apply(std::span<float> turn_p) const {
  if (x_signs.empty()) return;
  const auto emotion = turn_p.subspan(x_emotion, x_signs.size());
  std::array<float, 3> own{};
  for (std::size_t k = 0; k < x_signs.size(); ++k) own[group_of(x_signs[k])] += emotion[k];
  const float bad = turn_p[x_valence];
  const float good = turn_p[x_valence + 1];
  const std::array<float, 3> other = {bad * (1 - good), (1 - bad) * (1 - good), good * (1 - bad)};
  const float all = other[0] + other[1] + other[2];
  std::array<float, 3> factor{};
  float sum = 0;
  for (std::size_t g = 0; g < 3; ++g) {
    const float mine = std::max(kLeast, own[g]);
    factor[g] = std::sqrt(std::max(kLeast, other[g] / std::max(1e-6F, all)) / mine);
    sum += factor[g] * own[g];
  }
  for (std::size_t k = 0; k < x_signs.size(); ++k) {
    emotion[k] *= factor[group_of(x_signs[k])] / sum;
  }
}

}  // namespace xinjing::language
