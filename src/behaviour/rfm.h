#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "behaviour/buyer.h"

namespace xinjing::behaviour {

/// Where scores begin: score 1 + the number of cuts that a value reaches. Ascending.
using Cuts = std::array<double, 4>;

/// The cuts of recency (days since the last purchase: fewer is better), frequency (purchases) and
/// money (net of refunds, in the currency's unit).
struct RfmCuts {
  Cuts recency{30, 90, 180, 365};
  Cuts frequency{2, 3, 5, 10};
  Cuts money{100, 500, 1'000, 5'000};
};

/// Scores from 1 (worst) to 5.
struct RfmScore {
  int recency = 1;
  int frequency = 1;
  int money = 1;
};

/// Segments of a customer base by recency and the mean of frequency and money.
enum class Segment : std::uint8_t {
  kChampion,
  kLoyal,
  kPotential,
  kNew,
  kPromising,
  kNeedsAttention,
  kFading,
  kAtRisk,
  kCannotLose,
  kHibernating,
  kLost
};
inline constexpr std::size_t kSegments = 11;
std::string_view segment_id(Segment segment);
/// Its name, and in a few words who that is.
Said segment_label(Segment segment);
Said segment_words(Segment segment);

/// The fifths of what is there. Equal values get equal scores, so where many are equal (people who
/// bought once) some scores stay empty; the order of buyers does not matter.
/// REQUIRES: some buyers.
RfmCuts quantile_cuts(std::span<const Buyer> buyers, Day as_of);

RfmScore rfm_score(const Buyer& buyer, Day as_of, const RfmCuts& cuts);

/// By recency R and M = mean of frequency and money:
/// docs/methods/customer-value.md has the grid.
Segment segment_of(const RfmScore& score);

/// Counts and money by segment and on the grid of recency and frequency.
struct RfmTable {
  struct Part {
    std::int64_t customers = 0;
    std::int64_t money = 0;  // net, ten-thousandths
    double recency = 0;      // means
    double purchases = 0;
  };
  std::array<Part, kSegments> segments{};
  std::array<std::array<std::int64_t, 5>, 5> grid{};  // [recency - 1][frequency - 1]
  std::int64_t customers = 0;
  std::int64_t money = 0;
};
RfmTable rfm_table(std::span<const Buyer> buyers, Day as_of, const RfmCuts& cuts);

}  // namespace xinjing::behaviour
