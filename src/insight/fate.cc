#include "insight/fate.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace xinjing::insight {
namespace {

constexpr std::size_t kOrders = 1'999;
constexpr std::size_t kMostShuffled = 20'000;

/// Residuals of the conversations under one share for all, in order of time.
struct Residuals {
  std::vector<double> off, told;
  double variance = 0;
  double all_told = 0;
};

double share_of(double failed, double told) { return told > 0 ? failed / told : 0; }

Residuals residuals_of(std::span<const Fate> fates) {
  Residuals out;
  Fate sum;
  for (const Fate& one : fates) {
    sum.failed += one.failed, sum.told += one.told;
    sum.other_failed += one.other_failed, sum.other_told += one.other_told;
  }
  out.all_told = sum.told + sum.other_told;
  const double share = share_of(sum.failed, sum.told);
  const double other = share_of(sum.other_failed, sum.other_told);
  out.off.reserve(fates.size()), out.told.reserve(fates.size());
  for (const Fate& one : fates) {
    const double off = one.failed - share * one.told + one.other_failed - other * one.other_told;
    out.off.push_back(off), out.told.push_back(one.told + one.other_told);
    out.variance += off * off;
  }
  return out;
}

/// How far a z goes in the way that is looked for.
double size_of(double z, Way way) {
  return way == Way::kEither ? std::abs(z) : way == Way::kLess ? -z : z;
}

/// The z of largest size over the cuts (numbers of conversations before each), and which.
std::pair<double, std::size_t> strongest(const Residuals& all, std::span<const std::size_t> order,
                                         std::span<const std::size_t> cuts, double least, Way way) {
  double best = 0, off = 0, told = 0;
  std::size_t which = cuts.size(), at = 0;
  for (std::size_t c = 0; c < cuts.size(); ++c) {
    for (; at < cuts[c]; ++at) off += all.off[order[at]], told += all.told[order[at]];
    const double rest = all.all_told - told;
    if (told < least || rest < least) continue;
    const double variance = all.variance * told * rest / (all.all_told * all.all_told);
    const double z = variance > 0 ? -off / std::sqrt(variance) : 0;
    if (which == cuts.size() || size_of(z, way) > size_of(best, way)) best = z, which = c;
  }
  return {best, which};
}

}  // namespace

Interval clustered_share(std::span<const Fate> fates) {
  double failed = 0, told = 0, n = 0;
  for (const Fate& one : fates) failed += one.failed, told += one.told, n += one.told > 0 ? 1 : 0;
  if (told <= 0) return share_interval(0, 0);
  const double share = std::min(1.0, failed / told);
  double squares = 0;
  for (const Fate& one : fates) {
    const double off = one.failed - share * one.told;
    squares += off * off;
  }
  const double plain = share * (1 - share) * told;
  const double effect = plain > 0 && n > 1 ? std::max(1.0, squares * n / (n - 1) / plain) : 1;
  return share_interval(share * told / effect, told / effect);
}

std::optional<FateShift> strongest_fate_shift(std::span<const Fate> fates,
                                              std::span<const Day> cuts, double least, Way way) {
  std::vector<Fate> sorted(fates.begin(), fates.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Fate& a, const Fate& b) { return a.day < b.day; });
  std::vector<std::size_t> places;
  for (const Day& cut : cuts) {
    const auto first = std::partition_point(sorted.begin(), sorted.end(),
                                            [&](const Fate& one) { return one.day < cut; });
    places.push_back(std::size_t(first - sorted.begin()));
  }
  const Residuals all = residuals_of(sorted);
  std::vector<std::size_t> order(sorted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto [z, which] = strongest(all, order, places, least, way);
  if (which == places.size() || size_of(z, way) <= 0) return {};
  FateShift out{.at = cuts[which], .z = z};
  double off_before = 0, off_after = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const bool before = i < places[which];
    (before ? out.failed_before : out.failed_after) += sorted[i].failed + sorted[i].other_failed;
    (before ? out.told_before : out.told_after) += all.told[i];
    (before ? off_before : off_after) += all.off[i];
  }
  out.change = share_of(off_after, out.told_after) - share_of(off_before, out.told_before);
  if (sorted.size() > kMostShuffled) {
    const double sides = way == Way::kEither ? 2 : 1;
    out.p = std::min(1.0, sides * double(cuts.size()) * normal_tail(size_of(z, way)));
    return out;
  }
  std::mt19937_64 random(20261130);
  std::size_t as_much = 1;
  for (std::size_t i = 0; i < kOrders; ++i) {
    for (std::size_t j = order.size(); j > 1; --j) std::swap(order[j - 1], order[random() % j]);
    as_much +=
        size_of(strongest(all, order, places, least, way).first, way) >= size_of(z, way) - 1e-12
            ? 1
            : 0;
  }
  out.p = double(as_much) / double(kOrders + 1);
  return out;
}

}  // namespace xinjing::insight
