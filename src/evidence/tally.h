#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/mergeable.h"

namespace xinjing::evidence {

/// A millionth of a nat, the unit in which evidence is kept.
using MicroNats = std::int64_t;

constexpr double kMicroNatsPerNat = 1e6;

/// Where a sum stands: construct and state are numbers of the Catalogue; state kExposure counts how
/// often the construct was looked at, found or not.
struct TallyKey {
  std::uint16_t construct = 0;
  std::uint16_t state = 0;
  Day day;

  bool operator==(const TallyKey&) const = default;
  auto operator<=>(const TallyKey&) const = default;
};

constexpr std::uint16_t kExposure = 0xffff;

struct TallySum {
  MicroNats micro_nats = 0;
  std::int64_t count = 0;

  bool operator==(const TallySum&) const = default;
};

/// The sum of all evidence about someone, or about many: (construct, state, day) -> (sum of
/// micro-nats, count). Evidence is added and taken away again; nothing else is ever done to it.
/// Sums are of integers and entries that are zero do not exist, so any order and any partition of
/// the same evidence gives equal bytes: a commutative group. Priors, decay and thresholds are
/// applied where it is read (psychology/). Cost: add O(log n) amortised, merge O(n + m).
class Tally {
 public:
  struct Entry {
    TallyKey key;
    TallySum sum;

    bool operator==(const Entry&) const = default;
  };

  void add(const TallyKey& key, MicroNats micro_nats, std::int64_t count);
  void merge(const Tally& from) { combine(from, 1); }
  /// Takes away what was merged before; order does not matter.
  void retract(const Tally& from) { combine(from, -1); }

  /// Entries in ascending order of key. Valid until the tally changes.
  std::span<const Entry> entries() const;
  /// The entries of one construct.
  std::span<const Entry> entries_of(std::uint16_t construct) const;
  bool empty() const { return entries().empty(); }

  /// A canonical form: equal tallies have equal bytes (24 bytes an entry, little-endian).
  std::string bytes() const;

  bool operator==(const Tally& other) const;

 private:
  void combine(const Tally& from, int sign);
  void settle() const;

  // Sorted and without zeros up to x_settled; behind it what was added since. Settling changes the
  // form only, never the value; a tally that is read by several threads must be settled first
  // (any const call does it).
  mutable std::vector<Entry> x_entries;
  mutable std::size_t x_settled = 0;
};

static_assert(Mergeable<Tally>);

}  // namespace xinjing::evidence
