#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/day.h"
#include "base/lang.h"

namespace xinjing::ingest {

/// A value read from a cell, or the reason why there is none. The reason is a static sentence and
/// never holds the cell's text.
template <typename T>
struct Taken {
  std::optional<T> value = {};
  const Phrase* why = nullptr;
};

/// What a cell does not say of a time.
struct TimeOptions {
  int offset_minutes = 480;  // zone of times that name none, minutes east of Greenwich
  bool day_first = false;    // 5/3/2026 is 5 March, where both could be months
  int year = 0;              // of dates that name none (3月5日); 0: such dates are refused
};

/// A moment: ISO 8601 with or without zone, 2026/3/5 9:12, 2026年3月5日 下午9时12分,
/// 20260305091233, 12/1/2010 8:26, Mar 5 2026 9:12 PM, Unix seconds or milliseconds, Excel's day
/// numbers. A date without time is its midnight. Years 1900 to 2200. Cost: 50 ns.
Taken<Instant> take_time(std::string_view text, const TimeOptions& options = {});
/// The local day of such a moment.
Taken<Day> take_day(std::string_view text, const TimeOptions& options = {});

/// "+08:00", "UTC+8", "-0530", "Z": minutes east of Greenwich.
std::optional<int> zone_from(std::string_view text);

/// Money, and its currency where the text says it.
struct Money {
  std::int64_t amount = 0;    // ten-thousandths of the unit
  std::string_view currency;  // ISO code, static; empty: not said

  bool operator==(const Money&) const = default;
};

/// ¥1,299.00, 1299元, RMB 99, $12.5, 1.2万, -3, (3.00), 1.299,00 €. Below 1e14 in size.
Taken<Money> take_money(std::string_view text);
/// "CNY" from 元, RMB, ￥, 人民币, cny; empty if unknown.
std::string_view currency_from(std::string_view word);

/// A finite number; thousands separators, 万 and a unit (度, kWh, %, 件, 星, …) may be there.
Taken<double> take_number(std::string_view text);
Taken<std::int64_t> take_integer(std::string_view text);

/// What companies write where there is nothing: "", NULL, N/A, -, \N, NaN, None.
bool is_missing(std::string_view text);

/// Without the spaces around it, also those of Chinese typesetting and no-break spaces.
std::string_view trimmed(std::string_view text);

}  // namespace xinjing::ingest
