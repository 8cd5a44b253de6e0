#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace xinjing::language {

/// One occurrence of a pattern in a text.
struct Match {
  std::uint32_t pattern = 0;  // index into the patterns the matcher was built from
  Span span;                  // bytes of the text; always whole characters

  bool operator==(const Match&) const = default;
};

/// Finds every occurrence of thousands of patterns in one pass over the bytes of a text.
/// Overlapping and nested occurrences are all reported. ASCII letters match in either case. Where
/// a pattern begins or ends with an ASCII letter or digit, a word must begin or end there too, so
/// "fee" is not found in "coffee"; Chinese has no such boundaries and needs none.
/// Immutable after construction, so any number of threads may call it. Cost: O(bytes + matches);
/// bench/matcher_bench.cc has the figure. Memory: 16 bytes per cell, about one cell per byte of
/// the patterns that no other pattern shares.
/// Method: Aho and Corasick (1975) on a double array (Aoe 1989); see docs/methods/matcher.md.
class Matcher {
 public:
  Matcher() : Matcher(std::span<const std::string_view>{}) {}

  /// Patterns may repeat; each repetition is reported. An empty pattern never matches.
  /// REQUIRES: every pattern is valid UTF-8, and all together are shorter than 2^26 bytes.
  explicit Matcher(std::span<const std::string_view> patterns);

  /// Appends the matches to `out`, by where they end, then the longest first.
  void find(std::string_view text, std::vector<Match>& out) const;

  std::size_t pattern_count() const { return x_lengths.size(); }
  std::size_t memory_bytes() const;

 private:
  struct Cell {
    std::int32_t base = 0;     // the child by a byte is at base + byte
    std::int32_t parent = -1;  // the state this cell is a child of; -1 while the cell is free
    std::int32_t fail = 0;     // the state of the longest proper suffix
    std::int32_t endings = 0;  // index into x_endings, 0 where no pattern ends
  };
  struct Trie;

  std::vector<std::int32_t> place(const Trie& trie);
  void link(const Trie& trie, std::span<const std::int32_t> cell_of);
  std::int32_t child(std::int32_t state, std::uint8_t byte) const;
  void mark_starts(std::span<const std::string_view> patterns);
  std::size_t skip(std::string_view text, std::size_t at) const;
  void report(std::string_view text, std::size_t end, std::int32_t list,
              std::vector<Match>& out) const;

  std::vector<Cell> x_cells;             // cell 0 is the root
  std::vector<std::int32_t> x_endings;   // lists of pattern numbers; see link()
  std::vector<std::uint32_t> x_lengths;  // bytes of each pattern
  std::vector<std::uint8_t> x_edges;     // per pattern: bit 0 word begins, bit 1 word ends
  std::vector<std::uint64_t> x_starts;   // one bit per character below U+10000 that starts one
  std::vector<std::uint8_t> x_first;     // per byte: does a pattern start with it?
};

}  // namespace xinjing::language
