#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/lang.h"

namespace xinjing::evidence {

/// A kind of act that can speak for a state. Each has chances (rows where it could have been seen)
/// and hits; docs/methods/preference.md says which. The last two are known by words of the row.
enum class Act : std::uint8_t {
  kDiscounted,  // an order with a discount
  kNight,       // an order placed from 23:00 to 5:59
  kCompared,    // an order before which three goods or more were looked at
  kQuick,       // an order within a quarter of an hour of the first look
  kReturned,    // an order that was given back
  kRepeated,    // an order that is not the first
  kSameBrand,   // a line of the brand bought before in the same category
  kNewProduct,  // a line of something never bought before
  kBought,      // a line whose name holds a cue
  kLooked       // a search, view or click whose words hold a cue
};

inline constexpr std::array<std::string_view, 10> kActIds = {
    "discounted", "night",      "compared",    "quick",  "returned",
    "repeated",   "same_brand", "new_product", "bought", "looked"};

constexpr std::string_view act_id(Act act) { return kActIds[static_cast<std::size_t>(act)]; }
std::optional<Act> act_from(std::string_view id);

/// Whether the act is known by words of the row; such an act has hits only, no misses.
constexpr bool has_cue(Act act) { return act == Act::kBought || act == Act::kLooked; }

/// What a hit means, in words: "an order with a discount".
Said act_label(Act act);
/// What stands before the id of an act where it is stored because it could have been and was not.
inline constexpr std::string_view kNot = "not_";

/// The same of an id that was stored; the id itself where it is unknown.
Said act_label(std::string_view id);

}  // namespace xinjing::evidence
