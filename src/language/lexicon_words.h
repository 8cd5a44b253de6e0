#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/tsv.h"

namespace xinjing::language {

/// The alternatives of a cell, joined by '|', as the characters of normalised text. Refused with
/// their place: an empty word, a word that is not in normal form.
Result<std::vector<std::u32string>> words_of(const TsvRow& row, std::string_view cell);

}  // namespace xinjing::language
