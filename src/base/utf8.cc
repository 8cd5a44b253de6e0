#include "base/utf8.h"

namespace xinjing {
namespace {

constexpr CodePoint kBad{0xfffd, 1};

constexpr bool is_tail(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

std::uint32_t length_from_lead(unsigned char lead) {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

}  // namespace

CodePoint decode_utf8(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::uint32_t length = length_from_lead(lead);
  if (length == 0 || text.size() < length) return kBad;
  char32_t value = lead & (0xffU >> (length + 1));
  for (std::uint32_t i = 1; i < length; ++i) {
    if (!is_tail(text[i])) return kBad;
    value = (value << 6) | (static_cast<unsigned char>(text[i]) & 0x3f);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (overlong || surrogate || value > 0x10ffff) return kBad;
  return {value, length};
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) return put(0xc0 | (c >> 6)), put(0x80 | (c & 0x3f));
  if (c < 0x10000) {
    return put(0xe0 | (c >> 12)), put(0x80 | ((c >> 6) & 0x3f)), put(0x80 | (c & 0x3f));
  }
  put(0xf0 | (c >> 18)), put(0x80 | ((c >> 12) & 0x3f));
  put(0x80 | ((c >> 6) & 0x3f)), put(0x80 | (c & 0x3f));
}

std::u32string characters_of(std::string_view text) {
  std::u32string characters;
  while (!text.empty()) {
    const CodePoint c = decode_utf8(text);
    characters += c.value;
    text.remove_prefix(c.bytes);
  }
  return characters;
}

std::string utf8_of(std::u32string_view characters) {
  std::string text;
  for (const char32_t c : characters) append_utf8(text, c);
  return text;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint c = decode_utf8(text);
    if (c.value == 0xfffd && c.bytes == 1) return false;
    text.remove_prefix(c.bytes);
  }
  return true;
}

std::string repaired_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint c = decode_utf8(text);
    append_utf8(out, c.value);
    text.remove_prefix(c.bytes);
  }
  return out;
}

std::size_t utf8_length(std::string_view text) {
  std::size_t n = 0;
  for (; !text.empty(); ++n) text.remove_prefix(decode_utf8(text).bytes);
  return n;
}

}  // namespace xinjing
