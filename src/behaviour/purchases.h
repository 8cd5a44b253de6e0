#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/day.h"

namespace xinjing::behaviour {

/// What somebody bought, or brought back, of one product on one day.
struct PurchaseLine {
  std::int32_t person = 0;   // from 0, dense
  std::int32_t product = 0;  // from 0, dense
  Day day;
  float quantity = 1;  // negative: brought back or cancelled

  bool operator==(const PurchaseLine&) const = default;
};

/// A product in a basket. A basket is all that a person bought on one day.
struct Bought {
  Day day;
  std::int32_t product = 0;

  auto operator<=>(const Bought&) const = default;
};

/// Who bought what when, without what was brought back: for each person the products by day, then
/// by number, each at most once a day. Immutable; any thread may read it.
class Baskets {
 public:
  Baskets() = default;
  Baskets(std::vector<std::size_t> begins, std::vector<Bought> all, std::int32_t products)
      : x_begins(std::move(begins)), x_all(std::move(all)), x_products(products) {}

  std::int32_t persons() const { return std::int32_t(x_begins.size()) - 1; }
  std::int32_t products() const { return x_products; }
  std::size_t lines() const { return x_all.size(); }
  std::span<const Bought> of(std::int32_t person) const {
    const std::size_t begin = x_begins[std::size_t(person)];
    return std::span(x_all).subspan(begin, x_begins[std::size_t(person) + 1] - begin);
  }
  /// First and last day with a basket. REQUIRES: there is one.
  Day first_day() const;
  Day last_day() const;

 private:
  std::vector<std::size_t> x_begins{0};
  std::vector<Bought> x_all;
  std::int32_t x_products = 0;
};

/// How many baskets these lines are. REQUIRES: by day.
std::int64_t basket_count(std::span<const Bought> lines);

/// The lines of the last basket. REQUIRES: by day.
std::span<const Bought> last_basket(std::span<const Bought> lines);

/// All lines of a company, in any order and however often the same one is delivered on one day.
/// Cost: 16 bytes a line; sorting them.
class Purchases {
 public:
  /// REQUIRES: persons and products of the lines are below these numbers.
  Purchases(std::vector<PurchaseLine> lines, std::int32_t persons, std::int32_t products);

  std::int32_t persons() const { return x_persons; }
  std::int32_t products() const { return x_products; }
  std::span<const PurchaseLine> lines() const { return x_lines; }

  /// What was bought from `from` on and before `until`, as it was known at the end of that time: a
  /// return takes back the latest purchases of the same product by the same person that it covers
  /// whole, and nothing where none is left. A return after `until` changes nothing.
  Baskets between(Day from, Day until) const;

  /// Pieces brought back beyond what was bought: returns of purchases that are not in the data.
  double returned_unbought() const;

 private:
  std::vector<PurchaseLine> x_lines;  // by person, product, day; a return after its day's purchase
  std::int32_t x_persons = 0;
  std::int32_t x_products = 0;
};

}  // namespace xinjing::behaviour
