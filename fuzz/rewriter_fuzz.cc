#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "language/mentions.h"
#include "language/rewriter.h"

namespace {

using namespace xinjing;
using namespace xinjing::language;

const Rewriter& words_and_misspellings() {
  static const Rewriter rewriter = [] {
    Rewriter made;
    MentionLexicon names;
    XINJING_CHECK(bool(names.add("kind\twords\tnote\nmedia\t日报|news\t.\n", "mentions.tsv")));
    made.set_names(std::move(names));
    XINJING_CHECK(bool(made.add_words("word\ttimes\nso\t9\nworst\t3\nairline\t2\n", "words.tsv")));
    XINJING_CHECK(bool(made.add_misspellings(
        "form\tmeant\tnote\nteh\tthe\t.\n太查\t太差\t.\n不奈烦\t不耐烦\t.\n", "m.tsv")));
    return made;
  }();
  return rewriter;
}

/// What was rewritten covers the text from its first byte to its last, and goes forward only.
void check_way_back(const Rewriter& rewriter, std::string_view text) {
  Rewriter::Scratch scratch;
  Normalised out;
  rewriter.rewrite(text, scratch, out);
  XINJING_CHECK(out.at.size() == out.chars.size() + 1);
  XINJING_CHECK(out.at.back() == text.size());
  for (std::size_t i = 0; i + 1 < out.at.size(); ++i) XINJING_CHECK(out.at[i] <= out.at[i + 1]);
}

}  // namespace

// Any bytes as a file of words and as one of misspellings: refused with the place or read; and as a
// text, rewritten by these files, by others and by none.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Rewriter own;
  if (const Status added = own.add_words(text, "w.tsv"); !added) {
    XINJING_CHECK(added.error().place.starts_with("w.tsv:"));
  }
  if (const Status added = own.add_misspellings(text, "m.tsv"); !added) {
    XINJING_CHECK(added.error().place.starts_with("m.tsv:"));
  }
  check_way_back(own, text);
  check_way_back(words_and_misspellings(), text);
  check_way_back(Rewriter::plain(), text);
  return 0;
}
