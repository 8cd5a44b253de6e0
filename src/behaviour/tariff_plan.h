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
  std::vector<std::string> kinds;    // of customers who may have it; empty: all
  bool present = false;              // of those who may have it and have none written in the rows
  double fixed = 0;                  // a month
  std::vector<PriceWindow> windows;  // the first that holds counts; together they cover all times
  std::vector<PriceTier> tiers;      // ascending; empty: none
  bool yearly_tiers = false;
  bool by_hour = false;  // set by TariffBook

  /// Whether the cost depends on the hour, so that readings of days or months cannot tell it.
  bool needs_hours() const { return by_hour; }
  /// Whether customers of this kind may have it; where the kind is not known (empty), all may.
  bool open_to(std::string_view kind) const;
  /// The window of a moment. REQUIRES: the plan was read by TariffBook, so there is one.
  std::size_t window(int month, bool weekend, int minute) const;
  /// What the tiers add for so much use in a month, or a year.
  double tier_cost(double kwh) const;
};

/// The plans that a company offers: a TOML file (plays/tariffs.toml tells its form).
struct TariffBook {
  std::string currency = "CNY";
  std::vector<TariffPlan> plans;

  /// kBadInput with the place: an unknown key, a price below 0, times that no window covers, tiers
  /// that fall, an id that comes twice.
  static Result<TariffBook> parse(std::string_view text, const std::string& name);
  /// By id or by either name; null where there is none.
  const TariffPlan* find(std::string_view word) const;
  /// What somebody pays by: the plan that the rows name; else `asked`, if they may have it; else
  /// the first that is marked as present and that they may have. Null where there is none.
  const TariffPlan* present(std::string_view written, std::string_view asked,
                            std::string_view kind) const;
  /// Plans that somebody with this present plan may change to, itself first: those open to the
  /// kind, or where that is not known, to the same kinds as the present plan.
  std::vector<const TariffPlan*> choices(const TariffPlan& present, std::string_view kind) const;
};

}  // namespace xinjing::behaviour
