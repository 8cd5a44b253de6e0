#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "behaviour/hazard.h"

// What is known of customers, and how a linear model sees it. Method: docs/methods/churn.md.
namespace xinjing::behaviour {

/// One column of what is known: numbers (NaN: not known), or words by their number in `levels`
/// (below 0: not known).
struct Covariate {
  std::string name;
  std::vector<double> numbers{};
  std::vector<std::int32_t> words{};
  std::vector<std::string> levels{};

  bool of_words() const { return !levels.empty(); }
};

/// Columns of equal length.
struct Covariates {
  std::vector<Covariate> columns{};
  std::size_t rows = 0;
};

/// The first rows of all columns. REQUIRES: there are as many.
Covariates first_rows(const Covariates& x, std::size_t rows);

/// One column of the model, made of one covariate.
struct Term {
  enum class Kind : std::uint8_t {
    kLinear,
    kLog,      // ln(1 + x)
    kHinge,    // max(0, x - at)
    kMissing,  // 1 where it is not known
    kLevel     // 1 where the word is number `level`
  };
  std::size_t covariate = 0;
  Kind kind = Kind::kLinear;
  double at = 0;
  std::int32_t level = 0;
  double mean = 0;   // over the rows it was made for
  double scale = 1;  // standard deviation of numbers; of flags 1
};

/// The columns of a linear model in which a number may bend at its quintiles (linear splines) and a
/// word has a level of its own where at least `kFewest` rows have it. Made from the training rows
/// alone. Values outside of what was seen there are taken as the nearest that was.
class Design {
 public:
  static constexpr std::size_t kFewest = 10;

  /// What is constant, and words that nearly all differ (ids), give no term. Numbers that may not
  /// `bend` are one term each, of their logarithm where they are wide.
  static Design of(const Covariates& x, std::span<const std::uint32_t> rows, bool bend = true);

  /// The intercept, then the terms. Cost: O(rows terms).
  Rows rows(const Covariates& x, std::span<const std::uint32_t> rows) const;
  const std::vector<Term>& terms() const { return x_terms; }
  std::size_t columns() const { return x_terms.size() + 1; }

  /// What each covariate adds to the sum of a row, against the mean of the training rows: these and
  /// the sum of that mean are the sum of the row, exactly.
  std::vector<double> parts(const Covariates& x, std::uint32_t row,
                            std::span<const double> beta) const;

 private:
  double value(const Covariates& x, const Term& term, std::uint32_t row) const;

  std::vector<Term> x_terms;
  std::vector<double> x_low, x_high;  // by covariate: what was seen
};

}  // namespace xinjing::behaviour
