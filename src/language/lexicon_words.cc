#include "language/lexicon_words.h"

#include "base/format.h"
#include "base/utf8.h"
#include "language/normalise.h"

namespace xinjing::language {

Result<std::vector<std::u32string>> words_of(const TsvRow& row, std::string_view cell) {
  std::vector<std::u32string> words;
  for (const std::string_view word : split(cell, '|')) {
    if (word.empty()) return row.refuse(cell, {"a word is empty", "有空词"});
    const std::string normal = normalised_text(word);
    if (normal != word) {
      return row.refuse(word, {fmt::format("the word is not in normal form: {}", normal),
                               fmt::format("词未归一化，应写作：{}", normal)});
    }
    words.push_back(characters_of(word));
  }
  return words;
}

}  // namespace xinjing::language
