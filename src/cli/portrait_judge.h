#pragma once

#include <string>

#include "evidence/card.h"
#include "learn/reading_trainer.h"

namespace xinjing::cli {

/// How portraits do on customers whose whole industry the reading model has not seen.
struct PortraitVerdict {
  std::string construct;
  std::string measure;  // "kappa of the stage of each day" or "macro F1"
  double value = 0;
  std::size_t customers = 0;
  std::size_t said = 0;  // customers of whom the construct is said after their last episode
};

/// Tallies what a head read of held-out episodes as the collector would, one day an episode, and
/// reads the tally by the card: a sequence is judged by its path against the truth of each episode,
/// anything else by the states that are as likely as not against the customer's.
PortraitVerdict judge_portraits(const learn::OverEpisodes& head, const evidence::Card& card);

}  // namespace xinjing::cli
