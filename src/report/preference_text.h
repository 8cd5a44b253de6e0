#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "base/lang.h"
#include "behaviour/line_table.h"
#include "evidence/card.h"
#include "profile/said_did.h"

namespace xinjing::report {

/// The measures of one customer as a table with bars; what rests on too little says how much there
/// is and how much is needed.
std::string preferences_text(const std::string& customer,
                             std::span<const behaviour::Preference> preferences,
                             const behaviour::LineNames& names, Day as_of, Lang lang);
/// The same as one JSON object; docs/commands.md describes its members.
std::string preferences_json(const std::string& customer,
                             std::span<const behaviour::Preference> preferences,
                             const behaviour::LineNames& names, Day as_of);

/// How measures are spread over customers. Cost: 8 bytes a customer and measure.
class Spread {
 public:
  void add(std::span<const behaviour::Preference> of_one);
  std::size_t customers() const { return x_customers; }
  bool any() const;
  /// Of those with enough, ascending.
  std::vector<double> values(behaviour::Measure measure) const;
  std::size_t too_few(behaviour::Measure measure) const {
    return x_too_few[static_cast<std::size_t>(measure)];
  }

 private:
  std::size_t x_customers = 0;
  std::array<std::vector<double>, behaviour::kMeasures> x_values;
  std::array<std::size_t, behaviour::kMeasures> x_too_few{};
};

/// A line for each measure: customers, tenth, half and ninth tenth, and a histogram.
std::string spread_text(const Spread& spread, Day as_of, Lang lang);
/// One JSON object a line and measure.
std::string spread_json(const Spread& spread, Day as_of);

/// One difference between words and acts, with its customer, for a list.
std::string gap_text(const std::string& customer, const profile::SaidDid& one,
                     const evidence::Catalogue& catalogue, Lang lang);
std::string gap_json(const std::string& customer, const profile::SaidDid& one,
                     const evidence::Catalogue& catalogue);

}  // namespace xinjing::report
