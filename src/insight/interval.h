#pragma once

#include <cstdint>
#include <span>
#include <vector>

// Figures with 95 % intervals. Formulas and references: docs/methods/report.md.
namespace xinjing::insight {

/// An estimate and its 95 % interval.
struct Interval {
  double value = 0;
  double low = 0;
  double high = 0;
  bool operator==(const Interval&) const = default;
};

/// Sums of a quantity over independent units: what a mean and its interval need.
struct Sums {
  double n = 0;
  double sum = 0;
  double squares = 0;

  double mean() const { return n > 0 ? sum / n : 0; }
  /// Of the quantity, not of the mean; 0 for fewer than two units.
  double variance() const;
  void add(double x) { n += 1, sum += x, squares += x * x; }
  void merge(const Sums& from) { n += from.n, sum += from.sum, squares += from.squares; }
};

/// The part of the standard normal distribution above z.
double normal_tail(double z);

/// A share of `of` independent units (Wilson 1927).
Interval share_interval(double hits, double of);

/// A mean, by the normal approximation with the t quantile for few units. One unit alone has the
/// whole range `low` to `high` of the quantity.
Interval mean_interval(const Sums& sums, double low, double high);

/// How often a reader said a state that was there, and one that was not, on labelled data.
struct ReaderError {
  double said_of_true = 0;  // said, of `true_units` that showed the state
  double true_units = 0;
  double said_of_false = 0;  // said, of `false_units` that did not
  double false_units = 0;
};

/// How much the logits of a reader's rates differ from one company to the next: standard deviation.
/// Chosen, not fitted: docs/methods/report.md says by what.
inline constexpr double kElsewhere = 1.1;

/// The share of units that show a state, when `hits` of `of` were said to show it by a reader whose
/// errors are known from labelled data of other companies. The posterior of the share, summed over
/// 96 draws of sensitivity and false rate from their own posteriors, widened by `elsewhere` (Rogan
/// and Gladen 1978; Gelman and Carpenter 2020); its prior has the weight of 8 units and the mean
/// that follows if what is said is as often right here as there. The draws are the same in every
/// call. The interval is wide where the reader is poor or was tried on little. Cost: about 1 ms.
Interval corrected_share(double hits, double of, const ReaderError& error,
                         double elsewhere = kElsewhere);

/// Which of many tests stand when a share of at most `rate` of those that stand may be false
/// (Benjamini and Hochberg 1995). Parallel to `p`.
std::vector<bool> stands_among(std::span<const double> p, double rate);

}  // namespace xinjing::insight
