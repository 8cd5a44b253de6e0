#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace xinjing::behaviour {

/// A row of numbers cut where its level changes.
struct Levels {
  std::vector<std::size_t> starts;  // of each stretch; the first is 0
  std::vector<double> means{};
  double squares = 0;  // sum of squared distances to the means
  double bic = 0;      // of the number of stretches; least of all that were tried
};

struct LevelOptions {
  std::size_t fewest = 4;  // numbers in a stretch
  std::size_t most = 5;    // changes
};

/// The cuts with the least squares, their number by Bayes' information criterion with independent
/// normal errors (Bai and Perron 2003; Zeileis, Kleiber, Kraemer and Hornik 2003). Exact, by
/// dynamic programming. No cut where there are fewer than 2 * fewest numbers.
/// Cost: O(changes * n^2).
Levels find_levels(std::span<const double> values, const LevelOptions& options = {});

/// The last change of a row of positive numbers, if it is one to speak of: by at least three
/// tenths, and at least three standard errors, which are widened where neighbours are alike
/// (AR(1)).
struct LevelChange {
  std::size_t at = 0;  // the first number of the new level
  double before = 0;
  double after = 0;
  double low = 0;  // 95 % interval of after / before
  double high = 0;
};
std::optional<LevelChange> last_change(std::span<const double> values,
                                       const LevelOptions& options = {});

}  // namespace xinjing::behaviour
