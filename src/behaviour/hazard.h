#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// Regression of events in discrete time. Method: docs/methods/churn.md.
namespace xinjing::behaviour {

/// Rows of numbers, one after the other.
struct Rows {
  std::size_t columns = 0;
  std::vector<double> cells{};

  std::size_t size() const { return columns == 0 ? 0 : cells.size() / columns; }
  std::span<const double> operator[](std::size_t row) const {
    return std::span(cells).subspan(row * columns, columns);
  }
};

/// How the sum of a row becomes the probability that the event falls into its period: the odds are
/// proportional (logit), or the hazards of a process in continuous time that is looked at in
/// periods (complementary log-log; Prentice and Gloeckler 1978).
enum class Link : std::uint8_t { kLogit, kComplementaryLogLog };

double probability_of(Link link, double sum);

/// One row a person and period at risk, or a group of such rows with the same covariates.
struct HazardData {
  const Rows& x;
  std::span<const double> events;   // how many of the row's `at_risk` had the event
  std::span<const double> at_risk;  // empty: one each
};

struct HazardFit {
  std::vector<double> beta{};
  std::vector<double> covariance{};  // columns x columns, the inverse of the penalised information
  double log_likelihood = 0;         // without the penalty, without binomial coefficients
  double freedom = 0;                // effective degrees of freedom: trace of (I + P)^-1 I
  bool converged = false;            // false: the data part perfectly and nothing holds the sums

  double deviance() const { return -2 * log_likelihood; }
  double information() const { return deviance() + 2 * freedom; }  // AIC
};

/// Maximum likelihood less `penalty[c] / 2` times the square of each coefficient, by Fisher scoring
/// with halved steps (Allison 1982; Singer and Willett 1993; ridge: le Cessie and van Houwelingen
/// 1992). `start` may be empty. Deterministic. Cost: O(rows columns^2) a step, some 8 steps.
/// REQUIRES: a penalty for each column; columns that are not independent have one above 0.
HazardFit fit_hazard(const HazardData& data, std::span<const double> penalty, Link link,
                     std::span<const double> start = {});

/// What rows of the same `who`, which stand together, change where they are not independent.
struct Clustered {
  std::vector<double> covariance{};  // of the coefficients (Huber 1967, Liang and Zeger 1986)
  double freedom = 0;                // the penalty of likelihood that is due (Takeuchi 1976)
};
/// Cost: O(rows columns + people columns^2). REQUIRES: `who` parallel to the rows.
Clustered clustered(const HazardData& data, const HazardFit& fit, Link link,
                    std::span<const std::uint64_t> who);

}  // namespace xinjing::behaviour
