#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "language/phrase_index.h"

namespace xinjing::language {

/// Words by which a clause tells that the company had promised, announced, contracted, advertised
/// or scheduled what is expected (lexicons/expectations.*.tsv; lexicons/README.md has the format).
/// Immutable after build(), any thread.
class ExpectationWords {
 public:
  /// Adds a file; `name` is for places. Refused with file:line:column: another header, a row with
  /// other than three columns, an unknown kind, no words, words not in normal form.
  Status add(std::string_view text, std::string_view name);
  void build() { x_index = PhraseIndex(x_words); }

  /// Whether a clause has a word of promise that does not stand within words that mean nothing.
  /// Cost: one pass over the clause, about 1 us.
  bool tell_promise(std::string_view clause) const;

  std::size_t size() const { return x_words.size(); }

 private:
  std::vector<std::u32string> x_words;
  std::vector<bool> x_means_nothing;  // parallel to the words
  PhraseIndex x_index;
};

}  // namespace xinjing::language
