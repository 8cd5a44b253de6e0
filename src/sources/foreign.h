#pragma once

#include <optional>
#include <string_view>

#include "base/lang.h"

namespace xinjing::sources {

/// Why bytes are no table that is read here, where that is certain from the first of them: packed
/// files, PDF, pictures, sound, old Excel and Word files, databases. Nothing for everything else.
std::optional<Said> foreign_form(std::string_view bytes);

/// Whether bytes are those of no text: more than a tenth of the first 4 KiB are control characters.
/// UTF-16 needs its mark to be known. Cost: one look at 4 KiB.
bool is_binary(std::string_view bytes);

}  // namespace xinjing::sources
