#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "language/norm_reader.h"
#include "language/reading.h"

namespace xinjing::language {

/// An expectation that a conversation shows. Views of the model's heads and of norms.
struct Expectation {
  std::string_view aspect;
  std::string_view status;
  bool stated = false;    // explicit; else implicit
  bool promised = false;  // by the company
  float p = 0;
  std::uint32_t turn = 0;
  Span span{};                 // bytes of the turn
  const Norm* norm = nullptr;  // what is expected, where a norm of the trade says it

  std::string_view kind() const { return stated ? "explicit" : "implicit"; }
};

/// The expectations that a reading says, one for an aspect, by aspect; none where `expectation` is
/// null. `kinds` is the head `expectation_kind` or null. REQUIRES: heads within `heads`.
std::vector<Expectation> find_expectations(const Reading& reading, std::span<const Head> heads,
                                           const Head* expectation, const Head* kinds);

/// Gives each expectation the first norm of its aspect in the same words, else in the same status.
/// A norm whose aspect and status no entry has becomes an entry of its own, at the end.
void add_norms(std::span<const NormHit> hits, std::vector<Expectation>& expectations);

}  // namespace xinjing::language
