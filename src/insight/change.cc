#include "insight/change.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>

namespace xinjing::insight {
namespace {

double total(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// How much more the counts outside [begin, end) vary than a Poisson law would have it; at least 1.
double dispersion(const Series& series, std::size_t begin, std::size_t end, double rate) {
  double chi = 0, steps = 0;
  for (std::size_t i = 0; i < series.count.size(); ++i) {
    const double expected = rate * series.of[i];
    if ((i >= begin && i < end) || expected <= 0) continue;
    chi += (series.count[i] - expected) * (series.count[i] - expected) / expected;
    steps += 1;
  }
  return steps > 2 ? std::max(1.0, chi / (steps - 1)) : 1;
}

/// Kulldorff's log likelihood ratio of one stretch.
double likelihood_ratio(double count, double expected, double all) {
  if (count <= expected || expected <= 0 || all <= expected) return 0;
  const double inside = count * std::log(count / expected);
  const double rest = all - count;
  return inside + (rest > 0 ? rest * std::log(rest / (all - expected)) : 0);
}

/// n ln(n / of), 0 for none.
double entropy(double n, double of) { return n > 0 ? n * std::log(n / of) : 0; }

/// Kulldorff's log likelihood ratio of a stretch with `hits` of `of`, Bernoulli model.
double share_ratio(double hits, double of, double all_hits, double all_of) {
  const double rest = all_of - of, rest_hits = all_hits - hits;
  if (of <= 0 || rest <= 0 || hits * rest <= rest_hits * of) return 0;
  return entropy(hits, of) + entropy(of - hits, of) + entropy(rest_hits, rest) +
         entropy(rest - rest_hits, rest) - entropy(all_hits, all_of) -
         entropy(all_of - all_hits, all_of);
}

struct FoundStretch {
  double ratio = 0, hits = 0, of = 0, tried = 0;
  std::size_t begin = 0, end = 0;
};

FoundStretch find_stretch(std::span<const ShareStep> steps, double all_hits, double all_of) {
  FoundStretch best;
  double tried = 0;
  for (std::size_t begin = 0; begin < steps.size(); ++begin) {
    double hits = 0, of = 0;
    for (std::size_t end = begin; end < steps.size(); ++end) {
      hits += double(steps[end].hits), of += double(steps[end].of);
      if (2 * of > all_of) break;
      tried += 1;
      const double ratio = share_ratio(hits, of, all_hits, all_of);
      if (ratio > best.ratio) best = {ratio, hits, of, 0, begin, end + 1};
    }
  }
  best.tried = tried;
  return best;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const std::size_t middle = values.size() / 2;
  std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(middle), values.end());
  if (values.size() % 2 == 1) return values[middle];
  return (values[middle] +
          *std::max_element(values.begin(), values.begin() + std::ptrdiff_t(middle))) /
         2;
}

/// The variance of Mann's S, ties allowed for.
double variance_of_signs(std::vector<double> values) {
  const auto part = [](double t) { return t * (t - 1) * (2 * t + 5); };
  double variance = part(static_cast<double>(values.size()));
  std::sort(values.begin(), values.end());
  for (std::size_t i = 0; i < values.size();) {
    std::size_t j = i;
    while (j < values.size() && values[j] == values[i]) ++j;
    variance -= part(static_cast<double>(j - i));
    i = j;
  }
  return variance / 18;
}

}  // namespace

std::optional<Burst> strongest_burst(const Series& series, std::size_t longest) {
  const std::size_t steps = series.count.size();
  const double all = total(series.count), room = total(series.of);
  if (steps < 4 || all < 3 || room <= 0) return {};
  std::optional<Burst> best;
  double best_ratio = 0, tried = 0;
  for (std::size_t begin = 0; begin < steps; ++begin) {
    double count = 0, of = 0;
    for (std::size_t end = begin + 1; end <= std::min(steps, begin + longest); ++end) {
      count += series.count[end - 1], of += series.of[end - 1];
      if (of > room / 2) break;  // most of the time is no burst
      tried += 1;
      const double ratio = likelihood_ratio(count, all * of / room, all);
      if (ratio <= best_ratio) continue;
      best_ratio = ratio;
      best = Burst{begin, end, count, of, 1};
    }
  }
  if (!best) return {};
  const double of = best->expected, rate = (all - best->count) / (room - of);
  best->expected = rate * of;
  const double spread = dispersion(series, best->begin, best->end, rate);
  best->p = std::min(1.0, tried * normal_tail(std::sqrt(2 * best_ratio / spread)));
  return best;
}

std::optional<Burst> strongest_stretch(std::span<const ShareStep> steps) {
  constexpr std::size_t kOrders = 999, kMostShuffled = 20'000;
  double hits = 0, of = 0;
  for (const ShareStep& step : steps) hits += double(step.hits), of += double(step.of);
  const FoundStretch found = find_stretch(steps, hits, of);
  if (found.end == 0) return {};
  const double rest = (hits - found.hits) / (of - found.of);
  Burst out{.begin = found.begin, .end = found.end, .count = found.hits};
  out.expected = rest * found.of;
  if (of > double(kMostShuffled)) {
    out.p = std::min(1.0, found.tried * normal_tail(std::sqrt(2 * found.ratio)));
    return out;
  }
  std::vector<std::uint32_t> step_of;  // of each conversation
  for (std::size_t i = 0; i < steps.size(); ++i) {
    step_of.insert(step_of.end(), steps[i].of, std::uint32_t(i));
  }
  std::mt19937_64 random(20261130);
  std::size_t as_much = 1;
  std::vector<ShareStep> drawn(steps.begin(), steps.end());
  for (std::size_t order = 0; order < kOrders; ++order) {
    for (ShareStep& step : drawn) step.hits = 0;
    for (std::size_t i = 0; i < std::size_t(hits); ++i) {
      std::swap(step_of[i], step_of[i + random() % (step_of.size() - i)]);
      ++drawn[step_of[i]].hits;
    }
    as_much += find_stretch(drawn, hits, of).ratio >= found.ratio - 1e-9 ? 1 : 0;
  }
  out.p = double(as_much) / double(kOrders + 1);
  return out;
}

std::optional<Shift> strongest_shift(std::span<const Sums> steps, double least) {
  Sums all;
  for (const Sums& step : steps) all.merge(step);
  std::optional<Shift> best;
  Sums before;
  double tried = 0;
  for (std::size_t at = 1; at < steps.size(); ++at) {
    before.merge(steps[at - 1]);
    Sums after = {all.n - before.n, all.sum - before.sum, all.squares - before.squares};
    if (before.n < least || after.n < least || steps[at].n == 0) continue;
    tried += 1;
    const double error = all.variance() * (1 / before.n + 1 / after.n);
    if (error <= 0) continue;
    const double z = (after.mean() - before.mean()) / std::sqrt(error);
    if (!best || std::abs(z) > std::abs(best->z)) best = Shift{at, before, after, z, 1};
  }
  if (best) best->p = std::min(1.0, tried * 2 * normal_tail(std::abs(best->z)));
  return best;
}

double poisson_tail(double count, double expected) {
  double below = 0, term = std::exp(-expected);
  for (double k = 0; k < count; ++k) below += term, term *= expected / (k + 1);
  return std::max(0.0, 1 - below);
}

namespace {

/// Sums of blocks of steps; a short one at the end is part of the one before it.
std::vector<Sums> blocks_of(std::span<const Sums> steps, std::size_t block) {
  constexpr double kLeast = 5;
  std::vector<Sums> out;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool short_last = steps.size() - i < (block + 1) / 2 && !out.empty();
    if (i % block == 0 && !short_last) out.emplace_back();
    out.back().merge(steps[i]);
  }
  std::erase_if(out, [](const Sums& one) { return one.n < kLeast; });
  return out;
}

}  // namespace

bool holds_to_end(std::span<const Sums> steps, const Shift& shift, std::size_t block) {
  constexpr double kMost = 0.8;
  const double middle = (shift.before.mean() + shift.after.mean()) / 2;
  const auto most = [&](const std::vector<Sums>& blocks, bool above) {
    const auto holding = std::count_if(blocks.begin(), blocks.end(), [&](const Sums& one) {
      return (one.mean() > middle) == above;
    });
    return !blocks.empty() && double(holding) >= kMost * double(blocks.size());
  };
  const bool up = shift.z > 0;
  const auto before = blocks_of(steps.first(shift.at), block);
  const auto after = blocks_of(steps.subspan(shift.at), block);
  return most(before, !up) && most(after, up) && (after.back().mean() > middle) == up;
}

std::optional<Stretch> strongest_level(std::span<const Sums> steps, std::size_t block,
                                       double least) {
  Sums all;
  std::vector<Sums> blocks;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i % block == 0) blocks.emplace_back();
    blocks.back().merge(steps[i]), all.merge(steps[i]);
  }
  std::optional<Stretch> best;
  double tried = 0;
  for (std::size_t begin = 0; begin < blocks.size(); ++begin) {
    Sums inside;
    for (std::size_t end = begin; end < blocks.size(); ++end) {
      inside.merge(blocks[end]);
      const Sums rest = {all.n - inside.n, all.sum - inside.sum, all.squares - inside.squares};
      if (inside.n > rest.n) break;
      if (inside.n < least || rest.n < least) continue;
      tried += 1;
      const double error = all.variance() * (1 / inside.n + 1 / rest.n);
      const double z = error > 0 ? (inside.mean() - rest.mean()) / std::sqrt(error) : 0;
      if (best ? z <= best->z : z <= 0) continue;
      best = Stretch{begin * block, std::min(steps.size(), (end + 1) * block), inside, rest, z, 1};
    }
  }
  if (best) best->p = std::min(1.0, tried * 2 * normal_tail(best->z));
  return best;
}

Trend rank_trend(std::span<const double> values) {
  double signs = 0;
  std::vector<double> slopes;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = i + 1; j < values.size(); ++j) {
      signs += values[j] > values[i] ? 1 : values[j] < values[i] ? -1 : 0;
      slopes.push_back((values[j] - values[i]) / static_cast<double>(j - i));
    }
  }
  const double variance = variance_of_signs({values.begin(), values.end()});
  Trend trend;
  trend.slope = median(std::move(slopes));
  if (variance <= 0) return trend;
  trend.z = (signs - (signs > 0 ? 1 : signs < 0 ? -1 : 0)) / std::sqrt(variance);
  trend.p = std::min(1.0, 2 * normal_tail(std::abs(trend.z)));
  return trend;
}

Trend share_trend(const Series& series) {
  double hits = 0, of = 0, of_t = 0, of_tt = 0, hits_t = 0;
  for (std::size_t i = 0; i < series.of.size(); ++i) {
    const auto t = static_cast<double>(i);
    hits += series.count[i], of += series.of[i];
    hits_t += series.count[i] * t, of_t += series.of[i] * t, of_tt += series.of[i] * t * t;
  }
  Trend trend;
  const double p = of > 0 ? hits / of : 0;
  const double spread = of > 0 ? of_tt - of_t * of_t / of : 0;
  if (p <= 0 || p >= 1 || spread <= 0) return trend;
  trend.slope = (hits_t - p * of_t) / spread;
  double chi = 0, steps = 0;
  for (std::size_t i = 0; i < series.of.size(); ++i) {
    if (series.of[i] <= 0) continue;
    const double fitted =
        std::clamp(p + trend.slope * (static_cast<double>(i) - of_t / of), 0.01, 0.99);
    const double off = series.count[i] - series.of[i] * fitted;
    chi += off * off / (series.of[i] * fitted * (1 - fitted)), steps += 1;
  }
  const double excess = steps > 2 ? std::max(1.0, chi / (steps - 2)) : 1;
  trend.z = trend.slope / std::sqrt(p * (1 - p) / spread * excess);
  trend.p = 2 * normal_tail(std::abs(trend.z));
  return trend;
}

}  // namespace xinjing::insight
