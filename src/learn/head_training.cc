#include "learn/head_training.h"

#include <cmath>

#include "base/hash.h"

namespace xinjing::learn {
namespace {

constexpr std::uint8_t kNobody = 255;

/// Of real examples: what was composed says nothing of how often a state occurs.
std::vector<double> mass_of_states(const HeadExamples& examples) {
  std::vector<double> mass(examples.outputs);
  for (std::size_t i = 0; i < examples.rows.size(); ++i) {
    if (examples.fold[i] == kInNoFold) continue;
    for (std::size_t k = 0; k < examples.outputs; ++k) {
      mass[k] += double{examples.weight[i]} * examples.target[i * examples.outputs + k];
    }
  }
  return mass;
}

/// Weights by which rare states count more.
std::vector<double> state_weights(const HeadPlan& plan, std::span<const double> mass,
                                  double total) {
  std::vector<double> weights;
  const double most = *std::max_element(mass.begin(), mass.end()) + 1;
  for (const double m : mass) {
    const double against = plan.kind == language::HeadKind::kSeveral ? total - m + 1 : most;
    weights.push_back(std::pow(std::clamp(against / (m + 1), 1.0, 200.0), plan.rare_weight));
  }
  return weights;
}

double total_weight(const HeadExamples& examples) {
  double total = 0;
  for (std::size_t i = 0; i < examples.rows.size(); ++i) {
    total += examples.fold[i] == kInNoFold ? 0 : double{examples.weight[i]};
  }
  return total;
}

}  // namespace

std::uint8_t fold_of(const std::string& group, std::uint8_t folds) {
  return static_cast<std::uint8_t>(hash64(group, 20261121) % folds);
}

bool is_main_set(const std::string& set) { return set.starts_with("service_dialogues"); }

HeadExamples head_examples(const HeadPlan& plan, std::span<const Labelled> examples,
                           const TextUnits& units, std::uint8_t folds) {
  HeadExamples chosen;
  chosen.unit = plan.per_turn ? &units.turn : &units.episode;
  chosen.outputs = plan.states.size();
  const auto add = [&](std::size_t row, std::uint32_t e, const Target& target) {
    if (!target.known() || (!plan.reads_personas && examples[e].set == kPersonas)) return;
    chosen.rows.push_back(static_cast<std::uint32_t>(row));
    chosen.example.push_back(e);
    // Customers over several episodes judge the heads that are about them, whoever wrote them.
    const bool persona = examples[e].set == kPersonas && plan.keeps_held_out;
    const bool held_out = !examples[e].composed || plan.composed_judges || persona;
    chosen.fold.push_back(held_out ? fold_of(examples[e].group, folds) : kInNoFold);
    chosen.target.insert(chosen.target.end(), target.shares.begin(), target.shares.end());
    const double share = persona                ? 1
                         : examples[e].composed ? plan.composed_weight
                                                : plan.real_weight;
    chosen.weight.push_back(static_cast<float>(share * target.weight));
  };
  const auto find = [&](const auto& targets) {
    const auto found = targets.find(plan.name);
    return found == targets.end() ? Target{} : found->second;
  };
  if (plan.per_turn) {
    for (std::size_t r = 0; r < units.example_of_turn.size(); ++r) {
      const std::uint32_t e = units.example_of_turn[r];
      add(r, e, find(examples[e].turns[units.place_of_turn[r]].targets));
    }
  } else {
    for (std::uint32_t e = 0; e < examples.size(); ++e) add(e, e, find(examples[e].targets));
  }
  return chosen;
}

LinearFit fit_head(const HeadPlan& plan, const HeadExamples& examples, const UnitMatrix& unit,
                   std::uint8_t left_out, std::span<const float> start) {
  std::vector<std::uint32_t> rows;
  FitTask task{.x = &unit.x, .outputs = static_cast<std::uint32_t>(examples.outputs)};
  task.features = unit.features;
  const bool several = plan.kind == language::HeadKind::kSeveral;
  task.link = several ? Link::kSigmoid : Link::kSoftmax;
  task.l2 = plan.l2;
  task.start = start;
  const std::vector<double> mass = mass_of_states(examples);
  const double total = total_weight(examples);
  const std::vector<double> rare = state_weights(plan, mass, total);
  for (std::size_t i = 0; i < examples.rows.size(); ++i) {
    if (examples.fold[i] == left_out) continue;
    rows.push_back(examples.rows[i]);
    const float* target = examples.target.data() + i * examples.outputs;
    task.target.insert(task.target.end(), target, target + examples.outputs);
    double weight = 0;
    for (std::size_t k = 0; k < examples.outputs; ++k) {
      if (several) {
        const double w = target[k] >= 0.5F ? rare[k] : 1;
        task.weight.push_back(static_cast<float>(w * examples.weight[i]));
      }
      weight += target[k] * rare[k];
    }
    if (!several) task.weight.push_back(static_cast<float>(weight * examples.weight[i]));
  }
  task.rows = rows;
  return fit_linear(task);
}

Scored score_fold(const LinearFit& fit, const HeadExamples& examples, const UnitMatrix& unit,
                  std::uint8_t fold) {
  Scored scored{.outputs = examples.outputs, .scores = {}, .target = {}, .weight = {}};
  std::vector<float> scores(examples.outputs);
  for (std::size_t i = 0; i < examples.rows.size(); ++i) {
    if (examples.fold[i] != fold) continue;
    std::fill(scores.begin(), scores.end(), 0.0F);
    fit.add_scores(unit.x, examples.rows[i], scores);
    scored.scores.insert(scored.scores.end(), scores.begin(), scores.end());
    const auto truth = std::span(examples.target).subspan(i * examples.outputs, examples.outputs);
    scored.target.insert(scored.target.end(), truth.begin(), truth.end());
    scored.weight.push_back(examples.weight[i]);
  }
  return scored;
}

namespace {

/// What is said of customers' episodes by fits and calibrations that saw nothing of their industry.
std::vector<HeldOut> held_out(const HeadPlan& plan, std::span<const Labelled> labelled,
                              const HeadExamples& examples, std::span<const Scored> parts,
                              std::span<const Scored> calibrated_by) {
  std::vector<std::pair<std::uint32_t, HeldOut>> kept;
  for (std::size_t f = 0; f < parts.size(); ++f) {
    const Scored others = all_but(calibrated_by, f);
    if (others.size() == 0) continue;
    const Calibration calibration = calibrate(plan, others);
    const language::Head head{
        .name = plan.name, .kind = plan.kind, .states = plan.states, .lean = calibration.lean};
    std::size_t at = 0;
    for (std::size_t i = 0; i < examples.rows.size(); ++i) {
      if (examples.fold[i] != f) continue;
      const std::size_t row = at++;
      const Labelled& example = labelled[examples.example[i]];
      if (example.set != kPersonas) continue;
      const auto truth = parts[f].truth(row);
      HeldOut one{.customer = example.id.substr(0, example.id.rfind('/')),
                  .group = example.group,
                  .p = probabilities(plan, calibration, parts[f].score(row)),
                  .truth = {truth.begin(), truth.end()},
                  .said = std::vector<bool>(plan.states.size())};
      if (plan.kind == language::HeadKind::kSeveral) {
        for (std::size_t k = 0; k < one.p.size(); ++k) one.said[k] = one.p[k] >= 0.5F;
        const std::vector<float> with_lean = one.p;
        language::without_lean(head, with_lean, one.p);
      } else {
        one.said[language::said_state(head, one.p)] = true;
      }
      kept.emplace_back(examples.example[i], std::move(one));
    }
  }
  std::sort(kept.begin(), kept.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<HeldOut> out;
  for (auto& [example, one] : kept) out.push_back(std::move(one));
  return out;
}

/// How often each state is true, each count begun at one (Laplace): what has not been seen among
/// them may still come.
std::vector<float> shares_of(const Scored& scored) {
  std::vector<float> shares(scored.outputs, 1.0F);
  for (std::size_t i = 0; i < scored.size(); ++i) {
    for (std::size_t k = 0; k < shares.size(); ++k) shares[k] += scored.truth(i)[k];
  }
  for (float& share : shares) share /= static_cast<float>(scored.size() + scored.outputs);
  return shares;
}

std::vector<float> real_shares(const HeadExamples& examples) {
  const double total = total_weight(examples);
  std::vector<float> shares;
  for (const double m : mass_of_states(examples)) {
    shares.push_back(static_cast<float>(m / std::max(1.0, total)));
  }
  return shares;
}

/// The fits of all parts; those after the first begin with its weights, which saves time, not more:
/// the optimum is one.
std::vector<LinearFit> fit_parts(const HeadPlan& plan, const HeadExamples& examples,
                                 std::span<const PartOfUnit* const> parts, std::uint8_t left_out) {
  std::vector<LinearFit> fits{fit_head(plan, examples, parts[0]->unit, left_out)};
  for (std::size_t m = 1; m < parts.size(); ++m) {
    const bool within = parts[m]->from.size() <= parts[0]->from.size();
    const std::vector<float> start =
        within ? lowered(lifted(fits[0], parts[0]->from, examples.unit->features), parts[m]->from)
               : std::vector<float>();
    fits.push_back(fit_head(plan, examples, parts[m]->unit, left_out, start));
  }
  return fits;
}

/// Held-out scores of each part's fit, fold by fold.
std::vector<std::vector<Scored>> scores_by_part(const HeadPlan& plan, const HeadExamples& examples,
                                                std::span<const PartOfUnit* const> parts,
                                                std::uint8_t folds) {
  std::vector<std::vector<Scored>> by_part(parts.size());
  for (std::uint8_t f = 0; f < folds; ++f) {
    const std::vector<LinearFit> fits = fit_parts(plan, examples, parts, f);
    for (std::size_t m = 0; m < parts.size(); ++m) {
      by_part[m].push_back(score_fold(fits[m], examples, parts[m]->unit, f));
    }
  }
  return by_part;
}

/// The parts' scores together: what they weigh in a fold is decided by the others.
std::vector<Scored> scores_together(const HeadPlan& plan,
                                    const std::vector<std::vector<Scored>>& by_part,
                                    std::uint8_t folds, std::vector<float>& weights) {
  weights = {1};
  if (by_part.size() == 1) return by_part.front();
  const auto weights_without = [&](std::size_t left_out) {
    std::vector<Scored> others;
    for (const auto& scores : by_part) others.push_back(all_but(scores, left_out));
    return fusion_weights(plan, others);
  };
  std::vector<Scored> together;
  for (std::uint8_t f = 0; f < folds; ++f) {
    std::vector<Scored> here;
    for (const auto& scores : by_part) here.push_back(scores[f]);
    together.push_back(fused(here, weights_without(f)));
  }
  weights = weights_without(folds);
  return together;
}

LinearFit fit_on_all(const HeadPlan& plan, const HeadExamples& examples,
                     std::span<const PartOfUnit* const> parts, std::span<const float> weights) {
  std::vector<LinearFit> fits = fit_parts(plan, examples, parts, kNobody);
  for (std::size_t m = 0; m < parts.size(); ++m) {
    fits[m] = lifted(fits[m], parts[m]->from, examples.unit->features);
  }
  return fused(fits, weights);
}

/// Fold by fold, the scores of the examples of some sets.
std::vector<Scored> scores_of(std::span<const Labelled> labelled, const HeadExamples& examples,
                              std::span<const Scored> parts,
                              const std::function<bool(const std::string&)>& is_of) {
  std::vector<Scored> out(parts.size());
  for (std::size_t f = 0; f < parts.size(); ++f) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < examples.rows.size(); ++i) {
      if (examples.fold[i] != f) continue;
      if (is_of(labelled[examples.example[i]].set)) out[f].add(parts[f], at);
      ++at;
    }
  }
  return out;
}

}  // namespace

TrainedHead train_head(const HeadPlan& plan, std::span<const Labelled> labelled,
                       const HeadExamples& examples, std::span<const PartOfUnit* const> grounds,
                       std::uint8_t folds) {
  TrainedHead head;
  const std::vector<std::vector<Scored>> by_part = scores_by_part(plan, examples, grounds, folds);
  const std::vector<Scored> parts = scores_together(plan, by_part, folds, head.fusion);
  const auto of_personas = [](const std::string& set) { return set == kPersonas; };
  const std::vector<Scored> main = scores_of(labelled, examples, parts, is_main_set);
  const std::vector<Scored> personas = scores_of(labelled, examples, parts, of_personas);
  for (const std::vector<Scored>& part : by_part) {
    const std::vector<Scored> own = scores_of(labelled, examples, part, is_main_set);
    head.alone.push_back(cross_judge(plan, own, own).value);
  }
  // What follows what is known of customers only, so a sequence is calibrated by them.
  const bool by_customers =
      plan.is_sequence && std::any_of(personas.begin(), personas.end(),
                                      [](const Scored& part) { return part.size() > 0; });
  const std::vector<Scored>& by = by_customers ? personas : parts;
  if (plan.keeps_held_out) head.held_out = held_out(plan, labelled, examples, parts, by);
  head.calibration = calibrate(plan, all_but(by, folds));
  head.cross_validated = cross_judge(plan, by, parts);
  head.cross_validated_main = cross_judge(plan, by_customers ? by : main, main);
  head.cross_validated_personas = cross_judge(plan, by, personas);
  head.fit = fit_on_all(plan, examples, grounds, head.fusion);
  head.priors = by_customers ? shares_of(all_but(personas, folds)) : real_shares(examples);
  head.examples = examples.rows.size();
  return head;
}

}  // namespace xinjing::learn
