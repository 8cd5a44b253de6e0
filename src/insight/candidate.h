#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "insight/change.h"
#include "insight/report_data.h"

namespace xinjing::insight {

/// Where something is counted: everywhere, in a department, on a channel, by a kind of customer.
struct Scope {
  std::string kind;  // "", department, channel, kind
  std::string name;
  auto operator<=>(const Scope&) const = default;
};

/// A matter counted day by day in one scope.
struct Cell {
  std::string what;
  Scope scope;
  std::vector<double> count;  // by day
};

/// Something found in one cell, before it is put together with others.
struct Candidate {
  std::string kind;  // burst, shift, trend
  std::string what;
  Scope scope;
  std::size_t begin = 0, end = 0;  // days, half open
  bool up = true;
  double count = 0, expected = 0, p = 1;
  Interval before{}, after{};
  std::vector<std::int64_t> talks{};  // sorted
};

/// Bursts of a cell: up to three, one after the other, each of at most 75 days and at least twice
/// what the rest would have, with at least `least` talks.
std::vector<Candidate> bursts_of(const Cell& cell, double least);

/// Whether the matter's share of a scope's talks changes its level or goes one way over the months.
/// `rest` is the same matter outside the scope: what happens there as well is no news of the scope.
/// Empty `rest` is everywhere.
struct Shares {
  std::vector<double> count, of;  // by week
};
std::vector<Candidate> changes_of(const Cell& cell, const Shares& here, const Shares& rest);

}  // namespace xinjing::insight
