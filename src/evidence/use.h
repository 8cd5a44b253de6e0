#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/result.h"

namespace xinjing::evidence {

struct Card;

/// What a statement about a customer may be used for.
enum class Use : std::uint8_t {
  kService,         // answering this person well
  kFollowUp,        // contacting again
  kRecommendation,  // choosing what to offer
  kSegmentation,    // groups and reports about many
  kQuality,         // finding faults of the service
  kCoaching,        // training of staff
  kResearch,
  kPrice,
  kPriority,     // a place in a queue
  kEligibility,  // granting or refusing a service
  kStaffScoring
};

inline constexpr std::array<std::string_view, 11> kUseIds = {
    "service",  "follow_up", "recommendation", "segmentation", "quality",      "coaching",
    "research", "price",     "priority",       "eligibility",  "staff_scoring"};

constexpr std::string_view use_id(Use use) { return kUseIds[static_cast<std::size_t>(use)]; }
std::optional<Use> use_from(std::string_view id);
/// The use that somebody names: by its id, its label or another common word, in Chinese or English,
/// whatever the case; blanks, '-' and '_' are alike.
std::optional<Use> use_named(std::string_view words);
/// The use in words: "setting a price".
Said use_label(Use use);

/// The [use] table of a card.
struct UseRules {
  std::vector<Use> allowed;
  std::vector<Use> forbidden;
  Said reason;  // why the forbidden ones are
};

/// Whether a card may be used so. Every place that acts upon a statement asks here first. A use
/// that the card forbids is kRefused with the card's reason; one it does not list is kRefused too.
Status allowed(const Card& card, Use use);

/// The same for a use named by the outside (an API caller, a file); an unknown name is kRefused.
Status allowed(const Card& card, std::string_view use);

}  // namespace xinjing::evidence
