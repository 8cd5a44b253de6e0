#include "learn/reading_trainer.h"

#include <memory>
#include <mutex>

#include "base/parallel.h"
#include "learn/auxiliary.h"

namespace xinjing::learn {

namespace {

/// The parts of a unit on which heads are fitted. What is made for comparison is fitted at once.
std::vector<PartOfUnit> parts_of(const UnitMatrix& unit, Features features) {
  std::vector<PartOfUnit> parts;
  parts.push_back(part_of(unit, Ground::kAll));
  if (features != Features::kAll) return parts;
  parts.push_back(part_of(unit, Ground::kWords));
  parts.push_back(part_of(unit, Ground::kCues));
  return parts;
}

std::vector<const PartOfUnit*> pointers_to(std::span<const PartOfUnit> parts) {
  std::vector<const PartOfUnit*> list;
  for (const PartOfUnit& part : parts) list.push_back(&part);
  return list;
}

}  // namespace

TrainedModel train_reading(const TrainingOptions& options, std::span<const Labelled> examples,
                           std::span<const AuxiliarySet> sets, const language::CueLexicon& all_cues,
                           const std::function<void(std::size_t, std::size_t)>& progress) {
  const auto plans = head_plans();
  const bool words = options.features != Features::kCues;
  const auto auxiliary = words ? sets : sets.first(0);
  const language::CueLexicon no_cues;
  const language::CueLexicon& lexicon = options.features != Features::kWords ? all_cues : no_cues;
  const std::size_t steps = plans.size() + auxiliary.size();
  const Writing writing(options.lang, options.rewriter);
  std::vector<CountedExample> counted = count_examples(
      examples, writing, {lexicon, options.features != Features::kWords ? options.senses : nullptr},
      options.threads);
  if (!words) {
    for (CountedExample& example : counted) {
      for (CountedText& text : example.turns) text = {};
    }
  }
  std::vector<std::string> cue_kinds = lexicon.kinds();
  if (options.senses != nullptr && options.features != Features::kWords) {
    const auto& senses = language::SenseFinder::kinds();
    cue_kinds.insert(cue_kinds.end(), senses.begin(), senses.end());
  }
  Projections projections;
  projections.customer = learn_projection(auxiliary, examples, counted, writing,
                                          [&](std::size_t done) { progress(done, steps); });
  const TextUnits units =
      build_units(examples, counted, cue_kinds.size(), projections, options.scales);
  std::vector<std::unique_ptr<SharedGrams>> shared(plans.size());
  const auto is_wanted = [&](const std::string& head) {
    return options.heads.empty() ||
           std::find(options.heads.begin(), options.heads.end(), head) != options.heads.end();
  };
  std::vector<HeadExamples> chosen;
  for (std::size_t h = 0; h < plans.size(); ++h) {
    chosen.push_back(head_examples(plans[h], examples, units, options.folds));
    if (!plans[h].shared || !is_wanted(plans[h].name)) continue;
    shared[h] = std::make_unique<SharedGrams>(units, *plans[h].shared, options.scales.agent);
    chosen.back().unit = &shared[h]->unit();
  }
  const std::vector<PartOfUnit> turn = parts_of(units.turn, options.features);
  const std::vector<PartOfUnit> episode = parts_of(units.episode, options.features);
  std::vector<TrainedHead> heads(plans.size());
  std::mutex mutex;
  std::size_t done = auxiliary.size();
  parallel_for(plans.size(), options.threads, [&](std::size_t h, std::size_t) {
    if (!is_wanted(plans[h].name)) return;
    const auto of_its_own =
        shared[h] ? parts_of(shared[h]->unit(), options.features) : std::vector<PartOfUnit>();
    const auto& parts = shared[h] ? of_its_own : plans[h].per_turn ? turn : episode;
    heads[h] = train_head(plans[h], examples, chosen[h], pointers_to(parts), options.folds);
    if (shared[h]) heads[h].fit = shared[h]->led_back(heads[h].fit);
    const std::lock_guard lock(mutex);
    progress(++done, steps);
  });
  TrainedModel model;
  for (std::size_t h = 0; h < plans.size(); ++h) {
    if (!is_wanted(plans[h].name)) continue;
    model.reports.push_back({plans[h].name, plans[h].judge, heads[h].examples,
                             heads[h].cross_validated, heads[h].cross_validated_main,
                             heads[h].cross_validated_personas, heads[h].fusion, heads[h].alone});
  }
  for (std::size_t h = 0; h < plans.size(); ++h) {
    if (heads[h].held_out.empty()) continue;
    model.over_episodes.push_back({plans[h].name, plans[h].is_sequence, plans[h].states,
                                   heads[h].priors, std::move(heads[h].held_out)});
  }
  if (!options.heads.empty()) return model;
  model.parts = build_model(options.name, options.lang, heads, units, projections, options.scales,
                            options.size);
  model.parts.cue_kinds = std::move(cue_kinds);
  return model;
}

}  // namespace xinjing::learn
