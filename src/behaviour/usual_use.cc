#include "behaviour/usual_use.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/normal.h"
#include "behaviour/median.h"

namespace xinjing::behaviour {
namespace {

constexpr double kToDeviation = 1.4826;  // of a median of |x|, for normal x
constexpr double kOfAll = 4;             // periods' worth of the spread of all
constexpr double kLeastSpread = 0.05;

/// Of the known values; nothing of none. Reorders them.
std::optional<double> median_of(std::vector<double>& values) {
  std::erase_if(values, [](double v) { return std::isnan(v); });
  if (values.empty()) return {};
  return median(values);
}

double sum_of_sizes(const std::vector<double>& rest) {
  double sum = 0;
  for (const double one : rest) sum += std::isnan(one) ? 0 : std::abs(one);
  return sum;
}

/// Takes the median out of `effects` and gives it to the overall.
void centre(std::vector<double>& effects, double& overall) {
  std::vector<double> copy = effects;
  const double middle = median_of(copy).value_or(0);
  for (double& one : effects) one -= middle;
  overall += middle;
}

void sweep_rows(Polished& out) {
  const std::size_t n = out.columns.size();
  std::vector<double> line;
  for (std::size_t r = 0; r < out.rows.size(); ++r) {
    line.assign(out.rest.begin() + std::ptrdiff_t(r * n),
                out.rest.begin() + std::ptrdiff_t((r + 1) * n));
    const double middle = median_of(line).value_or(0);
    for (std::size_t c = 0; c < n; ++c) out.rest[r * n + c] -= middle;
    out.rows[r] += middle;
  }
  centre(out.columns, out.overall);
}

void sweep_columns(Polished& out) {
  const std::size_t n = out.columns.size();
  std::vector<double> line;
  for (std::size_t c = 0; c < n; ++c) {
    line.clear();
    for (std::size_t r = 0; r < out.rows.size(); ++r) line.push_back(out.rest[r * n + c]);
    const double middle = median_of(line).value_or(0);
    for (std::size_t r = 0; r < out.rows.size(); ++r) out.rest[r * n + c] -= middle;
    out.columns[c] += middle;
  }
  centre(out.rows, out.overall);
}

constexpr std::size_t kMostMeters = 20'000;
constexpr std::size_t kFewestPeriods = 3;

/// Periods that a logarithm can be taken of.
std::size_t useful(std::span<const UsePeriod> periods) {
  return std::size_t(std::ranges::count_if(periods, [](const auto& p) { return p.kwh > 0; }));
}

std::vector<std::span<const UsePeriod>> chosen(std::span<const std::span<const UsePeriod>> meters) {
  std::vector<std::span<const UsePeriod>> out;
  for (const auto& one : meters) {
    if (useful(one) >= kFewestPeriods) out.push_back(one);
  }
  if (out.size() <= kMostMeters) return out;
  for (std::size_t i = 0; i < kMostMeters; ++i) out[i] = out[i * out.size() / kMostMeters];
  out.resize(kMostMeters);
  return out;
}

}  // namespace

Polished median_polish(std::vector<double> values, std::size_t columns, int rounds,
                       double tolerance) {
  Polished out;
  out.columns.assign(columns, 0);
  out.rows.assign(columns == 0 ? 0 : values.size() / columns, 0);
  out.rest = std::move(values);
  double before = 0;
  for (int round = 0; round < rounds; ++round) {
    sweep_rows(out);
    sweep_columns(out);
    const double now = sum_of_sizes(out.rest);
    if (now == 0 || std::abs(now - before) < tolerance * now) break;
    before = now;
  }
  return out;
}

Seasons Seasons::of(std::span<const std::span<const UsePeriod>> meters) {
  Seasons out;
  const auto taken = chosen(meters);
  if (taken.size() < kFewestMeters) return out;
  int first = std::numeric_limits<int>::max(), last = std::numeric_limits<int>::min();
  for (const auto& one : taken) {
    for (const UsePeriod& period : one) {
      first = std::min(first, period.month());
      last = std::max(last, period.month());
    }
  }
  const auto columns = std::size_t(last - first) + 1;
  std::vector<double> table(taken.size() * columns, std::numeric_limits<double>::quiet_NaN());
  std::vector<std::size_t> seen(columns);
  for (std::size_t r = 0; r < taken.size(); ++r) {
    for (const UsePeriod& period : taken[r]) {
      if (period.kwh <= 0) continue;
      const auto c = std::size_t(period.month() - first);
      table[r * columns + c] = std::log(period.per_day());
      ++seen[c];
    }
  }
  const Polished polished = median_polish(std::move(table), columns);
  for (std::size_t c = 0; c < columns; ++c) {
    if (seen[c] >= kFewestMeters) out.x_log[first + int(c)] = polished.columns[c];
  }
  std::vector<double> sizes;
  for (const double one : polished.rest) sizes.push_back(std::abs(one));
  out.x_spread = std::max(kLeastSpread, kToDeviation * median_of(sizes).value_or(0));
  return out;
}

double Seasons::log_of(int month) const {
  const auto found = x_log.find(month);
  return found == x_log.end() ? 0 : found->second;
}

double student_95(double degrees) {
  const double z = kNormal90;
  const double z2 = z * z, z3 = z2 * z, z5 = z3 * z2, z7 = z5 * z2;
  const double v = std::max(1.0, degrees);
  return z + (z3 + z) / (4 * v) + (5 * z5 + 16 * z3 + 3 * z) / (96 * v * v) +
         (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * v * v * v);
}

std::optional<UnusualUse> usual_use(std::span<const UsePeriod> earlier, const UsePeriod& period,
                                    const Seasons& seasons, const UsualOptions& options) {
  std::vector<double> logs;
  UnusualUse out{.period = period};
  for (const UsePeriod& one : earlier) {
    if (one.kwh > 0) logs.push_back(std::log(one.per_day()) - seasons.log_of(one.month()));
    if (one.month() == period.month() - 12) out.last_year = one.per_day() * period.days;
  }
  if (int(logs.size()) < options.fewest) return {};
  const auto n = double(logs.size());
  const double level = *median_of(logs);
  for (double& one : logs) one = std::abs(one - level);
  const double own = kToDeviation * *median_of(logs);
  const double all = seasons.spread();
  const double spread =
      std::max(kLeastSpread, std::sqrt((kOfAll * all * all + n * own * own) / (kOfAll + n)));
  const double reach = student_95(kOfAll + n - 1) * spread * std::sqrt(1 + 1 / n);
  const double centre = level + seasons.log_of(period.month());
  out.usual = std::exp(centre) * period.days;
  out.low = std::exp(centre - reach) * period.days;
  out.high = std::exp(centre + reach) * period.days;
  out.before = int(logs.size());
  return out;
}

std::vector<UnusualUse> unusual_use(std::span<const UsePeriod> periods, const Seasons& seasons,
                                    Day since, const UsualOptions& options) {
  std::vector<UnusualUse> out;
  std::vector<UsePeriod> earlier;
  for (const UsePeriod& period : periods) {
    const auto found = usual_use(earlier, period, seasons, options);
    const bool unusual = [&] {
      if (!found) return false;
      const double kwh = period.kwh;
      if (kwh >= found->low && kwh <= found->high) return false;
      if (!seasons.known() && found->last_year && kwh < *found->last_year * options.times &&
          kwh * options.times > *found->last_year) {
        return false;  // without neighbours last year tells what is only the season
      }
      if (std::abs(kwh - found->usual) * 30 < options.extra_kwh * period.days) return false;
      return found->ratio() >= options.times || found->ratio() * options.times <= 1;
    }();
    if (unusual && period.first >= since) out.push_back(*found);
    if (!unusual) earlier.push_back(period);
  }
  return out;
}

}  // namespace xinjing::behaviour
