#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "learn/head_plan.h"

namespace xinjing::learn {

/// Scores of a head for some examples, and what is true of them.
struct Scored {
  std::size_t outputs = 0;
  std::vector<float> scores{};  // examples x outputs
  std::vector<float> target{};  // examples x outputs: shares
  std::vector<float> weight{};  // examples

  std::size_t size() const { return weight.size(); }
  std::span<const float> score(std::size_t i) const {
    return std::span(scores).subspan(i * outputs, outputs);
  }
  std::span<const float> truth(std::size_t i) const {
    return std::span(target).subspan(i * outputs, outputs);
  }
  void add(const Scored& from, std::size_t i);
};

/// All parts but one, put together; `left_out` at or past their number: all of them.
Scored all_but(std::span<const Scored> parts, std::size_t left_out);

/// The way from scores to probabilities and to what is said; it goes into the model as is.
struct Calibration {
  std::vector<float> slope{};
  std::vector<float> offset{};
  std::vector<float> lean{};
};

/// Fits on held-out scores: for one state or a level a common slope and an offset per state (vector
/// scaling, Guo 2017) by maximum likelihood, then the leans (or limits) that make the head's judge
/// happiest; for several states a slope and an offset each (Platt 1999), the offset moved by the
/// lean so that 0.5 is the threshold with the best F1.
Calibration calibrate(const HeadPlan& plan, const Scored& scored);

/// Probabilities by the same formula as the reader's.
std::vector<float> probabilities(const HeadPlan& plan, const Calibration& by,
                                 std::span<const float> scores);

/// The value of the head's judge when `by` is applied to `scored`, and the calibration error of
/// what is said.
struct Verdict {
  double value = 0;
  double calibration_error = 0;
};
Verdict judge(const HeadPlan& plan, std::span<const std::vector<float>> p,
              std::span<const float> lean, const Scored& scored);

/// As `judge`, with calibration never fitted on what it is applied to: each of `folds` is judged by
/// a calibration on the others of `fitted`. REQUIRES: parallel.
Verdict cross_judge(const HeadPlan& plan, std::span<const Scored> fitted,
                    std::span<const Scored> folds);

}  // namespace xinjing::learn
