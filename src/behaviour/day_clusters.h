#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace xinjing::behaviour {

/// How rows are grouped. The same rows, options and seed give the same groups on every machine.
struct ClusterOptions {
  std::size_t fewest = 2;  // groups that are tried
  std::size_t most = 8;
  int starts = 10;   // of each the best of so many beginnings is kept
  int rounds = 300;  // at most, until no row changes its group
  std::uint64_t seed = 20260101;
  std::size_t silhouette_rows = 1000;  // of more rows, evenly spaced ones are taken
};

/// Rows in groups; group 0 is the largest.
struct Clusters {
  std::size_t dimensions = 0;
  std::vector<double> centres;         // [groups * dimensions]
  std::vector<std::uint32_t> group;    // of each row
  std::vector<std::size_t> sizes;      // of each group
  double inertia = 0;                  // sum of squared distances to the centres
  std::optional<double> silhouette{};  // -1 to 1; nothing of one group

  std::span<const double> centre(std::size_t g) const {
    return std::span(centres).subspan(g * dimensions, dimensions);
  }
};

/// Least squares in `groups` groups: Lloyd (1982) from beginnings drawn as in Arthur and
/// Vassilvitskii (2007). REQUIRES: rows.size() is a multiple of dimensions, 1 <= groups <= rows.
/// Cost: O(starts * rounds * rows * groups * dimensions).
Clusters k_means(std::span<const double> rows, std::size_t dimensions, std::size_t groups,
                 const ClusterOptions& options = {});

/// Mean over rows of (b - a) / max(a, b): a, the mean distance to the own group; b, to the nearest
/// other (Rousseeuw 1987). Cost: O(sampled^2 * dimensions).
std::optional<double> silhouette(std::span<const double> rows, const Clusters& clusters,
                                 std::size_t sampled);

/// The number of groups with the highest silhouette. Nothing of fewer than 3 rows.
std::optional<Clusters> best_clusters(std::span<const double> rows, std::size_t dimensions,
                                      const ClusterOptions& options = {});

}  // namespace xinjing::behaviour
