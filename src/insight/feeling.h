#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace xinjing::insight {

/// Where the states of the construct emotion stand between displeasure and pleasure: a rough order
/// after the circumplex of Russell (1980), not a measurement.
inline constexpr std::array<std::pair<std::string_view, double>, 11> kValence = {
    {{"anger", -1},
     {"contempt", -0.9},
     {"grievance", -0.8},
     {"disappointment", -0.7},
     {"anxiety", -0.6},
     {"confusion", -0.3},
     {"neutral", 0},
     {"surprise", 0.1},
     {"anticipation", 0.4},
     {"joy", 0.9},
     {"gratitude", 1}}};

constexpr double valence_of(std::string_view emotion) {
  for (const auto& [state, valence] : kValence) {
    if (state == emotion) return valence;
  }
  return 0;
}

/// A conversation at or below this mean is one of displeasure.
inline constexpr double kUpset = -0.3;
inline constexpr double kContent = 0.3;

}  // namespace xinjing::insight
