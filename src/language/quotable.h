#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/span.h"
#include "language/han_words.h"

// What of a text a person would cite: whole words of one clause. Texts are as Rewriter leaves them.
namespace xinjing::language {

/// The clauses of a text that may be cited, in characters, with the marks that end them. A clause
/// ends at punctuation, a line end, an address or a name behind @, and at a blank between stretches
/// of Chinese of which one has four characters or more; not within a number, nor in short brackets.
/// Names behind @ and places that an app has added (我在:…, 北京·朝阳, 📍…) are in no clause.
/// Replaces what `clauses` held. Returns whether the text has any brackets. Cost: some 10
/// instructions a character.
bool find_clauses(const std::u32string& chars, std::vector<Span>& clauses);

/// Makes parts of a text fit to be cited. Words are told apart only where a part is asked for, and
/// kept in the scratch, which is for one text. Keeps references.
class Quotable {
 public:
  struct Scratch {
    HanWords::Scratch words;
    std::vector<std::uint8_t> starts;  // of each character: whether a word begins
    /// Begins another text.
    void reset(std::size_t characters);
  };

  /// Without words, Chinese is cut anywhere. REQUIRES: the scratch was reset for these characters.
  /// `brackets` tells whether the text may have any.
  Quotable(const std::u32string& chars, const HanWords* words, Scratch& scratch,
           bool brackets = true);

  /// The part of `clause` to be cited for `part`: without marks and blanks at its ends, whole words
  /// and brackets, not beginning with a particle (的, 了) nor ending with a word that leads on to
  /// the next (不, 很, "not", "the"). Empty where `part` is only marks.
  /// REQUIRES: part lies within clause.
  Span readable(Span part, Span clause);

  /// A part without marks and blanks at its ends; empty where it is only marks.
  Span trimmed(Span part) const;

 private:
  bool cuts_word(std::uint32_t at);
  void find_words(std::uint32_t at);
  Span with_words(Span part, Span clause);
  Span with_brackets(Span part, Span clause) const;
  Span with_bracket_around(Span part, Span clause) const;
  bool ends_before_particle(Span part, Span clause);
  bool begins_hanging(Span part);
  std::uint32_t hanging_end(Span part);

  const std::u32string& x_chars;
  const HanWords* x_words;
  Scratch& x_scratch;
  bool x_brackets;
};

}  // namespace xinjing::language
