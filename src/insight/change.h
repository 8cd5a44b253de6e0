#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "insight/interval.h"

// Changes in time: bursts, shifts, trends. Formulas and references: docs/methods/report.md.
namespace xinjing::insight {

/// Counts of a matter in equal steps of time, with what they are counted out of (days, or talks).
struct Series {
  std::vector<double> count;
  std::vector<double> of;
};

/// A stretch of time in which a matter came up more, or less, often than in the rest.
struct Burst {
  std::size_t begin = 0, end = 0;  // steps, half open
  double count = 0;
  double expected = 0;  // by the rate of the rest of the time
  double p = 1;         // that chance alone does as much anywhere in the series
};

/// The stretch of at most `longest` steps that a Poisson scan (Kulldorff 1997) finds most unusual
/// on the upper side, allowing for the overdispersion of the rest and for all stretches tried.
/// Nothing where there is too little to look at. Cost: O(steps x longest).
std::optional<Burst> strongest_burst(const Series& series, std::size_t longest);

/// Conversations in a step of time, and those of them that are of a matter.
struct ShareStep {
  std::size_t hits = 0, of = 0;
};

/// The stretch of steps, with at most half of all conversations, in which the share of a matter is
/// most unusual on the upper side: a Bernoulli scan (Kulldorff 1997). Its p is that of 999 random
/// orders of the conversations over the steps, the same in every call, and so allows for all
/// stretches tried and for how many conversations each step has. `expected` is what the share of
/// the rest would give. Beyond 20,000 conversations the p is normal and Bonferroni's. Cost: O(999 x
/// steps^2), 10 ms for 52 steps.
std::optional<Burst> strongest_stretch(std::span<const ShareStep> steps);

/// One level before a step and another from it on.
struct Shift {
  std::size_t at = 0;  // the first step of the later level
  Sums before, after;
  double z = 0;  // of after - before
  double p = 1;  // two-sided, allowing for all steps tried
};

/// The step at which the means of a quantity differ most (one cut; the score test, with the
/// variance of all units, so that a side on which nothing varies is no proof). Each step's sums are
/// those of independent units; `least` units stand on each side.
std::optional<Shift> strongest_shift(std::span<const Sums> steps, double least);

/// Whether what changed was so before, and stays so to the end: the steps on each side of the shift
/// are looked at in blocks, and of those with at least 5 units four in five, and the last of all,
/// lie nearer to the level of their side. What goes back is no new level. Cost: O(steps).
bool holds_to_end(std::span<const Sums> steps, const Shift& shift, std::size_t block);

/// A stretch of time with another level than the rest.
struct Stretch {
  std::size_t begin = 0, end = 0;  // steps, half open
  Sums inside, rest;
  double z = 0;  // of inside - rest
  double p = 1;  // two-sided, allowing for all stretches tried
};

/// The stretch, of whole blocks of steps and with at most half of all units, whose mean lies most
/// above that of the rest; the test is that of `strongest_shift`. Cost: O((steps / block)^2).
std::optional<Stretch> strongest_level(std::span<const Sums> steps, std::size_t block,
                                       double least);

/// The probability of so many or more where `expected` are, by Poisson's law.
double poisson_tail(double count, double expected);

/// Whether a quantity rises or falls all along.
struct Trend {
  double z = 0;
  double p = 1;      // two-sided
  double slope = 0;  // per step
};

/// By the signs of all pairs, whatever the shape of the quantity (Mann 1945, Kendall 1975), ties
/// allowed for; the slope is the median of all pairs' (Sen 1968). REQUIRES: at least 3 values.
Trend rank_trend(std::span<const double> values);

/// Of shares: Cochran 1954, Armitage 1955, with the overdispersion of the steps. Steps with nothing
/// to count out of say nothing.
Trend share_trend(const Series& series);

}  // namespace xinjing::insight
