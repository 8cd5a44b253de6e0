#include "learn/model_builder.h"

#include <cmath>
#include <map>

namespace xinjing::learn {
namespace {

using language::Space;

/// Weights of all columns of a unit for the features of its matrix.
struct UnitFit {
  std::uint32_t columns = 0;
  std::vector<float> weights;  // features x columns
  std::vector<float> bias;

  const float* row(std::uint32_t feature) const {
    return weights.data() + std::size_t{feature} * columns;
  }
};

UnitFit joined_fit(bool per_turn, std::span<const TrainedHead> heads, std::uint32_t features) {
  UnitFit unit;
  const auto plans = head_plans();
  for (std::size_t h = 0; h < plans.size(); ++h) {
    if (plans[h].per_turn == per_turn)
      unit.columns += static_cast<std::uint32_t>(plans[h].states.size());
  }
  unit.weights.resize(std::size_t{features} * unit.columns);
  std::size_t first = 0;
  for (std::size_t h = 0; h < plans.size(); ++h) {
    if (plans[h].per_turn != per_turn) continue;
    const LinearFit& fit = heads[h].fit;
    for (std::size_t f = 0; f < features; ++f) {
      std::copy_n(fit.weights.data() + f * fit.outputs, fit.outputs,
                  unit.weights.data() + f * unit.columns + first);
    }
    unit.bias.insert(unit.bias.end(), fit.bias.begin(), fit.bias.end());
    first += fit.outputs;
  }
  return unit;
}

/// The unquantised rows of one space by gram.
struct SpaceRows {
  std::uint32_t columns = 0;
  std::vector<std::uint64_t> keys;
  std::vector<float> rows;
  std::vector<double> importance;
};

/// Where the rows of a space come from.
struct SpaceSource {
  const UnitFit* fit = nullptr;
  const KnownGrams* known = nullptr;
  Columns grams;
  float scale = 1;
  Columns auxiliary;  // count 0: no projection
  float auxiliary_scale = 0;
  const Projection* projection = nullptr;
};

class SpaceBuilder {
 public:
  explicit SpaceBuilder(const SpaceSource& source)
      : x_source(source), x_projection(*source.projection), x_columns(source.fit->columns) {
    x_out.columns = x_columns;
  }

  SpaceRows run() {
    const GramTable& known = x_source.known->table;
    for (std::uint32_t g = 0; g < known.size(); ++g) {
      put(known.key(g), g, x_projection.grams.find(known.key(g)));
    }
    for (std::uint32_t p = 0; x_source.auxiliary.count > 0 && p < x_projection.grams.size(); ++p) {
      const std::uint64_t key = x_projection.grams.key(p);
      if (known.find(key) == GramTable::kUnknown) put(key, GramTable::kUnknown, p);
    }
    return std::move(x_out);
  }

 private:
  void put(std::uint64_t key, std::uint32_t known, std::uint32_t projected) {
    std::vector<float> row(x_columns);
    double texts = 0.5;
    if (known != GramTable::kUnknown) {
      const float* w = x_source.fit->row(x_source.grams.first + known);
      const float scale = x_source.scale * x_source.known->value[known];
      for (std::size_t k = 0; k < x_columns; ++k) row[k] += scale * w[k];
      texts += x_source.known->texts_with[known];
    }
    if (projected != GramTable::kUnknown && x_source.auxiliary.count > 0) {
      const float* numbers =
          x_projection.weights.data() + std::size_t{projected} * x_projection.numbers;
      for (std::uint32_t d = 0; d < x_source.auxiliary.count; ++d) {
        if (numbers[d] == 0) continue;
        const float* w = x_source.fit->row(x_source.auxiliary.first + d);
        const float scale = x_source.auxiliary_scale * numbers[d];
        for (std::size_t k = 0; k < x_columns; ++k) row[k] += scale * w[k];
      }
      texts += 0.05 * x_projection.texts_with[projected];
    }
    double squares = 0;
    for (const float w : row) squares += double{w} * w;
    if (squares == 0) return;
    x_out.keys.push_back(key);
    x_out.rows.insert(x_out.rows.end(), row.begin(), row.end());
    x_out.importance.push_back(std::sqrt(squares * texts));
  }

  const SpaceSource& x_source;
  const Projection& x_projection;
  std::uint32_t x_columns;
  SpaceRows x_out;
};

/// Indices of the most important rows, ascending by key.
std::vector<std::size_t> kept_rows(const SpaceRows& rows, std::size_t most) {
  std::vector<std::size_t> order(rows.keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (order.size() > most) {
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return rows.importance[a] != rows.importance[b] ? rows.importance[a] > rows.importance[b]
                                                      : rows.keys[a] < rows.keys[b];
    });
    order.resize(most);
  }
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return rows.keys[a] < rows.keys[b]; });
  return order;
}

/// The size that all but one in a hundred weights of a column stay below.
float usual_weight(const SpaceRows& rows, std::span<const std::size_t> kept, std::size_t column) {
  std::vector<float> sizes;
  for (const std::size_t r : kept) {
    const float size = std::abs(rows.rows[r * rows.columns + column]);
    if (size > 0) sizes.push_back(size);
  }
  if (sizes.empty()) return 1e-7F;
  const auto at = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() * 99 / 100);
  std::nth_element(sizes.begin(), at, sizes.end());
  return *at;
}

language::WeightBlock quantised(const SpaceRows& rows, std::span<const std::size_t> kept,
                                std::uint32_t width) {
  language::WeightBlock block;
  block.width = width;
  block.scale.assign(width, 1e-9F);
  for (std::size_t k = 0; k < rows.columns; ++k) block.scale[k] = usual_weight(rows, kept, k) / 127;
  block.rows.reserve(kept.size() * width);
  for (const std::size_t r : kept) {
    const float* row = rows.rows.data() + r * rows.columns;
    float largest = 0;
    for (std::size_t k = 0; k < rows.columns; ++k) {
      largest = std::max(largest, std::abs(row[k]) / block.scale[k]);
    }
    std::uint8_t shift = 0;
    while (shift < language::WeightBlock::kMostShift && largest > static_cast<float>(127 << shift))
      ++shift;
    block.shifts.push_back(shift);
    for (std::size_t k = 0; k < width; ++k) {
      const float steps =
          k < rows.columns ? row[k] / block.scale[k] / static_cast<float>(1 << shift) : 0;
      block.rows.push_back(
          static_cast<std::int8_t>(std::lround(std::clamp(steps, -127.0F, 127.0F))));
    }
  }
  return block;
}

/// The rows of kinds of cues in one space.
language::WeightBlock cue_block(const UnitFit& fit, Columns cues, float scale,
                                std::uint32_t width) {
  SpaceRows rows{.columns = fit.columns, .keys = {}, .rows = {}, .importance = {}};
  std::vector<std::size_t> all(cues.count);
  std::iota(all.begin(), all.end(), std::size_t{0});
  for (std::uint32_t c = 0; c < cues.count; ++c) {
    for (std::size_t k = 0; k < fit.columns; ++k) {
      rows.rows.push_back(scale * fit.row(cues.first + c)[k]);
    }
  }
  return quantised(rows, all, width);
}

language::UnitWeights unit_weights(const UnitFit& fit, Columns shapes, float scale) {
  language::UnitWeights unit;
  unit.columns = fit.columns;
  unit.width = (fit.columns + 15) / 16 * 16;
  unit.bias.assign(unit.width, 0);
  std::copy(fit.bias.begin(), fit.bias.end(), unit.bias.begin());
  unit.shapes.assign(std::size_t{shapes.count} * unit.width, 0);
  for (std::uint32_t s = 0; s < shapes.count; ++s) {
    for (std::size_t k = 0; k < fit.columns; ++k) {
      unit.shapes[std::size_t{s} * unit.width + k] = scale * fit.row(shapes.first + s)[k];
    }
  }
  return unit;
}

std::vector<language::ScoreHead> score_heads(std::span<const TrainedHead> heads) {
  std::vector<language::ScoreHead> out;
  std::uint32_t next[2] = {0, 0};
  const auto plans = head_plans();
  for (std::size_t h = 0; h < plans.size(); ++h) {
    language::ScoreHead head;
    std::uint32_t& first = next[plans[h].per_turn ? 0 : 1];
    head.head = {.name = plans[h].name, .kind = plans[h].kind, .per_turn = plans[h].per_turn};
    head.head.states = plans[h].states;
    head.head.priors = heads[h].priors;
    head.head.lean = heads[h].calibration.lean;
    head.head.first = first;
    head.shown = plans[h].shown;
    head.slope = heads[h].calibration.slope;
    head.offset = heads[h].calibration.offset;
    first += static_cast<std::uint32_t>(plans[h].states.size());
    out.push_back(std::move(head));
  }
  return out;
}

std::vector<language::ProductHead> product_heads() {
  std::vector<language::ProductHead> out;
  const auto plans = head_plans();
  const auto index = [&](const std::string& name) {
    const auto found = std::find_if(plans.begin(), plans.end(),
                                    [&](const HeadPlan& plan) { return plan.name == name; });
    return static_cast<std::uint32_t>(found - plans.begin());
  };
  for (const ProductPlan& plan : product_plans()) {
    out.push_back({plan.name, plan.separator, index(plan.first), index(plan.second)});
  }
  return out;
}

}  // namespace

language::ModelParts build_model(std::string name, Lang lang, std::span<const TrainedHead> heads,
                                 const TextUnits& units, const Projections& projections,
                                 const GroupScales& scales, const ModelSize& size) {
  const UnitFit turn = joined_fit(true, heads, units.turn.features);
  const UnitFit episode = joined_fit(false, heads, units.episode.features);
  const float last_auxiliary = scales.auxiliary * scales.last;
  const Projection* customer = &projections.customer;
  const SpaceSource sources[] = {
      {&turn, &units.customer, units.turn.own, 1, units.turn.auxiliary, scales.auxiliary, customer},
      {&turn, &units.agent, units.turn.other, scales.before, {}, 0, &projections.agent},
      {&episode, &units.customer, units.episode.own, 1, units.episode.auxiliary, scales.auxiliary,
       customer},
      {&episode, &units.customer, units.episode.other, scales.last, units.episode.auxiliary_last,
       last_auxiliary, customer},
      {&episode, &units.agent, units.episode.agent, scales.agent, units.episode.auxiliary_agent,
       scales.auxiliary, &projections.agent},
      {&turn, &units.agent, units.turn.agent, scales.after, {}, 0, &projections.agent},
  };
  language::ModelParts parts;
  parts.lang = lang;
  parts.name = std::move(name);
  parts.heads = score_heads(heads);
  parts.products = product_heads();
  parts.turn = unit_weights(turn, units.turn.shapes, scales.shapes);
  parts.episode = unit_weights(episode, units.episode.shapes, scales.shapes);
  std::map<std::uint64_t, std::uint8_t> masks;
  for (std::size_t s = 0; s < language::kSpaces; ++s) {
    const SpaceRows rows = SpaceBuilder(sources[s]).run();
    const std::vector<std::size_t> kept = kept_rows(rows, size.rows[s]);
    for (const std::size_t r : kept) masks[rows.keys[r]] |= static_cast<std::uint8_t>(1U << s);
    const bool per_turn = language::is_turn_space(static_cast<Space>(s));
    parts.blocks[s] = quantised(rows, kept, (per_turn ? parts.turn : parts.episode).width);
  }
  parts.cue_blocks = {
      cue_block(turn, units.turn.cues, scales.cues, parts.turn.width),
      cue_block(episode, units.episode.cues, scales.cues, parts.episode.width),
      cue_block(episode, units.episode.cues_agent, scales.cues, parts.episode.width),
  };
  for (const auto& [key, mask] : masks) {
    parts.keys.push_back(key);
    parts.masks.push_back(mask);
  }
  return parts;
}

}  // namespace xinjing::learn
