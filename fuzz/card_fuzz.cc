#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "evidence/card.h"

// A card that is read keeps its promises; one that is not says where the fault is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xinjing;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<evidence::Card> card = evidence::parse_card(text, "card.toml");
  if (!card) {
    XINJING_CHECK(card.error().place.starts_with("card.toml"));
    return 0;
  }
  XINJING_CHECK(!card->id.empty() && !card->states.empty() && card->cap_nats > 0);
  for (const evidence::CardExample& example : card->examples) {
    XINJING_CHECK(card->find_state(example.state).has_value());
  }
  XINJING_CHECK(!evidence::allowed(*card, evidence::Use::kPrice));
  return 0;
}
