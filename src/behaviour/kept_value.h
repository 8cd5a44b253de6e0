#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/day.h"

namespace xinjing::behaviour {

/// What `analyze` keeps of one person who bought: what a model of repeat buying expects, and the
/// facts that it rests on. Money is in the currency's unit, intervals hold 95 %.
struct KeptValue {
  Day as_of;
  std::string currency;
  Day first, last;
  std::int64_t purchases = 0;
  std::string segment;
  int horizon_days = 0;
  /// What is expected; nothing where the company has too few data.
  struct Expected {
    double alive = 0;
    double orders = 0;
    std::int64_t orders_low = 0, orders_high = 0;
    std::optional<double> value, value_low, value_high;
  };
  std::optional<Expected> expected;
};

}  // namespace xinjing::behaviour
