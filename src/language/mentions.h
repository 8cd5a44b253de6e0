#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

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
  /// Cost: about 5 us.
  MentionKind kind_of(std::string_view name) const;

  std::size_t size() const { return x_rows.size(); }

 private:
  enum class Place : std::uint8_t { kAnywhere, kWord, kEnd };
  struct Word {
    std::u32string text;
    Place place = Place::kAnywhere;
  };
  struct Row {
    MentionKind kind = MentionKind::kPerson;
    std::vector<Word> words;
  };
  std::vector<Row> x_rows;
  std::size_t x_words = 0;  // of all rows
};

}  // namespace xinjing::language
