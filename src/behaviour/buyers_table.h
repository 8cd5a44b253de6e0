#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/duckdb.h"
#include "behaviour/buyer.h"
#include "behaviour/sound_days.h"

namespace xinjing::behaviour {

struct BuyersQuery {
  Day as_of;                  // what came after its end does not count
  std::optional<Day> from{};  // what came before does not: errors of a clock
  std::string covariate{};    // customers.COLUMN, or a column of the first order; empty: none
  bool count_twins = false;   // one more pass over the orders
};

/// Who bought, from `orders`: local days, the currency of most rows, cancelled rows left out.
/// The levels of a covariate are its seven most frequent values and "other", which takes what is
/// rarer than 1 in 50. kUsage where there is no such column.
/// Cost: some 0.5 s for a million rows of orders.
Result<Buyers> load_buyers(const DuckConnection& connection, const BuyersQuery& query);

/// A purchase after a day, by someone who had bought before its end.
struct LaterPurchase {
  std::int64_t person = 0;
  Day day;
  std::int64_t money = 0;  // ten-thousandths
};

/// Purchases after `from` up to the end of `to`, by person and day, of those who bought by `from`.
Result<std::vector<LaterPurchase>> load_later(const DuckConnection& connection, Day from, Day to);

/// When orders of anybody were made, by what can be believed; nothing where there are none.
Result<std::optional<SoundDays>> order_days(const DuckConnection& connection);

/// The ids by which people are called, in the order of `people` (ascending).
Result<std::vector<std::string>> person_ids(const DuckConnection& connection,
                                            const std::vector<std::int64_t>& people);

}  // namespace xinjing::behaviour
