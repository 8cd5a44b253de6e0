#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/lang.h"
#include "ingest/handle.h"
#include "ingest/table.h"

namespace xinjing::ingest {

/// A row that says: this subject has this handle. From the identities table, from the telephone,
/// e-mail and account number of customers, and from rows that bring only a handle.
struct Claim {
  std::string subject;
  Handle handle;
  std::string file;
  std::int64_t line = 0;

  auto operator<=>(const Claim&) const = default;
};

/// What a row says of who has which handle: a row of identities, the telephone, e-mail and account
/// of a customer, or a row that is about a handle ("h:…", a conversation's id is none).
std::vector<Claim> claims_of(const TableSpec& table, const Row& row, std::string_view file);

/// Two subjects are one person because both have a handle. What a break undoes.
struct LinkKey {
  std::string subject;  // the later one in the order of ids
  std::string anchor;   // the first of those that have the handle
  Handle handle;

  auto operator<=>(const LinkKey&) const = default;
};

struct Link {
  LinkKey key;
  Said reason;       // without the handle itself
  std::string file;  // the row that says so of key.subject; where none does, of key.anchor
  std::int64_t line = 0;

  bool operator==(const Link&) const = default;
};

/// A handle that too many customers have to identify one of them: the telephone of an office.
struct SharedHandle {
  Handle handle;
  std::size_t customers = 0;

  bool operator==(const SharedHandle&) const = default;
};

struct IdentityOptions {
  std::size_t max_customers = 5;  // who may have one handle and still be linked by it
  std::set<LinkKey> broken = {};  // links that a person undid
};

/// Who is who. All parts sorted.
struct Identities {
  std::map<std::string, std::string> person;  // every subject -> the least subject of its person
  std::vector<Link> links;
  std::vector<SharedHandle> shared;

  bool operator==(const Identities&) const = default;
};

/// Links the subjects that have an equal handle. The answer depends on the set of claims only, not
/// on their order; a customer's id is less than any handle ("c:" < "h:"), so a person is called
/// after the least customer id. A broken link stays broken as long as its anchor is the same.
/// Cost: O(n log n).
Identities identities(std::vector<Claim> claims, const IdentityOptions& options = {});

}  // namespace xinjing::ingest
