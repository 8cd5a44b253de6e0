#pragma once

#include <random>
#include <string>
#include <vector>

#include "behaviour/event_log.h"

// Small logs for tests.
namespace xinjing::behaviour {

inline std::int64_t minute(std::int64_t n) { return 1'700'000'000'000 + n * 60'000; }

/// A step by minutes; `ended` below `started`: unknown.
struct SampleStep {
  std::string case_id, activity;
  int started = 0;
  int ended = -1;
  std::string resource = {};
};

inline EventLog log_of(const std::vector<SampleStep>& steps) {
  EventLogBuilder builder;
  for (const SampleStep& step : steps) {
    StepRow row{.case_id = step.case_id,
                .activity = step.activity,
                .started = {minute(step.started)},
                .resource = step.resource};
    if (step.ended >= step.started) row.ended = Instant{minute(step.ended)};
    builder.add(row);
  }
  return builder.finish();
}

inline std::string path_text(const EventLog& log, std::size_t case_no) {
  std::string out;
  for (const std::uint32_t activity : log.activities_of(case_no)) {
    out += (out.empty() ? "" : " ") + log.activity_names()[activity];
  }
  return out;
}

/// Cases of one to nine steps of five activities and three resources, no two steps of a case at the
/// same moment; some without an end or resource.
inline std::vector<SampleStep> random_steps(std::mt19937& random, int cases) {
  std::vector<SampleStep> out;
  for (int c = 0; c < cases; ++c) {
    int at = int(random() % 1000);
    for (int n = int(random() % 9) + 1; n > 0; --n) {
      const int own = int(random() % 12) - 2;
      const std::uint32_t who = random() % 4;
      out.push_back({"c" + std::to_string(c), std::string(1, char('A' + random() % 5)), at,
                     own < 0 ? -1 : at + own, who == 3 ? "" : "r" + std::to_string(who)});
      at += int(random() % 15) + 1;
    }
  }
  return out;
}

}  // namespace xinjing::behaviour
