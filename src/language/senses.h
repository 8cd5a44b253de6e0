#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "language/cue_lexicon.h"
#include "language/opinions.h"
#include "language/scope.h"

// In which sense good and bad are said: 不差 is no blame, 别家都比你快 no praise, 要是再慢 no fact.
namespace xinjing::language {

/// A word that says good or bad in one of the senses of SenseFinder::kinds().
struct SenseMatch {
  std::uint16_t kind = 0;
  Span span;  // characters

  bool operator==(const SenseMatch&) const = default;
};

/// Finds what is said good and bad in a customer's text, and in which sense: as a fact, denied,
/// asked, wished, told by others, of a rival, now or before, granted or stressed; how it ends,
/// whether praise stands beside a bad fact without a "but" (as irony does), and of which aspect.
/// The kinds are features of the text model like the kinds of cues, so what each means for a head
/// is learned. Composition by clause follows Polanyi and Zaenen (2006), "Contextual valence
/// shifters"; praise beside a bad fact as a sign of irony Riloff et al. (2013), EMNLP, 704-714.
/// Immutable, any thread; what it refers to must outlive it.
class SenseFinder {
 public:
  struct Scratch {
    std::vector<FoundPhrase> found;
    std::vector<FoundPhrase> of_scope;
    std::vector<FoundPhrase> of_cues;
    std::vector<Span> waiting;
    std::vector<Opinion> opinions;
    ScopeRules::Marks marks;
  };
  /// How much good and bad is said as a fact, by aspect; good counts 1, bad -1.
  using Balance = std::array<std::int16_t, kAspects>;

  /// `cues` are those whose matches `find` is given.
  SenseFinder(const OpinionLexicon& words, const ScopeRules& rules, const CueLexicon& cues);

  /// "sense:say+", "sense:denied-", "sense:PRI+", ...
  static const std::vector<std::string>& kinds();

  /// Puts the senses of a text to `out`, by kind and place, and adds to `balance` what it says of
  /// aspects. `matches` are its cues: those of feelings and satisfaction speak too, those of
  /// aspects say of what.
  /// REQUIRES: `text` is normalised. Cost: one pass; a look at each operator of scope for what is
  /// said good or bad.
  void find(std::u32string_view text, std::span<const CueMatch> matches, Scratch& scratch,
            std::vector<SenseMatch>& out, Balance& balance) const;
  /// The same for a customer's text whose cues are not known yet: one pass finds both. Appends to
  /// `cues` what CueLexicon::find says of it.
  void find_with_cues(std::u32string_view text, CueLexicon::Scratch& cue_scratch, Scratch& scratch,
                      std::vector<CueMatch>& cues, std::vector<SenseMatch>& out,
                      Balance& balance) const;

 private:
  class Text;

  void search(std::u32string_view text, Scratch& scratch) const;

  const OpinionLexicon& x_words;
  const ScopeRules& x_rules;
  const CueLexicon& x_cues;
  PhraseIndex x_index;  // of opinions, of scope, of waiting, of cues: one pass for all
  // By kind of cue: what it says good or bad, of what it speaks, whether it mocks.
  std::vector<std::int8_t> x_signs;
  std::vector<std::int8_t> x_aspects;  // -1: none
  std::vector<bool> x_mocks;
};

}  // namespace xinjing::language
