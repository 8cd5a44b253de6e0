#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/lang.h"
#include "behaviour/conformance.h"
#include "behaviour/journey.h"
#include "behaviour/what_if.h"
#include "insight/journey_feeling.h"

// What `xinjing journey` shows, as text with charts and as JSON.
namespace xinjing::report {

struct JourneyReport {
  behaviour::EventLog log;
  behaviour::Journey journey;
  std::int64_t rows = 0;
  std::int64_t scheduling = 0;  // rows that are no steps: JourneyRows::scheduling
  int zone_minutes = 0;
  std::vector<behaviour::IdealStep> ideal{};
  std::optional<behaviour::Conformance> conformance{};
  std::string change{};  // what was asked for by --what-if
  std::optional<behaviour::WhatIf> what_if{};
  std::optional<std::vector<insight::StepFeeling>> feelings{};  // none: no words were looked at
  int feeling_hours = 24;
};

struct JourneyShown {
  std::size_t rows = 10;     // of each list; 0: all
  std::size_t variants = 5;  // of the ways through; 0: all
  Lang lang = Lang::kEn;
};

/// Tables with bars, at most 100 columns wide where names are not longer than 24 columns.
std::string journey_text(const JourneyReport& report, const JourneyShown& shown);

/// One JSON object a line: {"what": "summary" | "problem" | "step" | "edge" | "variant" |
/// "hand_over" | "conformance" | "ideal_step" | "deviation" | "what_if" | "feeling", …}. Times in
/// seconds.
std::string journey_json(const JourneyReport& report, const JourneyShown& shown);

/// What is wrong or odd in the rows, a sentence each; none where nothing is.
std::vector<Said> journey_problems(const JourneyReport& report);

/// "40 s", "2.7 min", "3.1 h", "4.2 d"; in Chinese with 秒, 分钟, 小时, 天. A minus sign for what
/// is below 0.
std::string time_text(double millis, Lang lang);

}  // namespace xinjing::report
