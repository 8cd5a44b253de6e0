#include "behaviour/conformance.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/format.h"

namespace xinjing::behaviour {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

IdealStep step_of(std::string_view text, const EventLog& log) {
  IdealStep step;
  while (!log.find_activity(text) && text.size() > 1 &&
         (text.back() == '?' || text.back() == '+')) {
    (text.back() == '?' ? step.optional : step.repeatable) = true;
    text = trimmed(text.substr(0, text.size() - 1));
  }
  step.activity = text;
  return step;
}

enum class Move : std::uint8_t { kBoth, kSkip, kInsert, kRepeat };

/// What of a case deviates, as activities by kind.
using Deviations = std::map<std::pair<DeviationKind, std::uint32_t>, std::int64_t>;

struct Path {
  std::vector<std::uint32_t> numbers;  // unknown activities have numbers beyond the log's
  std::vector<std::string> names;      // of all numbers
};

Path path_of(const EventLog& log, const std::vector<IdealStep>& ideal) {
  Path out;
  out.names.assign(log.activity_names().begin(), log.activity_names().end());
  for (const IdealStep& step : ideal) {
    const auto known = std::find(out.names.begin(), out.names.end(), step.activity);
    out.numbers.push_back(std::uint32_t(known - out.names.begin()));
    if (known == out.names.end()) out.names.push_back(step.activity);
  }
  return out;
}

/// A step both skipped and inserted was moved; one inserted that the path has was repeated.
Deviations deviations_of(const Alignment& alignment, const Path& path) {
  std::map<std::uint32_t, std::int64_t> skipped, inserted;
  for (const std::size_t step : alignment.skipped) ++skipped[path.numbers[step]];
  for (const std::uint32_t activity : alignment.inserted) ++inserted[activity];
  Deviations out;
  for (const auto& [activity, times] : skipped) {
    const auto also = inserted.find(activity);
    const std::int64_t moved = also == inserted.end() ? 0 : std::min(times, also->second);
    if (moved > 0) out[{DeviationKind::kMoved, activity}] = moved, also->second -= moved;
    if (times > moved) out[{DeviationKind::kSkipped, activity}] = times - moved;
  }
  for (const auto& [activity, times] : inserted) {
    if (times == 0) continue;
    const bool known = std::ranges::count(path.numbers, activity) > 0;
    out[{known ? DeviationKind::kRepeated : DeviationKind::kInserted, activity}] = times;
  }
  return out;
}

std::int64_t required_steps(const std::vector<IdealStep>& ideal) {
  return std::ranges::count_if(ideal, [](const IdealStep& step) { return !step.optional; });
}

double total_time(const EventLog& log, std::size_t c) {
  std::int64_t last = log.started(log.first(c));
  for (std::size_t i = log.first(c); i < log.end(c); ++i) last = std::max(last, log.done(i));
  return double(last - log.started(log.first(c)));
}

/// Works out a log against a path, a variant at a time.
class Conforming {
 public:
  Conforming(const EventLog& log, const Journey& journey, const std::vector<IdealStep>& ideal)
      : x_log(log), x_journey(journey), x_ideal(ideal), x_path(path_of(log, ideal)) {}

  Conformance run() {
    align_variants();
    reach();
    times();
    return std::move(x_out);
  }

 private:
  struct OfVariant {
    bool left_out = false;
    double fitness = 1;
    Deviations deviations;
  };

  void align_variants() {
    double fitness = 0, cost = 0, worst = 0;
    for (const Variant& variant : x_journey.variants) {
      const auto steps = x_log.activities_of(variant.example);
      OfVariant& one = x_variants.emplace_back();
      if (steps.size() * (x_ideal.size() + 1) > kMostCells) {
        one.left_out = true;
        x_out.too_long += variant.cases;
        continue;
      }
      const Alignment alignment = align(steps, x_path.numbers, x_ideal);
      const auto most = double(std::int64_t(steps.size()) + required_steps(x_ideal));
      one.fitness = most == 0 ? 1 : 1 - double(alignment.cost) / most;
      one.deviations = deviations_of(alignment, x_path);
      x_out.cases += variant.cases;
      if (alignment.cost == 0) x_out.fitting += variant.cases;
      fitness += one.fitness * double(variant.cases);
      cost += double(alignment.cost * variant.cases);
      worst += most * double(variant.cases);
    }
    x_out.fitness = x_out.cases > 0 ? fitness / double(x_out.cases) : 0;
    x_out.log_fitness = worst > 0 ? 1 - cost / worst : 0;
  }

  void reach() {
    const std::size_t steps = x_ideal.size();
    x_out.came.assign(steps, 0);
    x_out.reached.assign(steps, 0);
    x_out.lost.assign(steps, 0);
    std::vector<std::size_t> furthest_of;
    for (const Variant& variant : x_journey.variants) {
      const auto done = x_log.activities_of(variant.example);
      const std::set<std::uint32_t> set(done.begin(), done.end());
      std::size_t furthest = steps;  // none
      for (std::size_t k = 0; k < steps; ++k) {
        if (!set.contains(x_path.numbers[k])) continue;
        x_out.came[k] += variant.cases;
        furthest = k;
      }
      furthest_of.push_back(furthest);
      for (std::size_t k = 0; furthest < steps && k <= furthest; ++k) {
        x_out.reached[k] += variant.cases;
      }
    }
    for (std::size_t k = 0; k < steps; ++k) {
      if (x_out.came[k] == 0) x_out.missing.push_back(x_ideal[k].activity);
    }
    for (std::size_t c = 0; c < x_log.cases(); ++c) {
      const std::size_t furthest = furthest_of[x_journey.variant_of[c]];
      const bool open = may_go_on(x_log, x_journey.patience, c);
      if (furthest < last_required() && !open) ++x_out.lost[furthest];
    }
  }

  /// The last step of the path that may not be left out; 0 where there is none.
  std::size_t last_required() const {
    std::size_t last = 0;
    for (std::size_t k = 0; k < x_ideal.size(); ++k) {
      if (!x_ideal[k].optional) last = k;
    }
    return last;
  }

  void times() {
    std::map<std::pair<DeviationKind, std::uint32_t>, std::vector<double>> with;
    std::map<std::pair<DeviationKind, std::uint32_t>, Deviation> found;
    std::vector<double> fitting, deviating;
    for (std::size_t c = 0; c < x_log.cases(); ++c) {
      const OfVariant& one = x_variants[x_journey.variant_of[c]];
      if (one.left_out) continue;
      for (const auto& [what, times] : one.deviations) {
        Deviation& row = found[what];
        ++row.cases, row.times += times;
      }
      if (x_log.end(c) - x_log.first(c) < 2) continue;
      const double total = total_time(x_log, c);
      (one.deviations.empty() ? fitting : deviating).push_back(total);
      for (const auto& [what, times] : one.deviations) with[what].push_back(total);
    }
    for (auto& [what, row] : found) {
      row.kind = what.first;
      row.activity = x_path.names[what.second];
      row.with = times_of(with[what]);
      x_out.deviations.push_back(std::move(row));
    }
    x_out.total_fitting = times_of(fitting);
    x_out.total_deviating = times_of(deviating);
    std::ranges::sort(x_out.deviations, {}, [](const Deviation& one) {
      return std::tuple(-one.cases, one.kind, one.activity);
    });
  }

  const EventLog& x_log;
  const Journey& x_journey;
  const std::vector<IdealStep>& x_ideal;
  Path x_path;
  std::vector<OfVariant> x_variants;
  Conformance x_out;
};

/// The cheapest ways from the beginning, cell by cell (dynamic programming).
class Grid {
 public:
  Grid(std::span<const std::uint32_t> steps, std::span<const std::uint32_t> path,
       const std::vector<IdealStep>& ideal)
      : x_steps(steps), x_path(path), x_ideal(ideal), x_moves((steps.size() + 1) * width()) {
    std::vector<std::int64_t> above, row(width());
    for (std::size_t i = 0; i <= steps.size(); ++i) {
      for (std::size_t j = 0; j < width(); ++j) fill(i, j, above, row);
      above = row;
    }
    x_cost = row.back();
  }

  Alignment trace() const {
    Alignment out{.cost = x_cost, .inserted = {}, .skipped = {}};
    for (std::size_t i = x_steps.size(), j = x_path.size(); i > 0 || j > 0;) {
      const Move move = x_moves[i * width() + j];
      if (move == Move::kInsert) out.inserted.push_back(x_steps[i - 1]);
      if (move == Move::kSkip && !x_ideal[j - 1].optional) out.skipped.push_back(j - 1);
      i -= move != Move::kSkip;
      j -= move == Move::kBoth || move == Move::kSkip;
    }
    return out;
  }

 private:
  std::size_t width() const { return x_path.size() + 1; }

  void fill(std::size_t i, std::size_t j, const std::vector<std::int64_t>& above,
            std::vector<std::int64_t>& row) {
    std::int64_t best = i == 0 && j == 0 ? 0 : INT64_MAX;
    Move move = Move::kBoth;
    const auto offer = [&](std::int64_t cost, Move by) {
      if (cost < best) best = cost, move = by;
    };
    const bool same = i > 0 && j > 0 && x_steps[i - 1] == x_path[j - 1];
    if (same) offer(above[j - 1], Move::kBoth);
    if (same && x_ideal[j - 1].repeatable) offer(above[j], Move::kRepeat);
    if (j > 0) offer(row[j - 1] + (x_ideal[j - 1].optional ? 0 : 1), Move::kSkip);
    if (i > 0) offer(above[j] + 1, Move::kInsert);
    row[j] = best;
    x_moves[i * width() + j] = move;
  }

  std::span<const std::uint32_t> x_steps, x_path;
  const std::vector<IdealStep>& x_ideal;
  std::vector<Move> x_moves;
  std::int64_t x_cost = 0;
};

}  // namespace

std::string_view deviation_id(DeviationKind kind) {
  constexpr std::string_view kIds[] = {"skipped", "inserted", "repeated", "moved"};
  return kIds[static_cast<std::size_t>(kind)];
}

Result<std::vector<IdealStep>> parse_ideal(std::string_view text, const EventLog& log) {
  std::vector<IdealStep> out;
  const char cut = text.find('\n') == std::string_view::npos ? '>' : '\n';
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(cut, begin), text.size());
    const std::string_view step = trimmed(text.substr(begin, end - begin));
    begin = end + 1;
    if (cut == '\n' && (step.empty() || step.starts_with('#'))) continue;
    if (step.empty()) {
      return fail(ErrorCode::kUsage, {"a step of the ideal path is empty: write a>b>c",
                                      "理想路径中有空的步骤：应写成 a>b>c"});
    }
    out.push_back(step_of(step, log));
  }
  if (out.empty() || out.size() > kMostIdealSteps) {
    return fail(ErrorCode::kUsage,
                {fmt::format("the ideal path has 1 to {} steps", kMostIdealSteps),
                 fmt::format("理想路径应有 1 到 {} 步", kMostIdealSteps)});
  }
  return out;
}

Alignment align(std::span<const std::uint32_t> steps, std::span<const std::uint32_t> path,
                const std::vector<IdealStep>& ideal) {
  return Grid(steps, path, ideal).trace();
}

Conformance conform(const EventLog& log, const Journey& journey,
                    const std::vector<IdealStep>& ideal) {
  return Conforming(log, journey, ideal).run();
}

}  // namespace xinjing::behaviour
