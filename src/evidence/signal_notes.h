#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "evidence/catalog.h"

namespace xinjing::evidence {

/// What a detector found in a conversation, in words with its figure: "02:30 发来", "5 条/15 秒内".
struct SignalNote {
  std::string_view construct;  // of the catalogue of detectors
  std::string_view state;
  double nats = 0;
  Said text;
};

/// Tells the signals of conversations that have a figure rather than a quote. Detectors run again,
/// since only what they weigh is kept. Immutable, any thread.
class SignalNoter {
 public:
  /// Hours are told in the zone. `mentions`, which may be null, tells whose names stand behind @;
  /// that several organisations are tagged in anger is not told, for which a model would be asked.
  explicit SignalNoter(int utc_offset_minutes, const language::MentionLexicon* mentions = nullptr)
      : x_utc_offset_minutes(utc_offset_minutes), x_mentions(mentions) {}

  /// Cost: some 20 us.
  std::vector<SignalNote> notes(std::span<const language::Turn> turns) const;

 private:
  int x_utc_offset_minutes;
  const language::MentionLexicon* x_mentions;
  SignalMeter x_meter;
};

}  // namespace xinjing::evidence
