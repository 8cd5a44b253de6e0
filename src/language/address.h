#pragma once

#include <cstddef>
#include <string_view>

// Addresses in texts: URLs with and without "http", and e-mail addresses.
namespace xinjing::language {

/// Where the address ends that begins at `at`; `at` if none does. Punctuation behind it is not of
/// it, nor are Chinese characters but those that a dash or the like joins to it
/// ("…/angry-投诉"). REQUIRES: at lies within text. Cost: O(length of the word at `at`).
std::size_t address_end(std::u32string_view text, std::size_t at);
/// The same of UTF-8, at a whole character; small and capital letters alike.
std::size_t address_end(std::string_view text, std::size_t at);

/// Where the name ends whose @ stands before `begin`: at a blank or a mark.
std::size_t mention_end(std::u32string_view text, std::size_t begin);

}  // namespace xinjing::language
