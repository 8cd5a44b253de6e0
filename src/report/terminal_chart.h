#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xinjing::report {

/// How many columns a text takes on a terminal: Chinese characters and full-width signs take two.
std::size_t terminal_width(std::string_view text);

/// `text` and blanks up to so many columns; a longer one is cut, with … at its end.
std::string fitted(std::string_view text, std::size_t columns);
/// The same with the blanks before it.
std::string fitted_right(std::string_view text, std::size_t columns);

/// A bar of eighths of blocks: `share` (0 to 1) of so many columns. Never empty where share > 0.
std::string bar(double share, std::size_t columns);

/// One line of blocks of eight heights, from 0 to the largest value.
std::string sparks(std::span<const double> values);

}  // namespace xinjing::report
