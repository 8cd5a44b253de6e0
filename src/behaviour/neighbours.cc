#include "behaviour/neighbours.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace xinjing::behaviour {
namespace {

constexpr std::size_t kProductsAtOnce = 32;
constexpr double kBm25K1 = 1.2;
constexpr double kBm25B = 0.75;

/// A sparse table of whole numbers, row by row.
struct Rows {
  std::vector<std::size_t> begins{0};
  std::vector<std::int32_t> cells;

  std::span<const std::int32_t> of(std::size_t row) const {
    return std::span(cells).subspan(begins[row], begins[row + 1] - begins[row]);
  }
  std::size_t rows() const { return begins.size() - 1; }
};

/// Columns become rows; cells of a row ascend.
Rows turned(const Rows& from, std::size_t columns) {
  Rows out;
  out.begins.assign(columns + 1, 0);
  for (const std::int32_t cell : from.cells) ++out.begins[std::size_t(cell) + 1];
  for (std::size_t c = 0; c < columns; ++c) out.begins[c + 1] += out.begins[c];
  out.cells.resize(from.cells.size());
  std::vector<std::size_t> at(out.begins.begin(), out.begins.end() - 1);
  for (std::size_t row = 0; row < from.rows(); ++row) {
    for (const std::int32_t cell : from.of(row)) {
      out.cells[at[std::size_t(cell)]++] = std::int32_t(row);
    }
  }
  return out;
}

Rows products_of_people(const Baskets& baskets, int most) {
  Rows out;
  for (std::int32_t person = 0; person < baskets.persons(); ++person) {
    const auto mine = distinct_products(baskets.of(person), most);
    out.cells.insert(out.cells.end(), mine.begin(), mine.end());
    out.begins.push_back(out.cells.size());
  }
  return out;
}

/// The weight of a pair is person weights summed, times both products' factors.
struct Weights {
  std::vector<double> person;
  std::vector<double> factor;   // of the product whose row it is
  std::vector<double> factor2;  // of the neighbour
};

Weights weights_for(Likeness likeness, const Rows& people, const Rows& products) {
  Weights out{.person = std::vector<double>(people.rows(), 1.0),
              .factor = std::vector<double>(products.rows(), 0.0),
              .factor2 = {}};
  const double mean =
      double(people.cells.size()) / double(std::max<std::size_t>(1, products.rows()));
  for (std::size_t p = 0; p < products.rows(); ++p) {
    const double n = double(products.of(p).size());
    if (n == 0) continue;
    if (likeness == Likeness::kBm25) {
      const double length = 1 - kBm25B + kBm25B * n / mean;
      out.factor[p] = (kBm25K1 + 1) / (kBm25K1 * length + 1);
    } else {
      out.factor[p] = 1 / std::sqrt(n);
    }
  }
  out.factor2 = out.factor;
  if (likeness == Likeness::kConditional) {
    for (double& f : out.factor) f *= f;
  }
  if (likeness == Likeness::kBm25) {
    for (std::size_t u = 0; u < people.rows(); ++u) {
      const double idf =
          std::log(double(products.rows())) - std::log1p(double(people.of(u).size()));
      out.person[u] = idf * idf;
    }
  }
  return out;
}

/// Sums for one product at a time over all products; a worker's own.
struct Sums {
  std::vector<double> weight;
  std::vector<std::int32_t> times;
  std::vector<std::int32_t> touched;

  void add(std::int32_t product, double amount) {
    const auto at = std::size_t(product);
    if (times[at]++ == 0) touched.push_back(product);
    weight[at] += amount;
  }
  void clear() {
    for (const std::int32_t product : touched) {
      weight[std::size_t(product)] = 0;
      times[std::size_t(product)] = 0;
    }
    touched.clear();
  }
};

void keep_strongest(std::vector<Neighbour>& row, int most) {
  const auto stronger = [](const Neighbour& a, const Neighbour& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.product < b.product;
  };
  if (row.size() > std::size_t(most)) {
    std::nth_element(row.begin(), row.begin() + most, row.end(), stronger);
    row.resize(std::size_t(most));
  }
  std::sort(row.begin(), row.end(), stronger);
  row.shrink_to_fit();
}

/// `fill(product, sums, row)` for every product, on all cores.
template <typename Fill>
std::vector<std::vector<Neighbour>> filled(std::size_t products, const Fill& fill) {
  std::vector<std::vector<Neighbour>> rows(products);
  std::vector<Sums> scratch(core_count());
  for (Sums& sums : scratch) sums.weight.resize(products), sums.times.resize(products);
  const std::size_t tasks = (products + kProductsAtOnce - 1) / kProductsAtOnce;
  parallel_for(tasks, scratch.size(), [&](std::size_t task, std::size_t worker) {
    const std::size_t end = std::min(products, (task + 1) * kProductsAtOnce);
    for (std::size_t p = task * kProductsAtOnce; p < end; ++p) {
      fill(p, scratch[worker], rows[p]);
      scratch[worker].clear();
    }
  });
  return rows;
}

/// Every basket with its products, in the order of people and days.
struct BasketRows {
  Rows products;
  std::vector<bool> last;  // nobody knows what followed
};

BasketRows baskets_in_rows(const Baskets& baskets, int most) {
  BasketRows out;
  for (std::int32_t person = 0; person < baskets.persons(); ++person) {
    const auto lines = baskets.of(person);
    for (std::size_t at = 0; at < lines.size();) {
      const Day day = lines[at].day;
      int kept = 0;
      for (; at < lines.size() && lines[at].day == day; ++at) {
        if (kept++ < most) out.products.cells.push_back(lines[at].product);
      }
      out.products.begins.push_back(out.products.cells.size());
      out.last.push_back(at == lines.size());
    }
  }
  return out;
}

}  // namespace

Neighbours::Neighbours(std::vector<std::vector<Neighbour>> rows, std::vector<std::int32_t> times)
    : x_times(std::move(times)) {
  for (const auto& row : rows) {
    x_all.insert(x_all.end(), row.begin(), row.end());
    x_begins.push_back(x_all.size());
  }
}

std::vector<std::int32_t> distinct_products(std::span<const Bought> lines, int most) {
  std::vector<std::int32_t> out;
  if (lines.size() <= std::size_t(most)) {
    for (const Bought& line : lines) out.push_back(line.product);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }
  std::vector<std::pair<std::int32_t, std::int32_t>> latest;  // product, minus its place
  for (std::size_t i = 0; i < lines.size(); ++i) {
    latest.emplace_back(lines[i].product, -std::int32_t(i));
  }
  std::sort(latest.begin(), latest.end());
  latest.erase(std::unique(latest.begin(), latest.end(),
                           [](const auto& a, const auto& b) { return a.first == b.first; }),
               latest.end());
  if (latest.size() > std::size_t(most)) {
    std::nth_element(latest.begin(), latest.begin() + most, latest.end(),
                     [](const auto& a, const auto& b) { return a.second < b.second; });
    latest.resize(std::size_t(most));
  }
  for (const auto& [product, place] : latest) out.push_back(product);
  std::sort(out.begin(), out.end());
  return out;
}

std::int64_t cut_persons(const Baskets& baskets, const NeighbourOptions& options) {
  std::int64_t out = 0;
  for (std::int32_t person = 0; person < baskets.persons(); ++person) {
    const auto lines = baskets.of(person);
    if (lines.size() <= std::size_t(options.products_a_person)) continue;
    const auto all = distinct_products(lines, int(lines.size()));
    out += all.size() > std::size_t(options.products_a_person) ? 1 : 0;
  }
  return out;
}

Neighbours together(const Baskets& baskets, const NeighbourOptions& options) {
  const Rows people = products_of_people(baskets, options.products_a_person);
  const Rows products = turned(people, std::size_t(baskets.products()));
  const Weights weights = weights_for(options.likeness, people, products);
  const auto fill = [&](std::size_t p, Sums& sums, std::vector<Neighbour>& row) {
    for (const std::int32_t person : products.of(p)) {
      const double amount = weights.person[std::size_t(person)];
      for (const std::int32_t other : people.of(std::size_t(person))) sums.add(other, amount);
    }
    for (const std::int32_t other : sums.touched) {
      const auto at = std::size_t(other);
      if (at == p || sums.times[at] < options.people_at_least) continue;
      const double n = sums.times[at];
      const double weight = sums.weight[at] * weights.factor[p] * weights.factor2[at];
      row.push_back({other, float(weight * n / (n + options.shrink)), sums.times[at]});
    }
    keep_strongest(row, options.most);
  };
  auto rows = filled(products.rows(), fill);
  std::vector<std::int32_t> times;
  for (std::size_t p = 0; p < products.rows(); ++p) times.push_back(int(products.of(p).size()));
  return {std::move(rows), std::move(times)};
}

Neighbours following(const Baskets& baskets, const NeighbourOptions& options) {
  const BasketRows all = baskets_in_rows(baskets, options.products_a_basket);
  const Rows where = turned(all.products, std::size_t(baskets.products()));
  std::vector<std::int32_t> followed(where.rows());
  for (std::size_t p = 0; p < where.rows(); ++p) {
    for (const std::int32_t basket : where.of(p))
      followed[p] += all.last[std::size_t(basket)] ? 0 : 1;
  }
  const double baskets_in_all = double(std::max<std::size_t>(1, all.last.size()));
  const auto fill = [&](std::size_t p, Sums& sums, std::vector<Neighbour>& row) {
    for (const std::int32_t basket : where.of(p)) {
      if (all.last[std::size_t(basket)]) continue;
      for (const std::int32_t other : all.products.of(std::size_t(basket) + 1)) sums.add(other, 1);
    }
    for (const std::int32_t other : sums.touched) {
      const auto at = std::size_t(other);
      if (sums.times[at] < options.people_at_least) continue;
      const double share = double(where.of(at).size()) / baskets_in_all;
      const double weight =
          (sums.weight[at] + options.shrink * share) / (double(followed[p]) + options.shrink);
      row.push_back({other, float(weight), sums.times[at]});
    }
    keep_strongest(row, options.most);
  };
  auto rows = filled(where.rows(), fill);
  return {std::move(rows), std::move(followed)};
}

}  // namespace xinjing::behaviour
