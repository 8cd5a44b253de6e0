#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/lang.h"
#include "behaviour/buying_model.h"

namespace xinjing::behaviour {

/// Which purchases tell what someone spends: all of them, or repeats alone, as published figures of
/// the Gamma-Gamma model have it.
enum class SpendBasis : std::uint8_t { kAll, kRepeats };

/// What a person bought up to a day, as models of buying see it. A purchase is a day on which
/// something was bought and not all of it given back the same day; several orders of a day are one.
/// Money is in ten-thousandths of the currency's unit.
struct Buyer {
  std::int64_t person = 0;  // subjects.person
  Day first;                // purchase
  Day last;                 // purchase
  std::int64_t purchases = 0;
  std::int64_t orders = 0;       // rows' orders on those days
  std::int64_t money = 0;        // of the purchases, less what was given back the same day
  std::int64_t first_money = 0;  // of the first purchase
  std::int64_t refunds = 0;      // given back on other days, 0 or more
  std::int32_t level = 0;        // of a covariate

  /// The share of the money that was not given back.
  double kept() const;
  /// Money less refunds, not below 0.
  std::int64_t net() const;
  /// How many purchases tell what this person spends, and the mean money of them, less the person's
  /// share of refunds, in the currency's unit.
  struct Spending {
    double purchases = 0;
    double mean = 0;
  };
  Spending spending(SpendBasis basis) const;
  BuyingCell cell(Day as_of) const;
};

/// Rows of orders that are no purchases, or not of the currency, and why.
struct OrderNotes {
  std::int64_t rows = 0;    // of orders in all
  std::int64_t nobody = 0;  // about nobody
  std::int64_t future = 0;  // after the day of looking
  std::int64_t other_currency = 0;
  std::int64_t cancelled = 0;  // by their status
  std::int64_t refunds = 0;    // negative money or quantity
  std::int64_t no_money = 0;   // zero or none
  std::int64_t twins = 0;      // same person, moment, product and money as another order's
  std::string currency;        // of most rows; money is in it
};

/// Everyone who bought, as of a day.
struct Buyers {
  Day as_of;
  std::vector<Buyer> all;           // by person
  std::vector<std::string> levels;  // of the covariate; one without a name where there is none
  OrderNotes notes;

  std::int64_t repeaters() const;
  std::int64_t most_orders() const;
  /// Days from the first purchase of all to `as_of`.
  int span_days() const;
  bool has_money() const;
  std::vector<BuyingCell> cells() const;
};

/// What is too little for a model of buying, or nothing.
struct TooFew {
  std::int64_t buyers = 0, repeaters = 0;
  int span_days = 0;
  /// One sentence with what there is and what is needed.
  Said said() const;
};
inline constexpr std::int64_t kLeastBuyers = 40;
inline constexpr std::int64_t kLeastRepeaters = 15;
inline constexpr int kLeastSpanDays = 28;
std::optional<TooFew> too_few(const Buyers& buyers);

}  // namespace xinjing::behaviour
