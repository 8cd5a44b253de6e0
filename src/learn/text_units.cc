#include "learn/text_units.h"

#include <cmath>
#include <map>

#include "base/parallel.h"

namespace xinjing::learn {
namespace {

using language::length_scale;

// Rarer grams are left out: they cost time and teach little.
constexpr float kLeastCustomerTexts = 3;
constexpr float kLeastAgentTexts = 6;

bool is_customer(const Labelled& example, std::size_t turn) {
  return example.turns[turn].speaker == ingest::Speaker::kCustomer;
}

KnownGrams known_grams(std::span<const Labelled> examples, std::span<const CountedExample> counted,
                       bool customer, float least) {
  GramTable all;
  std::vector<float> texts_with;
  float texts = 0;
  for (std::size_t e = 0; e < examples.size(); ++e) {
    if (examples[e].set == kPublic) continue;  // of other fields; they say nothing of how rare
    for (std::size_t t = 0; t < counted[e].turns.size(); ++t) {
      if (is_customer(examples[e], t) != customer) continue;
      ++texts;
      for (const auto& c : counted[e].turns[t].counts) {
        const std::uint32_t id = all.add(c.key);
        if (id == texts_with.size()) texts_with.push_back(0);
        ++texts_with[id];
      }
    }
  }
  KnownGrams known;
  for (std::uint32_t id = 0; id < all.size(); ++id) {
    if (texts_with[id] < least) continue;
    known.table.add(all.key(id));
    known.texts_with.push_back(texts_with[id]);
    known.value.push_back(std::sqrt(std::log(texts / texts_with[id]) + 1));
  }
  return known;
}

/// Appends to the row being built.
class RowBuilder {
 public:
  explicit RowBuilder(SparseRows& x) : x_x(x) {}

  void grams(const CountedText& text, const KnownGrams& known, Columns at, float scale) {
    scale *= length_scale(text.grams);
    for (const auto& c : text.counts) {
      const std::uint32_t id = known.table.find(c.key);
      if (id != GramTable::kUnknown) x_x.add(at.first + id, scale * c.count * known.value[id]);
    }
  }
  void shapes(std::span<const float> shapes, Columns at, float scale) {
    for (std::uint32_t i = 0; i < shapes.size(); ++i) {
      if (shapes[i] != 0) x_x.add(at.first + i, scale * shapes[i]);
    }
  }
  /// `counts` in ascending order of kinds, which may repeat.
  void cues(std::span<const CueCount> counts, Columns at, float scale) {
    for (std::size_t i = 0; i < counts.size();) {
      std::uint32_t sum = 0;
      const std::uint16_t kind = counts[i].kind;
      for (; i < counts.size() && counts[i].kind == kind; ++i) sum += counts[i].count;
      x_x.add(at.first + kind, scale * language::cue_value(sum));
    }
  }
  void auxiliary(const CountedText& text, const Projection& by, Columns at, float scale) {
    std::vector<float> numbers(by.numbers);
    by.add(text, numbers);
    for (std::uint32_t i = 0; i < numbers.size(); ++i) {
      if (numbers[i] != 0) x_x.add(at.first + i, scale * numbers[i]);
    }
  }

 private:
  SparseRows& x_x;
};

struct CueScratch {
  language::CueLexicon::Scratch search;
  std::vector<language::CueMatch> matches;
  language::SenseFinder::Scratch sense_search;
  std::vector<language::SenseMatch> senses;
};

std::vector<CueCount> count_cues(const CueWords& words, const language::Normalised& text,
                                 ingest::Speaker speaker, CueScratch& scratch) {
  scratch.matches.clear();
  words.cues.find(text.chars, speaker, scratch.search, scratch.matches);
  std::map<std::uint16_t, std::uint32_t> counts;
  for (const language::CueMatch& match : scratch.matches) ++counts[match.kind];
  if (words.senses != nullptr && speaker == ingest::Speaker::kCustomer) {
    language::SenseFinder::Balance balance{};
    words.senses->find(text.chars, scratch.matches, scratch.sense_search, scratch.senses, balance);
    const std::size_t first = words.cues.kinds().size();
    for (const language::SenseMatch& match : scratch.senses) {
      ++counts[static_cast<std::uint16_t>(first + match.kind)];
    }
  }
  std::vector<CueCount> list;
  for (const auto& [kind, count] : counts) list.push_back({kind, count});
  return list;
}

Columns take(std::uint32_t& next, std::size_t count) {
  const Columns columns{next, static_cast<std::uint32_t>(count)};
  next += columns.count;
  return columns;
}

void add_to(language::TextShape& sum, const language::TextShape& part) {
  sum.chars += part.chars;
  sum.exclamations += part.exclamations;
  sum.questions += part.questions;
  sum.mentions += part.mentions;
  sum.brackets += part.brackets;
  sum.tags += part.tags;
}

/// Fills both matrices, example by example, in the reader's terms.
class UnitBuilder {
 public:
  UnitBuilder(std::span<const Labelled> examples, std::span<const CountedExample> counted,
              std::size_t cue_kinds, const Projections& projections, const GroupScales& scales,
              TextUnits& units)
      : x_examples(examples),
        x_counted(counted),
        x_cue_kinds(cue_kinds),
        x_projections(projections),
        x_scales(scales),
        x_units(units) {}

  void run() {
    lay_out();
    for (std::uint32_t e = 0; e < x_examples.size(); ++e) {
      add_turns(e);
      add_episode(e);
    }
  }

 private:
  void lay_out() {
    UnitMatrix& turn = x_units.turn;
    turn.own = take(turn.features, x_units.customer.value.size());
    turn.other = take(turn.features, x_units.agent.value.size());
    turn.agent = take(turn.features, x_units.agent.value.size());
    turn.shapes = take(turn.features, language::kTurnShapes);
    turn.auxiliary = take(turn.features, x_projections.customer.numbers);
    turn.cues = take(turn.features, x_cue_kinds);
    UnitMatrix& episode = x_units.episode;
    episode.own = take(episode.features, x_units.customer.value.size());
    episode.other = take(episode.features, x_units.customer.value.size());
    episode.agent = take(episode.features, x_units.agent.value.size());
    episode.shapes = take(episode.features, language::kEpisodeShapes);
    episode.auxiliary = take(episode.features, x_projections.customer.numbers);
    episode.auxiliary_last = take(episode.features, x_projections.customer.numbers);
    episode.auxiliary_agent = take(episode.features, x_projections.agent.numbers);
    episode.cues = take(episode.features, x_cue_kinds);
    episode.cues_agent = take(episode.features, x_cue_kinds);
  }

  void add_turns(std::uint32_t e) {
    const CountedExample& counted = x_counted[e];
    std::uint32_t count = 0;
    for (std::size_t t = 0; t < counted.turns.size(); ++t) count += is_customer(x_examples[e], t);
    std::vector<const CountedText*> before;
    language::TurnPlace place{0, count, 0};
    for (std::uint32_t t = 0; t < counted.turns.size(); ++t) {
      if (!is_customer(x_examples[e], t)) {
        before.push_back(&counted.turns[t]);
        place.chars_before += counted.shapes[t].chars;
        continue;
      }
      UnitMatrix& unit = x_units.turn;
      RowBuilder row(unit.x);
      row.grams(counted.turns[t], x_units.customer, unit.own, 1);
      const CountedText words_before = joined(before);
      row.grams(words_before, x_units.agent, unit.other, x_scales.before);
      row.grams(answer_after(e, t), x_units.agent, unit.agent, x_scales.after);
      row.shapes(language::turn_shapes(counted.shapes[t], place), unit.shapes, x_scales.shapes);
      row.auxiliary(counted.turns[t], x_projections.customer, unit.auxiliary, x_scales.auxiliary);
      row.cues(counted.cues[t], unit.cues, x_scales.cues);
      unit.x.end_row();
      x_units.example_of_turn.push_back(e);
      x_units.place_of_turn.push_back(t);
      before.clear();
      place.chars_before = 0;
      ++place.index;
    }
  }

  std::vector<CueCount> cues_of(std::uint32_t e, bool customer) const {
    std::vector<CueCount> all;
    for (std::size_t t = 0; t < x_counted[e].turns.size(); ++t) {
      if (is_customer(x_examples[e], t) != customer) continue;
      all.insert(all.end(), x_counted[e].cues[t].begin(), x_counted[e].cues[t].end());
    }
    std::sort(all.begin(), all.end(),
              [](const CueCount& a, const CueCount& b) { return a.kind < b.kind; });
    return all;
  }

  CountedText answer_after(std::uint32_t e, std::size_t turn) const {
    std::vector<const CountedText*> answer;
    for (std::size_t t = turn + 1; t < x_counted[e].turns.size() && !is_customer(x_examples[e], t);
         ++t) {
      answer.push_back(&x_counted[e].turns[t]);
    }
    return joined(answer);
  }

  void add_episode(std::uint32_t e) {
    if (x_examples[e].set == kPublic) return x_units.episode.x.end_row();  // nothing is known of it
    const CountedExample& counted = x_counted[e];
    language::EpisodeShape shape;
    std::vector<const CountedText*> customer;
    std::vector<const CountedText*> agent;
    for (std::size_t t = 0; t < counted.turns.size(); ++t) {
      shape.customer_last = is_customer(x_examples[e], t);
      if (shape.customer_last) {
        customer.push_back(&counted.turns[t]);
        ++shape.customer_turns;
        add_to(shape.customer, counted.shapes[t]);
        shape.last = counted.shapes[t];
      } else {
        agent.push_back(&counted.turns[t]);
        ++shape.agent_turns;
        shape.empty_agent_turns += counted.shapes[t].chars == 0;
        shape.agent_chars += counted.shapes[t].chars;
      }
    }
    UnitMatrix& unit = x_units.episode;
    RowBuilder row(unit.x);
    const CountedText all = joined(customer);
    row.grams(all, x_units.customer, unit.own, 1);
    if (!customer.empty()) row.grams(*customer.back(), x_units.customer, unit.other, x_scales.last);
    const CountedText all_agent = joined(agent);
    row.grams(all_agent, x_units.agent, unit.agent, x_scales.agent);
    row.auxiliary(all_agent, x_projections.agent, unit.auxiliary_agent, x_scales.auxiliary);
    row.shapes(language::episode_shapes(shape), unit.shapes, x_scales.shapes);
    row.auxiliary(all, x_projections.customer, unit.auxiliary, x_scales.auxiliary);
    if (!customer.empty()) {
      row.auxiliary(*customer.back(), x_projections.customer, unit.auxiliary_last,
                    x_scales.auxiliary * x_scales.last);
    }
    row.cues(cues_of(e, true), unit.cues, x_scales.cues);
    row.cues(cues_of(e, false), unit.cues_agent, x_scales.cues);
    unit.x.end_row();
  }

  std::span<const Labelled> x_examples;
  std::span<const CountedExample> x_counted;
  std::size_t x_cue_kinds;
  const Projections& x_projections;
  const GroupScales& x_scales;
  TextUnits& x_units;
};

}  // namespace

void Projection::add(const CountedText& text, std::span<float> to) const {
  const float scale = length_scale(text.grams);
  for (const auto& c : text.counts) {
    const std::uint32_t id = grams.find(c.key);
    if (id == GramTable::kUnknown) continue;
    const float* from = weights.data() + std::size_t{id} * numbers;
    for (std::size_t k = 0; k < numbers; ++k) to[k] += scale * c.count * from[k];
  }
}

std::vector<CountedExample> count_examples(std::span<const Labelled> examples,
                                           const Writing& writing, const CueWords& words,
                                           std::size_t threads) {
  std::vector<CountedExample> counted(examples.size());
  std::vector<CountScratch> scratch(std::max<std::size_t>(threads, core_count()));
  std::vector<CueScratch> cues(scratch.size());
  parallel_for(examples.size(), threads, [&](std::size_t e, std::size_t worker) {
    for (const LabelledTurn& turn : examples[e].turns) {
      counted[e].turns.push_back(count_grams(turn.text, writing, scratch[worker]));
      counted[e].shapes.push_back(language::shape_of(scratch[worker].text));
      counted[e].cues.push_back(
          count_cues(words, scratch[worker].text, turn.speaker, cues[worker]));
    }
  });
  return counted;
}

TextUnits build_units(std::span<const Labelled> examples, std::span<const CountedExample> counted,
                      std::size_t cue_kinds, const Projections& projections,
                      const GroupScales& scales) {
  TextUnits units;
  units.customer = known_grams(examples, counted, true, kLeastCustomerTexts);
  units.agent = known_grams(examples, counted, false, kLeastAgentTexts);
  UnitBuilder(examples, counted, cue_kinds, projections, scales, units).run();
  return units;
}

}  // namespace xinjing::learn
