#include "behaviour/day_clusters.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/check.h"
#include "base/hash.h"
#include "base/parallel.h"

namespace xinjing::behaviour {
namespace {

/// Uniform numbers from a counter: the same everywhere.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : x_state(mix64(seed)) {}
  double uniform() {
    x_state = mix64(x_state + 0x9e3779b97f4a7c15ULL);
    return double(x_state >> 11) * 0x1p-53;
  }

 private:
  std::uint64_t x_state;
};

double squared(const double* a, const double* b, std::size_t dimensions) {
  double sum = 0;
  for (std::size_t d = 0; d < dimensions; ++d) sum += (a[d] - b[d]) * (a[d] - b[d]);
  return sum;
}

struct Rows {
  std::span<const double> values;
  std::size_t dimensions;
  std::size_t size() const { return values.size() / dimensions; }
  const double* operator[](std::size_t i) const { return &values[i * dimensions]; }
};

/// Each next centre is a row drawn with the square of its distance to the nearest so far.
std::vector<double> first_centres(const Rows& rows, std::size_t groups, Draws& draws) {
  std::vector<double> out;
  std::vector<double> nearest(rows.size(), std::numeric_limits<double>::infinity());
  std::size_t chosen =
      std::min(rows.size() - 1, std::size_t(draws.uniform() * double(rows.size())));
  for (std::size_t g = 0;;) {
    out.insert(out.end(), rows[chosen], rows[chosen] + rows.dimensions);
    if (++g == groups) return out;
    double sum = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      nearest[i] = std::min(nearest[i], squared(rows[i], rows[chosen], rows.dimensions));
      sum += nearest[i];
    }
    double left = draws.uniform() * sum;
    for (chosen = 0; chosen + 1 < rows.size() && left >= nearest[chosen]; ++chosen) {
      left -= nearest[chosen];
    }
  }
}

/// Gives every row to its nearest centre; false where none changed.
bool assign(const Rows& rows, Clusters& out) {
  bool changed = false;
  const std::size_t groups = out.centres.size() / rows.dimensions;
  out.inertia = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::uint32_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t g = 0; g < groups; ++g) {
      const double far = squared(rows[i], &out.centres[g * rows.dimensions], rows.dimensions);
      if (far < least) least = far, best = std::uint32_t(g);
    }
    changed |= out.group[i] != best;
    out.group[i] = best;
    out.inertia += least;
  }
  return changed;
}

/// Centres become means; one without rows stays where it is.
void move_centres(const Rows& rows, Clusters& out) {
  const std::size_t d = rows.dimensions;
  std::vector<double> sums(out.centres.size());
  std::ranges::fill(out.sizes, 0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ++out.sizes[out.group[i]];
    for (std::size_t k = 0; k < d; ++k) sums[out.group[i] * d + k] += rows[i][k];
  }
  for (std::size_t g = 0; g < out.sizes.size(); ++g) {
    if (out.sizes[g] == 0) continue;
    for (std::size_t k = 0; k < d; ++k)
      out.centres[g * d + k] = sums[g * d + k] / double(out.sizes[g]);
  }
}

Clusters one_start(const Rows& rows, std::size_t groups, std::uint64_t seed, int rounds) {
  Draws draws(seed);
  Clusters out{.dimensions = rows.dimensions,
               .centres = first_centres(rows, groups, draws),
               .group = std::vector<std::uint32_t>(rows.size(), std::uint32_t(groups)),
               .sizes = std::vector<std::size_t>(groups)};
  for (int round = 0; round < rounds && assign(rows, out); ++round) move_centres(rows, out);
  assign(rows, out);
  move_centres(rows, out);
  return out;
}

/// The largest group first; of equal ones that with the smaller centre.
void order_groups(Clusters& clusters) {
  const std::size_t d = clusters.dimensions;
  std::vector<std::uint32_t> order(clusters.sizes.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    if (clusters.sizes[a] != clusters.sizes[b]) return clusters.sizes[a] > clusters.sizes[b];
    return std::ranges::lexicographical_compare(clusters.centre(a), clusters.centre(b));
  });
  std::vector<std::uint32_t> place(order.size());
  std::vector<double> centres;
  std::vector<std::size_t> sizes;
  for (std::uint32_t at = 0; at < order.size(); ++at) {
    place[order[at]] = at;
    sizes.push_back(clusters.sizes[order[at]]);
    centres.insert(centres.end(), &clusters.centres[order[at] * d],
                   &clusters.centres[order[at] * d] + d);
  }
  for (std::uint32_t& one : clusters.group) one = place[one];
  clusters.sizes = std::move(sizes);
  clusters.centres = std::move(centres);
}

}  // namespace

Clusters k_means(std::span<const double> values, std::size_t dimensions, std::size_t groups,
                 const ClusterOptions& options) {
  const Rows rows{values, dimensions};
  XINJING_CHECK(dimensions > 0 && groups > 0 && groups <= rows.size());
  std::vector<Clusters> tries(std::size_t(std::max(1, options.starts)));
  parallel_for(tries.size(), 0, [&](std::size_t i, std::size_t) {
    tries[i] = one_start(rows, groups, options.seed + i * 7919 + groups, options.rounds);
  });
  auto best = std::ranges::min_element(tries, {}, &Clusters::inertia);
  order_groups(*best);
  return std::move(*best);
}

std::optional<double> silhouette(std::span<const double> values, const Clusters& clusters,
                                 std::size_t sampled) {
  const Rows rows{values, clusters.dimensions};
  const std::size_t groups = clusters.sizes.size();
  if (groups < 2 || rows.size() < 2) return {};
  const std::size_t n = std::min(rows.size(), std::max<std::size_t>(2, sampled));
  const auto at = [&](std::size_t i) { return i * rows.size() / n; };
  std::vector<double> scores(n);
  parallel_for(n, 0, [&](std::size_t i, std::size_t) {
    std::vector<double> sums(groups);
    std::vector<std::size_t> counts(groups);
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j) continue;
      const std::uint32_t g = clusters.group[at(j)];
      sums[g] += std::sqrt(squared(rows[at(i)], rows[at(j)], rows.dimensions));
      ++counts[g];
    }
    const std::uint32_t own = clusters.group[at(i)];
    if (counts[own] == 0) return;  // alone in its group: 0 by definition
    const double a = sums[own] / double(counts[own]);
    double b = std::numeric_limits<double>::infinity();
    for (std::size_t g = 0; g < groups; ++g) {
      if (g != own && counts[g] > 0) b = std::min(b, sums[g] / double(counts[g]));
    }
    const double wider = std::max(a, b);
    scores[i] = wider > 0 && std::isfinite(b) ? (b - a) / wider : 0;
  });
  return std::accumulate(scores.begin(), scores.end(), 0.0) / double(n);
}

std::optional<Clusters> best_clusters(std::span<const double> rows, std::size_t dimensions,
                                      const ClusterOptions& options) {
  const std::size_t n = dimensions == 0 ? 0 : rows.size() / dimensions;
  if (n < 3) return {};
  std::optional<Clusters> best;
  for (std::size_t groups = std::max<std::size_t>(1, options.fewest);
       groups <= std::min(options.most, n - 1); ++groups) {
    Clusters one = k_means(rows, dimensions, groups, options);
    one.silhouette = silhouette(rows, one, options.silhouette_rows);
    if (!best || one.silhouette.value_or(-1) > best->silhouette.value_or(-1)) best = std::move(one);
  }
  return best;
}

}  // namespace xinjing::behaviour
