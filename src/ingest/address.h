#pragma once

#include <optional>
#include <string_view>

#include "base/span.h"

namespace xinjing::ingest {

/// The address whose house number begins at text[at], with the name of its road if that stands
/// before it: 中山北路123号5单元302室, 5栋302室, 12 Main Street. A number with 号 alone is none
/// (it is a date or a counter). For redaction only. REQUIRES: a digit at `at`.
std::optional<Span> address_at(std::string_view text, std::size_t at);

}  // namespace xinjing::ingest
