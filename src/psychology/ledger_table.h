#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/duckdb.h"
#include "base/result.h"
#include "psychology/ledger.h"

namespace xinjing::psychology {

/// An entry of somebody's ledger with what a list of promises shows.
struct KeptPromise {
  LedgerEntry entry;
  std::int64_t person = 0;  // subjects.person
  std::string customer;     // as in v_customers
  std::string aspect;
  std::string acts;   // names joined by '+'
  std::string agent;  // who said it; may be empty, as the next two
  std::string department;
  std::string channel;
};

/// The promises of one person or of all as of a moment: what was said after it does not count. By
/// customer, then by when they were said. Messages without a time count as said before all others.
/// Cost: about 10 us for each row of promise_words; for one person, some ms on a million messages.
Result<std::vector<KeptPromise>> load_promises(const DuckConnection& connection, Instant as_of,
                                               std::optional<std::int64_t> person = {});

}  // namespace xinjing::psychology
