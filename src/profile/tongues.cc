#include "profile/tongues.h"

#include <algorithm>

#include "language/normalise.h"
#include "language/stretches.h"

namespace xinjing::profile {
namespace {

using language::TextStretch;
using language::Tongue;

/// The longest stretch of the language that has fewer characters.
Span lesser_stretch(std::span<const TextStretch> stretches) {
  std::size_t chinese = 0;
  std::size_t english = 0;
  for (const TextStretch& stretch : stretches) {
    chinese += stretch.tongue == Tongue::kChinese ? 2 * stretch.chars.size() : 0;
    english += stretch.tongue == Tongue::kEnglish ? stretch.chars.size() : 0;
  }
  const Tongue lesser = chinese < english ? Tongue::kChinese : Tongue::kEnglish;
  Span best;
  for (const TextStretch& stretch : stretches) {
    if (stretch.tongue == lesser && stretch.chars.size() > best.size()) best = stretch.chars;
  }
  return best;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpaces);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpaces) + 1 - begin);
}

}  // namespace

void add_message(std::string_view text, Tongues& tongues) {
  language::Normalised normal;
  language::normalise(text, normal);
  std::vector<TextStretch> stretches;
  language::find_stretches(normal.chars, stretches);
  std::erase_if(stretches, [](const TextStretch& s) { return s.tongue == Tongue::kOther; });
  std::int64_t borders = 0;
  for (std::size_t i = 1; i < stretches.size(); ++i) {
    borders += stretches[i].tongue != stretches[i - 1].tongue ? 1 : 0;
  }
  if (borders > 0) {
    ++tongues.mixed;
    tongues.switches += borders;
    const Span lesser = lesser_stretch(stretches);
    tongues.latest = trimmed(slice(text, normal.bytes(lesser.begin, lesser.end)));
    return;
  }
  if (stretches.empty()) return;
  ++(stretches.front().tongue == Tongue::kEnglish ? tongues.english : tongues.chinese);
}

}  // namespace xinjing::profile
