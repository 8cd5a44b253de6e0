#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace xinjing::sources {

/// What is taken of an event or a trace of XES. Times as they stand.
struct XesEvent {
  std::int64_t line = 0;
  std::string name, time, start_time, transition, instance, id;
  std::string resource, group, role;
  std::string customer, channel;
  bool too_long = false;  // a value beyond kMaxCellBytes, which was dropped

  /// Takes an attribute by its key; others are passed over.
  void take(std::string_view key, std::string_view value);
};

/// A row of `touchpoints`.
struct XesStep {
  std::int64_t line = 0;
  std::string id, case_id, customer, channel, activity, started, ended, resource, status;
  bool too_long = false;
};

/// The steps of a trace in the order of their first events. Moves out of `events`.
std::vector<XesStep> steps_of(const XesEvent& trace, std::vector<XesEvent>& events);

}  // namespace xinjing::sources
