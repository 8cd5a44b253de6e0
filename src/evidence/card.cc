#include "evidence/card.h"

#include <algorithm>

namespace xinjing::evidence {

namespace {

constexpr std::string_view kLevels[] = {"utterance", "episode", "customer"};
constexpr std::string_view kMeasures[] = {"typology", "share",   "rate",    "trait",
                                          "ledger",   "several", "sequence"};
constexpr std::string_view kSubjects[] = {"customer", "agent"};
constexpr std::string_view kGrades[] = {"measured", "weak", "folk"};
constexpr std::string_view kSensitivities[] = {"low", "medium", "high"};

}  // namespace

std::string_view level_id(Level level) { return kLevels[static_cast<std::size_t>(level)]; }
std::string_view measure_id(Measure measure) {
  return kMeasures[static_cast<std::size_t>(measure)];
}
std::string_view subject_id(Subject subject) {
  return kSubjects[static_cast<std::size_t>(subject)];
}
std::string_view grade_id(Grade grade) { return kGrades[static_cast<std::size_t>(grade)]; }
std::string_view sensitivity_id(Sensitivity sensitivity) {
  return kSensitivities[static_cast<std::size_t>(sensitivity)];
}

std::string_view group_id(Group group) {
  constexpr std::string_view kIds[] = {"feeling", "want",  "bond", "deciding",
                                       "being",   "agent", "other"};
  return kIds[static_cast<std::size_t>(group)];
}

bool one_state_holds(const Card& card) {
  return card.measure == Measure::kTypology || card.measure == Measure::kTrait ||
         card.measure == Measure::kSequence;
}

std::optional<std::uint16_t> Card::find_state(std::string_view state_id) const {
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states[i].id == state_id) return static_cast<std::uint16_t>(i);
  }
  return std::nullopt;
}

std::vector<std::string> Card::state_ids() const {
  std::vector<std::string> ids;
  ids.reserve(states.size());
  for (const CardState& state : states) ids.push_back(state.id);
  return ids;
}

Result<Catalogue> Catalogue::of(std::vector<Card> cards) {
  std::sort(cards.begin(), cards.end(), [](const Card& a, const Card& b) { return a.id < b.id; });
  const auto twice = std::adjacent_find(cards.begin(), cards.end(),
                                        [](const Card& a, const Card& b) { return a.id == b.id; });
  if (twice != cards.end()) {
    return fail(ErrorCode::kBadInput, {"two cards have the id '" + twice->id + "'",
                                       "两张卡片的 id 都是“" + twice->id + "”"});
  }
  Catalogue catalogue;
  catalogue.x_cards = std::move(cards);
  return catalogue;
}

std::optional<std::uint16_t> Catalogue::number(std::string_view id) const {
  const auto at =
      std::lower_bound(x_cards.begin(), x_cards.end(), id,
                       [](const Card& card, std::string_view key) { return card.id < key; });
  if (at == x_cards.end() || at->id != id) return std::nullopt;
  return static_cast<std::uint16_t>(at - x_cards.begin());
}

const Card* Catalogue::find(std::string_view id) const {
  const std::optional<std::uint16_t> at = number(id);
  return at ? &x_cards[*at] : nullptr;
}

}  // namespace xinjing::evidence
