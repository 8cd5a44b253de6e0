#pragma once

#include <string>

#include "base/lang.h"
#include "behaviour/usage_table.h"

namespace xinjing::report {

/// How a study of meter readings is told.
struct UsageTextOptions {
  Lang lang = Lang::kEn;
  std::size_t limit = 10;  // lines of each list; 0: all
  std::string currency{};
  bool plans = true;
};

/// All meters: what was read, the mean day, habits, lasting changes, unusual periods, plans. Lines
/// of at most 100 columns where ids are short.
std::string usage_text(const behaviour::UsageRows& rows, const UsageTextOptions& options);

/// One customer's meters in full.
std::string usage_of_person(const behaviour::UsageRows& rows, std::int64_t person,
                            const UsageTextOptions& options);

/// One JSON object a line: "row" is source, habit, meter, change, unusual or plan. `person` < 0:
/// all.
std::string usage_json(const behaviour::UsageRows& rows, std::int64_t person,
                       const UsageTextOptions& options);

/// The lines of a portrait on somebody's meters; empty where there are none.
std::string usage_lines(const std::vector<behaviour::KeptUsage>& meters, Lang lang);

}  // namespace xinjing::report
