#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "evidence/act_weights.h"
#include "profile/said_did.h"

// Any bytes as what acts weigh, and as rules by which words and acts part: refused with the place
// or read, and then within the card.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace xinjing;
  using namespace xinjing::evidence;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Card card;
  card.id = "driver";
  for (const char* id : {"lowprice", "novelty"}) {
    card.states.push_back(
        {.id = id, .label = {}, .definition = {}, .prior = 0.5, .valence = std::nullopt});
  }
  if (const auto acts = parse_acts(text, "acts.tsv", 0, card); !acts) {
    XINJING_CHECK(acts.error().place.starts_with("acts.tsv:"));
  } else {
    for (const ActWeight& one : *acts) XINJING_CHECK(one.state < card.states.size());
  }
  const auto cards = Catalogue::of({card});
  XINJING_CHECK(bool(cards));
  if (const auto rules = profile::parse_said_did(text, "s.tsv", *cards); !rules) {
    XINJING_CHECK(rules.error().place.starts_with("s.tsv:"));
  } else {
    for (const auto& rule : *rules) {
      XINJING_CHECK(rule.construct == 0 && !rule.states.empty());
      for (const std::uint16_t state : rule.states) XINJING_CHECK(state < card.states.size());
    }
  }
  return 0;
}
