#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "base/lang.h"
#include "base/result.h"
#include "evidence/card.h"

namespace xinjing::evidence {

/// A construct that a use does not leave, and why.
struct Withheld {
  std::string construct;
  Said label;
  Said reason;  // the card's own, or that the card does not list the use
};

/// What the cards leave for one use: asked before a statement about customers leaves the program.
/// The catalogue outlives it. Immutable; any thread.
class Permit {
 public:
  Permit(const Catalogue& cards, Use use);

  Use use() const { return x_use; }
  /// By the construct's id; what no card describes is not allowed.
  bool allows(std::string_view construct) const;
  bool allows_number(std::uint16_t construct) const { return x_allowed[construct]; }
  bool allows_all(std::initializer_list<std::string_view> constructs) const;
  bool allows_some(std::span<const std::string_view> constructs) const;

  /// What is withheld of these constructs, in their order; of all cards where none are named.
  std::vector<Withheld> withheld(std::span<const std::string_view> constructs) const;
  std::vector<Withheld> withheld() const;

  /// kRefused, in one sentence with the reason, where the use leaves none of these constructs.
  Status leaves_any(std::span<const std::string_view> constructs) const;
  Status leaves_any() const;  // of all cards

 private:
  const Catalogue& x_cards;
  Use x_use;
  std::vector<bool> x_allowed;  // in the catalogue's order
};

/// Why a card does not leave the use, without the sentence around it. REQUIRES: it does not.
Said reason_against(const Card& card, Use use);

/// The members "use" and "withheld" of an output. REQUIRES: `json` is inside an object.
void write_withheld(Use use, const std::vector<Withheld>& withheld, Lang lang, JsonWriter& json);

}  // namespace xinjing::evidence
