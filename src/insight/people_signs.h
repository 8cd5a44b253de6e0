#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/span.h"

// What is known of somebody when the lists of people are made. For people_table.cc and
// people_lists.h only.
namespace xinjing::insight {

/// Something a customer said that is a sign of its kind.
struct Sign {
  std::string kind;
  Day day;
  std::int64_t talk = 0;
  std::int64_t message_no = 0;
  Span span;
  std::string quote;
};

struct Talk {
  std::int64_t number = 0;
  Day day;
  double valence = 0;
  double worst = 0;
  double satisfaction = 0;
};

/// What is known of somebody when the lists are made.
struct Known {
  std::string customer, name, kind;
  std::optional<double> age;
  std::vector<Sign> signs;
  std::vector<Talk> talks;  // by day
  std::int64_t broken = 0, kept = 0, overdue = 0;
  std::optional<Day> last_order{};  // not sent back
};

/// The decayed number of talks with a sign of some kinds, and the first and last day.
struct Shown {
  double n = 0;
  std::int64_t talks = 0;
  std::optional<Day> first, last;
  std::string quote;
};

template <typename Fresh>
Shown shown(const Known& one, std::initializer_list<const char*> kinds, Fresh fresh) {
  Shown out;
  std::vector<std::int64_t> talks;
  for (const Sign& sign : one.signs) {
    const bool wanted =
        std::any_of(kinds.begin(), kinds.end(), [&](const char* k) { return sign.kind == k; });
    if (!wanted) continue;
    out.first = out.first ? std::min(*out.first, sign.day) : sign.day;
    out.last = out.last ? std::max(*out.last, sign.day) : sign.day, out.quote = sign.quote;
    if (std::find(talks.begin(), talks.end(), sign.talk) != talks.end()) continue;
    talks.push_back(sign.talk), out.n += fresh(sign.day), ++out.talks;
  }
  return out;
}

}  // namespace xinjing::insight
