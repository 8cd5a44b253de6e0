#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace xinjing {

/// XXH3 (64 bit). Stable across machines and releases: stored values may depend on it.
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

/// XXH3 (128 bit), for keys that must not collide by accident.
struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  bool operator==(const Hash128&) const = default;
  auto operator<=>(const Hash128&) const = default;
};
Hash128 hash128(std::string_view bytes);

/// 32 hexadecimal digits.
std::string hex(Hash128 hash);

/// A good spread of the bits of a number (splitmix64); for hash tables and for n-gram features.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// Lets std::unordered_map<std::string, …> be searched by string_view.
struct StringHash {
  using is_transparent = void;  // NOLINT(readability-identifier-naming): the standard's name
  std::size_t operator()(std::string_view s) const { return hash64(s); }
};

}  // namespace xinjing

template <>
struct std::hash<xinjing::Hash128> {
  std::size_t operator()(const xinjing::Hash128& h) const noexcept { return h.low; }
};
