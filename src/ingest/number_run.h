#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace xinjing::ingest {

/// Digits of a text that belong together: ASCII or full-width, in groups with one or two spaces,
/// dashes or closing brackets between them. For redaction only.
struct NumberRun {
  static constexpr std::size_t kMostGroups = 8;

  struct Group {
    std::size_t first = 0;  // index into digits
    std::size_t count = 0;
    Span span;  // bytes of the text
  };
  std::string digits;  // as ASCII
  std::vector<Group> groups;

  Span span() const { return {groups.front().span.begin, groups.back().span.end}; }
};

/// Bytes of the digit at text[at]: 1, 3 for a full-width one, 0 if there is none.
std::size_t digit_bytes(std::string_view text, std::size_t at);

/// The run that begins at `at`, cut after kMostGroups. REQUIRES: digit_bytes(text, at) > 0.
NumberRun number_run(std::string_view text, std::size_t at);

/// Luhn's check of bank cards.
bool passes_luhn(std::string_view digits);

/// 18 characters (digits, the last may be X): region, date of birth and check digit of a Chinese
/// identity card (GB 11643-1999) are right.
bool is_id_card(std::string_view digits);

}  // namespace xinjing::ingest
