#pragma once

#include <string>
#include <vector>

#include "base/duckdb.h"
#include "base/result.h"
#include "psychology/ledger.h"
#include "store/person_messages.h"

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

/// What is promised or expected, in words, by act, object, amount and time: "refund of 500 CNY by
/// 2026-03-08", "退款 500 CNY，2026-03-08 前".
::xinjing::Said content_of(const KeptPromise& one, int zone_minutes);

/// Which entries of the ledger.
enum class Kept : std::uint8_t { kPromises, kWanted };

/// The promises of all as of a moment: what was said and done after it does not count. By customer,
/// then by when they were said. Messages without a time count as said before all others. `words`
/// say which rows of other tables show that something was done. `kWanted`: what customers asked
/// for, followed in the same way, instead. Cost: about 10 us for each row of promise_words, and
/// that of load_deeds.
Result<std::vector<KeptPromise>> load_promises(const DuckConnection& connection,
                                               const DeedWords& words, Instant as_of,
                                               Kept kept = Kept::kPromises);

/// The promises of one person. Cost: a few ms on a million messages.
Result<std::vector<KeptPromise>> load_promises(const DuckConnection& connection,
                                               const DeedWords& words, Instant as_of,
                                               store::PersonMessages& messages,
                                               Kept kept = Kept::kPromises);

}  // namespace xinjing::psychology
