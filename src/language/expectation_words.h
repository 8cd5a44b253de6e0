#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/span.h"
#include "language/phrase_index.h"

namespace xinjing::language {

/// What words of a clause do for an entry of the ledger: a set of bits.
using ClauseSigns = std::uint32_t;
inline constexpr ClauseSigns kHollow = 1;  // of an order, a telephone, a menu: no matter at all
inline constexpr ClauseSigns kFails = 2;
inline constexpr ClauseSigns kAsks = 4;
inline constexpr ClauseSigns kGlad = 8;

/// The bit of what is about an aspect ("SPD"); 0 for no aspect.
ClauseSigns sign_of_matter(std::string_view aspect);

/// A word that does something, and where it stands.
struct SignSpan {
  ClauseSigns signs = 0;
  Span span{};  // bytes of the text
};

/// Words by which a clause tells that the company had promised, announced, contracted, advertised
/// or scheduled what is expected, and words by which it tells an expectation at all
/// (lexicons/expectations.*.tsv; lexicons/README.md has the format).
/// Immutable after build(), any thread.
class ExpectationWords {
 public:
  /// Adds a file; `name` is for places. Refused with file:line:column: another header, a row with
  /// other than three columns, an unknown kind, no words, words not in normal form.
  Status add(std::string_view text, std::string_view name);
  void build();

  /// Whether a clause has a word of promise that does not stand within words that mean nothing.
  /// Cost: one pass over the clause, about 1 us.
  bool tell_promise(std::string_view clause) const;

  /// The words that tell a matter, a failing, a wish, gladness or nothing, as they come.
  /// Cost: one pass over the text, about 1 us for 30 characters.
  std::vector<SignSpan> signs(std::string_view text) const;

  std::size_t size() const { return x_words.size() + x_sign_words.size(); }

 private:
  std::vector<std::u32string> x_words;
  std::vector<bool> x_means_nothing;  // parallel to the words
  PhraseIndex x_index;
  std::vector<std::u32string> x_sign_words;
  std::vector<ClauseSigns> x_signs;  // parallel to the sign words
  PhraseIndex x_sign_index;
};

}  // namespace xinjing::language
