#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/span.h"
#include "evidence/tally.h"

namespace xinjing::evidence {

/// What kind of thing spoke. The numbers are stored; do not change them.
enum class Source : std::uint8_t {
  kModel = 0,     // the trained text model
  kCue = 1,       // words of a cue file
  kDetector = 2,  // a signal that is not words (evidence/catalog)
  kAct = 3        // an order, an event, an answer
};

constexpr std::string_view source_id(Source source) {
  constexpr std::string_view kIds[] = {"model", "cue", "detector", "act"};
  return kIds[static_cast<std::size_t>(source)];
}
std::optional<Source> source_from(std::string_view id);

/// One piece of ground for or against one state, from one conversation. The rows of a conversation
/// are added to a Tally; a row with a span can be quoted.
/// The row with state kExposure says how often the construct was looked at (weight 0): once, or as
/// often as there are turns where the construct shows in single utterances.
struct Evidence {
  std::uint16_t construct = 0;  // number in the Catalogue
  std::uint16_t state = 0;      // index into the card's states, or kExposure
  Source source = Source::kModel;
  std::int32_t card_version = 1;
  MicroNats micro_nats = 0;
  std::int32_t count = 0;  // 1: the unit shows the state; 0: adds weight only; exposure: times
  std::uint32_t turn = 0;  // index into the conversation's turns
  Span span;               // bytes of that turn's text; empty: no single place

  bool operator==(const Evidence&) const = default;
};

}  // namespace xinjing::evidence
