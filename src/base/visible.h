#pragma once

#include <string>
#include <string_view>

namespace xinjing {

/// A text of others, fit to be shown on a terminal: controls of C0 and DEL become their pictures
/// (ESC is ␛), those of C1, marks that turn the direction of writing, and bad bytes become U+FFFD.
/// Line ends and tabs stay. Such a text cannot move the cursor, change colours or titles, or show
/// words in another order than they stand. Cost: about a nanosecond a byte.
std::string visible_text(std::string_view text);

/// The same in one line: line ends and tabs become spaces.
std::string visible_line(std::string_view text);

/// The columns that a line of text takes on a terminal, where a Chinese character takes two.
std::size_t columns_of(std::string_view text);

/// `text` with spaces behind it up to so many columns; at least one.
std::string padded(std::string_view text, std::size_t columns);

}  // namespace xinjing
