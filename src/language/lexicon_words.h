#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/tsv.h"

namespace xinjing::language {

/// So many words a pattern, a cell and a lexicon may stand for.
inline constexpr std::size_t kMostOfPattern = 4096;
inline constexpr std::size_t kMostOfCell = 65'536;
inline constexpr std::size_t kMostOfLexicon = 1'048'576;

/// The words of a cell, as the characters of normalised text, each once. Alternatives are joined by
/// '|'; within a word `(a|b)` is one of some parts and `(a|b)?` one of them or none, so that
/// `(我|我们)(会)?给您退` is four words. A mark that means itself stands behind a backslash: `\(`,
/// `\)`, `\|`, `\?`, `\\`; a question mark that does not follow `)` needs none.
///
/// Refused with their place: an empty word or part, a bracket without its other, brackets more than
/// eight deep, a pattern of more than kMostOfPattern words, a cell of more than kMostOfCell, a
/// lexicon, which has `so_far` already, of more than kMostOfLexicon, a word of more than 200
/// characters or not in normal form. Cost: O(bytes of the words).
Result<std::vector<std::u32string>> words_of(const TsvRow& row, std::string_view cell,
                                             std::size_t so_far);

}  // namespace xinjing::language
