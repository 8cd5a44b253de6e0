#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "evidence/card.h"
#include "evidence/tally.h"

namespace xinjing::psychology {

/// Where the leading state is going: its share in the later half of the evidence against the
/// earlier half.
enum class Trend : std::uint8_t { kUnknown, kDown, kFlat, kUp };
std::string_view trend_id(Trend trend);

/// Why a construct is not said, or that it is. Faded: it could be said on the day of the last
/// evidence, and no longer.
enum class Ground : std::uint8_t { kEnough, kNothing, kFewEpisodes, kWeak, kUndecided, kFaded };
std::string_view ground_id(Ground ground);

/// What is believed of a sequence on a day with evidence, all evidence known.
struct Step {
  Day day;
  std::uint16_t state = 0;  // index into the card's states
  double p = 0;

  bool operator==(const Step&) const = default;
};

/// What is believed of one construct for one person (or group) as of a day.
struct Standing {
  Ground ground = Ground::kNothing;
  std::uint16_t state = 0;     // the leading state: index into the card's states
  double p = 0;                // its probability; for a share, its share
  std::vector<double> dist;    // parallel to the card's states; shares need not sum to 1
  double low = 0, high = 1;    // 95 % interval of `p` for a share, of `mean` for a trait
  std::optional<double> mean;  // level of a trait
  double nats = 0;             // weight of evidence for the leading state, decayed
  std::int64_t shown = 0;      // how often the leading state was shown
  std::int64_t evidence = 0;   // how often any state was shown
  std::int64_t episodes = 0;   // how often the construct was looked at
  Trend trend = Trend::kUnknown;
  Day first{}, last{};       // days of the first and last evidence
  std::vector<Step> path{};  // of a sequence: one step for each day with evidence, ascending

  bool said() const { return ground == Ground::kEnough; }
};

/// What a card's minimum_episodes is compared with: episodes that showed any state where one holds,
/// or the leading state of a share.
std::int64_t times_shown(const Standing& standing, const evidence::Card& card);

/// Reads one construct out of a tally: prior, decay by half-life, measurement model, abstention.
/// Evidence after `as_of` does not count, so any past day can be asked for. Pure. Cost: O(entries
/// of the construct). `construct` is the card's number in the tally. Models
/// (docs/methods/standing.md): typology: log-odds add to the prior's; sequence: a hidden Markov
/// chain over the days with evidence (base/hidden_chain.h), the priors at its start, and what the
/// last step says fades to the priors by the half-life; share: Beta posterior of the
/// share of episodes that show a state; trait: mean level over days, each day's level a posterior;
/// rate and ledger: as share. A state that was never shown is never said, however probable it was
/// beforehand.
Standing read_standing(const evidence::Tally& tally, std::uint16_t construct,
                       const evidence::Card& card, Day as_of);

}  // namespace xinjing::psychology
