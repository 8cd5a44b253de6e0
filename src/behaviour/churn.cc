#include "behaviour/churn.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tuple>

#include "base/format.h"
#include "base/hash.h"
#include "base/parallel.h"

namespace xinjing::behaviour {
namespace {

using Which = std::vector<std::uint32_t>;

constexpr std::array kRidges = {300.0, 100.0, 30.0, 10.0, 3.0, 1.0};
constexpr std::size_t kEventsATerm = 5;     // for numbers to bend (Vittinghoff and McCulloch 2007)
constexpr std::size_t kFewestToJudge = 10;  // leavers, and stayers, of a day
constexpr std::uint64_t kFoldSeed = 0x63687572;

/// All rows, those of one customer together, whatever order they came in.
Which ordered(const ChurnRows& rows) {
  Which out(rows.size());
  std::iota(out.begin(), out.end(), 0U);
  std::stable_sort(out.begin(), out.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(rows.who[a], rows.at[a], rows.left[a]) <
           std::tuple(rows.who[b], rows.at[b], rows.left[b]);
  });
  return out;
}

template <typename Keep>
Which those(const Which& rows, Keep keep) {
  Which out;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(out), keep);
  return out;
}

struct Trained {
  Design design{};
  HazardFit fit{};
  double ridge = 0;
};

/// The ridge whose likelihood, less the freedom it takes (Takeuchi 1976), is best.
Trained train(const ChurnRows& rows, const Which& which, Link link) {
  Trained out{.design = Design::of(rows.x, which)};
  std::size_t events_in = 0;
  for (const std::uint32_t row : which) events_in += rows.left[row];
  const std::size_t rarer = std::min(events_in, which.size() - events_in);
  if (rarer < kEventsATerm * out.design.terms().size()) {
    out.design = Design::of(rows.x, which, false);
  }
  const Rows x = out.design.rows(rows.x, which);
  std::vector<double> events;
  std::vector<std::uint64_t> who;
  for (const std::uint32_t row : which) {
    events.push_back(rows.left[row]);
    who.push_back(rows.who[row]);
  }
  const HazardData data{x, events, {}};
  double best = 0;
  std::vector<double> start;
  for (const double ridge : kRidges) {
    std::vector<double> penalty(x.columns, ridge);
    penalty[0] = 0;
    HazardFit fit = fit_hazard(data, penalty, link, start);
    start = fit.beta;
    const double cost = fit.deviance() + 2 * clustered(data, fit, link, who).freedom;
    if (out.ridge != 0 && cost >= best) break;
    best = cost;
    out.fit = std::move(fit);
    out.ridge = ridge;
  }
  return out;
}

/// The sums of rows of x by a model of others.
std::vector<double> sums_of(const Trained& model, const ChurnRows& rows, const Which& which) {
  const Rows x = model.design.rows(rows.x, which);
  std::vector<double> out;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto row = x[i];
    out.push_back(std::inner_product(row.begin(), row.end(), model.fit.beta.begin(), 0.0));
  }
  return out;
}

struct Platt {
  double offset = 0, slope = 1;
};

/// A line from sums to sums under which what happened is most likely (Platt 1999). Sums that rank
/// no better than chance are all taken to the base rate.
Platt platt(const std::vector<double>& sums, const std::vector<double>& events, Link link) {
  Rows x{.columns = 2};
  for (const double sum : sums) x.cells.insert(x.cells.end(), {1.0, sum});
  const HazardFit fit = fit_hazard({x, events, {}}, std::array{0.0, 1e-6}, link);
  if (fit.beta[1] > 0) return {fit.beta[0], fit.beta[1]};
  const Rows one{.columns = 1, .cells = std::vector<double>(sums.size(), 1.0)};
  return {fit_hazard({one, events, {}}, std::array{0.0}, link).beta[0], 0};
}

double by_horizon(double hazard, double periods) {
  return periods == 1 ? hazard : 1 - std::pow(1 - hazard, periods);
}

Said too_few_words(std::size_t leavers, std::size_t stayers) {
  return {fmt::format("{} customers who left and {} who stayed are too few to learn from: {} of "
                      "each are needed",
                      leavers, stayers, kFewestLeavers),
          fmt::format("离开的客户 {} 位、留下的 {} 位，太少，学不出规律：各需至少 {} 位", leavers,
                      stayers, kFewestLeavers)};
}

struct People {
  std::size_t all = 0;
  std::size_t left = 0;    // with a row in which they left
  std::size_t stayed = 0;  // with a row in which they stayed
  bool enough() const { return left >= kFewestLeavers && stayed >= kFewestLeavers; }
};

People count_people(const ChurnRows& rows, const Which& which) {
  People out;
  bool left = false, stayed = false;
  for (std::size_t i = 0; i < which.size(); ++i) {
    (rows.left[which[i]] != 0 ? left : stayed) = true;
    if (i + 1 < which.size() && rows.who[which[i + 1]] == rows.who[which[i]]) continue;
    ++out.all;
    out.left += left;
    out.stayed += stayed;
    left = stayed = false;
  }
  return out;
}

/// Of a sum out of the fold, by the calibration of the other folds.
struct OutOfFold {
  Which rows;               // all, ordered
  std::vector<double> sum;  // parallel
  std::vector<std::size_t> fold;
};

OutOfFold out_of_fold(const ChurnRows& rows, const Which& all, const ChurnOptions& options,
                      Trained& whole) {
  OutOfFold out{all, std::vector<double>(all.size()), std::vector<std::size_t>(all.size())};
  for (std::size_t i = 0; i < all.size(); ++i) {
    out.fold[i] = std::size_t(mix64(rows.who[all[i]] ^ kFoldSeed) % options.folds);
  }
  parallel_for(options.folds + 1, 0, [&](std::size_t fold, std::size_t) {
    if (fold == options.folds) {
      whole = train(rows, all, options.link);
      return;
    }
    Which others, mine;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < all.size(); ++i) {
      (out.fold[i] == fold ? mine : others).push_back(all[i]);
      if (out.fold[i] == fold) places.push_back(i);
    }
    if (mine.empty() || others.empty()) return;
    const std::vector<double> sums = sums_of(train(rows, others, options.link), rows, mine);
    for (std::size_t i = 0; i < places.size(); ++i) out.sum[places[i]] = sums[i];
  });
  return out;
}

Platt platt_without(const ChurnRows& rows, const OutOfFold& out, std::size_t left_out, Link link) {
  std::vector<double> sums, events;
  for (std::size_t i = 0; i < out.rows.size(); ++i) {
    if (out.fold[i] == left_out) continue;
    sums.push_back(out.sum[i]);
    events.push_back(rows.left[out.rows[i]]);
  }
  return platt(sums, events, link);
}

void judge(const ChurnRows& rows, const OutOfFold& out, const ChurnOptions& options,
           ChurnStudy& study) {
  const double periods = study.model.periods;
  std::vector<Platt> by_fold;
  for (std::size_t fold = 0; fold < options.folds; ++fold) {
    by_fold.push_back(platt_without(rows, out, fold, options.link));
  }
  for (std::size_t i = 0; i < out.rows.size(); ++i) {
    const std::uint32_t row = out.rows[i];
    if (rows.by_horizon[row] < 0) continue;
    const Platt& line = by_fold[out.fold[i]];
    const auto put = [&](Judged& to, double sum) {
      to.p.push_back(by_horizon(probability_of(options.link, sum), periods));
      to.event.push_back(std::uint8_t(rows.by_horizon[row]));
      to.who.push_back(rows.who[row]);
    };
    put(study.cross, line.offset + line.slope * out.sum[i]);
    put(study.raw, out.sum[i]);
    study.cross_rows.push_back(row);
  }
}

/// Trained on periods that had ended when the last day with a known end came.
void look_forward(const ChurnRows& rows, const Which& all, const ChurnOptions& options,
                  ChurnStudy& study) {
  const Which known = those(all, [&](std::uint32_t row) { return rows.by_horizon[row] >= 0; });
  if (known.empty()) return;
  std::int32_t last = rows.at[known.front()];
  for (const std::uint32_t row : known) last = std::max(last, rows.at[row]);
  const Which before =
      those(all, [&](std::uint32_t row) { return rows.at[row] + options.period_days <= last; });
  const Which test = those(known, [&](std::uint32_t row) { return rows.at[row] == last; });
  const auto gone = std::count_if(test.begin(), test.end(),
                                  [&](std::uint32_t row) { return rows.by_horizon[row] == 1; });
  if (std::size_t(std::min(gone, std::ptrdiff_t(test.size()) - gone)) < kFewestToJudge) return;
  if (!count_people(rows, before).enough()) return;
  const std::vector<double> sums = sums_of(train(rows, before, options.link), rows, test);
  for (std::size_t i = 0; i < test.size(); ++i) {
    study.forward.p.push_back(
        by_horizon(probability_of(options.link, sums[i]), study.model.periods));
    study.forward.event.push_back(std::uint8_t(rows.by_horizon[test[i]]));
    study.forward.who.push_back(rows.who[test[i]]);
  }
  study.forward_at = last;
  for (std::size_t i = 0; i < study.cross_rows.size(); ++i) {
    if (rows.at[study.cross_rows[i]] != last) continue;
    study.last_day.p.push_back(study.cross.p[i]);
    study.last_day.event.push_back(study.cross.event[i]);
    study.last_day.who.push_back(study.cross.who[i]);
  }
}

}  // namespace

double ChurnModel::risk(const Covariates& x, std::uint32_t row) const {
  const Rows cells = design.rows(x, std::array{row});
  const auto line = cells[0];
  const double sum = std::inner_product(line.begin(), line.end(), fit.beta.begin(), 0.0);
  return by_horizon(probability_of(link, offset + slope * sum), periods);
}

std::vector<double> ChurnModel::parts(const Covariates& x, std::uint32_t row) const {
  std::vector<double> out = design.parts(x, row, fit.beta);
  for (double& part : out) part *= slope;
  return out;
}

Result<ChurnStudy> study_churn(const ChurnRows& rows, const ChurnOptions& options) {
  const Which all = ordered(rows);
  ChurnStudy out;
  const People people = count_people(rows, all);
  out.customers = people.all;
  out.leavers = people.left;
  if (!people.enough()) {
    return fail(ErrorCode::kBadInput, too_few_words(people.left, people.stayed));
  }
  Trained whole;
  const OutOfFold folds = out_of_fold(rows, all, options, whole);
  const Platt line = platt_without(rows, folds, options.folds, options.link);
  out.model = {.design = std::move(whole.design),
               .fit = std::move(whole.fit),
               .ridge = whole.ridge,
               .offset = line.offset,
               .slope = line.slope,
               .link = options.link,
               .periods = double(options.horizon_days) / options.period_days};
  judge(rows, folds, options, out);
  if (options.forward) look_forward(rows, all, options, out);
  out.weight.assign(rows.x.columns.size(), 0);
  for (const std::uint32_t row : all) {
    const std::vector<double> parts = out.model.parts(rows.x, row);
    for (std::size_t c = 0; c < parts.size(); ++c) {
      out.weight[c] += std::abs(parts[c]) / double(all.size());
    }
  }
  return out;
}

}  // namespace xinjing::behaviour
