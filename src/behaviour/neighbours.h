#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "behaviour/purchases.h"

namespace xinjing::behaviour {

/// One product beside another, with the counts that a reason can tell.
struct Neighbour {
  std::int32_t product = 0;
  float weight = 0;
  std::int32_t times = 0;  // people who bought both; for `following`, baskets it followed in
};

/// For each product the strongest few others, strongest first. Immutable; any thread.
class Neighbours {
 public:
  Neighbours() = default;
  Neighbours(std::vector<std::vector<Neighbour>> rows, std::vector<std::int32_t> of_all);

  std::int32_t products() const { return std::int32_t(x_begins.size()) - 1; }
  std::span<const Neighbour> of(std::int32_t product) const {
    const std::size_t begin = x_begins[std::size_t(product)];
    return std::span(x_all).subspan(begin, x_begins[std::size_t(product) + 1] - begin);
  }
  /// People who bought it; for `following`, its baskets that another followed.
  std::int32_t times(std::int32_t product) const { return x_times[std::size_t(product)]; }

 private:
  std::vector<std::size_t> x_begins{0};
  std::vector<Neighbour> x_all;
  std::vector<std::int32_t> x_times;
};

/// How people who bought both products are weighed against those who bought one.
enum class Likeness {
  kCosine,       // n(ab) / sqrt(n(a) n(b))
  kConditional,  // n(ab) / (n(a) n(b)^0.5): P(b | a), with popular products held back
  kBm25          // Okapi weights with people for terms: those who bought few things say more
};

struct NeighbourOptions {
  Likeness likeness = Likeness::kCosine;
  double shrink = 0;            // a pair's weight is multiplied by n / (n + shrink)
  int most = 50;                // neighbours kept for a product
  int people_at_least = 1;      // who bought both
  int products_a_person = 500;  // of somebody with more, the latest count
  int products_a_basket = 200;  // of a larger basket, the first by number count
};

/// How many people or baskets were cut to the bounds of NeighbourOptions.
std::int64_t cut_persons(const Baskets& baskets, const NeighbourOptions& options);

/// Which products the same people buy: item-item co-occurrence (Deshpande and Karypis 2004; Sarwar
/// et al. 2001), each person and product once whatever they bought. Ties by number, so the order of
/// rows changes nothing. Cost: the sum over people of the square of their products; all cores.
Neighbours together(const Baskets& baskets, const NeighbourOptions& options);

/// Which products are in a person's next basket: a first-order Markov chain over baskets (Rendle et
/// al. 2010, without factors). The weight of b after a is the share of baskets with a, among those
/// that another followed, whose next has b, shrunk to how many baskets have b at all by `shrink`
/// baskets. A product may follow itself.
/// Cost: the sum over baskets of their size times the next one's; all cores.
Neighbours following(const Baskets& baskets, const NeighbourOptions& options);

/// The distinct products of somebody, the latest `most` of them, by number.
std::vector<std::int32_t> distinct_products(std::span<const Bought> lines, int most);

}  // namespace xinjing::behaviour
