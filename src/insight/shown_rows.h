#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/day.h"
#include "insight/acts_figures.h"

namespace xinjing::insight {

struct Cite;

/// Somebody who waited.
struct WaitRow {
  Actor who{};
  Day day{};
  double minutes = 0;
};

/// Rows that figures open to and that no statement of the report rests on: some of each.
struct ShownRows {
  using Key = std::pair<std::string, std::string>;
  std::map<Key, std::vector<Cite>> emotions;  // by month and state, strongest first
  std::map<Key, std::vector<Cite>> channels;  // by month and channel, strongest feeling first
  std::map<std::string, std::vector<Cite>> answers;  // by what the agent did, any
  std::map<Key, std::vector<Cite>> types;            // by construct and state, one of each customer
  std::map<Key, std::vector<Cite>> poor;             // by dimension of conduct and month: not done
  std::map<Key, std::vector<WaitRow>> waits;         // by place and month, longest first
};

}  // namespace xinjing::insight
