#include "language/negation.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "base/span.h"
#include "base/utf8.h"

namespace xinjing::language {

namespace {

constexpr std::u32string_view kNegators = U"不没别无未";
// Between a negator and what it denies these do not count as distance.
constexpr std::u32string_view kFillers =
    U"很太是真够再会能想要觉得感到怎么那这特别非常十分让我有什点";
constexpr int kGapCharacters = 2;
constexpr int kReachCharacters = 6;
constexpr int kGapWords = 2;

// Words in which a negator denies nothing.
constexpr std::array<std::u32string_view, 58> kHarmless = {
    U"不但",   U"不仅",   U"不管",   U"不光",   U"不论",   U"不过", U"不断", U"不禁",   U"不得不",
    U"不愧",   U"不妨",   U"不错",   U"不如",   U"不止",   U"不只", U"不由", U"不同",   U"不少",
    U"不时",   U"不免",   U"不料",   U"不巧",   U"差不多", U"要不", U"对不", U"动不动", U"忍不住",
    U"巴不得", U"恨不得", U"了不得", U"不得了", U"没准",   U"没错", U"没完", U"没事",   U"没关系",
    U"淹没",   U"特别",   U"区别",   U"差别",   U"分别",   U"个别", U"级别", U"类别",   U"性别",
    U"别人",   U"别的",   U"别说",   U"别提",   U"识别",   U"辨别", U"无比", U"无论",   U"无非",
    U"无疑",   U"无数",   U"未来",   U"未免"};

constexpr std::array<std::u32string_view, 6> kDeniers = {U"not",  U"never", U"cannot",
                                                         U"cant", U"dont",  U"no"};
constexpr std::array<std::u32string_view, 6> kNotDenied = {U"only",   U"just",   U"doubt",
                                                           U"wonder", U"matter", U"mind"};

template <typename Table>
bool contains(const Table& table, std::u32string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

/// The harmless words that have a negator, and where in each it stands.
struct Harmless {
  std::u32string_view word;
  std::size_t inside = 0;
};
using HarmlessOf = std::array<std::vector<Harmless>, kNegators.size()>;

HarmlessOf harmless_by_negator() {
  HarmlessOf out;
  for (std::size_t n = 0; n < kNegators.size(); ++n) {
    for (const std::u32string_view word : kHarmless) {
      for (std::size_t inside = word.find(kNegators[n]); inside != word.npos;
           inside = word.find(kNegators[n], inside + 1)) {
        out[n].push_back({word, inside});
      }
    }
  }
  return out;
}

/// Whether the negator at `at` stands in a word in which it denies nothing.
bool is_harmless(std::u32string_view text, std::size_t at) {
  static const HarmlessOf by_negator = harmless_by_negator();
  const std::vector<Harmless>& words = by_negator[kNegators.find(text[at])];
  return std::any_of(words.begin(), words.end(), [&](const Harmless& one) {
    return one.inside <= at && text.substr(at - one.inside, one.word.size()) == one.word;
  });
}

// 能不能, 好不好, 有没有: a choice, not a denial.
bool is_choice(std::u32string_view text, std::size_t at) {
  return at > 0 && at + 1 < text.size() && text[at - 1] == text[at + 1];
}

bool is_negator(char32_t c) { return kNegators.find(c) != kNegators.npos; }

bool denied_in_chinese(std::u32string_view text, std::size_t begin) {
  int gap = 0;
  std::size_t counted = begin;  // characters from here on are in the gap
  const std::size_t least = begin - std::min<std::size_t>(begin, kReachCharacters);
  for (std::size_t at = begin; at > least;) {
    const char32_t c = text[--at];
    if (!is_han(c)) return false;
    if (!is_negator(c)) continue;
    while (counted > at + 1) gap += kFillers.find(text[--counted]) == kFillers.npos ? 1 : 0;
    if (gap > kGapCharacters) return false;
    if (!is_harmless(text, at)) return !is_choice(text, at);
  }
  return false;
}

bool is_word_character(char32_t c) {
  return is_letter(c) || c == U'\'' || (c >= U'0' && c <= U'9');
}

// Where the word begins that ends before `end` and one space; at a clause's beginning that is
// where it ends.
Span word_before(std::u32string_view text, std::size_t end) {
  while (end > 0 && text[end - 1] == U' ') --end;
  std::size_t begin = end;
  while (begin > 0 && is_word_character(text[begin - 1])) --begin;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

bool denied_in_english(std::u32string_view text, std::size_t begin) {
  std::u32string_view next;
  for (int gap = 0; gap <= kGapWords; ++gap) {
    const Span place = word_before(text, begin);
    if (place.empty()) return false;
    const std::u32string_view word = text.substr(place.begin, place.size());
    const bool denies = word.ends_with(U"n't") || contains(kDeniers, word);
    if (denies) return !contains(kNotDenied, next) && (word != U"no" || gap == 0);
    begin = place.begin;
    next = word;
  }
  return false;
}

}  // namespace

bool is_negated(std::u32string_view text, std::size_t begin) {
  if (is_han(text[begin])) return denied_in_chinese(text, begin);
  return is_letter(text[begin]) && denied_in_english(text, begin);
}

}  // namespace xinjing::language
