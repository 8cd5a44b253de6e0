#include "base/check.h"
#include "base/utf8.h"
#include "language/features.h"
#include "language/normalise.h"
#include "language/stretches.h"
#include "language/words.h"

// Any bytes: the folded characters must cover every byte, and folding twice must change nothing; so
// must the stretches of languages. Words lie in the text.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace xinjing::language;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static Normalised once;
  static Normalised twice;
  normalise(text, once);
  XINJING_CHECK(once.at.size() == once.chars.size() + 1 && once.at.back() == size);
  XINJING_CHECK(once.chars.empty() || once.at.front() == 0);
  for (std::size_t i = 1; i < once.at.size(); ++i) XINJING_CHECK(once.at[i - 1] <= once.at[i]);
  std::string folded;
  for (const char32_t c : once.chars) xinjing::append_utf8(folded, c);
  XINJING_CHECK(xinjing::is_utf8(folded));
  normalise(folded, twice);
  std::vector<TextStretch> stretches;
  find_stretches(once.chars, stretches);
  std::uint32_t covered = 0;
  for (const TextStretch& stretch : stretches) {
    XINJING_CHECK(stretch.chars.begin == covered && stretch.chars.end > covered);
    covered = stretch.chars.end;
  }
  XINJING_CHECK(covered == once.chars.size());
  static WordBreaker breaker;
  for (const xinjing::Span word : breaker.words(text)) XINJING_CHECK(word.end <= size);
  std::vector<Gram> grams;
  for (const auto lang : {xinjing::Lang::kZh, xinjing::Lang::kEn}) {
    find_grams(once, lang, grams);
    for (const Gram& gram : grams) {
      XINJING_CHECK(gram.chars.begin < gram.chars.end && gram.chars.end <= once.chars.size());
    }
  }
  return 0;
}
