#pragma once

#include <string_view>

#include "base/span.h"

namespace xinjing::language {

/// The clause of `text` in which `quote` stands: widened on both sides to the nearest punctuation
/// or line end, spaces trimmed; the quote itself where the clause has more than `most_bytes`.
/// REQUIRES: quote lies within text, on whole characters.
Span clause_around(std::string_view text, Span quote, std::size_t most_bytes = 120);

}  // namespace xinjing::language
