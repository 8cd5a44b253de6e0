#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "store/database.h"

namespace xinjing::store {

/// What a table that can be made again was made from.
struct Grounds {
  std::string_view name;                     // of its note in the table meta
  std::span<const std::string_view> tables;  // whose rows it rests on
  std::string more{};  // whatever else decides: the day, versions of rules and of the model
};

/// A digest of the rows and of `more`, the same in any order of rows. Rows a company brought count
/// by their key and subject, grounds of words by what they weigh, others whole.
/// Cost: one scan of each table, some 10 ms a million rows of a company.
Result<std::string> digest_of(const DuckConnection& connection, const Grounds& grounds);

/// Calls `make` unless it was made from the same before; what it writes and the note are one
/// transaction, so a run that was killed makes it again. REQUIRES: no open transaction, and `make`
/// opens none.
Status renew(const Database& database, const Grounds& grounds, const std::function<Status()>& make);

}  // namespace xinjing::store
