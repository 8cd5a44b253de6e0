#include "evidence/manner_hits.h"

#include <cmath>

namespace xinjing::evidence {

void manner_hits(const language::MannerModel& model, const Catalogue& catalogue,
                 std::string_view construct, const language::Conversation& conversation,
                 const language::Reading& reading, std::span<const language::Head> heads,
                 std::vector<CueHit>& out) {
  const auto number = catalogue.number(construct);
  std::size_t customer_turns = 0;
  std::uint32_t last = 0;
  for (std::uint32_t t = 0; t < conversation.turns.size(); ++t) {
    if (conversation.turns[t].speaker != ingest::Speaker::kCustomer) continue;
    ++customer_turns;
    last = t;
  }
  if (!number || customer_turns < language::kLeastMannerTurns) return;
  std::vector<float> features;
  manner_of(conversation, reading, heads, features);
  const std::vector<float> nats = model.nats_of(features);
  constexpr float kLeastNats = 0.1F;
  constexpr double kMicro = 1e6;
  for (std::size_t k = 0; k < nats.size(); ++k) {
    const auto state = catalogue[*number].find_state(model.states()[k]);
    if (!state || std::abs(nats[k]) < kLeastNats) continue;
    out.push_back({.construct = *number,
                   .state = *state,
                   .micro_nats = static_cast<std::int32_t>(std::lround(kMicro * double{nats[k]})),
                   .turn = last,
                   .span = {},
                   .signal = true});
  }
}

}  // namespace xinjing::evidence
