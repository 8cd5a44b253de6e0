#include "language/words.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <algorithm>

namespace xinjing::language {
namespace {

// A word is looked for so many bytes around what it may touch.
constexpr std::size_t kAround = 120;

bool is_inside_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
}

}  // namespace

struct WordBreaker::Iterator {
  UBreakIterator* breaks = nullptr;
  UText text = UTEXT_INITIALIZER;

  Iterator() {
    UErrorCode status = U_ZERO_ERROR;
    breaks = ubrk_open(UBRK_WORD, "zh", nullptr, 0, &status);
    if (U_FAILURE(status)) breaks = nullptr;
  }
  ~Iterator() {
    if (breaks != nullptr) ubrk_close(breaks);
    utext_close(&text);
  }
  Iterator(const Iterator&) = delete;
  Iterator& operator=(const Iterator&) = delete;
};

WordBreaker::WordBreaker() : x_iterator(std::make_unique<Iterator>()) {
  if (x_iterator->breaks == nullptr) x_iterator.reset();
}

WordBreaker::~WordBreaker() = default;

bool WordBreaker::set(std::string_view text) {
  if (x_iterator == nullptr) return false;
  UErrorCode status = U_ZERO_ERROR;
  utext_openUTF8(&x_iterator->text, text.data(), static_cast<std::int64_t>(text.size()), &status);
  ubrk_setUText(x_iterator->breaks, &x_iterator->text, &status);
  return U_SUCCESS(status) != 0;
}

std::vector<Span> WordBreaker::words(std::string_view text) {
  std::vector<Span> out;
  if (!set(text)) return out;
  std::int32_t begin = ubrk_first(x_iterator->breaks);
  for (std::int32_t end = ubrk_next(x_iterator->breaks); end != UBRK_DONE;
       begin = end, end = ubrk_next(x_iterator->breaks)) {
    if (ubrk_getRuleStatus(x_iterator->breaks) < UBRK_WORD_NONE_LIMIT) continue;
    out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }
  return out;
}

Span WordBreaker::whole_words(std::string_view text, Span part) {
  std::size_t begin = part.begin - std::min<std::size_t>(part.begin, kAround);
  while (is_inside_character(text, begin)) ++begin;
  std::size_t end = std::min(text.size(), part.end + kAround);
  while (is_inside_character(text, end)) --end;
  if (part.empty() || !set(text.substr(begin, end - begin))) return part;
  const auto first = static_cast<std::int32_t>(part.begin - begin);
  const auto last = static_cast<std::int32_t>(part.end - begin);
  UBreakIterator* const breaks = x_iterator->breaks;
  const std::int32_t left = ubrk_isBoundary(breaks, first) ? first : ubrk_preceding(breaks, first);
  const std::int32_t right = ubrk_isBoundary(breaks, last) ? last : ubrk_following(breaks, last);
  Span out = part;
  if (left != UBRK_DONE) out.begin = static_cast<std::uint32_t>(begin) + std::uint32_t(left);
  if (right != UBRK_DONE) out.end = static_cast<std::uint32_t>(begin) + std::uint32_t(right);
  return out;
}

std::size_t WordBreaker::words_within(std::string_view text, std::size_t bytes) {
  if (bytes >= text.size()) return text.size();
  if (bytes == 0) return 0;
  const Span last{static_cast<std::uint32_t>(bytes), static_cast<std::uint32_t>(bytes) + 1};
  Span next = last;
  while (is_inside_character(text, next.end)) ++next.end;
  return whole_words(text, next).begin;
}

}  // namespace xinjing::language
