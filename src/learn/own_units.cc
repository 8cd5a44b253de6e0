#include "learn/own_units.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "language/features.h"

namespace xinjing::learn {
namespace {

using language::CueSpace;
using language::ReadScratch;
using language::Space;

// About the root of the inverse document frequency by which grams were weighed in training.
constexpr float kGramLoudness = 2.5F;
constexpr float kCueLoudness = 0.5F;
constexpr float kBiasValue = 2;
constexpr std::uint32_t kLeastUnits = 2;

std::uint64_t number_of(const FeaturePlace& place) {
  return std::uint64_t(place.kind) << 48U | std::uint64_t{place.space} << 40U | place.row;
}

/// Collects units; columns are numbered as they come, and put in order at the end.
class UnitCollector {
 public:
  explicit UnitCollector(std::size_t width) { x_out.width = width; }

  void add(const FeaturePlace& place, float value) {
    if (value != 0) x_row[number_of(place)].first = place, x_row[number_of(place)].second += value;
  }
  void end_unit(std::span<const float> scores, std::uint32_t example, std::uint32_t turn) {
    for (const auto& [number, feature] : x_row) {
      const auto [at, fresh] =
          x_columns.emplace(number, static_cast<std::uint32_t>(x_places.size()));
      if (fresh) x_places.push_back(feature.first), x_units_with.push_back(0);
      ++x_units_with[at->second];
      x_out.x.add(at->second, feature.second);
    }
    x_out.x.end_row();
    x_row.clear();
    x_out.scores.insert(x_out.scores.end(), scores.begin(), scores.end());
    x_out.example.push_back(example);
    x_out.turn.push_back(turn);
  }

  /// Leaves rare features out and puts the constant behind the others.
  OwnUnits take() {
    std::vector<std::uint32_t> kept(x_places.size(), 0);
    for (std::size_t f = 0; f < x_places.size(); ++f) {
      if (x_units_with[f] < kLeastUnits) continue;
      x_out.features.push_back(x_places[f]);
      kept[f] = static_cast<std::uint32_t>(x_out.features.size());
    }
    const auto constant = static_cast<std::uint32_t>(x_out.features.size());
    x_out.features.push_back({});
    SparseRows x;
    for (std::size_t unit = 0; unit < x_out.size(); ++unit) {
      const auto columns = x_out.x.columns(unit);
      const auto values = x_out.x.values(unit);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (kept[columns[i]] > 0) x.add(kept[columns[i]] - 1, values[i]);
      }
      x.add(constant, kBiasValue);
      x.end_row();
    }
    x_out.x = std::move(x);
    return std::move(x_out);
  }

 private:
  OwnUnits x_out;
  std::map<std::uint64_t, std::pair<FeaturePlace, float>> x_row;
  std::unordered_map<std::uint64_t, std::uint32_t> x_columns;
  std::vector<FeaturePlace> x_places;
  std::vector<std::uint32_t> x_units_with;
};

void add_grams(const ReadScratch::TurnWork& turn, Space space, float scale, UnitCollector& to) {
  const auto s = static_cast<std::uint8_t>(space);
  for (const ReadScratch::Hit& hit : turn.hits) {
    const std::uint32_t row = hit.rows->row[s];
    if (row == language::kNoRow) continue;
    const FeaturePlace place{FeaturePlace::Kind::kGram, s, row};
    to.add(place, scale * loudness(place));
  }
}

using CueCounts = std::map<std::uint32_t, std::uint32_t>;

void add_cues(const CueCounts& counts, CueSpace space, UnitCollector& to) {
  for (const auto& [kind, count] : counts) {
    const FeaturePlace place{FeaturePlace::Kind::kCue, static_cast<std::uint8_t>(space), kind};
    to.add(place, language::cue_value(count) * loudness(place));
  }
}

void count(const ReadScratch::TurnWork& turn, CueCounts& counts) {
  for (const ReadScratch::KindMark& mark : turn.kinds) ++counts[mark.kind];
}

/// Takes what was read last.
class Taker {
 public:
  Taker(const language::TextModel& model, const ReadScratch& scratch)
      : x_model(model),
        x_scratch(scratch),
        x_turns(model.parts().turn.width),
        x_episodes(model.parts().episode.width) {}

  void take(std::uint32_t example) {
    const auto turns = std::span(x_scratch.turns).first(x_scratch.used);
    take_turns(turns, example);
    take_episode(turns, example);
  }
  OwnTexts done() { return {x_turns.take(), x_episodes.take()}; }

 private:
  using Turns = std::span<const ReadScratch::TurnWork>;

  void take_turns(Turns turns, std::uint32_t example) {
    const std::size_t width = x_model.parts().turn.width;
    std::size_t customer_turn = 0;
    for (std::uint32_t t = 0; t < turns.size(); ++t) {
      if (turns[t].agent) continue;
      add_grams(turns[t], Space::kOwn, language::length_scale(turns[t].grams), x_turns);
      CueCounts counts;
      count(turns[t], counts);
      add_cues(counts, CueSpace::kTurn, x_turns);
      x_turns.end_unit(std::span(x_scratch.turn_scores).subspan(customer_turn++ * width, width),
                       example, t);
    }
  }

  void take_episode(Turns turns, std::uint32_t example) {
    CueCounts of_customer;
    CueCounts of_agent;
    const ReadScratch::TurnWork* last = nullptr;
    for (const ReadScratch::TurnWork& turn : turns) {
      const Space space = turn.agent ? Space::kAgent : Space::kCustomer;
      const std::size_t grams = x_scratch.space_grams[static_cast<std::size_t>(space)];
      add_grams(turn, space, language::length_scale(grams), x_episodes);
      count(turn, turn.agent ? of_agent : of_customer);
      if (!turn.agent) last = &turn;
    }
    if (last != nullptr) {
      add_grams(*last, Space::kLast, language::length_scale(last->grams), x_episodes);
    }
    add_cues(of_customer, CueSpace::kCustomer, x_episodes);
    add_cues(of_agent, CueSpace::kAgent, x_episodes);
    x_episodes.end_unit(x_scratch.episode_scores, example, 0);
  }

  const language::TextModel& x_model;
  const ReadScratch& x_scratch;
  UnitCollector x_turns;
  UnitCollector x_episodes;
};

}  // namespace

float loudness(const FeaturePlace& place) {
  switch (place.kind) {
    case FeaturePlace::Kind::kGram:
      return kGramLoudness;
    case FeaturePlace::Kind::kCue:
      return kCueLoudness;
    case FeaturePlace::Kind::kBias:
      return kBiasValue;
  }
  return 1;
}

OwnTexts read_own_texts(const language::TextModel& model, const language::Reader& reader,
                        std::span<const Labelled> examples) {
  ReadScratch scratch;
  Taker taker(model, scratch);
  std::vector<language::Turn> turns;
  for (std::uint32_t e = 0; e < examples.size(); ++e) {
    turns.clear();
    for (const LabelledTurn& turn : examples[e].turns) {
      turns.push_back({.speaker = turn.speaker, .text = turn.text, .time = {}});
    }
    (void)reader.read({.id = {}, .turns = turns, .lang = model.lang()}, scratch);
    taker.take(e);
  }
  return taker.done();
}

}  // namespace xinjing::learn
