#include "report/claims.h"

#include "base/format.h"

namespace xinjing::report {

std::string state_label(const evidence::Catalogue& cards, std::string_view construct,
                        std::string_view state, Lang lang) {
  const evidence::Card* card = cards.find(construct);
  const auto index = card == nullptr ? std::nullopt : card->find_state(state);
  return index ? card->states[*index].label.in(lang) : std::string(state);
}

std::string event_label(const insight::Event& event, const evidence::Catalogue&, Lang) {
  return event.what;
}

Headline headline_of(const insight::ReportData&, const evidence::Catalogue&, Lang) { return {}; }

}  // namespace xinjing::report
