#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "behaviour/purchases.h"

namespace xinjing::behaviour {

/// The time between two purchases of one product by one person, as a logarithmic normal
/// distribution of days, and how likely a purchase is followed by another at all.
struct Rhythm {
  double log_days = 0;    // mean of the logarithm
  double log_sd = 1;      // its standard deviation
  double repeats = 0;     // probability that there is a next time
  std::int64_t gaps = 0;  // that were seen
  double days() const;    // the median gap
};

/// What one person did with one product.
struct OwnRhythm {
  int times = 0;            // days on which it was bought
  double log_days_sum = 0;  // over times - 1 gaps
  Day last;

  int gaps() const { return times > 1 ? times - 1 : 0; }
};

/// How a product's rhythm and a person's own come together.
struct Need {
  double within = 0;  // probability of needing it within the window, if nothing was bought since
  double days = 0;    // the median gap for this person
  int own_gaps = 0;   // of this person
  std::int64_t gaps = 0;  // of all
  int elapsed_days = 0;   // since the last purchase
};

/// When things are bought again. Gaps are pooled: a product's with all products', a person's own
/// with the product's (normal means of known variance). Whether there is a next time is found from
/// how many purchases were followed, against how many would have been by now if all were, so that
/// recent purchases do not count as last ones: Bhagat et al. 2018 (repeat probability times time
/// distribution), with a share that never comes back (Boag 1949).
/// Immutable after construction; any thread. Cost: one pass over the lines.
/// Method and limits: docs/methods/recommend.md.
class Repurchase {
 public:
  /// `as_of`: the day from which is looked; lines of later days are a mistake of the caller.
  Repurchase(const Baskets& baskets, Day as_of);

  const Rhythm& of(std::int32_t product) const { return x_products[std::size_t(product)]; }
  const Rhythm& all() const { return x_all; }
  /// REQUIRES: own.times > 0.
  Need need(std::int32_t product, const OwnRhythm& own, Day as_of, int window_days) const;

 private:
  std::vector<Rhythm> x_products;
  Rhythm x_all;
};

/// A person's own rhythms, by product. `lines` are theirs, by day.
struct OwnProduct {
  std::int32_t product = 0;
  OwnRhythm rhythm;
};
std::vector<OwnProduct> own_rhythms(std::span<const Bought> lines);

/// How much more a product is bought in a month of the year than at other times.
/// Asks for 400 days of history, so that every month was seen and one of them twice.
class BasketSeasons {
 public:
  static constexpr int kDaysNeeded = 400;
  BasketSeasons() = default;
  explicit BasketSeasons(const Baskets& baskets);

  bool known() const { return !x_index.empty(); }
  /// 1 is as at other times; shrunk to 1 where a product was bought seldom. 1 if not known.
  double index(std::int32_t product, int month) const {
    return known() ? x_index[std::size_t(product) * 12 + std::size_t(month - 1)] : 1;
  }

 private:
  std::vector<float> x_index;
};

/// 1 to 12.
int month_of(Day day);

}  // namespace xinjing::behaviour
