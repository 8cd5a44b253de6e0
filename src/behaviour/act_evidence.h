#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "behaviour/preference.h"
#include "evidence/act_weights.h"
#include "evidence/card.h"

namespace xinjing::behaviour {

/// A row in which an act could have been seen, and whether it was.
struct ActSeen {
  evidence::Act act = evidence::Act::kDiscounted;
  bool hit = true;
  bool in_events = false;  // the row is of events, else of orders
  std::int64_t row = 0;    // row_no there
  Day day;

  bool operator==(const ActSeen&) const = default;
};

/// What an act says: one piece of evidence, with the row it rests on.
struct ActEvidence {
  std::uint16_t construct = 0;
  std::uint16_t state = 0;  // index into the card's states, or evidence::kExposure
  ActSeen seen;
  evidence::MicroNats micro_nats = 0;
  std::int64_t n = 0;

  bool operator==(const ActEvidence&) const = default;
};

/// Acts of one kind that count, latest first in time: more than these say nothing new of somebody
/// now, and a customer of a thousand orders must not drown his words.
inline constexpr std::size_t kActsThatCount = 12;

/// The acts that can be seen in the lines of one subject, in time. Acts with cues are found by
/// whoever reads the rows. REQUIRES: lines by time, of one subject.
std::vector<ActSeen> acts_in(std::span<const Line> lines);

/// Acts that the words of rows show, and for which row of the weights.
struct CuedAct {
  std::size_t weight = 0;
  ActSeen seen;
};

/// The evidence that acts of one subject give, for all weights: log-likelihood ratios of hits and
/// misses over the latest chances, each hit a row of its own, the misses together in the row of the
/// latest of them; none with too few chances; at most the weight's cap, and over all acts at most
/// the card's cap for one state. All acts together count as one episode: one exposure for each
/// construct that they speak of, on the day of the latest. REQUIRES: `acts` and `cued` by time.
std::vector<ActEvidence> weigh_acts(std::span<const ActSeen> acts, std::span<const CuedAct> cued,
                                    std::span<const evidence::ActWeight> weights,
                                    const evidence::Catalogue& cards);

}  // namespace xinjing::behaviour
