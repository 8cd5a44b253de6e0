#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace xinjing::language {

/// Tells where words begin and end, in Chinese by a dictionary: for what a person reads, not for
/// the reading of texts, which works on characters and phrases. One a thread.
/// Method: the word boundaries of Unicode (UAX #29) and the Chinese dictionary of ICU. Where ICU's
/// data is missing a text has no words, and spans stay as they are.
/// Cost: the first Chinese text some milliseconds, for the dictionary; then about 0.2 us a byte.
class WordBreaker {
 public:
  WordBreaker();
  ~WordBreaker();
  WordBreaker(const WordBreaker&) = delete;
  WordBreaker& operator=(const WordBreaker&) = delete;

  /// The words of a text, without blanks and marks. [bytes]
  std::vector<Span> words(std::string_view text);

  /// `part` widened on both sides to whole words.
  /// REQUIRES: `part` lies within text, on whole characters.
  Span whole_words(std::string_view text, Span part);

  /// How much of the first `bytes` of a text is whole words.
  /// REQUIRES: `bytes` is on a whole character.
  std::size_t words_within(std::string_view text, std::size_t bytes);

 private:
  struct Iterator;
  bool set(std::string_view text);
  std::unique_ptr<Iterator> x_iterator;  // none where ICU has no data
};

}  // namespace xinjing::language
