#include "behaviour/event_log.h"

#include <algorithm>
#include <numeric>

namespace xinjing::behaviour {

std::optional<std::uint32_t> EventLog::find_activity(std::string_view name) const {
  const auto found = std::lower_bound(x_activity_names.begin(), x_activity_names.end(), name);
  if (found == x_activity_names.end() || *found != name) return {};
  return std::uint32_t(found - x_activity_names.begin());
}

std::uint32_t EventLogBuilder::Names::of(std::string_view name) {
  const auto found = numbers.find(name);
  if (found != numbers.end()) return found->second;
  const auto number = std::uint32_t(names.size());
  names.emplace_back(name);
  numbers.emplace(names.back(), number);
  return number;
}

std::vector<std::uint32_t> EventLogBuilder::Names::sort() {
  std::vector<std::uint32_t> order(names.size()), place(names.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [this](auto a, auto b) { return names[a] < names[b]; });
  std::vector<std::string> sorted;
  sorted.reserve(names.size());
  for (const std::uint32_t old : order) {
    place[old] = std::uint32_t(sorted.size());
    sorted.push_back(std::move(names[old]));
  }
  names = std::move(sorted);
  numbers.clear();
  return place;
}

void EventLogBuilder::add(const StepRow& row) {
  if (row.case_id.empty() || row.activity.empty()) {
    ++x_problems.nameless;
    return;
  }
  if (row.started < x_range.first || row.started > x_range.last) {
    ++x_problems.out_of_range;
    return;
  }
  std::int64_t ended = row.ended ? row.ended->millis : EventLog::kUnknown;
  if (row.ended && *row.ended < row.started) {
    ++x_problems.ends_before;
    ended = EventLog::kUnknown;
  } else if (row.ended && *row.ended > x_range.last) {
    ++x_problems.ends_late;
    ended = EventLog::kUnknown;
  }
  // Rows of one case mostly lie together.
  const bool same = !x_steps.empty() && x_cases.names[x_steps.back().case_no] == row.case_id;
  x_steps.push_back({same ? x_steps.back().case_no : x_cases.of(row.case_id),
                     x_activities.of(row.activity),
                     row.resource.empty() ? EventLog::kNobody : x_resources.of(row.resource),
                     row.started.millis, ended});
}

/// Steps by case (a counting sort, so rows keep their order), then each case by time.
void EventLogBuilder::place(EventLog& log) const {
  const std::size_t cases = x_cases.names.size();
  log.x_first.assign(cases + 1, 0);
  for (const Step& step : x_steps) ++log.x_first[step.case_no + 1];
  std::partial_sum(log.x_first.begin(), log.x_first.end(), log.x_first.begin());
  std::vector<std::size_t> next(log.x_first.begin(), log.x_first.end() - 1);
  for (const Step& step : x_steps) {
    const std::size_t at = next[step.case_no]++;
    log.x_activity[at] = step.activity;
    log.x_resource[at] = step.resource;
    log.x_started[at] = step.started;
    log.x_ended[at] = step.ended;
  }
  std::vector<Step> scratch;
  for (std::size_t i = 0; i < cases; ++i) order_case(log, i, scratch);
}

void EventLogBuilder::order_case(EventLog& log, std::size_t case_no,
                                 std::vector<Step>& scratch) const {
  const std::size_t begin = log.x_first[case_no], end = log.x_first[case_no + 1];
  if (std::is_sorted(log.x_started.begin() + std::ptrdiff_t(begin),
                     log.x_started.begin() + std::ptrdiff_t(end)))
    return;
  scratch.clear();
  for (std::size_t i = begin; i < end; ++i) {
    scratch.push_back({0, log.x_activity[i], log.x_resource[i], log.x_started[i], log.x_ended[i]});
  }
  std::stable_sort(scratch.begin(), scratch.end(),
                   [](const Step& a, const Step& b) { return a.started < b.started; });
  for (std::size_t i = begin; i < end; ++i) {
    const Step& step = scratch[i - begin];
    log.x_activity[i] = step.activity;
    log.x_resource[i] = step.resource;
    log.x_started[i] = step.started;
    log.x_ended[i] = step.ended;
  }
}

void EventLogBuilder::look_over(EventLog& log) const {
  LogProblems& problems = log.x_problems;
  for (std::size_t c = 0; c < log.cases(); ++c) {
    const std::size_t begin = log.first(c), end = log.end(c);
    const auto steps = std::int64_t(end - begin);
    problems.single += steps == 1;
    for (std::size_t i = begin; i < end; ++i) {
      problems.same_moment += i > begin && log.started(i) == log.started(i - 1);
      log.x_has_ends |= log.ended(i) != EventLog::kUnknown;
      log.x_last_moment = std::max(log.x_last_moment, log.done(i));
    }
    const bool longer = steps > problems.longest;
    if (longer || (steps == problems.longest && log.case_id(c) < problems.longest_case)) {
      problems.longest = steps;
      problems.longest_case = log.case_id(c);
    }
  }
}

EventLog EventLogBuilder::finish() {
  const std::vector<std::uint32_t> activity = x_activities.sort(), resource = x_resources.sort();
  for (Step& step : x_steps) {
    step.activity = activity[step.activity];
    if (step.resource != EventLog::kNobody) step.resource = resource[step.resource];
  }
  EventLog log;
  log.x_activity.resize(x_steps.size());
  log.x_resource.resize(x_steps.size());
  log.x_started.resize(x_steps.size());
  log.x_ended.resize(x_steps.size());
  place(log);
  x_steps = {};
  log.x_case_ids = std::move(x_cases.names);
  log.x_activity_names = std::move(x_activities.names);
  log.x_resource_names = std::move(x_resources.names);
  log.x_problems = std::move(x_problems);
  look_over(log);
  return log;
}

}  // namespace xinjing::behaviour
