#pragma once

#include <optional>
#include <string>

#include "base/day.h"

namespace xinjing::behaviour {

/// What is kept of one meter: a line of a portrait.
struct KeptUsage {
  int number = 1;
  std::string meter{};
  double per_day = 0;   // kWh
  std::string habit{};  // as HabitName::id; may be empty
  std::optional<Day> changed{};
  double change = 1;  // use since then by before
  struct Alert {
    Day first, last;
    double kwh = 0;
    double usual = 0;
  };
  std::optional<Alert> alert{};  // the latest
};

}  // namespace xinjing::behaviour
