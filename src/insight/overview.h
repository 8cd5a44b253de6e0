#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"

namespace xinjing::insight {

/// How many of how many showed a state.
struct Count {
  std::string id;
  std::int64_t n = 0;
  std::int64_t of = 0;

  double share() const { return of > 0 ? double(n) / double(of) : 0; }
};

/// An aspect on which expectations were not met, and a customer's words for it.
struct Gap {
  std::string aspect;
  std::int64_t unmet = 0;
  std::int64_t of = 0;  // expectations about this aspect
  std::string quote;
};

/// A person somebody should look at now, and why.
struct Attention {
  std::string person;
  std::string construct;  // bond, escalation, …
  std::string state;
  double p = 0;
  Day last;
  std::string quote;
};

/// What a company's file says as a whole; every number is a count of rows anyone can list.
struct Overview {
  std::int64_t people = 0;
  std::int64_t subjects = 0;  // customer ids and handles, before they are linked
  std::int64_t conversations = 0;
  std::int64_t messages = 0;
  std::int64_t orders = 0;
  std::optional<Day> first, last;
  std::vector<Count> emotions;         // of customers' turns, most frequent first
  std::vector<Count> motives;          // of conversations; several may hold
  std::vector<Count> needs;            // of conversations, the leading need
  std::optional<double> satisfaction;  // mean over conversations, -2..2
  std::vector<Gap> gaps;
  std::vector<Attention> attention;  // strongest first
  std::int64_t portraits = 0;        // people about whom something is said
  double lines_said = 0;             // mean number of constructs said about them
};

}  // namespace xinjing::insight
