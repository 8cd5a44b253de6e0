#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/lang.h"
#include "behaviour/rates.h"

namespace xinjing::behaviour {

/// One line of an order, as far as it tells what somebody prefers. Names are numbers of whoever
/// reads the rows; 0 is "not said".
struct Line {
  std::int64_t subject = 0;  // whose row it is, before people are linked
  std::int64_t row = 0;      // orders.row_no
  std::uint64_t order = 0;   // lines of one order have one number
  Day day;
  std::int32_t minute = -1;  // of the local day; -1: only the day is known
  std::uint32_t product = 0;
  std::uint32_t brand = 0;
  std::uint32_t category = 0;
  bool discount_known = false;  // the company records discounts
  bool discounted = false;
  bool returned = false;                 // given back, or an amount below zero
  std::optional<double> log_price;       // log of the unit price over the company's usual one
  std::optional<std::int32_t> compared;  // goods looked at in the week before; none: no look known
  std::optional<double> hours;           // from the first of those looks
};

/// What is measured of a customer.
enum class Measure : std::uint8_t {
  kDiscountShare,   // orders with a discount
  kSensitivity,     // the same, drawn towards all customers: chance of the next order
  kPriceIndex,      // paid over usual, geometric mean; 1 is usual
  kBrandShare,      // lines of the leading brand
  kBrandEntropy,    // nats
  kBrandAlike,      // chance that two lines are of one brand (Herfindahl, unbiased)
  kBrandSwitching,  // lines of another brand than the last in the category
  kCategoryEntropy,
  kVariety,        // lines of something never bought before
  kAffinity,       // share of a category over that of all customers
  kHoursToDecide,  // from first look to order, median
  kCompared,       // goods looked at before an order, mean
  kReturnShare,
  kNightShare  // orders placed from 23:00 to 5:59
};
constexpr std::size_t kMeasures = 14;

std::string_view measure_id(Measure measure);
std::optional<Measure> measure_from(std::string_view id);
Said measure_label(Measure measure);
/// Units without which the measure is not told: 5 orders or so.
std::int64_t least_of(Measure measure);
/// Whether the measure is a part of a whole, and told in percent.
bool is_percent(Measure measure);
/// What is counted: "orders", "lines", "orders after a look".
Said unit_label(Measure measure);

/// One measure of one customer. With fewer units than least_of it says nothing but how many.
struct Preference {
  Measure measure = Measure::kDiscountShare;
  Estimate estimate;
  std::uint32_t about = 0;  // the brand or category it is about; 0: none

  bool enough() const { return estimate.n >= least_of(measure); }
  bool operator==(const Preference&) const = default;
};

/// What is usual in the company, to which one customer is compared.
struct Usual {
  BetaPrior discount;                               // of orders with a discount
  std::map<std::uint32_t, double> category_shares;  // of all lines, by category
};

/// How much of something was seen before its rate says anything of a category: lines of everybody
/// that are added to those of the customer.
inline constexpr double kAffinityPrior = 10;

/// An order, put together from its lines: discounted or returned if any line is.
struct Order {
  std::uint64_t order = 0;
  const Line* first = nullptr;
  bool discount_known = false, discounted = false, returned = false, all_returned = true;
};
/// The orders of lines, in their order. Valid as long as the lines.
std::vector<Order> orders_of(std::span<const Line> lines);

/// Whether a moment is night: 23:00 to 5:59.
bool at_night(std::int32_t minute);

/// Everything that can be measured of one customer, enough or not; measures without any unit are
/// left out; of affinities the three largest that are above 1 with enough lines. What was given
/// back counts for returns alone. REQUIRES: lines by time. Cost: O(lines log lines). Method and
/// limits: docs/methods/preference.md.
std::vector<Preference> preferences_of(std::span<const Line> lines, const Usual& usual);

/// The measure among them, or null.
const Preference* find(std::span<const Preference> preferences, Measure measure);

}  // namespace xinjing::behaviour
