#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace xinjing::language {

/// A text as the models see it, and the way back. Character i stands for the bytes
/// [at[i], at[i + 1]) of the original; together the characters cover every byte of it.
/// Reuse one object for many texts: its memory stays.
struct Normalised {
  std::u32string chars;
  std::vector<std::uint32_t> at;  // chars.size() + 1 offsets, ascending

  /// The original bytes of the characters [begin, end).
  Span bytes(std::size_t begin, std::size_t end) const { return {at[begin], at[end]}; }
};

/// Folds `text` into `out`: full width to half width and other compatibility forms (NFKC), lower
/// case, traditional to simplified characters, quotation marks to plain ones, runs of white space
/// to one space (or one line feed), a character repeated more than three times to three (digits
/// excepted). Zero-width characters vanish; a bad byte becomes U+FFFD. Characters are folded one
/// by one: a base letter and a separate accent stay two.
/// Any thread. Cost: about 10 ns a character.
void normalise(std::string_view text, Normalised& out);

/// The folded characters as UTF-8, for tests and for people.
std::string normalised_text(std::string_view text);

}  // namespace xinjing::language
