#include "base/visible.h"

#include <algorithm>

#include "base/utf8.h"

namespace xinjing {
namespace {

constexpr char32_t kReplacement = 0xfffd;
constexpr char32_t kPictures = 0x2400;  // U+2400 to U+241F: pictures of U+0000 to U+001F
constexpr char32_t kPictureOfDelete = 0x2421;

/// Marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9).
constexpr bool turns_direction(char32_t c) {
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

constexpr char32_t shown(char32_t c) {
  if (c == '\n' || c == '\t') return c;
  if (c < 0x20) return kPictures + c;
  if (c == 0x7f) return kPictureOfDelete;
  return (c >= 0x80 && c < 0xa0) || turns_direction(c) ? kReplacement : c;
}

}  // namespace

std::string visible_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint c = decode_utf8(text);
    append_utf8(out, shown(c.value));
    text.remove_prefix(c.bytes);
  }
  return out;
}

std::string visible_line(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(
      line, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return visible_text(line);
}

namespace {

/// Characters that take two columns: Hangul, Chinese characters and marks, full-width forms, emoji.
/// After the Unicode Standard Annex 11 (East Asian Width), its ranges W and F rounded.
bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
         (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
         (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
         (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) ||
         (c >= 0x20000 && c <= 0x3fffd);
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t n = 0;
  while (!text.empty()) {
    const CodePoint c = decode_utf8(text);
    n += is_wide(c.value) ? 2 : 1;
    text.remove_prefix(c.bytes);
  }
  return n;
}

std::string padded(std::string_view text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  return std::string(text) + std::string(used < columns ? columns - used : 1, ' ');
}

}  // namespace xinjing
