#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/day.h"
#include "base/hash.h"

namespace xinjing::behaviour {

/// One row of `touchpoints`: a step of a case. Views are read during the call that takes it.
struct StepRow {
  std::string_view case_id;
  std::string_view activity;
  Instant started;
  std::optional<Instant> ended = {};
  std::string_view resource = {};  // empty: unknown
};

/// What is wrong or odd in the rows of a log, so that it can be said. Nothing of it is repaired by
/// a guess: what is left out is counted here.
struct LogProblems {
  std::int64_t nameless = 0;      // rows without case or activity; left out
  std::int64_t out_of_range = 0;  // rows whose time cannot be (LogRange); left out
  std::int64_t ends_before = 0;   // steps that end before they start; the end is taken as unknown
  std::int64_t ends_late = 0;     // steps that end beyond the range; the end is taken as unknown
  std::int64_t same_moment = 0;   // steps that start with the step before; order of the file holds
  std::int64_t single = 0;        // cases of one step: no step follows another
  std::int64_t longest = 0;       // steps of the longest case
  std::string longest_case;       // its id; the first by the alphabet of several

  bool operator==(const LogProblems&) const = default;
};

/// Moments that can be: clocks that were never set say 1970, clocks set wrong say next century.
struct LogRange {
  Instant first{31'536'000'000};  // 1971-01-01
  Instant last{std::numeric_limits<std::int64_t>::max()};
};

/// The steps of many cases, each case in order of time: what every figure of a journey is made of.
/// Activities and resources are numbered in the order of their names, so that no figure depends on
/// the order of rows; cases by their first row. Steps of a case that start at the same moment stay
/// in the order of the rows. Immutable. Memory: 32 bytes a step and the names.
class EventLog {
 public:
  static constexpr std::uint32_t kNobody = 0xffffffff;  // a resource that is unknown
  static constexpr std::int64_t kUnknown = std::numeric_limits<std::int64_t>::min();

  std::size_t cases() const { return x_first.size() - 1; }
  std::size_t steps() const { return x_activity.size(); }
  /// The steps of a case are [first, end).
  std::size_t first(std::size_t case_no) const { return x_first[case_no]; }
  std::size_t end(std::size_t case_no) const { return x_first[case_no + 1]; }

  std::uint32_t activity(std::size_t step) const { return x_activity[step]; }
  std::uint32_t resource(std::size_t step) const { return x_resource[step]; }
  /// Milliseconds since 1970 UTC.
  std::int64_t started(std::size_t step) const { return x_started[step]; }
  /// kUnknown where no usable end was given.
  std::int64_t ended(std::size_t step) const { return x_ended[step]; }
  /// The end, or the start where the end is unknown.
  std::int64_t done(std::size_t step) const {
    return x_ended[step] == kUnknown ? x_started[step] : x_ended[step];
  }
  std::span<const std::uint32_t> activities_of(std::size_t case_no) const {
    return {x_activity.data() + x_first[case_no], x_first[case_no + 1] - x_first[case_no]};
  }

  std::span<const std::string> activity_names() const { return x_activity_names; }
  std::span<const std::string> resource_names() const { return x_resource_names; }
  const std::string& case_id(std::size_t case_no) const { return x_case_ids[case_no]; }
  std::optional<std::uint32_t> find_activity(std::string_view name) const;
  const LogProblems& problems() const { return x_problems; }
  /// Whether any step has a usable end: else waits are from start to start.
  bool has_ends() const { return x_has_ends; }
  /// The latest moment of the log; 0 where it is empty.
  std::int64_t last_moment() const { return x_last_moment; }

 private:
  friend class EventLogBuilder;
  std::vector<std::size_t> x_first{0};
  std::vector<std::uint32_t> x_activity, x_resource;
  std::vector<std::int64_t> x_started, x_ended;
  std::vector<std::string> x_case_ids, x_activity_names, x_resource_names;
  LogProblems x_problems;
  bool x_has_ends = false;
  std::int64_t x_last_moment = 0;
};

/// Takes rows in any order and makes a log. Cost: about 0.2 microseconds a row.
class EventLogBuilder {
 public:
  explicit EventLogBuilder(LogRange range = {}) : x_range(range) {}

  void add(const StepRow& row);
  /// REQUIRES: called once, after the last row.
  EventLog finish();

 private:
  struct Names {
    std::unordered_map<std::string, std::uint32_t, StringHash, std::equal_to<>> numbers;
    std::vector<std::string> names;
    std::uint32_t of(std::string_view name);
    /// Sorts the names; [old number] = new number.
    std::vector<std::uint32_t> sort();
  };
  struct Step {
    std::uint32_t case_no, activity, resource;
    std::int64_t started, ended;
  };
  void place(EventLog& log) const;
  void order_case(EventLog& log, std::size_t case_no, std::vector<Step>& scratch) const;
  void look_over(EventLog& log) const;

  LogRange x_range;
  Names x_cases, x_activities, x_resources;
  std::vector<Step> x_steps;
  LogProblems x_problems;
};

}  // namespace xinjing::behaviour
