#include "learn/auxiliary.h"

#include <cmath>

#include "base/parallel.h"
#include "learn/linear_fit.h"

namespace xinjing::learn {
namespace {

constexpr float kLeastTexts = 4;  // rarer grams teach nothing
constexpr double kL2 = 0.7;

struct CountedSet {
  std::vector<CountedText> texts;
};

CountedSet count_set(const AuxiliarySet& set, const Writing& writing) {
  CountedSet counted;
  counted.texts.resize(set.texts.size());
  std::vector<CountScratch> scratch(core_count());
  constexpr std::size_t kBatch = 256;
  parallel_for((set.texts.size() + kBatch - 1) / kBatch, 0, [&](std::size_t b, std::size_t worker) {
    for (std::size_t i = b * kBatch; i < std::min(set.texts.size(), (b + 1) * kBatch); ++i) {
      counted.texts[i] = count_grams(set.texts[i], writing, scratch[worker]);
    }
  });
  return counted;
}

void count_texts_with(const CountedText& text, GramTable& grams, std::vector<float>& texts_with) {
  for (const auto& c : text.counts) {
    const std::uint32_t id = grams.add(c.key);
    if (id == texts_with.size()) texts_with.push_back(0);
    ++texts_with[id];
  }
}

/// Fits one set and writes its numbers into the projection, from column `first`.
void fit_set(const AuxiliarySet& set, const CountedSet& counted, std::span<const float> value,
             std::size_t first, std::size_t numbers, Projection& projection) {
  SparseRows x;
  std::vector<std::uint32_t> rows(set.texts.size());
  std::iota(rows.begin(), rows.end(), 0U);
  const std::size_t classes = set.classes.size();
  FitTask task{.x = &x, .rows = rows, .outputs = static_cast<std::uint32_t>(classes)};
  std::vector<double> shares(classes, 1);
  for (std::size_t i = 0; i < counted.texts.size(); ++i) {
    const float scale = language::length_scale(counted.texts[i].grams);
    for (const auto& c : counted.texts[i].counts) {
      const std::uint32_t id = projection.grams.find(c.key);
      if (id != GramTable::kUnknown) x.add(id, scale * c.count * value[id]);
    }
    x.end_row();
    task.target.insert(task.target.end(), set.targets[i].begin(), set.targets[i].end());
    for (std::size_t k = 0; k < classes; ++k) shares[k] += set.targets[i][k];
  }
  const double most = *std::max_element(shares.begin(), shares.end());
  for (const auto& target : set.targets) {
    double weight = 0;
    for (std::size_t k = 0; k < classes; ++k) weight += target[k] * std::sqrt(most / shares[k]);
    task.weight.push_back(static_cast<float>(weight));
  }
  task.features = static_cast<std::uint32_t>(projection.grams.size());
  task.l2 = kL2;
  task.iterations = 50;
  task.tolerance = 3e-3;
  const LinearFit fit = fit_linear(task);
  for (std::size_t g = 0; g < projection.grams.size(); ++g) {
    for (std::size_t k = 0; k < numbers; ++k) {
      projection.weights[g * projection.numbers + first + k] =
          value[g] * fit.weights[g * classes + k];
    }
  }
}

void scale_to_deviation_one(Projection& projection, std::span<const Labelled> examples,
                            std::span<const CountedExample> counted) {
  std::vector<double> sum(projection.numbers);
  std::vector<double> squares(projection.numbers);
  double n = 0;
  for (std::size_t e = 0; e < examples.size(); ++e) {
    if (examples[e].set == kPublic) continue;
    for (std::size_t t = 0; t < counted[e].turns.size(); ++t) {
      if (examples[e].turns[t].speaker != ingest::Speaker::kCustomer) continue;
      std::vector<float> numbers(projection.numbers);
      projection.add(counted[e].turns[t], numbers);
      ++n;
      for (std::size_t k = 0; k < numbers.size(); ++k) {
        sum[k] += numbers[k];
        squares[k] += double{numbers[k]} * numbers[k];
      }
    }
  }
  for (std::size_t k = 0; k < projection.numbers; ++k) {
    const double variance = squares[k] / n - (sum[k] / n) * (sum[k] / n);
    const auto factor = static_cast<float>(1 / std::sqrt(std::max(1e-9, variance)));
    for (std::size_t g = 0; g < projection.grams.size(); ++g) {
      projection.weights[g * projection.numbers + k] *= factor;
    }
  }
}

}  // namespace

Projection learn_projection(std::span<const AuxiliarySet> sets, std::span<const Labelled> examples,
                            std::span<const CountedExample> counted, const Writing& writing,
                            const std::function<void(std::size_t)>& done) {
  Projection projection;
  if (sets.empty()) return projection;
  std::vector<CountedSet> texts;
  GramTable all;
  std::vector<float> texts_with;
  float texts_in_all = 0;
  for (const AuxiliarySet& set : sets) {
    texts.push_back(count_set(set, writing));
    for (const CountedText& text : texts.back().texts) count_texts_with(text, all, texts_with);
    texts_in_all += static_cast<float>(set.texts.size());
  }
  std::vector<float> value;
  for (std::uint32_t id = 0; id < all.size(); ++id) {
    if (texts_with[id] < kLeastTexts) continue;
    projection.grams.add(all.key(id));
    projection.texts_with.push_back(texts_with[id]);
    value.push_back(std::sqrt(std::log(texts_in_all / texts_with[id]) + 1));
  }
  // Two classes mirror each other: one number says it all.
  const auto numbers_of = [](const AuxiliarySet& set) {
    return set.classes.size() == 2 ? 1 : set.classes.size();
  };
  for (const AuxiliarySet& set : sets) projection.numbers += numbers_of(set);
  projection.weights.resize(projection.grams.size() * projection.numbers);
  std::vector<std::size_t> first(sets.size());
  for (std::size_t s = 1; s < sets.size(); ++s) first[s] = first[s - 1] + numbers_of(sets[s - 1]);
  parallel_for(sets.size(), 0, [&](std::size_t s, std::size_t) {
    fit_set(sets[s], texts[s], value, first[s], numbers_of(sets[s]), projection);
  });
  done(sets.size());
  scale_to_deviation_one(projection, examples, counted);
  return projection;
}

}  // namespace xinjing::learn
