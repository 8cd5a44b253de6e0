#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/act.h"
#include "evidence/card.h"
#include "evidence/tally.h"

namespace xinjing::evidence {

/// One row of an acts.tsv: by how much an act speaks for a state. Over several chances the weight
/// is the log-likelihood ratio of so many hits and misses, at most `cap` either way; with fewer
/// than `least` chances it says nothing.
struct ActWeight {
  std::uint16_t construct = 0;  // number of the card in its catalogue
  std::uint16_t state = 0;      // index into the card's states
  Act act = Act::kDiscounted;
  std::vector<std::string> cues{};  // lower case; of kBought and kLooked, any of them
  MicroNats hit = 0;                // log of the rate of hits where the state holds over elsewhere
  MicroNats miss = 0;               // the same of misses; 0 for acts with cues
  int least = 1;
  MicroNats cap = 0;
  bool fitted = false;  // from labelled customers; otherwise a person's guess

  bool operator==(const ActWeight&) const = default;
};

/// Reads the acts.tsv of a construct (constructs/README.md has the format): comment lines with '#',
/// the header `state act cue hit miss least cap note`, rows sorted by state, act and cue. Refused
/// with file:line:column: an unknown state or act, a cue where none belongs or none where one does,
/// weights outside [-3, 3], a hit of 0, a miss of an act with cues, least outside 1..100, a cap
/// outside [0.2, 3], a note that says neither guessed nor fitted, rows out of order or twice.
Result<std::vector<ActWeight>> parse_acts(std::string_view text, std::string_view name,
                                          std::uint16_t construct, const Card& card);

}  // namespace xinjing::evidence
