#pragma once

#include <cstdint>
#include <vector>

#include "base/day.h"
#include "base/duckdb.h"
#include "behaviour/churn.h"

namespace xinjing::behaviour {

/// What is asked of a company's rows.
struct ChurnQuestion {
  Day as_of;
  int horizon_days = 90;
  bool by_day_of_leaving = false;     // those who left are in a temporary table (below)
  int looks = 12;                     // days to look from, 30 days apart
  std::int64_t most_people = 20'000;  // to learn from; all are told of
};

/// The horizon of the table churn_risks, and of the command where none is asked for.
inline constexpr int kUsualHorizonDays = 90;

/// Who will order no more: whoever asks, the table, the portrait or the command, learns from the
/// same people and days and tests by the same folds, so that they say the same of one customer.
ChurnQuestion buyers_question(Day as_of, int horizon_days = kUsualHorizonDays);
inline constexpr std::size_t kBuyersFolds = 5;

/// Rows to learn from, then those to be told of: everyone at risk at the end of `as_of`.
struct ChurnPeople {
  ChurnRows rows{};
  Covariates all{};                    // the rows to learn from, then those to be told of
  std::vector<std::int64_t> person{};  // parallel to `all`
  std::string currency{};              // of the money: that of most orders
  std::int64_t in_others = 0;          // orders in other currencies, whose money is left out
};

/// Days on which periods begin, the latest first, whose end is not after `as_of`.
std::vector<Day> looks_of(const ChurnQuestion& question, Day first_act);

/// Person-periods from the orders, events, conversations and touchpoints up to the end of the day
/// they look from, and what came after it.
/// Without days of leaving, who ordered before is at risk, and leaving is no order within the
/// horizon; a period is the horizon. With them, everyone who is known is at risk until they leave,
/// and periods have 30 days. REQUIRES then: a temporary table churn_left (person BIGINT, day DATE).
/// Leaves the temporary table churn_looks (row_no, person, look), which `all` is parallel to. Where
/// there are no orders, or only of days too near to each other, no rows.
/// Cost: some 4 s for five million orders of a million customers.
Result<ChurnPeople> load_churn_people(const DuckConnection& connection,
                                      const ChurnQuestion& question);

/// The columns of a query after its first, `row_no`, as covariates of numbers; what is null is not
/// known. REQUIRES: one row for each row_no from 0, in order.
Result<Covariates> load_covariates(const DuckConnection& connection, std::string_view sql);

}  // namespace xinjing::behaviour
