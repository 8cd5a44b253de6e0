#pragma once

#include <cstdint>
#include <span>
#include <vector>

// How well probabilities of an event rank and how true they are. Method: docs/methods/churn.md.
namespace xinjing::behaviour {

/// What was said of each row and what happened. Rows of the same `who` stand together.
struct Judged {
  std::vector<double> p{};
  std::vector<std::uint8_t> event{};
  std::vector<std::uint64_t> who{};
};

/// The chance that a row with the event has the higher p than one without, ties half (Hanley and
/// McNeil 1982); 0.5 where one of them is missing. Cost: O(n log n).
double area_under_curve(std::span<const double> p, std::span<const std::uint8_t> event);

struct Bounds {
  double value = 0;
  double low = 0;
  double high = 0;
};

/// AUC and its 95 % interval by drawing people, not rows, with replacement (percentile bootstrap,
/// 1,000 draws, 200 of more than 200,000 rows). Deterministic.
Bounds area_bounds(const Judged& judged);

/// How much higher the AUC of `p` is than that of `before` on the same rows, with the same draws.
Bounds area_gain(const Judged& judged, std::span<const double> before);

/// Rows with about the same p.
struct Bin {
  double rows = 0;
  double events = 0;
  double mean_p = 0;
};
/// At most `bins` of equal size, ascending; equal values of p stay together.
std::vector<Bin> calibration_bins(const Judged& judged, std::size_t bins = 10);

/// The share of all events among the tenth, two tenths, … of the rows with the highest p, ties
/// shared out evenly.
std::vector<double> gain_curve(const Judged& judged, std::size_t steps = 10);

/// Mean squared error of p (Brier 1950), and the same of saying the base rate to everyone.
struct Brier {
  double score = 0;
  double of_base_rate = 0;
};
Brier brier(const Judged& judged);

}  // namespace xinjing::behaviour
