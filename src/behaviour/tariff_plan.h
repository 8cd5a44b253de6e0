#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/result.h"
#include "behaviour/meter_series.h"

namespace xinjing::behaviour {

enum class DayKind { kAll, kWorking, kWeekend };

/// A price of a kWh for some time of the day, some days of the week and some months.
struct PriceWindow {
  double price = 0;
  int from_minute = 0;  // of the day; to_minute may lie before it: over midnight
  int to_minute = 1440;
  DayKind days = DayKind::kAll;
  std::uint16_t months = 0xfff;  // bit 0 is January

  bool holds(int month, bool weekend, int minute) const;  // month 1 to 12
};

/// What a kWh costs beside its window while the use of a month, or year, is below `up_to`.
struct PriceTier {
  double up_to = std::numeric_limits<double>::infinity();  // kWh
  double add = 0;
};

/// A way of paying for electricity. Prices in units of `currency`.
struct TariffPlan {
  std::string id;
  Said name;
  Said source;                       // where the figures come from
  double fixed = 0;                  // a month
  std::vector<PriceWindow> windows;  // the first that holds counts; together they cover all times
  std::vector<PriceTier> tiers;      // ascending; empty: none
  bool yearly_tiers = false;
  bool by_hour = false;  // set by TariffBook

  /// Whether the cost depends on the hour, so that readings of days or months cannot tell it.
  bool needs_hours() const { return by_hour; }
  /// The window of a moment. REQUIRES: the plan was read by TariffBook, so there is one.
  std::size_t window(int month, bool weekend, int minute) const;
  /// What the tiers add for so much use in a month, or a year.
  double tier_cost(double kwh) const;
};

/// The plans that a company offers: a TOML file (plays/tariffs.toml tells its form).
struct TariffBook {
  std::string currency = "CNY";
  std::string present;  // id of the plan of whoever has none written in the rows; may be empty
  std::vector<TariffPlan> plans;

  /// kBadInput with the place: an unknown key, a price below 0, times that no window covers, tiers
  /// that fall, an id that comes twice.
  static Result<TariffBook> parse(std::string_view text, const std::string& name);
  /// By id or by either name; null where there is none.
  const TariffPlan* find(std::string_view word) const;
};

}  // namespace xinjing::behaviour
