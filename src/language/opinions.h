#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/result.h"
#include "base/span.h"
#include "language/phrase_index.h"

namespace xinjing::language {

/// The aspects that a word may say good or bad of, in the order of their numbers.
inline constexpr std::string_view kAspectCodes[] = {"PRI", "FUN", "REL", "SPD", "ATT",
                                                    "CMP", "INF", "CNV", "ENV", "SEC",
                                                    "PER", "DEL", "BRA", "AFT"};
inline constexpr std::size_t kAspects = std::size(kAspectCodes);

/// The number of an aspect.
std::optional<std::uint8_t> aspect_number(std::string_view code);

/// A word that says good or bad, as it stands in a text, whatever is said about it there.
struct Opinion {
  Span chars;
  std::int8_t sign = 1;                  // 1 or -1
  std::uint8_t strength = 2;             // 1 mild, 2 plain, 3 strong
  std::optional<std::uint8_t> aspect{};  // where the word alone tells of what
};

/// Words that say good or bad, and of what: lexicons/opinions.*.tsv (lexicons/README.md has the
/// format). Immutable after `build`, any thread.
class OpinionLexicon {
 public:
  struct Scratch {
    std::vector<FoundPhrase> found;
  };

  OpinionLexicon() = default;
  /// Adds a file. Refused with file:line:column: another header, a row with other than five
  /// columns, a sign other than +, - and 0 (no opinion: what lies within means nothing), a strength
  /// other than 1 to 3, an unknown aspect, no words, words not in normal form.
  Status add(std::string_view text, std::string_view name, std::optional<Lang> lang = {});
  /// Call once, after the last file.
  void build();

  /// Appends the opinions by place; of those that overlap the first counts, and the longest there.
  /// REQUIRES: `text` is normalised. Cost: one pass.
  void find(std::u32string_view text, Scratch& scratch, std::vector<Opinion>& out) const;
  /// The same where the words were looked for with others: `found` are places of words(), by their
  /// numbers there, in the order of PhraseIndex::find.
  void take(std::span<const FoundPhrase> found, std::vector<Opinion>& out) const;

  std::span<const std::u32string> words() const { return x_words; }

 private:
  struct Row {
    std::int8_t sign = 1;
    std::uint8_t strength = 2;
    std::optional<std::uint8_t> aspect{};
  };

  std::vector<Row> x_rows;
  std::vector<std::u32string> x_words;
  std::vector<std::uint32_t> x_row_of_word;
  PhraseIndex x_index;
};

}  // namespace xinjing::language
