#include "base/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace xinjing {
namespace {

constexpr std::array<double, 10> kPowers{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

constexpr std::size_t kMostDigits = 40;  // of any number, with sign and point

/// To the nearest whole number, halves upwards. REQUIRES: 0 <= value < 2^62.
std::int64_t rounded(double value) {
  const auto whole = static_cast<std::int64_t>(value);
  return whole + (value - static_cast<double>(whole) >= 0.5 ? 1 : 0);
}

char* put_fixed(char* end, double value, int decimals) {
  const auto power = static_cast<std::int64_t>(kPowers[std::size_t(decimals)]);
  const std::int64_t scaled = rounded(std::abs(value) * kPowers[std::size_t(decimals)]);
  if (value < 0 && scaled != 0) *end++ = '-';
  const std::int64_t whole = scaled / power;
  if (whole < 10) {
    *end++ = static_cast<char>('0' + whole);
  } else {
    end = std::to_chars(end, end + kMostDigits, whole).ptr;
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
  return end;
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
  put(bracket);
  ++x_depth;
  x_comma = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  put(bracket);
  --x_depth;
  x_comma = true;
  return done();
}

void JsonWriter::put_long(std::string_view text) {
  flush();
  x_out.append(text);
}

void JsonWriter::put_escaped(std::string_view text) {
  if (text.size() <= kRoom && plain_bytes(text, 0) == text.size()) return put(text);
  flush();
  append_json_escaped(x_out, text);
}

JsonWriter& JsonWriter::key(std::string_view name) {
  string(name);
  put(':');
  x_comma = false;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  separate();
  put('"');
  put_escaped(value);
  put('"');
  return done();
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  separate();
  char* const to = room(kMostDigits);
  return placed(std::to_chars(to, to + kMostDigits, value).ptr);
}

JsonWriter& JsonWriter::number(double value, int decimals) {
  if (!std::isfinite(value)) return null();
  separate();
  char* const to = room(2 * kMostDigits);
  return placed(std::abs(value) < 1e9 ? put_fixed(to, value, decimals)
                                      : std::to_chars(to, to + kMostDigits, value).ptr);
}

JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  put(value ? "true" : "false");
  return done();
}

JsonWriter& JsonWriter::null() {
  separate();
  put("null");
  return done();
}

}  // namespace xinjing
