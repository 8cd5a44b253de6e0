#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/lang.h"

namespace xinjing::behaviour {

/// A habit of use in words.
struct HabitName {
  std::string id;  // flat, night, evening, daytime, morning_evening, morning
  Said said;       // with the hour of the peak: "evening peak, 19:00"
};

/// Names a mean day curve by working rules (docs/methods/usage.md): flat where the highest two
/// hours are less than 1.6 times the mean hour and the nights are not high; else by when the
/// highest two hours lie, and whether mornings rise as well. REQUIRES: 24 shares, by hour.
HabitName habit_name(std::span<const double> curve);

/// The same without the hour; empty for an id that is none.
Said habit_words(std::string_view id);

}  // namespace xinjing::behaviour
