#pragma once

#include <string_view>
#include <vector>

#include "base/span.h"

namespace xinjing::language {

/// The clause of `text` in which `quote` stands: widened on both sides to the nearest punctuation
/// (a full stop counts before a space and beside Chinese), line end, or blank between stretches of
/// Chinese of which one has four characters or more; spaces trimmed; the quote
/// itself where the clause has more than `most_bytes`. REQUIRES: quote lies within text, on whole
/// characters.
Span clause_around(std::string_view text, Span quote, std::size_t most_bytes = 120);

/// The clause around `words` as a person would cite it: whole, without @names, emoticons in
/// brackets, numbers of orders and telephones, and greetings at its ends. Where nothing else stands
/// in it, the nearest clause that says something, an earlier one first; never empty unless `words`
/// are. Of a clause of more than 108 bytes the words alone, widened to the next spaces.
/// REQUIRES: words lies within text, on whole characters. Cost: some 0.2 us.
Span clause_to_quote(std::string_view text, Span words);

/// The clauses of a text that say something and are not too long to be cited, trimmed in the same
/// way, in order. Cost: O(bytes).
std::vector<Span> clauses_to_quote(std::string_view text);

}  // namespace xinjing::language
