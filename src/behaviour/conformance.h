#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "behaviour/journey.h"

// How cases keep to a stated path. docs/methods/journey.md.
namespace xinjing::behaviour {

/// A step of the path as it should be.
struct IdealStep {
  std::string activity;
  bool optional = false;    // may be left out
  bool repeatable = false;  // may come several times in a row

  bool operator==(const IdealStep&) const = default;
};

/// "register>wait>serve+>survey?>pay", or one step a line (empty lines and lines that begin with #
/// are passed over). `?` behind a step: it may be left out; `+`: it may be repeated; not where an
/// activity of the log is called so. kUsage: no step, or more than kMostIdealSteps.
inline constexpr std::size_t kMostIdealSteps = 200;
Result<std::vector<IdealStep>> parse_ideal(std::string_view text, const EventLog& log);

enum class DeviationKind : std::uint8_t {
  kSkipped,   // a step of the path did not come
  kInserted,  // a step that the path does not have
  kRepeated,  // a step of the path, again
  kMoved      // a step of the path at another place than it should be
};
std::string_view deviation_id(DeviationKind kind);

struct Deviation {
  DeviationKind kind = DeviationKind::kSkipped;
  std::string activity;
  std::int64_t cases = 0;  // that have it
  std::int64_t times = 0;  // in all
  Times with;              // whole time of cases that have it and at least two steps

  bool operator==(const Deviation&) const = default;
};

struct Conformance {
  std::int64_t cases = 0;
  std::int64_t fitting = 0;   // without a deviation
  std::int64_t too_long = 0;  // cases left out: steps times length of the path beyond kMostCells
  double fitness = 0;         // mean over cases of 1 - cost / worst cost
  double log_fitness = 0;     // 1 - sum of costs / sum of worst costs
  Times total_fitting, total_deviating;
  std::vector<Deviation> deviations;  // most cases first, then kind, then name
  std::vector<std::int64_t> came;     // [step of the path] cases in which it came
  std::vector<std::int64_t> reached;  // [step of the path] cases in which it or a later one came
  std::vector<std::int64_t>
      lost;  // [step] ended cases that came no further, though a step must follow
  std::vector<std::string> missing;  // steps of the path that no case has
};

inline constexpr std::size_t kMostCells = 200'000'000;

/// Aligns each case with the path at the least cost: a step that both have costs nothing, a step of
/// one alone costs 1 (a step left out that is optional, or a repeat that may be, nothing). The
/// worst cost is that of sharing nothing. This is the optimal alignment of Adriansyah 2014
/// (standard costs) for a model that is one sequence; for a plain one it is Levenshtein's
/// distance without substitution. Of equally cheap alignments one is taken by a fixed rule. Cost:
/// O(steps of distinct variants x length of the path).
Conformance conform(const EventLog& log, const Journey& journey,
                    const std::vector<IdealStep>& ideal);

/// One sequence of activities against the path, both as numbers; parallel to `ideal`.
struct Alignment {
  std::int64_t cost = 0;
  std::vector<std::uint32_t> inserted;  // activities of the case alone
  std::vector<std::size_t> skipped;     // steps of the path alone, not optional ones
};
Alignment align(std::span<const std::uint32_t> steps, std::span<const std::uint32_t> path,
                const std::vector<IdealStep>& ideal);

}  // namespace xinjing::behaviour
