#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/lang.h"
#include "base/result.h"
#include "language/mentions.h"
#include "language/normalise.h"

namespace xinjing::language {

/// Characters that stand in a rewritten text for what is no words: an address (URL or e-mail), and
/// a name behind @ by its kind. Private use; normalise lets none of them through from outside.
inline constexpr char32_t kAddressMark = 0xf8f0;
inline constexpr char32_t kFirstNameMark = 0xf8f1;  // + MentionKind
inline constexpr char32_t kLastNameMark = 0xf8f5;
constexpr bool is_name_mark(char32_t c) { return c >= kFirstNameMark && c <= kLastNameMark; }
constexpr bool is_mark(char32_t c) { return c >= kAddressMark && c <= kLastNameMark; }

/// Makes of a text what the models and the cues read, so that training and reading see the same:
/// - an address becomes one mark, so that nothing is read out of it, but its presence may speak;
/// - the name of a person behind @ becomes one mark; names of companies, media and authorities
/// stay,
///   since whom a customer calls upon says much (no quote is taken from them);
/// - stretched English words become plain ones: "sooooo" is "so", "terribleeeee" is "terrible";
/// - #worstairlineever becomes #worst airline ever;
/// - well-known misspellings become what was meant: 太查 is 太差, "terible" is "terrible".
/// The way back to the bytes stays exact: a mark stands for all bytes of what it replaced.
/// Immutable once its words are added, so any number of threads may call it. Cost: one pass of some
/// 10 instructions a character; texts that need rewriting about 20 ns a character more.
/// Method: docs/methods/rewriting.md.
class Rewriter {
 public:
  /// Memory of one thread; what it holds between calls is only what costs time to find again.
  struct Scratch {
    Normalised before;
    std::uint32_t named = 0;  // kinds of names behind @ that were found: 1 << MentionKind; only set
    std::array<std::pair<std::uint64_t, MentionKind>, 256> kinds{};  // by the hash of the name
  };

  /// Without words names are all persons, and words stay as they are.
  Rewriter();

  /// By whom names are told apart.
  void set_names(MentionLexicon names) { x_names = std::move(names); }
  /// Adds a file of English words: `word times` (lexicons/words.en.tsv). Refused with
  /// file:line:column: another header, letters other than a to z, no count.
  Status add_words(std::string_view text, std::string_view name);
  /// Adds a file of misspellings: `form meant note` (lexicons/misspellings.*.tsv). Refused with
  /// file:line:column: another header, a form or meaning not in normal form, a form that is neither
  /// one English word nor begins with two Chinese characters, a form twice, a form that is a word.
  Status add_misspellings(std::string_view text, std::string_view name);

  /// normalise(), and what stands above.
  void rewrite(std::string_view text, Scratch& scratch, Normalised& out) const;

  /// Whether the letters are a word of the files.
  bool is_word(std::u32string_view letters) const;

  /// The rewriter that has no files.
  static const Rewriter& plain();

 private:
  class Pass;
  static constexpr std::size_t kFilterBits = 1U << 17;
  static constexpr std::size_t kSizeSlots = 1U << 12;

  /// What a word of a hashtag costs: common words cost less, few words less than many. [nats]
  float cost_of(std::uint32_t times) const {
    return static_cast<float>(std::log(x_times / times)) + 1;
  }
  bool may_need(const std::u32string& chars) const;
  void mark_filter(std::uint32_t hash) {
    x_filter[hash / 64 % x_filter.size()] |= 1ULL << hash % 64;
  }
  std::uint32_t& sizes_of(std::uint32_t hash) { return x_sizes[hash % x_sizes.size()]; }
  std::uint32_t sizes_of(std::uint32_t hash) const { return x_sizes[hash % x_sizes.size()]; }
  bool in_filter(std::uint32_t hash) const {
    return (x_filter[hash / 64 % x_filter.size()] >> hash % 64 & 1) != 0;
  }

  MentionLexicon x_names;
  std::unordered_map<std::u32string, std::uint32_t> x_words;  // -> times
  double x_times = 0;                                         // of all words
  std::unordered_map<std::u32string, std::u32string> x_meant;
  // Of the forms that begin with two characters, by these: bit n where one has n characters.
  std::vector<std::uint32_t> x_sizes;
  std::vector<std::uint64_t> x_filter;  // of the forms: by two characters, or by the whole word
};

}  // namespace xinjing::language
