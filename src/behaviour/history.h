#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/day.h"
#include "base/mergeable.h"

namespace xinjing::behaviour {

/// First and last day of something that happened. Merging keeps the outer days.
struct DayRange {
  Day first{INT32_MAX};
  Day last{INT32_MIN};

  bool empty() const { return first.number > last.number; }
  void add(Day day);
  void merge(const DayRange& from);
  bool operator==(const DayRange&) const = default;
};

/// What a customer did, as plain sums: purchases (recency, frequency, money), contacts and their
/// channels, and counted acts. Money is in ten-thousandths of a currency's unit; sums of different
/// currencies are never added to each other.
struct History {
  bool orders_known = false;  // the company brought orders: having none means something
  std::int64_t orders = 0;
  std::int64_t returns = 0;  // orders whose amount or quantity is negative
  std::map<std::string, std::int64_t> spent;
  DayRange bought;

  std::int64_t conversations = 0;
  std::int64_t messages = 0;
  std::map<std::string, std::int64_t> channels;  // conversations per channel
  DayRange contacted;

  std::map<std::string, std::int64_t> acts;  // events per kind: view, search, click, login, …
  DayRange acted;

  void merge(const History& from);
  bool operator==(const History&) const = default;
};

static_assert(Mergeable<History>);

/// Recency, frequency and monetary value as of a day (Hughes 1994, "Strategic Database Marketing").
struct RecencyFrequencyMoney {
  std::optional<int> recency_days;  // none: never bought
  std::int64_t frequency = 0;       // orders
  std::map<std::string, std::int64_t> money;
};
RecencyFrequencyMoney rfm(const History& history, Day as_of);

/// The states of the construct `frequency`. They follow from the orders alone, by these rules:
/// potential: never bought; lapsed: the last order is older than 180 days and older than three mean
/// gaps between orders; frequent: at least 4 orders and a mean gap of at most 92 days; else
/// occasional. A working rule, not a fitted model.
enum class FrequencyClass { kFrequent, kOccasional, kPotential, kLapsed };
FrequencyClass frequency_class(const History& history, Day as_of);
std::string_view frequency_id(FrequencyClass value);

}  // namespace xinjing::behaviour
