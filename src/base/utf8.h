#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace xinjing {

/// One code point and how many bytes it took. Bad bytes decode as U+FFFD with length 1.
struct CodePoint {
  char32_t value = 0;
  std::uint32_t bytes = 0;
};

/// The code point at the start of `text`. REQUIRES: !text.empty().
CodePoint decode_utf8(std::string_view text);

void append_utf8(std::string& out, char32_t value);

/// The characters of a text, bad bytes as U+FFFD; and the way back.
std::u32string characters_of(std::string_view text);
std::string utf8_of(std::u32string_view characters);

/// True if all of `text` is well-formed UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view text);

/// A copy in which every bad byte is U+FFFD.
std::string repaired_utf8(std::string_view text);

/// Code points in `text`.
std::size_t utf8_length(std::string_view text);

/// CJK ideographs, the letters of Chinese (not its punctuation).
constexpr bool is_han(char32_t c) {
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
         (c >= 0x20000 && c <= 0x3134f) || (c >= 0xf900 && c <= 0xfaff);
}

}  // namespace xinjing
