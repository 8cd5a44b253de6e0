#pragma once

#include <cstdint>
#include <string_view>

namespace xinjing {

/// A half-open stretch of bytes, [begin, end).
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool operator==(const Span&) const = default;
  auto operator<=>(const Span&) const = default;
};

/// The bytes of `text` that `span` covers. REQUIRES: span.begin <= span.end <= text.size().
inline std::string_view slice(std::string_view text, Span span) {
  return text.substr(span.begin, span.size());
}

}  // namespace xinjing
