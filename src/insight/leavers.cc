#include "insight/leavers.h"

#include <algorithm>
#include <cmath>

namespace xinjing::insight {
namespace {

/// Counts of one side, as many as its design effect leaves.
struct Side {
  double complaining = 0, of = 0;
  double variance = 0;  // of the log odds
  Interval share{};
  double log_odds() const { return std::log((complaining + 0.5) / (of - complaining + 0.5)); }
};

Side side_of(const std::vector<Complaints>& customers, bool leaves) {
  Side side;
  double n = 0;
  std::vector<Fate> fates;
  for (const Complaints& one : customers) {
    if (one.leaves != leaves || one.of <= 0) continue;
    fates.push_back({{}, one.complaining, one.of});
    side.complaining += one.complaining, side.of += one.of, n += 1;
  }
  if (side.of <= 0) return side;
  const double share = side.complaining / side.of;
  double squares = 0;
  for (const Fate& one : fates) {
    squares += (one.failed - share * one.told) * (one.failed - share * one.told);
  }
  const double plain = share * (1 - share) * side.of;
  const double effect = plain > 0 && n > 1 ? std::max(1.0, squares * n / (n - 1) / plain) : 1;
  side.variance = effect * (1 / (side.complaining + 0.5) + 1 / (side.of - side.complaining + 0.5));
  side.share = clustered_share(fates);
  return side;
}

}  // namespace

Contrast contrast_of(const std::vector<Complaints>& customers) {
  const Side leavers = side_of(customers, true), stayers = side_of(customers, false);
  Contrast out{.leavers = leavers.share, .stayers = stayers.share};
  out.complaining = leavers.complaining;
  out.complaining_all = leavers.complaining + stayers.complaining;
  if (leavers.of <= 0 || stayers.of <= 0 || leavers.complaining + stayers.complaining <= 0) {
    return out;
  }
  constexpr double k95 = 1.959964;
  const double log_ratio = leavers.log_odds() - stayers.log_odds();
  const double error = std::sqrt(leavers.variance + stayers.variance);
  out.odds = {std::exp(log_ratio), std::exp(log_ratio - k95 * error),
              std::exp(log_ratio + k95 * error)};
  out.p = normal_tail(log_ratio / error);
  return out;
}

}  // namespace xinjing::insight
