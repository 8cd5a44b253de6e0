#include "behaviour/level_changes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/normal.h"

namespace xinjing::behaviour {
namespace {

/// Squares around the mean of any stretch, from sums.
class Stretches {
 public:
  explicit Stretches(std::span<const double> values)
      : x_sums(values.size() + 1), x_squares(values.size() + 1) {
    double shift = values.empty() ? 0 : values[0];  // keeps the sums of squares small
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double v = values[i] - shift;
      x_sums[i + 1] = x_sums[i] + v;
      x_squares[i + 1] = x_squares[i] + v * v;
    }
  }
  double around_mean(std::size_t from, std::size_t to) const {
    const double sum = x_sums[to] - x_sums[from];
    return std::max(0.0, x_squares[to] - x_squares[from] - sum * sum / double(to - from));
  }

 private:
  std::vector<double> x_sums;
  std::vector<double> x_squares;
};

constexpr double kNever = std::numeric_limits<double>::infinity();

/// best[m][i]: the least squares of the first i numbers with m changes; came[m][i]: the last start.
struct Table {
  std::vector<std::vector<double>> best;
  std::vector<std::vector<std::size_t>> came;
};

Table fill(const Stretches& stretches, std::size_t n, const LevelOptions& options) {
  Table out;
  out.best.assign(options.most + 1, std::vector<double>(n + 1, kNever));
  out.came.assign(options.most + 1, std::vector<std::size_t>(n + 1));
  for (std::size_t i = options.fewest; i <= n; ++i) out.best[0][i] = stretches.around_mean(0, i);
  for (std::size_t m = 1; m <= options.most; ++m) {
    for (std::size_t i = (m + 1) * options.fewest; i <= n; ++i) {
      for (std::size_t j = m * options.fewest; j + options.fewest <= i; ++j) {
        const double sum = out.best[m - 1][j] + stretches.around_mean(j, i);
        if (sum < out.best[m][i]) out.best[m][i] = sum, out.came[m][i] = j;
      }
    }
  }
  return out;
}

// Each level costs its mean and its start, the first start excepted, and the error one more.
double criterion(double squares, std::size_t n, std::size_t changes) {
  const auto count = double(n);
  const double error = std::max(squares / count, 1e-12);
  return count * (std::log(error) + 1 + std::log(2 * std::numbers::pi)) +
         std::log(count) * 2 * double(changes + 1);
}

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double one : values) sum += one;
  return sum / double(values.size());
}

/// Correlation of neighbours around the levels, not below 0.
double alike(std::span<const double> values, const Levels& levels) {
  std::vector<double> rest(values.begin(), values.end());
  for (std::size_t s = 0; s < levels.starts.size(); ++s) {
    const std::size_t end = s + 1 < levels.starts.size() ? levels.starts[s + 1] : rest.size();
    for (std::size_t i = levels.starts[s]; i < end; ++i) rest[i] -= levels.means[s];
  }
  double product = 0, square = 0;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    square += rest[i] * rest[i];
    if (i > 0) product += rest[i] * rest[i - 1];
  }
  return square > 0 ? std::clamp(product / square, 0.0, 0.9) : 0;
}

}  // namespace

Levels find_levels(std::span<const double> values, const LevelOptions& options) {
  const std::size_t n = values.size();
  Levels out{.starts = {0}};
  if (n == 0) return out;
  out.means = {mean_of(values)};
  const Stretches stretches(values);
  out.squares = stretches.around_mean(0, n);
  out.bic = criterion(out.squares, n, 0);
  if (options.fewest == 0 || n < 2 * options.fewest) return out;
  const Table table = fill(stretches, n, options);
  std::size_t changes = 0;
  for (std::size_t m = 1; m <= options.most && table.best[m][n] < kNever; ++m) {
    const double bic = criterion(table.best[m][n], n, m);
    if (bic < out.bic) out.bic = bic, out.squares = table.best[m][n], changes = m;
  }
  for (std::size_t m = changes, end = n; m > 0; --m) {
    end = table.came[m][end];
    out.starts.insert(out.starts.begin() + 1, end);
  }
  out.means.clear();
  for (std::size_t s = 0; s < out.starts.size(); ++s) {
    const std::size_t end = s + 1 < out.starts.size() ? out.starts[s + 1] : n;
    out.means.push_back(mean_of(values.subspan(out.starts[s], end - out.starts[s])));
  }
  return out;
}

std::optional<LevelChange> last_change(std::span<const double> values,
                                       const LevelOptions& options) {
  constexpr double kLeast = 0.3, kErrors = 3;
  const Levels levels = find_levels(values, options);
  const std::size_t last = levels.starts.size() - 1;
  if (last == 0) return {};
  const double before = levels.means[last - 1];
  const double after = levels.means[last];
  if (before <= 0 || after < 0) return {};
  const auto n = double(values.size());
  const double degrees = std::max(1.0, n - double(levels.starts.size()));
  const double r = alike(values, levels);
  const double error = std::sqrt(levels.squares / degrees * (1 + r) / (1 - r));
  const auto length_before = double(levels.starts[last] - levels.starts[last - 1]);
  const double length_after = n - double(levels.starts[last]);
  const double of_step = error * std::sqrt(1 / length_before + 1 / length_after);
  const double step = after - before;
  if (std::abs(step) < kLeast * before || std::abs(step) < kErrors * of_step) return {};
  const double ratio = after / before;
  // By the delta method; the two means are independent.
  const double of_ratio =
      error / before * std::sqrt(1 / length_after + ratio * ratio / length_before);
  return LevelChange{levels.starts[last], before, after,
                     std::max(0.0, ratio - kNormal95 * of_ratio), ratio + kNormal95 * of_ratio};
}

}  // namespace xinjing::behaviour
