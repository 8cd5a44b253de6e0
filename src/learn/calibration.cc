#include "learn/calibration.h"

#include <cmath>

#include "learn/metric.h"

namespace xinjing::learn {
namespace {

using language::HeadKind;

std::size_t true_state(std::span<const float> truth) {
  return static_cast<std::size_t>(std::max_element(truth.begin(), truth.end()) - truth.begin());
}

language::Head head_of(const HeadPlan& plan, std::span<const float> lean) {
  language::Head head{.name = plan.name, .kind = plan.kind, .per_turn = plan.per_turn};
  head.states = plan.states;
  head.lean.assign(lean.begin(), lean.end());
  return head;
}

/// Adam on the few numbers of vector scaling; the loss is convex.
Calibration fit_vector_scaling(const HeadPlan& plan, const Scored& scored) {
  constexpr int kSteps = 150;
  constexpr double kPenalty = 1e-3;
  const std::size_t outputs = scored.outputs;
  std::vector<double> at(outputs + 1);  // slope, then offsets
  at[0] = 1;
  std::vector<double> mean(at.size());
  std::vector<double> square(at.size());
  std::vector<double> z(outputs);
  double total = 1e-9;
  for (const float w : scored.weight) total += w;
  for (int step = 1; step <= kSteps; ++step) {
    std::vector<double> gradient(at.size());
    for (std::size_t i = 0; i < scored.size(); ++i) {
      const auto score = scored.score(i);
      const auto truth = scored.truth(i);
      double top = -1e300;
      for (std::size_t k = 0; k < outputs; ++k)
        top = std::max(top, z[k] = at[0] * score[k] + at[k + 1]);
      double sum = 0;
      for (double& v : z) sum += v = std::exp(v - top);
      for (std::size_t k = 0; k < outputs; ++k) {
        const double g = scored.weight[i] * (z[k] / sum - truth[k]) / total;
        gradient[0] += g * score[k];
        gradient[k + 1] += g;
      }
    }
    for (std::size_t k = 0; k < at.size(); ++k) {
      const double g = gradient[k] + kPenalty * (at[k] - (k == 0 ? 1 : 0));
      mean[k] = 0.9 * mean[k] + 0.1 * g;
      square[k] = 0.99 * square[k] + 0.01 * g * g;
      const double m = mean[k] / (1 - std::pow(0.9, step));
      const double s = square[k] / (1 - std::pow(0.99, step));
      at[k] -= 0.1 / (1 + step / 30.0) * m / (std::sqrt(s) + 1e-8);
    }
  }
  Calibration c;
  c.slope.assign(outputs, static_cast<float>(std::max(0.05, at[0])));
  c.offset.assign(at.begin() + 1, at.end());
  (void)plan;
  return c;
}

/// Newton's method on slope and offset of one column.
std::pair<double, double> fit_platt(const Scored& scored, std::size_t k) {
  double a = 1;
  double b = 0;
  constexpr double kPenalty = 0.5;  // pulls towards a = 1 where examples are few
  for (int step = 0; step < 30; ++step) {
    double ga = kPenalty * (a - 1);
    double gb = 1e-3 * b;
    double haa = kPenalty;
    double hab = 0;
    double hbb = 1e-3;
    for (std::size_t i = 0; i < scored.size(); ++i) {
      const double z = scored.score(i)[k];
      const double p = 1 / (1 + std::exp(-(a * z + b)));
      const double g = scored.weight[i] * (p - scored.truth(i)[k]);
      const double h = scored.weight[i] * std::max(1e-6, p * (1 - p));
      ga += g * z, gb += g, haa += h * z * z, hab += h * z, hbb += h;
    }
    const double det = haa * hbb - hab * hab;
    const double da = (hbb * ga - hab * gb) / det;
    const double db = (haa * gb - hab * ga) / det;
    a -= std::clamp(da, -1.0, 1.0), b -= std::clamp(db, -2.0, 2.0);
    if (std::abs(da) + std::abs(db) < 1e-6) break;
  }
  return {std::max(0.05, a), b};
}

/// The threshold with the best F1 over some columns together; of several equally good neighbours
/// the one in the middle.
double best_threshold(std::span<const std::vector<float>> p, const Scored& scored,
                      std::span<const std::size_t> columns) {
  int first = 50;
  int last = 50;
  double best_f1 = 0;
  for (int step = 4; step <= 96; ++step) {
    Hits hits;
    for (std::size_t i = 0; i < p.size(); ++i) {
      for (const std::size_t k : columns) {
        hits.count(scored.truth(i)[k] >= 0.5F, p[i][k] >= static_cast<float>(step) / 100);
      }
    }
    const double f1 = hits.f1();
    if (f1 > best_f1 + 1e-9) {
      best_f1 = f1;
      first = last = step;
    } else if (f1 > best_f1 - 1e-9 && last == step - 1) {
      last = step;
    }
  }
  return (first + last) / 200.0;
}

double positives(const Scored& scored, std::size_t k) {
  double count = 0;
  for (std::size_t i = 0; i < scored.size(); ++i) count += scored.truth(i)[k] >= 0.5F ? 1 : 0;
  return count;
}

Calibration calibrate_several(const HeadPlan& plan, const Scored& scored) {
  Calibration c;
  for (std::size_t k = 0; k < scored.outputs; ++k) {
    const auto [a, b] = fit_platt(scored, k);
    c.slope.push_back(static_cast<float>(a));
    c.offset.push_back(static_cast<float>(b));
  }
  std::vector<std::vector<float>> p;
  for (std::size_t i = 0; i < scored.size(); ++i)
    p.push_back(probabilities(plan, c, scored.score(i)));
  std::vector<std::size_t> all(scored.outputs);
  std::iota(all.begin(), all.end(), std::size_t{0});
  const double common = best_threshold(p, scored, all);
  for (const std::size_t k : all) {
    double threshold = common;
    if (plan.judge == Judge::kMacroF1) {
      // A threshold of its own is worth as much as the column has examples.
      const double n = positives(scored, k);
      const std::size_t alone[] = {k};
      threshold = (n * best_threshold(p, scored, alone) + 10 * common) / (n + 10);
    }
    c.lean.push_back(static_cast<float>(std::log((1 - threshold) / threshold)));
    c.offset[k] += c.lean[k];
  }
  return c;
}

double value_with(const HeadPlan& plan, std::span<const std::vector<float>> p,
                  std::span<const float> lean, const Scored& scored) {
  const language::Head head = head_of(plan, lean);
  std::vector<int> gold;
  std::vector<int> said;
  for (std::size_t i = 0; i < p.size(); ++i) {
    gold.push_back(static_cast<int>(true_state(scored.truth(i))));
    said.push_back(static_cast<int>(language::said_state(head, p[i])));
  }
  return plan.judge == Judge::kWeightedKappa ? weighted_kappa(gold, said) : kappa(gold, said);
}

/// Coordinate search of the leans (or limits between levels).
void lean_towards_judge(const HeadPlan& plan, const Scored& scored,
                        std::span<const std::vector<float>> p, Calibration& c) {
  const bool levels = plan.kind == HeadKind::kLevel;
  c.lean.assign(levels ? plan.states.size() - 1 : plan.states.size(), 0.0F);
  if (levels) {
    const float first = std::strtof(plan.states[0].c_str(), nullptr);
    for (std::size_t k = 0; k < c.lean.size(); ++k)
      c.lean[k] = first + static_cast<float>(k) + 0.5F;
  }
  const std::vector<float> start = c.lean;
  const auto goodness = [&](std::span<const float> lean) {
    double away = 0;
    for (std::size_t k = 0; k < lean.size(); ++k) away += std::abs(lean[k] - start[k]);
    return value_with(plan, p, lean, scored) - 1e-3 * away;
  };
  double best = goodness(c.lean);
  const float reach = levels ? 0.4F : 1.2F;
  for (int round = 0; round < 2; ++round) {
    for (std::size_t k = 0; k < c.lean.size(); ++k) {
      std::vector<float> tried = c.lean;
      for (float value = start[k] - reach; value <= start[k] + reach; value += reach / 8) {
        tried[k] = value;
        const double now = goodness(tried);
        if (now > best) best = now, c.lean = tried;
      }
    }
  }
}

}  // namespace

void Scored::add(const Scored& from, std::size_t i) {
  outputs = from.outputs;
  const auto score = from.score(i);
  const auto truth = from.truth(i);
  scores.insert(scores.end(), score.begin(), score.end());
  target.insert(target.end(), truth.begin(), truth.end());
  weight.push_back(from.weight[i]);
}

Scored all_but(std::span<const Scored> parts, std::size_t left_out) {
  Scored some{.outputs = parts.empty() ? 0 : parts.front().outputs};
  for (std::size_t p = 0; p < parts.size(); ++p) {
    for (std::size_t i = 0; p != left_out && i < parts[p].size(); ++i) some.add(parts[p], i);
  }
  return some;
}

std::vector<float> probabilities(const HeadPlan& plan, const Calibration& by,
                                 std::span<const float> scores) {
  std::vector<float> p(scores.size());
  for (std::size_t k = 0; k < p.size(); ++k) p[k] = by.slope[k] * scores[k] + by.offset[k];
  if (plan.kind == HeadKind::kSeveral) {
    for (float& v : p) v = 1 / (1 + std::exp(-v));
    return p;
  }
  const float top = *std::max_element(p.begin(), p.end());
  float sum = 0;
  for (float& v : p) sum += v = std::exp(v - top);
  for (float& v : p) v /= sum;
  return p;
}

Calibration calibrate(const HeadPlan& plan, const Scored& scored) {
  if (plan.kind == HeadKind::kSeveral) return calibrate_several(plan, scored);
  Calibration c = fit_vector_scaling(plan, scored);
  if (plan.judge == Judge::kSpearman || plan.judge == Judge::kNothing) return c;
  std::vector<std::vector<float>> p;
  for (std::size_t i = 0; i < scored.size(); ++i)
    p.push_back(probabilities(plan, c, scored.score(i)));
  lean_towards_judge(plan, scored, p, c);
  return c;
}

Verdict judge(const HeadPlan& plan, std::span<const std::vector<float>> p,
              std::span<const float> lean, const Scored& scored) {
  std::vector<double> stated;
  std::vector<char> right;
  Verdict verdict;
  const language::Head head = head_of(plan, lean);
  if (plan.kind == HeadKind::kSeveral) {
    std::vector<Hits> hits(scored.outputs);
    Hits all;
    for (std::size_t i = 0; i < p.size(); ++i) {
      for (std::size_t k = 0; k < scored.outputs; ++k) {
        const bool gold = scored.truth(i)[k] >= 0.5F;
        hits[k].count(gold, p[i][k] >= 0.5F);
        all.count(gold, p[i][k] >= 0.5F);
        stated.push_back(p[i][k]);
        right.push_back(gold);
      }
    }
    verdict.value = plan.judge == Judge::kMicroF1 ? all.f1() : macro_f1(hits);
  } else {
    std::vector<double> gold_mean;
    std::vector<double> said_mean;
    for (std::size_t i = 0; i < p.size(); ++i) {
      const std::size_t said = language::said_state(head, p[i]);
      stated.push_back(p[i][said]);
      right.push_back(said == true_state(scored.truth(i)));
      if (plan.judge != Judge::kSpearman) continue;
      gold_mean.push_back(language::mean_level(head, scored.truth(i)));
      said_mean.push_back(language::mean_level(head, p[i]));
    }
    verdict.value = plan.judge == Judge::kSpearman ? spearman(gold_mean, said_mean)
                                                   : value_with(plan, p, lean, scored);
  }
  const auto flags = std::make_unique<bool[]>(right.size());
  std::copy(right.begin(), right.end(), flags.get());
  verdict.calibration_error = calibration_error(stated, {flags.get(), right.size()});
  return verdict;
}

Verdict cross_judge(const HeadPlan& plan, std::span<const Scored> fitted,
                    std::span<const Scored> folds) {
  // Leans differ between folds, so what is said is decided before pooling: a lean is turned into
  // probabilities by saying the state with certainty only for the judge, not for the calibration.
  Scored pooled;
  std::vector<std::vector<float>> p;
  std::vector<int> gold;
  std::vector<int> said;
  double error = 0;
  double weight = 0;
  for (std::size_t f = 0; f < folds.size(); ++f) {
    const Scored others = all_but(fitted, f);
    if (others.size() == 0 || folds[f].size() == 0) continue;
    const Calibration c = calibrate(plan, others);
    std::vector<std::vector<float>> here;
    for (std::size_t i = 0; i < folds[f].size(); ++i) {
      here.push_back(probabilities(plan, c, folds[f].score(i)));
      gold.push_back(static_cast<int>(true_state(folds[f].truth(i))));
      said.push_back(static_cast<int>(language::said_state(head_of(plan, c.lean), here.back())));
      pooled.add(folds[f], i);
    }
    const auto n = static_cast<double>(folds[f].size());
    error += n * judge(plan, here, c.lean, folds[f]).calibration_error;
    weight += n;
    p.insert(p.end(), here.begin(), here.end());
  }
  Verdict verdict = judge(plan, p, {}, pooled);
  if (plan.kind != HeadKind::kSeveral && plan.judge != Judge::kSpearman) {
    verdict.value =
        plan.judge == Judge::kWeightedKappa ? weighted_kappa(gold, said) : kappa(gold, said);
  }
  verdict.calibration_error = weight > 0 ? error / weight : 0;
  return verdict;
}

}  // namespace xinjing::learn
