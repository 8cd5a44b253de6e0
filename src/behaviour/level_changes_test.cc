#include "behaviour/level_changes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace xinjing::behaviour {
namespace {

// Flow of the Nile at Aswan, 1871 to 1970, 10^8 cubic metres: Cobb (1978); Durbin and Koopman
// (2001), appendix.
constexpr double kNile[] = {
    1120, 1160, 963, 1210, 1160, 1160, 813,  1230, 1370, 1140, 995,  935,  1110, 994,  1020,
    960,  1180, 799, 958,  1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774,  840,
    874,  694,  940, 833,  701,  916,  692,  1020, 1050, 969,  831,  726,  456,  824,  702,
    1120, 1100, 832, 764,  821,  768,  845,  864,  862,  698,  845,  744,  796,  1040, 759,
    781,  865,  845, 944,  984,  897,  822,  1010, 771,  676,  649,  846,  812,  742,  801,
    1040, 860,  874, 848,  890,  744,  749,  838,  1050, 918,  986,  797,  923,  975,  815,
    1020, 906,  901, 1170, 912,  746,  919,  718,  714,  740};

// Zeileis, Kleiber, Kraemer and Hornik (2003), "Testing and dating of structural changes in
// practice": one break, 1898, RSS 1597457 and BIC 1270 against 2835157 and 1318 without.
TEST(LevelChanges, MatchZeileisEtAl2003OnTheNile) {
  const Levels levels = find_levels(kNile, {.fewest = 15});
  EXPECT_EQ(levels.starts,
            (std::vector<std::size_t>{0, 28}));  // 1899 is the first of the new level
  EXPECT_NEAR(levels.means[0], 1097.75, 0.005);
  EXPECT_NEAR(levels.means[1], 849.97, 0.005);
  EXPECT_NEAR(levels.squares, 1597457, 1);
  EXPECT_NEAR(levels.bic, 1270, 0.5);
  const Levels none = find_levels(kNile, {.fewest = 15, .most = 0});
  EXPECT_NEAR(none.squares, 2835157, 1);
  EXPECT_NEAR(none.bic, 1318, 0.5);
}

/// The least squares of all ways to cut, one by one.
double all_cuts(std::span<const double> values, std::size_t fewest, std::size_t changes) {
  double mean = 0, squares = 0;
  for (const double v : values) mean += v / double(values.size());
  for (const double v : values) squares += (v - mean) * (v - mean);
  if (changes == 0) return squares;
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t cut = fewest; cut + fewest * changes <= values.size(); ++cut) {
    best = std::min(best, all_cuts(values.first(cut), fewest, 0) +
                              all_cuts(values.subspan(cut), fewest, changes - 1));
  }
  return best;
}

TEST(LevelChanges, AreTheBestOfAllCuts) {
  std::uint64_t state = 7;
  for (int round = 0; round < 10; ++round) {
    std::vector<double> values;
    for (int i = 0; i < 18; ++i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      values.push_back(double(state >> 44) * 0x1p-20 + (i < 9 ? 0 : 2));
    }
    const Levels found = find_levels(values, {.fewest = 3});
    EXPECT_NEAR(found.squares, all_cuts(values, 3, found.starts.size() - 1), 1e-9);
  }
}

TEST(LevelChanges, SmallOrWaveringOnesAreNoChange) {
  EXPECT_FALSE(last_change(std::vector<double>(30, 5.0)).has_value());
  EXPECT_FALSE(last_change({}).has_value());
  std::vector<double> step;
  for (int i = 0; i < 40; ++i) step.push_back((i < 20 ? 10 : 11) + 0.1 * (i % 3));
  EXPECT_FALSE(last_change(step).has_value());  // a tenth more is nothing to speak of
  for (int i = 20; i < 40; ++i) step[std::size_t(i)] += 9;
  const auto found = last_change(step);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->at, 20U);
  EXPECT_NEAR(found->after / found->before, 2, 0.05);
  EXPECT_LT(found->low, found->after / found->before);
  EXPECT_GT(found->high, found->after / found->before);
}

}  // namespace
}  // namespace xinjing::behaviour
