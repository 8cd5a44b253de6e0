#pragma once

#include <algorithm>
#include <span>

#include "language/promises.h"

// What stands in a clause, for the parts of PromiseReader.
namespace xinjing::language {

/// What a role weighs for or against a commitment, in points. Guessed, and checked against the
/// scenarios of tests/tables/ledger.
int weight_of(PromiseLexicon::Role role);

inline constexpr Acts kAnyAct = Acts{1} << 31;  // beyond the acts of a lexicon: none in particular

inline bool has(std::span<const PromiseLexicon::Found> found, PromiseLexicon::Role role) {
  return std::any_of(found.begin(), found.end(), [&](const auto& f) { return f.role == role; });
}

inline Acts acts_of_role(std::span<const PromiseLexicon::Found> found, PromiseLexicon::Role role) {
  Acts acts = 0;
  for (const auto& f : found) acts |= f.role == role ? f.acts : 0;
  return acts;
}

}  // namespace xinjing::language
