#include "learn/continuation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <mutex>
#include <numeric>

#include "base/format.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "learn/linear_fit.h"
#include "learn/own_units.h"

namespace xinjing::learn {
namespace {

using language::HeadKind;
using language::ScoreHead;

constexpr float kLeastSlope = 1e-3F;
constexpr double kLeastP = 1e-9;
constexpr std::size_t kInnerFolds = 3;

/// How far from the prior weights may go; the first is not at all.
struct Choice {
  bool learns = false;
  bool by_words = false;  // false: only how often each state holds
  double l2 = 1;
};
constexpr auto kChoices = std::to_array<Choice>({{},
                                                 {true, false, 2},
                                                 {true, false, 16},
                                                 {true, true, 2},
                                                 {true, true, 8},
                                                 {true, true, 32},
                                                 {true, true, 128}});

/// The units of a head that have a label.
struct HeadTask {
  const ScoreHead* head = nullptr;
  const OwnUnits* units = nullptr;
  std::vector<std::uint32_t> rows;    // of the units
  std::vector<std::uint32_t> groups;  // of each row: conversations of one group stay together
  std::vector<float> targets;         // rows x states
  std::vector<float> weights;         // of each row
  std::vector<float> odds;            // rows x states: what the base says, calibrated

  std::size_t states() const { return head->head.states.size(); }
  /// Of several states: the log-odds by which the model's sums lean to saying state `k`.
  float lean(std::size_t k) const {
    const bool leans = head->head.kind == HeadKind::kSeveral && !head->head.lean.empty();
    return leans ? head->head.lean[k] : 0.0F;
  }
  std::span<const float> target(std::size_t i) const {
    return std::span(targets).subspan(i * states(), states());
  }
};

using Picked = std::vector<std::uint32_t>;  // indices into HeadTask::rows

/// What is added to the odds: features x states.
struct Delta {
  std::vector<float> weights;
  bool by_words = false;
};

Delta fit(const HeadTask& task, const Picked& picked, const Choice& choice) {
  Delta delta{.weights = {}, .by_words = choice.by_words};
  if (!choice.learns) return delta;
  const std::size_t states = task.states();
  const bool several = task.head->head.kind == HeadKind::kSeveral;
  FitTask fit_task{.outputs = static_cast<std::uint32_t>(states),
                   .link = several ? Link::kSigmoid : Link::kSoftmax,
                   .l2 = choice.l2,
                   .iterations = 60,
                   .tolerance = 1e-3,
                   .has_bias = false};
  SparseRows constant;  // the last column alone
  const OwnUnits& units = *task.units;
  std::vector<std::uint32_t> rows;
  std::vector<float> offset;
  for (const std::uint32_t i : picked) {
    rows.push_back(task.rows[i]);
    const auto target = task.target(i);
    fit_task.target.insert(fit_task.target.end(), target.begin(), target.end());
    fit_task.weight.insert(fit_task.weight.end(), several ? states : 1, task.weights[i]);
    const auto odds = task.odds.begin() + static_cast<std::ptrdiff_t>(i * states);
    offset.insert(offset.end(), odds, odds + static_cast<std::ptrdiff_t>(states));
    if (choice.by_words) continue;
    constant.add(0, units.x.values(task.rows[i]).back());
    constant.end_row();
    rows.back() = static_cast<std::uint32_t>(rows.size() - 1);
  }
  fit_task.x = choice.by_words ? &units.x : &constant;
  fit_task.features =
      choice.by_words ? static_cast<std::uint32_t>(units.features.size()) : std::uint32_t{1};
  fit_task.rows = rows;
  fit_task.offset = offset;
  delta.weights = fit_linear(fit_task).weights;
  return delta;
}

/// The odds of one labelled unit after learning.
void put_odds(const HeadTask& task, std::size_t i, const Delta& delta, std::span<float> odds) {
  const std::size_t states = task.states();
  std::copy_n(task.odds.begin() + static_cast<std::ptrdiff_t>(i * states), states, odds.begin());
  if (delta.weights.empty()) return;
  const auto columns = task.units->x.columns(task.rows[i]);
  const auto values = task.units->x.values(task.rows[i]);
  const auto add = [&](std::size_t column, float value) {
    for (std::size_t k = 0; k < states; ++k) odds[k] += value * delta.weights[column * states + k];
  };
  if (!delta.by_words) return add(0, values.back());
  for (std::size_t c = 0; c < columns.size(); ++c) add(columns[c], values[c]);
}

void to_probabilities(const HeadTask& task, std::span<float> odds) {
  if (task.head->head.kind == HeadKind::kSeveral) {
    for (float& z : odds) z = 1 / (1 + std::exp(-z));
    return;
  }
  const float top = *std::max_element(odds.begin(), odds.end());
  float sum = 0;
  for (float& z : odds) sum += z = std::exp(z - top);
  for (float& z : odds) z /= sum;
}

double loss(const HeadTask& task, std::size_t i, std::span<const float> p) {
  const auto target = task.target(i);
  const bool several = task.head->head.kind == HeadKind::kSeveral;
  double sum = 0;
  for (std::size_t k = 0; k < p.size(); ++k) {
    sum -= target[k] * std::log(std::max<double>(p[k], kLeastP));
    if (several) sum -= (1 - target[k]) * std::log(std::max<double>(1 - p[k], kLeastP));
  }
  return several ? sum / static_cast<double>(p.size()) : sum;
}

double mean_loss(const HeadTask& task, const Picked& picked, const Delta& delta) {
  std::vector<float> p(task.states());
  double sum = 0;
  for (const std::uint32_t i : picked) {
    put_odds(task, i, delta, p);
    to_probabilities(task, p);
    sum += loss(task, i, p);
  }
  return sum / static_cast<double>(std::max<std::size_t>(1, picked.size()));
}

std::size_t fold_of(std::uint32_t group, std::size_t folds, std::uint64_t salt) {
  return mix64(group + (salt << 32U)) % folds;
}

/// Those in a fold, or those outside it.
Picked pick(const HeadTask& task, const Picked& of, std::size_t fold, std::size_t folds,
            std::uint64_t salt, bool inside) {
  Picked out;
  for (const std::uint32_t i : of) {
    if ((fold_of(task.groups[i], folds, salt) == fold) == inside) out.push_back(i);
  }
  return out;
}

/// What tells held-out parts of `picked` best.
Choice chosen(const HeadTask& task, const Picked& picked, std::uint64_t salt) {
  std::array<double, kChoices.size()> sums{};
  for (std::size_t fold = 0; fold < kInnerFolds; ++fold) {
    const Picked train = pick(task, picked, fold, kInnerFolds, salt, false);
    const Picked held = pick(task, picked, fold, kInnerFolds, salt, true);
    if (train.empty() || held.empty()) continue;
    for (std::size_t c = 0; c < kChoices.size(); ++c) {
      sums[c] +=
          static_cast<double>(held.size()) * mean_loss(task, held, fit(task, train, kChoices[c]));
    }
  }
  const auto* const best = std::min_element(sums.begin(), sums.end());
  return kChoices[static_cast<std::size_t>(best - sums.begin())];
}

/// What is said of each labelled unit, before and after, each time by weights that have not seen
/// it.
struct HeldSaid {
  std::vector<std::vector<float>> before;
  std::vector<std::vector<float>> after;
};

std::string measure_name(HeadKind kind) {
  return kind == HeadKind::kOne     ? "kappa"
         : kind == HeadKind::kLevel ? "weighted kappa"
                                    : "micro F1";
}

/// The measure over some of the labelled units.
double measure(const HeadTask& task, const std::vector<std::vector<float>>& said,
               std::span<const std::uint32_t> of) {
  const language::Head& head = task.head->head;
  if (head.kind == HeadKind::kSeveral) {
    Hits hits;
    for (const std::uint32_t i : of) {
      const auto target = task.target(i);
      for (std::size_t k = 0; k < target.size(); ++k) {
        const float odds = said[i][k] / std::max(1e-9F, 1 - said[i][k]);
        hits.count(target[k] >= 0.5F, odds * std::exp(task.lean(k)) >= 1);
      }
    }
    return hits.f1();
  }
  std::vector<int> gold;
  std::vector<int> by_model;
  for (const std::uint32_t i : of) {
    const auto target = task.target(i);
    gold.push_back(
        static_cast<int>(std::max_element(target.begin(), target.end()) - target.begin()));
    by_model.push_back(static_cast<int>(language::said_state(head, said[i])));
  }
  return head.kind == HeadKind::kOne ? kappa(gold, by_model) : weighted_kappa(gold, by_model);
}

/// The labelled units of each group, so that groups are drawn whole.
std::vector<std::vector<std::uint32_t>> units_by_group(const HeadTask& task) {
  std::map<std::uint32_t, std::vector<std::uint32_t>> by_group;
  for (std::uint32_t i = 0; i < task.rows.size(); ++i) by_group[task.groups[i]].push_back(i);
  std::vector<std::vector<std::uint32_t>> out;
  for (auto& [group, units] : by_group) out.push_back(std::move(units));
  return out;
}

/// Whether held-out units are told better beyond chance: of conversations drawn with replacement,
/// 95 of 100 draws.
bool is_better(const HeadTask& task, const HeldSaid& held,
               std::span<const std::vector<std::uint32_t>> groups,
               const ContinuationOptions& options) {
  constexpr double kWorstOf = 0.95;
  std::vector<double> gain(groups.size(), 0);  // of each group [nats]
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (const std::uint32_t i : groups[g]) {
      gain[g] += loss(task, i, held.before[i]) - loss(task, i, held.after[i]);
    }
  }
  int better = 0;
  int draws = 0;
  (void)bootstrap(
      groups.size(),
      [&](std::span<const std::uint32_t> drawn) {
        double sum = 0;
        for (const std::uint32_t g : drawn) sum += gain[g];
        better += sum > 0 ? 1 : 0;
        ++draws;
        return sum;
      },
      options.seed + 1);
  return better >= kWorstOf * draws;
}

struct Studied {
  HeadChange change;
  Delta delta;
};

Studied study(const HeadTask& task, const ContinuationOptions& options) {
  Studied out;
  HeadChange& change = out.change;
  change.head = task.head->head.name;
  change.labelled = task.rows.size();
  change.measure = measure_name(task.head->head.kind);
  change.enough = task.rows.size() >= options.least;
  Picked all(task.rows.size());
  std::iota(all.begin(), all.end(), 0U);
  HeldSaid held{std::vector<std::vector<float>>(all.size(), std::vector<float>(task.states())),
                std::vector<std::vector<float>>(all.size(), std::vector<float>(task.states()))};
  for (std::size_t fold = 0; fold < options.folds; ++fold) {
    const Picked train = pick(task, all, fold, options.folds, 0, false);
    const Picked test = pick(task, all, fold, options.folds, 0, true);
    const Delta delta =
        change.enough && !train.empty() ? fit(task, train, chosen(task, train, 1)) : Delta{};
    for (const std::uint32_t i : test) {
      put_odds(task, i, {}, held.before[i]);
      put_odds(task, i, delta, held.after[i]);
      to_probabilities(task, held.before[i]);
      to_probabilities(task, held.after[i]);
      change.loss_before += loss(task, i, held.before[i]) / static_cast<double>(all.size());
      change.loss_after += loss(task, i, held.after[i]) / static_cast<double>(all.size());
    }
  }
  change.before = measure(task, held.before, all);
  change.after = measure(task, held.after, all);
  const auto groups = units_by_group(task);
  change.difference = bootstrap(
      groups.size(),
      [&](std::span<const std::uint32_t> drawn) {
        Picked units;
        for (const std::uint32_t g : drawn) {
          units.insert(units.end(), groups[g].begin(), groups[g].end());
        }
        return measure(task, held.after, units) - measure(task, held.before, units);
      },
      options.seed);
  const bool no_worse = !(change.after < change.before);
  if (!change.enough || !no_worse || !is_better(task, held, groups, options)) {
    return out;
  }
  const Choice choice = chosen(task, all, 1);
  out.delta = fit(task, all, choice);
  change.changed = choice.learns;
  return out;
}

const Target* target_of(const Labelled& example, const OwnUnits& units, std::size_t unit,
                        const ScoreHead& head) {
  const auto& targets =
      head.head.per_turn ? example.turns[units.turn[unit]].targets : example.targets;
  const auto found = targets.find(head.head.name);
  return found == targets.end() || !found->second.known() ? nullptr : &found->second;
}

HeadTask task_of(const ScoreHead& head, const OwnUnits& units, std::span<const Labelled> examples,
                 std::span<const std::uint32_t> groups) {
  HeadTask task{.head = &head,
                .units = &units,
                .rows = {},
                .groups = {},
                .targets = {},
                .weights = {},
                .odds = {}};
  const std::size_t states = head.head.states.size();
  for (std::size_t unit = 0; unit < units.size(); ++unit) {
    const Target* target = target_of(examples[units.example[unit]], units, unit, head);
    if (target == nullptr || target->shares.size() != states || target->weight <= 0) continue;
    task.rows.push_back(static_cast<std::uint32_t>(unit));
    task.groups.push_back(groups[units.example[unit]]);
    task.targets.insert(task.targets.end(), target->shares.begin(), target->shares.end());
    task.weights.push_back(1);
    for (std::size_t k = 0; k < states; ++k) {
      const float score = units.scores[unit * units.width + head.head.first + k];
      task.odds.push_back(head.slope[k] * score + head.offset[k] - task.lean(k));
    }
  }
  return task;
}

/// Puts what was learned into the weights of a model.
class Learner {
 public:
  explicit Learner(language::ModelParts& parts) : x_parts(parts) {}

  void add(const HeadTask& task, const Delta& delta) {
    const ScoreHead& head = *task.head;
    const std::size_t states = task.states();
    const std::size_t features = delta.weights.size() / std::max<std::size_t>(1, states);
    for (std::size_t f = 0; f < features; ++f) {
      const FeaturePlace place = delta.by_words ? task.units->features[f] : FeaturePlace{};
      for (std::size_t k = 0; k < states; ++k) {
        if (std::abs(head.slope[k]) < kLeastSlope) continue;
        const float change = loudness(place) * delta.weights[f * states + k] / head.slope[k];
        put(head, place, head.head.first + k, change);
      }
    }
  }

  /// Rounds all rows that were changed.
  void finish() {
    for (const auto& [at, changes] : x_changes) {
      language::WeightBlock& block = at.first < language::kSpaces
                                         ? x_parts.blocks[at.first]
                                         : x_parts.cue_blocks[at.first - language::kSpaces];
      round_row(block, at.second, changes, mix64(std::uint64_t{at.first} << 32U | at.second));
    }
  }

 private:
  void put(const ScoreHead& head, const FeaturePlace& place, std::size_t column, float change) {
    if (place.kind == FeaturePlace::Kind::kBias) {
      (head.head.per_turn ? x_parts.turn : x_parts.episode).bias[column] += change;
      return;
    }
    const bool is_gram = place.kind == FeaturePlace::Kind::kGram;
    const std::size_t block = place.space + (is_gram ? 0 : language::kSpaces);
    auto& changes = x_changes[{static_cast<std::uint32_t>(block), place.row}];
    const language::WeightBlock& of =
        is_gram ? x_parts.blocks[place.space] : x_parts.cue_blocks[place.space];
    changes.resize(of.width);
    changes[column] += change;
  }

  /// Weights are whole steps. What falls between two is rounded up as often as it is near the upper
  /// one, by a hash of its place: thousands of small changes would else be lost together.
  static void round_row(language::WeightBlock& block, std::uint32_t row,
                        const std::vector<float>& changes, std::uint64_t key) {
    std::int8_t* const weights = block.rows.data() + std::size_t{row} * block.width;
    std::vector<float> steps(block.width);
    float largest = 0;
    for (std::size_t k = 0; k < steps.size(); ++k) {
      steps[k] = static_cast<float>(weights[k]) * static_cast<float>(1 << block.shifts[row]);
      if (block.scale[k] > 0) steps[k] += changes[k] / block.scale[k];
      largest = std::max(largest, std::abs(steps[k]));
    }
    std::uint8_t shift = block.shifts[row];
    while (shift < language::WeightBlock::kMostShift &&
           largest > static_cast<float>(127 << shift)) {
      ++shift;
    }
    for (std::size_t k = 0; k < steps.size(); ++k) {
      constexpr float kUnit = 1.0F / (1U << 24U);
      const float up =
          changes[k] == 0 ? 0.5F : static_cast<float>(mix64(key + k) >> 40U) * kUnit;  // 0 to 1
      const float whole = std::floor(steps[k] / static_cast<float>(1 << shift) + up);
      weights[k] = static_cast<std::int8_t>(std::clamp(whole, -127.0F, 127.0F));
    }
    block.shifts[row] = shift;
  }

  language::ModelParts& x_parts;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<float>> x_changes;
};

std::vector<std::uint32_t> groups_of(std::span<const Labelled> examples) {
  std::map<std::string_view, std::uint32_t> numbers;
  std::vector<std::uint32_t> out;
  for (const Labelled& example : examples) {
    out.push_back(
        numbers.emplace(example.group, static_cast<std::uint32_t>(numbers.size())).first->second);
  }
  return out;
}

std::uint64_t digest_of(std::span<const HeadTask> tasks) {
  std::uint64_t digest = 0;
  for (const HeadTask& task : tasks) {
    for (const float target : task.targets) {
      digest = mix64(digest + static_cast<std::uint64_t>(target * 1000) + 1);
    }
  }
  return digest;
}

}  // namespace

Continuation continue_training(const language::TextModel& base, const ReadingWith& with,
                               std::span<const Labelled> examples,
                               const ContinuationOptions& options,
                               const std::function<void(std::size_t, std::size_t)>& progress) {
  const bool zh = base.lang() == Lang::kZh;
  const language::Reader reader(zh ? &base : nullptr, zh ? nullptr : &base, with.cues,
                                with.rewriter, with.senses);
  const OwnTexts texts = read_own_texts(base, reader, examples);
  const std::vector<std::uint32_t> groups = groups_of(examples);
  std::vector<HeadTask> tasks;
  std::vector<bool> has_label(examples.size(), false);
  for (const ScoreHead& head : base.parts().heads) {
    HeadTask task =
        task_of(head, head.head.per_turn ? texts.turns : texts.episodes, examples, groups);
    for (const std::uint32_t row : task.rows) has_label[task.units->example[row]] = true;
    if (!task.rows.empty()) tasks.push_back(std::move(task));
  }
  std::vector<Studied> studied(tasks.size());
  std::size_t done = 0;
  std::mutex one_at_a_time;
  parallel_for(tasks.size(), options.threads, [&](std::size_t t, std::size_t) {
    studied[t] = study(tasks[t], options);
    const std::lock_guard lock(one_at_a_time);
    if (progress) progress(++done, tasks.size());
  });
  Continuation out{.parts = base.parts(), .changes = {}, .conversations = 0};
  out.conversations =
      static_cast<std::size_t>(std::count(has_label.begin(), has_label.end(), true));
  Learner learner(out.parts);
  bool changed = false;
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    if (studied[t].change.changed) learner.add(tasks[t], studied[t].delta);
    changed = changed || studied[t].change.changed;
    out.changes.push_back(studied[t].change);
  }
  learner.finish();
  if (changed) {
    out.parts.name = fmt::format("{} + {} own ({:06x})", base.name(), out.conversations,
                                 digest_of(tasks) & 0xffffff);
  }
  return out;
}

}  // namespace xinjing::learn
