#pragma once

#include <string>
#include <vector>

#include "evidence/card.h"
#include "insight/report_data.h"

namespace xinjing::report {

/// A plain sentence of the first page, and why it is said.
struct Claim {
  std::string id;
  std::string text;
  std::string why;
  std::string sure;     // strong, fair, weak
  std::string section;  // trend, motives, expectations, promises, people, conduct, types, quality
  std::vector<insight::Cite> cites{};
  double weight = 0;  // how much it matters: the order of a list
};

struct Headline {
  std::vector<Claim> happened, changed, todo;  // at most six each
};

/// What a manager should know first, out of a report's data. Pure.
Headline headline_of(const insight::ReportData& data, const evidence::Catalogue& cards, Lang lang);

/// The label of a state, in the language of the report; the id where no card has it.
std::string state_label(const evidence::Catalogue& cards, std::string_view construct,
                        std::string_view state, Lang lang);

/// A short label of an event: "望江营业厅等候变短", "a burst about billing".
std::string event_label(const insight::Event& event, const evidence::Catalogue& cards, Lang lang);

}  // namespace xinjing::report
