#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

// Figures of one customer, with 95 % intervals. Formulas and sources: docs/methods/preference.md.
namespace xinjing::behaviour {

/// A figure, its 95 % interval, and the number of units it rests on.
struct Estimate {
  double value = 0;
  double low = 0;
  double high = 0;
  std::int64_t n = 0;

  bool operator==(const Estimate&) const = default;
};

/// How often something happened, of how many times it could have.
struct Rate {
  std::int64_t hits = 0;
  std::int64_t chances = 0;

  void add(bool hit) { hits += hit ? 1 : 0, ++chances; }
  bool operator==(const Rate&) const = default;
};

/// A share with the score interval of Wilson (1927). No chances: 0, from 0 to 1.
Estimate share(const Rate& rate);

/// A Beta distribution of a rate: what is thought of it before any chance was seen.
struct BetaPrior {
  double hits = 0.5;
  double misses = 0.5;

  double mean() const { return hits / (hits + misses); }
};

/// The prior of a rate over many customers by the method of moments, from sums of hits, chances and
/// squares of shares over customers with at least two chances each. Its weight is kept between 1
/// and 100 chances; with fewer than 10 customers it is the even prior of Jeffreys.
BetaPrior prior_of(std::span<const Rate> customers);

/// The mean of the posterior, with its central 95 % interval.
Estimate posterior(const Rate& rate, const BetaPrior& prior);

/// P(X > x) of X ~ Beta(a, b): the regularised incomplete beta function, by the continued fraction
/// of Lentz, to about 1e-12. REQUIRES: a, b > 0.
double beta_above(double a, double b, double x);

/// The value below which a share `p` of Beta(a, b) lies, by bisection.
double beta_quantile(double a, double b, double p);

/// Shannon's entropy (1948) of what was chosen, in nats, with the correction of Miller (1955) for
/// few choices, and a normal interval from its variance. Between 0 and log of the kinds.
Estimate entropy(std::span<const std::int64_t> counts);

/// The chance that two choices are alike: Herfindahl's index, unbiased (Simpson 1949). Nothing for
/// fewer than two choices.
std::optional<double> concentration(std::span<const std::int64_t> counts);

/// A mean with the interval of Student's t; of one unit alone the interval is that unit.
Estimate mean_of(std::span<const double> values);

/// A median with the interval of order statistics that holds in 95 % of cases (binomial, exact);
/// with fewer than six units the interval is the whole range. Sorts `values`.
Estimate median_of(std::vector<double> values);

/// P(rate after > rate before) when `before` and `after` events were seen in so many days, by the
/// posterior of a Poisson rate on either side with the prior of Jeffreys: the Bayesian twin of the
/// conditional test of Przyborowski and Wilenski (1940). REQUIRES: days > 0.
double risen(std::int64_t before, double days_before, std::int64_t after, double days_after);

/// How surprising a silence is: P(somebody who did something `acts` times in `days` and goes on so
/// does nothing for `silent` days) is (days / (days + silent))^acts, the rate being unknown. Gives
/// one minus that. REQUIRES: days > 0.
double fell_silent(std::int64_t acts, double days, double silent);

}  // namespace xinjing::behaviour
