#pragma once

#include <cstdint>

#include "base/span.h"

namespace xinjing::evidence {

/// Words of one turn that speak for a state.
struct CueHit {
  std::uint16_t construct = 0;
  std::uint16_t state = 0;
  std::int32_t micro_nats = 0;
  std::uint32_t turn = 0;  // index into the conversation's turns
  Span span;               // bytes of that turn's original text
  bool signal = false;     // counts even where a head of the model reads the construct

  bool operator==(const CueHit&) const = default;
};

}  // namespace xinjing::evidence
