#pragma once

#include <initializer_list>
#include <optional>

#include "insight/people_signs.h"
#include "insight/report_data.h"

namespace xinjing::insight {

/// Which lists of people somebody belongs to, by the signs known of them. The scores are rules, not
/// fits: docs/methods/report.md. Each answers with nothing where the score is below -1.5 or there
/// is no sign at all. Pure. Cost: O(signs + talks).
class PeopleLists {
 public:
  /// `from`: the first day with data. `as_of`: the day looked from.
  PeopleLists(Day from, Day as_of) : x_from(from), x_as_of(as_of) {}

  /// Said that he has left or cancelled, and was not heard of since: no order, no contact.
  std::optional<Person> gone(std::int64_t number, const Known& one) const;
  /// Speaks of leaving, compares or names a rival; neither gone nor content or buying since.
  std::optional<Person> waverer(std::int64_t number, const Known& one) const;
  std::optional<Person> escalating(std::int64_t number, const Known& one) const;
  std::optional<Person> vulnerable(std::int64_t number, const Known& one) const;
  std::optional<Person> advocate(std::int64_t number, const Known& one) const;
  std::optional<Person> won_back(std::int64_t number, const Known& one) const;

 private:
  double fresh(Day day) const;
  static Person person_of(std::int64_t number, const Known& one, double score);
  static void add_cites(Person& person, const Known& one, std::initializer_list<const char*> kinds,
                        const Said& note);
  /// The day on which somebody who compared or was leaving chose to stay, and said nothing against
  /// it since.
  static std::optional<Day> came_back(const Known& one);
  /// The day on which somebody left for good, as far as is known.
  static std::optional<Day> left(const Known& one);

  Day x_from, x_as_of;
};

}  // namespace xinjing::insight
