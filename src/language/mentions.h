#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "language/phrase_index.h"

// Whose name stands behind an @.
namespace xinjing::language {

enum class MentionKind : std::uint8_t {
  kBrand,      // a shop, a product, a company of any kind
  kOfficial,   // a company's own or its service account
  kMedia,      // papers, broadcasters, programmes
  kAuthority,  // regulators, consumer bodies, police, courts
  kPerson      // all else
};

std::string_view mention_kind_id(MentionKind kind);

/// Anybody but a person.
constexpr bool is_organisation(MentionKind kind) { return kind != MentionKind::kPerson; }

/// The words by which names are told apart (lexicons/mentions.*.tsv; lexicons/README.md has the
/// format). Immutable, any thread.
class MentionLexicon {
 public:
  /// Adds a file; `name` is for places. Refused with file:line:column: another header, a row with
  /// other than three columns, an unknown kind, no words, words not in normal form.
  Status add(std::string_view text, std::string_view name);
  void build() {}

  /// The kind of a name, with or without its @: that of the first row of which the name has a word.
  /// Cost: about 1 us.
  MentionKind kind_of(std::string_view name) const;

  std::size_t size() const { return x_kinds.size(); }

 private:
  enum class Place : std::uint8_t { kAnywhere, kWord, kEnd };
  struct Word {
    Place place = Place::kAnywhere;
    std::uint32_t row = 0;
  };
  std::vector<MentionKind> x_kinds;     // of the rows
  std::vector<std::u32string> x_texts;  // of words of all rows; one to stand alone has blanks
  std::vector<Word> x_words;            // parallel
  std::vector<std::uint32_t> x_edged;   // words for which the index asks more than this does
  PhraseIndex x_index;                  // of x_texts
};

}  // namespace xinjing::language
