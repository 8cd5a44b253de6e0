#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace xinjing::language {

/// An occurrence of a phrase in a text.
struct FoundPhrase {
  std::uint32_t phrase = 0;  // index into the phrases that the index was built from
  Span chars;                // of the text

  bool operator==(const FoundPhrase&) const = default;
};

/// Finds every occurrence of thousands of phrases in texts of characters. Overlapping and nested
/// occurrences are all reported. Where a phrase begins or ends with an ASCII letter or digit, a
/// word must begin or end there too, so "fee" is not found in "coffee"; Chinese has no such
/// boundaries and needs none.
///
/// Phrases that begin with the same three characters (or consist of the same one or two) stand
/// together, and a small bitmap tells for most places of a text that no phrase begins with the
/// characters there. What remains is
/// asked for some places ahead, so that memory has time to come. That is several times faster than
/// an automaton over bytes (Matcher) where phrases are short and seldom found.
/// Immutable, any thread. Cost: O(characters + phrases that share their beginning with the text);
/// bench/matcher_bench.cc has the figure. Memory: 4 bytes a character, some 40 a phrase.
class PhraseIndex {
 public:
  PhraseIndex() = default;
  /// Phrases may repeat; each repetition is reported. An empty phrase is never found.
  /// REQUIRES: fewer than 2^22 phrases of fewer than 1024 characters.
  explicit PhraseIndex(std::span<const std::u32string> phrases);

  /// Appends the occurrences, by where they begin, then the longest first.
  void find(std::u32string_view text, std::vector<FoundPhrase>& out) const;

 private:
  struct Bucket {  // the phrases with the same beginning
    std::uint64_t key = 0;
    std::uint32_t begin = 0;  // of their records
    std::uint32_t end = 0;
  };
  struct Candidate {  // a place where a phrase may begin
    std::uint32_t at = 0;
    std::uint64_t key = 0;
    const Bucket* bucket = nullptr;
  };

  void mark_pair(std::u32string_view phrase);
  void add_bucket(std::uint64_t key, std::uint32_t begin, std::uint32_t end);
  bool may_begin(std::uint64_t key) const;
  std::uint64_t pair_bits(char32_t first, char32_t second) const;
  const Bucket* bucket(std::uint64_t key) const;
  void match(std::span<Candidate> candidates, std::u32string_view text,
             std::vector<FoundPhrase>& out) const;
  void match_one(const Candidate& candidate, std::u32string_view text,
                 std::vector<FoundPhrase>& out) const;

  // Records of phrases: number and size in one word, then the characters behind the key's.
  std::vector<std::uint32_t> x_records;
  std::vector<Bucket> x_buckets;  // open addressing; an empty one has begin == end
  std::uint64_t x_mask = 0;
  std::vector<std::uint64_t> x_filter;  // a bit for the hash of each key
  // Two bits for the hash of the first two characters: whether a phrase consists of them, whether a
  // longer one begins with them.
  std::vector<std::uint64_t> x_pairs;
  std::array<std::uint64_t, 16> x_singles{};  // the same for phrases of one character
};

}  // namespace xinjing::language
