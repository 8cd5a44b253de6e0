#include "learn/shared_grams.h"

namespace xinjing::learn {

SharedGrams::SharedGrams(const TextUnits& units, const SharedScales& scales, float agent_scale) {
  const UnitMatrix& from = units.episode;
  x_ways.resize(from.features);
  GramTable either;
  const auto lead = [&](Columns columns, const KnownGrams& known, float gain, float shared_gain) {
    for (std::uint32_t g = 0; g < columns.count; ++g) {
      Way& way = x_ways[columns.first + g];
      way.gain = gain * known.value[g];
      way.shared = from.features + either.add(known.table.key(g));
      way.shared_gain = shared_gain * known.value[g];
    }
  };
  lead(from.own, units.customer, scales.own, scales.shared);
  lead(from.other, units.customer, scales.own, 0);
  lead(from.agent, units.agent, scales.agent, scales.shared / agent_scale);
  x_unit.shapes = from.shapes;
  x_unit.cues = from.cues;
  x_unit.cues_agent = from.cues_agent;
  x_unit.features = from.features + static_cast<std::uint32_t>(either.size());
  for (std::size_t r = 0; r < from.x.size(); ++r) {
    const auto columns = from.x.columns(r);
    const auto values = from.x.values(r);
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const Way& way = x_ways[columns[j]];
      if (way.gain != 0) x_unit.x.add(columns[j], way.gain * values[j]);
      if (way.shared_gain != 0) x_unit.x.add(way.shared, way.shared_gain * values[j]);
    }
    x_unit.x.end_row();
  }
}

LinearFit SharedGrams::led_back(const LinearFit& fit) const {
  LinearFit back{.outputs = fit.outputs};
  back.bias = fit.bias;
  back.objective = fit.objective;
  back.iterations = fit.iterations;
  back.weights.resize(x_ways.size() * fit.outputs);
  for (std::size_t f = 0; f < x_ways.size(); ++f) {
    const Way& way = x_ways[f];
    const float* own = fit.weights.data() + f * fit.outputs;
    const float* shared = fit.weights.data() + std::size_t{way.shared} * fit.outputs;
    for (std::size_t k = 0; k < fit.outputs; ++k) {
      back.weights[f * fit.outputs + k] = way.gain * own[k] + way.shared_gain * shared[k];
    }
  }
  return back;
}

}  // namespace xinjing::learn
