#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace xinjing::learn {

/// Agreement beyond chance of two lists of categories (Cohen 1960). NaN when chance is certain.
double kappa(std::span<const int> a, std::span<const int> b);

/// The same with squared distance as the loss (Cohen 1968), for ordered categories.
double weighted_kappa(std::span<const int> a, std::span<const int> b);

/// Hits and misses of one state.
struct Hits {
  std::int64_t true_positive = 0;
  std::int64_t false_positive = 0;
  std::int64_t false_negative = 0;

  void count(bool gold, bool said);
  std::int64_t gold() const { return true_positive + false_negative; }
  /// 2TP / (2TP + FP + FN); NaN when nothing was there and nothing said.
  double f1() const;
};

/// The mean F1 of the states that occur at least `least` times.
double macro_f1(std::span<const Hits> states, std::int64_t least = 5);

/// Rank correlation; ties share their mean rank. NaN for a constant list.
double spearman(std::span<const double> a, std::span<const double> b);

/// Expected calibration error over ten equal bins of the stated probability.
double calibration_error(std::span<const double> p, std::span<const bool> right);

/// Normalised match distance of two distributions over ordered states (NTCIR-14 STC-3).
double nmd(std::span<const double> p, std::span<const double> q);

/// Root symmetric normalised order-aware divergence (NTCIR-14 STC-3).
double rsnod(std::span<const double> p, std::span<const double> q);

/// A 95 % interval of a measure over `count` units, by drawing units with replacement (percentile
/// bootstrap). `measure` gets the indices drawn. Deterministic for a seed.
struct Interval {
  double low = 0;
  double high = 0;
};
Interval bootstrap(std::size_t count,
                   const std::function<double(std::span<const std::uint32_t>)>& measure,
                   std::uint64_t seed, int draws = 500);

}  // namespace xinjing::learn
