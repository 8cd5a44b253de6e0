#include "evidence/confirmation.h"

namespace xinjing::evidence {
namespace {

struct Weight {
  std::string_view what;
  bool recalled;  // only where the words recall a promise
  std::string_view state;
  std::int32_t micro_nats;
};
// A loss weighs more than a gain (Kahneman and Tversky 1979).
constexpr Weight kWeights[] = {
    {"unmet", true, "-1", 600'000},    {"unmet", true, "-2", 400'000},
    {"met", true, "1", 400'000},       {"exceeded", false, "2", 600'000},
    {"exceeded", false, "1", 400'000},
};

}  // namespace

void confirmation_hits(const Catalogue& catalogue, std::span<const PromiseWordRow> rows,
                       std::span<const language::Turn> turns, std::vector<CueHit>& out) {
  const auto number = catalogue.number("satisfaction");
  if (!number) return;
  const Card& card = catalogue[*number];
  for (const Weight& weight : kWeights) {
    const auto state = card.find_state(weight.state);
    if (!state) continue;
    for (const PromiseWordRow& row : rows) {
      if (row.what != weight.what || (weight.recalled && !row.recalls)) continue;
      if (turns[row.turn].speaker != ingest::Speaker::kCustomer) continue;
      out.push_back({.construct = *number,
                     .state = *state,
                     .micro_nats = weight.micro_nats,
                     .turn = row.turn,
                     .span = row.span,
                     .signal = true});
      break;
    }
  }
}

}  // namespace xinjing::evidence
