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

// What the customers of a trade take for granted and speak of only when it is missing: a quiet
// room, a repair crew within the hour.
namespace xinjing::language {

/// A must-be attribute of a trade (Kano): fulfilled it pleases nobody, missing it angers.
struct Norm {
  /// How much of it is expected: 45 min, 7 d, 3 %.
  struct Level {
    double number = 0;
    std::string unit;
    bool operator==(const Level&) const = default;
  };
  std::string key;     // pack and id: "power/repair_city"
  std::string aspect;  // PRI, FUN, REL, …
  Said content;        // what is expected, in a few words
  std::optional<Level> level{};
  std::string source;  // a published rule with its year, or kCommonExpectation

  bool operator==(const Norm&) const = default;
};

/// What stands in the column of sources where no rule is known.
inline constexpr std::string_view kCommonExpectation = "common expectation of the trade";

/// The norms of some packs (packs/*/norms.*.tsv; packs/README.md has the format) and the words that
/// touch them. Immutable after `build`, any thread.
class NormLexicon {
 public:
  /// The file of one pack in one language.
  struct File {
    std::string_view pack;  // its id
    std::string_view text;
    std::string_view name;                   // for places
    std::span<const std::string> aspects{};  // codes that there are
  };
  /// A norm whose words stand in a text.
  struct Found {
    std::uint32_t norm = 0;
    bool broken = false;  // the words alone say that it was not kept
    Span chars;
  };

  NormLexicon() = default;
  /// Adds a file. Refused with file:line:column: another header, a row with other than seven
  /// columns, an id of other than small letters, digits and _, an unknown aspect, words that are
  /// empty or not in normal form, no content in a language, a level that is no number and unit, no
  /// source, ids out of order or twice, a row that says something else of a norm than the pack's
  /// file of the other language.
  Status add(const File& file);
  void build();

  /// All, in the order in which they were added.
  std::span<const Norm> norms() const { return x_norms; }
  bool empty() const { return x_norms.empty(); }

  /// Fills `out` with what stands in a normalised text, by place; nothing that stands within longer
  /// words of the same norm; of a trigger `a*b` (packs/README.md), where b stands. Cost: one pass.
  void find(std::u32string_view text, std::vector<FoundPhrase>& scratch,
            std::vector<Found>& out) const;

 private:
  struct Word {
    std::uint32_t norm = 0;
    bool broken = false;
  };
  std::vector<Norm> x_norms;
  std::vector<Word> x_word_of;  // parallel to the phrases
  std::vector<std::u32string> x_words;
  PhraseIndex x_index;
};

}  // namespace xinjing::language
