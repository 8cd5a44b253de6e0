#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/day.h"
#include "insight/interval.h"

// Whether what was promised or expected fails more, or less, from some day on.
namespace xinjing::insight {

/// What one conversation says of it: `failed` of `told`; and the same of a second matter that fails
/// more, or less, often in itself, so that it is counted apart.
struct Fate {
  Day day;
  double failed = 0;
  double told = 0;
  double other_failed = 0;
  double other_told = 0;
};

/// A day from which the share that fails is another.
struct FateShift {
  Day at;
  double failed_before = 0, told_before = 0, failed_after = 0, told_after = 0;  // both matters
  double change = 0;  // of the share, each matter beside its own
  double z = 0;       // of it
  double p = 1;       // allowing for all days tried
};

/// Which way a shift is looked for: one way where something else foretells it.
enum class Way : std::int8_t { kEither, kLess, kMore };

/// The one of the `cuts` at which the shares differ most: a score test of both matters, each
/// against its own share in all the time, so that more of one and less of the other changes
/// nothing; its variance is that of whole conversations, so that what is said twice in one counts
/// once. Its p is that of 1,999 random orders of the conversations over the days (the same in every
/// call), and hence allows for all cuts; with more than 20,000 conversations it is normal and
/// Bonferroni's. `least` told stand on each side. Nothing where no cut has that. Cost: 2 ms for
/// 1,000 conversations.
std::optional<FateShift> strongest_fate_shift(std::span<const Fate> fates,
                                              std::span<const Day> cuts, double least,
                                              Way way = Way::kEither);

/// The share of the first matter, of clustered units: Wilson's interval on what the design effect
/// (Kish 1965), at least 1, leaves of them.
Interval clustered_share(std::span<const Fate> fates);

}  // namespace xinjing::insight
