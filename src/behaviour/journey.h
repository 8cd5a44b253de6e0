#pragma once

#include <cstdint>
#include <vector>

#include "behaviour/event_log.h"

// What an event log says as it stands: the directly-follows graph with its waits, variants,
// rework, ends and hand-overs. Formulas, limits and sources: docs/methods/journey.md.
namespace xinjing::behaviour {

/// Times of one kind, milliseconds. Quantiles are interpolated between order statistics (type 7 of
/// Hyndman and Fan 1996), so the median of two is their mean.
struct Times {
  std::int64_t n = 0;
  double median = 0;
  double p90 = 0;
  double mean = 0;

  bool operator==(const Times&) const = default;
};

/// Reorders `values`. Cost: O(n).
Times times_of(std::span<double> values);
/// REQUIRES: not empty; 0 <= p <= 1. Reorders `values`.
double quantile_of(std::span<double> values, double p);

/// A step of the journey, over all cases.
struct ActivityFigures {
  std::uint32_t activity = 0;
  std::int64_t steps = 0;
  std::int64_t cases = 0;
  std::int64_t starts = 0;        // cases that begin with it
  std::int64_t ends = 0;          // cases whose last step it is
  std::int64_t ends_open = 0;     // of these, cases that may still go on (Journey::patience)
  std::int64_t repeats = 0;       // steps beyond the first of their case: rework
  std::int64_t repeat_cases = 0;  // cases that have such
  Times service;                  // from start to end, where the end is known

  bool operator==(const ActivityFigures&) const = default;
};

/// `to` came directly after `from` in a case: an edge of the directly-follows graph (van der Aalst
/// 2016, "Process Mining", section 5.2).
struct Edge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::int64_t n = 0;
  std::int64_t cases = 0;
  std::int64_t overlapped = 0;  // `to` started before `from` had ended: a wait of 0
  Times wait;                   // from the end of `from` (its start where unknown) to the start

  bool operator==(const Edge&) const = default;
};

/// Cases with the same activities in the same order.
struct Variant {
  std::uint32_t example = 0;  // a case of it: EventLog::activities_of(example)
  std::int64_t cases = 0;
  Times total;  // first start to last end
};

/// A step of `from` was followed by one of `to`, another resource (van der Aalst, Reijers and Song
/// 2005, "hand-over of work").
struct HandOver {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::int64_t n = 0;

  bool operator==(const HandOver&) const = default;
};

struct HandOvers {
  std::vector<HandOver> pairs;  // most first
  std::int64_t known = 0;       // steps after another, the resource of both known
  std::int64_t passed = 0;      // of these, to another resource
  std::int64_t back = 0;        // passed on, and straight back again
  std::int64_t cases = 0;       // cases with at least one
};

/// All figures of a log. Lists are sorted: most first, then by name.
struct Journey {
  std::int64_t steps = 0;
  std::int64_t cases = 0;
  Times total;  // of cases with at least two steps
  Times gap;    // all waits
  /// A case whose last step began no longer than this before the end of the data may still go on:
  /// the 95 % quantile of the times from the start of a step to the start of the next. [ms]
  double patience = 0;
  std::int64_t open = 0;  // cases that may
  std::vector<ActivityFigures> activities;
  std::vector<Edge> edges;
  std::vector<Variant> variants;
  std::vector<std::uint32_t> variant_of;  // [case] index into `variants`
  HandOvers hand_overs;
};

/// Whether a case may still go on, by Journey::patience.
bool may_go_on(const EventLog& log, double patience, std::size_t case_no);

/// Pure; one thread. Cost: O(steps), about 0.3 s for a million.
Journey describe(const EventLog& log);

}  // namespace xinjing::behaviour
