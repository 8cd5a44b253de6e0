#include "behaviour/recommend_trial.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace xinjing::behaviour {
namespace {

constexpr int kLeastWindow = 7;
constexpr int kMostWindow = 60;
constexpr int kWindowsInHistory = 8;
constexpr int kDaysNeeded = 4 * kLeastWindow;
constexpr std::size_t kPeopleAtOnce = 64;

std::uint64_t mixed(std::uint64_t z) {
  z += 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

/// People and what they bought in a window.
struct Judged {
  std::vector<std::int32_t> people;
  std::vector<std::vector<std::int32_t>> truth;  // parallel; distinct, ascending
  std::int64_t of = 0;                           // people before sampling
};

Judged judged_in(const Baskets& window, int most) {
  Judged out;
  std::vector<std::pair<std::uint64_t, std::int32_t>> drawn;
  for (std::int32_t person = 0; person < window.persons(); ++person) {
    if (!window.of(person).empty()) drawn.emplace_back(mixed(std::uint64_t(person)), person);
  }
  out.of = std::int64_t(drawn.size());
  if (drawn.size() > std::size_t(most)) {
    std::nth_element(drawn.begin(), drawn.begin() + most, drawn.end());
    drawn.resize(std::size_t(most));
  }
  for (const auto& [key, person] : drawn) out.people.push_back(person);
  std::sort(out.people.begin(), out.people.end());
  for (const std::int32_t person : out.people) {
    const auto lines = window.of(person);
    out.truth.push_back(distinct_products(lines, int(lines.size())));
  }
  return out;
}

bool in_first_half(std::int32_t person) { return (mixed(std::uint64_t(person) + 77) & 1) == 0; }

/// Rows for the two regressions.
struct Lessons {
  std::vector<Features> rows;
  std::vector<std::uint8_t> labels;
};

BlendWeights fitted_weights(const Recommender& model, const Judged& judged) {
  Lessons before;
  Lessons fresh;
  auto scratch = model.scratch();
  for (std::size_t i = 0; i < judged.people.size(); ++i) {
    if (!in_first_half(judged.people[i])) continue;
    model.find_candidates(judged.people[i], scratch);
    for (const auto& one : scratch.candidates) {
      Lessons& to = one.before ? before : fresh;
      to.rows.push_back(one.features);
      to.labels.push_back(std::ranges::binary_search(judged.truth[i], one.product) ? 1 : 0);
    }
  }
  return {.before = fit_logistic(before.rows, before.labels, default_weights().before),
          .fresh = fit_logistic(fresh.rows, fresh.labels, default_weights().fresh),
          .fitted = true};
}

/// What was bought that was not bought before.
std::vector<std::int32_t> new_ones(std::span<const std::int32_t> truth,
                                   std::span<const Bought> lines) {
  const auto known = distinct_products(lines, int(lines.size()));
  std::vector<std::int32_t> out;
  std::set_difference(truth.begin(), truth.end(), known.begin(), known.end(),
                      std::back_inserter(out));
  return out;
}

struct Judge {
  const Recommender& model;
  const BlendWeights& weights;
  const Judged& judged;
  int k;
  bool second_half_only;

  MethodFigures figures(Method method, Among among) const;
};

MethodFigures Judge::figures(Method method, Among among) const {
  const std::size_t n = judged.people.size();
  std::vector<std::vector<std::int32_t>> ranked(n);
  std::vector<Recommender::Scratch> scratch(core_count(), model.scratch());
  parallel_for((n + kPeopleAtOnce - 1) / kPeopleAtOnce, scratch.size(),
               [&](std::size_t task, std::size_t worker) {
                 const std::size_t end = std::min(n, (task + 1) * kPeopleAtOnce);
                 for (std::size_t i = task * kPeopleAtOnce; i < end; ++i) {
                   for (const Recommendation& one :
                        model.rank(method, judged.people[i], among, k, weights, scratch[worker])) {
                     ranked[i].push_back(one.product);
                   }
                 }
               });
  MethodFigures out{.method = method};
  std::vector<bool> told(std::size_t(model.baskets().products()));
  for (std::size_t i = 0; i < n; ++i) {
    const std::int32_t person = judged.people[i];
    if (second_half_only && in_first_half(person)) continue;
    for (const std::int32_t product : ranked[i]) {
      out.products += told[std::size_t(product)] ? 0 : 1;
      told[std::size_t(product)] = true;
    }
    const auto lines = model.baskets().of(person);
    const auto truth = among == Among::kNew ? new_ones(judged.truth[i], lines) : judged.truth[i];
    if (truth.empty()) continue;
    out.all.add(ranked[i], truth, k);
    (basket_count(lines) < 2 ? out.cold : out.warm).add(ranked[i], truth, k);
  }
  return out;
}

std::vector<Method> methods_of(const TrialOptions& options) {
  std::vector<Method> out;
  for (std::size_t m = 0; m < kMethodIds.size(); ++m) {
    if (Method(m) != Method::kFactors || options.recommend.use_factors) out.push_back(Method(m));
  }
  return out;
}

/// The method of the highest NDCG in the half that nothing was fitted on; of equals the simpler.
TaskFigures chosen_in(const Judge& validation, const std::vector<Method>& methods, Among among) {
  TaskFigures out;
  for (const Method method : methods) {
    // What somebody bought already is no answer where only new products are asked for.
    if (among == Among::kNew && (method == Method::kOften || method == Method::kAgain)) continue;
    out.methods.push_back({.method = method});
    out.methods.back().validation = validation.figures(method, among).all.ndcg.mean();
  }
  const auto best = std::max_element(
      out.methods.begin(), out.methods.end(),
      [](const MethodFigures& a, const MethodFigures& b) { return a.validation < b.validation; });
  out.chosen = best->method;
  return out;
}

void judge(const Judge& test, Among among, TaskFigures& task) {
  for (MethodFigures& one : task.methods) {
    const double validation = one.validation;
    one = test.figures(one.method, among);
    one.validation = validation;
  }
}

std::int64_t products_in(const Baskets& baskets) {
  std::vector<bool> seen(std::size_t(baskets.products()));
  std::int64_t out = 0;
  for (std::int32_t person = 0; person < baskets.persons(); ++person) {
    for (const Bought& line : baskets.of(person)) {
      out += seen[std::size_t(line.product)] ? 0 : 1;
      seen[std::size_t(line.product)] = true;
    }
  }
  return out;
}

}  // namespace

void RankFigures::add(std::span<const std::int32_t> ranked, std::span<const std::int32_t> truth,
                      int k) {
  double gain = 0;
  double best = 0;
  double found = 0;
  double first = 0;
  for (std::size_t i = 0; i < std::min(ranked.size(), std::size_t(k)); ++i) {
    if (!std::ranges::binary_search(truth, ranked[i])) continue;
    gain += 1 / std::log2(double(i) + 2);
    found += 1;
    if (first == 0) first = 1 / (double(i) + 1);
  }
  for (std::size_t i = 0; i < std::min(truth.size(), std::size_t(k)); ++i) {
    best += 1 / std::log2(double(i) + 2);
  }
  hit.add(found > 0 ? 1 : 0);
  recall.add(found / double(truth.size()));
  ndcg.add(gain / best);
  mrr.add(first);
}

int window_for(int days) { return std::clamp(days / kWindowsInHistory, kLeastWindow, kMostWindow); }

TrialResult run_trial(const Purchases& purchases, Day until, const TrialOptions& options) {
  TrialResult out;
  const Day always{INT32_MIN};
  const Baskets all = purchases.between(always, until);
  if (all.lines() == 0) return out;
  Trial trial{.until = until};
  out.few.days = until.number - all.first_day().number;
  trial.window_days = options.recommend.window_days;
  trial.test_from = {until.number - trial.window_days};
  trial.validation_from = {trial.test_from.number - trial.window_days};
  const Judged validation =
      judged_in(purchases.between(trial.validation_from, trial.test_from), options.most_people);
  const Judged test = judged_in(purchases.between(trial.test_from, until), options.most_people);
  out.few.people_in_validation = validation.of;
  out.few.people_in_test = test.of;
  if (out.few.days < std::max(kDaysNeeded, 4 * trial.window_days) ||
      std::min(validation.of, test.of) < options.people_at_least) {
    return out;
  }
  const auto methods = methods_of(options);
  {
    const Baskets history = purchases.between(always, trial.validation_from);
    const Recommender model(history, {trial.validation_from.number - 1}, options.recommend);
    trial.weights = fitted_weights(model, validation);
    const Judge judge{model, trial.weights, validation, options.k, true};
    trial.any = chosen_in(judge, methods, Among::kAny);
    trial.fresh = chosen_in(judge, methods, Among::kNew);
  }
  const Baskets history = purchases.between(always, trial.test_from);
  const Recommender model(history, {trial.test_from.number - 1}, options.recommend);
  const Judge final{model, trial.weights, test, options.k, false};
  judge(final, Among::kAny, trial.any);
  judge(final, Among::kNew, trial.fresh);
  trial.people_tested = std::int64_t(test.people.size());
  trial.people_in_test = test.of;
  trial.people_fitted = std::int64_t(validation.people.size());
  trial.products = products_in(history);
  out.trial = std::move(trial);
  return out;
}

}  // namespace xinjing::behaviour
