#include "behaviour/buying_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "base/check.h"
#include "base/parallel.h"
#include "behaviour/pareto_likelihood.h"
#include "behaviour/special_functions.h"

namespace xinjing::behaviour {
namespace {

constexpr std::size_t kChunk = 16'384;
constexpr std::string_view kIds[] = {"bg", "mbg", "pareto"};

auto order_of(const BuyingCell& cell) {
  return std::tuple(cell.level, cell.repeats, cell.last_days, cell.age_days);
}

/// The parts of the likelihood that hang on the number of repeats alone, and on a day alone.
struct BetaTables {
  struct Repeats {
    double level = 0;                                    // logarithm of the common factor
    double odds = 0;                                     // logarithm of a / (b + opportunities - 1)
    double of_r = 0, of_a = 0, of_b = 0, against_b = 0;  // slopes; the last of `odds` by b
  };
  std::vector<Repeats> by_repeats;
  std::vector<double> logs;  // of alpha + days / 7
};

BetaTables::Repeats of_repeats(const BuyingParameters& p, int repeats, int opportunities) {
  const double x = repeats, k = opportunities;
  BetaTables::Repeats out;
  out.level = log_gamma(p.r + x) - log_gamma(p.r) + p.r * std::log(p.alpha) + log_gamma(p.b + k) -
              log_gamma(p.b) + log_gamma(p.a + p.b) - log_gamma(p.a + p.b + k);
  out.of_r = digamma(p.r + x) - digamma(p.r) + std::log(p.alpha);
  const double both = digamma(p.a + p.b) - digamma(p.a + p.b + k);
  out.of_a = both;
  out.of_b = both + digamma(p.b + k) - digamma(p.b);
  if (opportunities > 0) {
    out.odds = std::log(p.a) - std::log(p.b + k - 1);
    out.against_b = 1 / (p.b + k - 1);
  }
  return out;
}

BetaTables tables_of(BuyingModel model, const BuyingParameters& p,
                     std::span<const BuyingCell> cells) {
  std::int32_t most = 0, oldest = 0;
  for (const BuyingCell& cell : cells) {
    most = std::max(most, cell.repeats), oldest = std::max(oldest, cell.age_days);
  }
  BetaTables out;
  out.by_repeats.resize(std::size_t(most) + 1);
  std::int32_t done = -1;
  for (const BuyingCell& cell : cells) {  // ascending, so each number comes in one run
    if (cell.repeats == done) continue;
    done = cell.repeats;
    const int opportunities = model == BuyingModel::kMbgNbd ? done + 1 : done;
    out.by_repeats[std::size_t(done)] = of_repeats(p, done, opportunities);
  }
  out.logs.resize(std::size_t(oldest) + 1);
  for (std::size_t d = 0; d < out.logs.size(); ++d) {
    out.logs[d] = std::log(p.alpha + double(d) / kDaysPerWeek);
  }
  return out;
}

struct Sums {
  double value = 0, r = 0, alpha = 0, a = 0, b = 0;
  void add(const Sums& s) { value += s.value, r += s.r, alpha += s.alpha, a += s.a, b += s.b; }
};

/// One cell of BG/NBD (eq. 6 of Fader, Hardie and Lee 2005) or MBG/NBD. Returns the odds of having
/// left as a share.
double add_cell(BuyingModel model, const BuyingParameters& p, const BetaTables& tables,
                const BuyingCell& cell, Sums& sums) {
  const BetaTables::Repeats& x = tables.by_repeats[std::size_t(cell.repeats)];
  const double k = p.r + cell.repeats, n = cell.customers;
  const double at_age = tables.logs[std::size_t(cell.age_days)];
  const double at_last = tables.logs[std::size_t(cell.last_days)];
  double gone = 0, extra = 0;
  if (model == BuyingModel::kMbgNbd || cell.repeats > 0) {
    const double odds = x.odds + k * (at_age - at_last);
    const double small = std::exp(-std::abs(odds));
    gone = odds > 0 ? 1 / (1 + small) : small / (1 + small);
    extra = std::max(odds, 0.0) + std::log1p(small);
  }
  const double age = 1 / (p.alpha + cell.age_days / kDaysPerWeek);
  const double last = 1 / (p.alpha + cell.last_days / kDaysPerWeek);
  sums.value += n * (x.level - k * at_age + extra);
  sums.r += n * (x.of_r - at_age + gone * (at_age - at_last));
  sums.alpha += n * (p.r / p.alpha - k * age + gone * k * (age - last));
  sums.a += n * (x.of_a + gone / p.a);
  sums.b += n * (x.of_b - gone * x.against_b);
  return gone;
}

BuyingLikelihood beta_likelihood(BuyingModel model, const BuyingParameters& p,
                                 std::span<const BuyingCell> cells, std::span<double> alive) {
  const BetaTables tables = tables_of(model, p, cells);
  const std::size_t chunks = (cells.size() + kChunk - 1) / kChunk;
  std::vector<Sums> parts(chunks);
  parallel_for(chunks, 0, [&](std::size_t chunk, std::size_t) {
    const std::size_t end = std::min(cells.size(), (chunk + 1) * kChunk);
    for (std::size_t i = chunk * kChunk; i < end; ++i) {
      const double gone = add_cell(model, p, tables, cells[i], parts[chunk]);
      if (!alive.empty()) alive[i] = 1 - gone;
    }
  });
  Sums sums;
  for (const Sums& part : parts) sums.add(part);
  return {.log_likelihood = sums.value,
          .slope = {p.r * sums.r, p.alpha * sums.alpha, p.a * sums.a, p.b * sums.b}};
}

}  // namespace

std::string_view model_id(BuyingModel model) { return kIds[static_cast<std::size_t>(model)]; }

std::optional<BuyingModel> model_from(std::string_view id) {
  for (std::size_t i = 0; i < std::size(kIds); ++i) {
    if (kIds[i] == id) return static_cast<BuyingModel>(i);
  }
  return {};
}

std::array<double, 4> BuyingParameters::logs() const {
  return {std::log(r), std::log(alpha), std::log(a), std::log(b)};
}

BuyingParameters BuyingParameters::from_logs(std::span<const double> logs) {
  return {std::exp(logs[0]), std::exp(logs[1]), std::exp(logs[2]), std::exp(logs[3])};
}

std::vector<BuyingCell> grouped(std::vector<BuyingCell> cells, std::vector<std::uint32_t>* place) {
  std::vector<std::uint32_t> order(cells.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return order_of(cells[a]) < order_of(cells[b]);
  });
  std::vector<BuyingCell> out;
  if (place != nullptr) place->resize(cells.size());
  for (const std::uint32_t i : order) {
    if (out.empty() || !out.back().same_history(cells[i])) {
      out.push_back(cells[i]);
    } else {
      out.back().customers += cells[i].customers;
    }
    if (place != nullptr) (*place)[i] = std::uint32_t(out.size() - 1);
  }
  return out;
}

BuyingLikelihood likelihood(BuyingModel model, const BuyingParameters& parameters,
                            std::span<const BuyingCell> cells, std::span<double> alive) {
  XINJING_CHECK(alive.empty() || alive.size() == cells.size());
  return model == BuyingModel::kParetoNbd ? pareto_likelihood(parameters, cells, alive)
                                          : beta_likelihood(model, parameters, cells, alive);
}

}  // namespace xinjing::behaviour
