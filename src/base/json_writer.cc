#include "base/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace xinjing {
namespace {

constexpr std::array<double, 10> kPowers{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

void append_integer(std::string& out, std::int64_t value) {
  constexpr std::int64_t kShort = 10'000;
  std::array<char, 24> digits;
  if (value >= 0 && value < kShort) {  // most are offsets
    char* at = digits.data() + digits.size();
    auto rest = static_cast<std::uint32_t>(value);
    do {
      *--at = static_cast<char>('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    out.append(at, digits.data() + digits.size());
    return;
  }
  const auto end = std::to_chars(digits.begin(), digits.end(), value).ptr;
  out.append(digits.begin(), end);
}

/// To the nearest whole number, halves upwards. REQUIRES: 0 <= value < 2^62.
std::int64_t rounded(double value) {
  const auto whole = static_cast<std::int64_t>(value);
  return whole + (value - static_cast<double>(whole) >= 0.5 ? 1 : 0);
}

void append_fixed(std::string& out, double value, int decimals) {
  const auto power = static_cast<std::int64_t>(kPowers[std::size_t(decimals)]);
  const std::int64_t scaled = rounded(std::abs(value) * kPowers[std::size_t(decimals)]);
  std::array<char, 40> text;
  char* end = text.data();
  if (value < 0 && scaled != 0) *end++ = '-';
  const std::int64_t whole = scaled / power;
  if (whole < 10) {
    *end++ = static_cast<char>('0' + whole);
  } else {
    end = std::to_chars(end, text.data() + text.size(), whole).ptr;
  }
  auto rest = static_cast<std::uint64_t>(scaled - whole * power);
  if (rest != 0) {
    *end = '.';
    char* kept = end;
    for (char* digit = end + decimals; digit > end; --digit, rest /= 10) {
      *digit = static_cast<char>('0' + rest % 10);
      if (kept == end && *digit != '0') kept = digit;
    }
    end = kept + 1;
  }
  out.append(text.data(), end);
}

/// Whether a JSON string may hold it as it is.
constexpr bool is_plain(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

/// Whether a JSON string may hold all eight bytes as they are. The highest bit of a byte of
/// (x - n) & ~x is set if the byte is below n, or if a lower byte is; n is at most 128.
bool are_plain(std::uint64_t x) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  const auto below = [](std::uint64_t v, std::uint64_t n) { return (v - kOnes * n) & ~v; };
  const std::uint64_t special =
      below(x, 0x20) | below(x ^ (kOnes * '"'), 1) | below(x ^ (kOnes * '\\'), 1);
  return (special & (kOnes << 7)) == 0;
}

/// How many bytes from `from` on are plain.
std::size_t plain_bytes(std::string_view text, std::size_t from) {
  std::size_t at = from;
  std::uint64_t eight = 0;
  for (; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if (!are_plain(eight)) break;
  }
  if (at < text.size() && at + sizeof eight > text.size() && text.size() >= from + sizeof eight) {
    std::memcpy(&eight, text.data() + text.size() - sizeof eight, sizeof eight);
    if (are_plain(eight)) at = text.size();
  }
  while (at < text.size() && is_plain(text[at])) ++at;
  return at - from;
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  out += "\\u00";
  out.push_back(kHex[static_cast<unsigned char>(c) >> 4]);
  out.push_back(kHex[static_cast<unsigned char>(c) & 15]);
}

}  // namespace

void append_json_escaped(std::string& out, std::string_view text) {
  for (std::size_t at = 0;;) {
    const std::size_t plain = plain_bytes(text, at);
    out.append(text, at, plain);
    at += plain;
    if (at == text.size()) return;
    append_escape(out, text[at++]);
  }
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  x_out.push_back(bracket);
  x_comma = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  x_out.push_back(bracket);
  x_comma = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  constexpr std::size_t kShort = 60;
  if (name.size() <= kShort &&
      plain_bytes(name, 0) == name.size()) {  // nearly all keys: one append
    std::array<char, kShort + 4> text;
    char* end = text.data();
    if (x_comma) *end++ = ',';
    *end++ = '"';
    end = std::copy(name.begin(), name.end(), end);
    *end++ = '"';
    *end++ = ':';
    x_out.append(text.data(), end);
  } else {
    string(name);
    x_out.push_back(':');
  }
  x_comma = false;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  separate();
  x_out.push_back('"');
  append_json_escaped(x_out, value);
  x_out.push_back('"');
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  separate();
  append_integer(x_out, value);
  return *this;
}

JsonWriter& JsonWriter::number(double value, int decimals) {
  if (!std::isfinite(value)) return null();
  separate();
  if (std::abs(value) < 1e9) {
    append_fixed(x_out, value, decimals);
  } else {
    std::array<char, 32> digits;
    x_out.append(digits.begin(), std::to_chars(digits.begin(), digits.end(), value).ptr);
  }
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  x_out += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  x_out += "null";
  return *this;
}

}  // namespace xinjing
