#pragma once

#include <string_view>

namespace xinjing::language {

/// Traditional characters and their simplified forms, alternating: the character at an even index
/// becomes the one after it. About 2,900 pairs, ascending by the traditional character.
std::u16string_view simplified_pairs();

}  // namespace xinjing::language
