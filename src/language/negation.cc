#include "language/negation.h"

#include <algorithm>
#include <array>
#include <cstdint>

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
constexpr std::array<std::string_view, 58> kHarmless = {
    "不但",   "不仅", "不管",   "不光", "不论", "不过",   "不断",   "不禁",   "不得不", "不愧",
    "不妨",   "不错", "不如",   "不止", "不只", "不由",   "不同",   "不少",   "不时",   "不免",
    "不料",   "不巧", "差不多", "要不", "对不", "动不动", "忍不住", "巴不得", "恨不得", "了不得",
    "不得了", "没准", "没错",   "没完", "没事", "没关系", "淹没",   "特别",   "区别",   "差别",
    "分别",   "个别", "级别",   "类别", "性别", "别人",   "别的",   "别说",   "别提",   "识别",
    "辨别",   "无比", "无论",   "无非", "无疑", "无数",   "未来",   "未免"};

constexpr std::array<std::string_view, 6> kDeniers = {"not",  "never", "cannot",
                                                      "cant", "dont",  "no"};
constexpr std::array<std::string_view, 6> kNotDenied = {"only",   "just",   "doubt",
                                                        "wonder", "matter", "mind"};

template <typename Table>
bool contains(const Table& table, std::string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

std::size_t previous_character(std::string_view text, std::size_t at) {
  do {
    --at;
  } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80);
  return at;
}

bool is_harmless(std::string_view text, std::size_t at) {
  const std::size_t size = decode_utf8(text.substr(at)).bytes;
  const std::string_view negator = text.substr(at, size);
  const auto stands_here = [&](std::string_view word) {
    for (std::size_t inside = word.find(negator); inside != word.npos;
         inside = word.find(negator, inside + 1)) {
      if (inside <= at && text.substr(at - inside, word.size()) == word) return true;
    }
    return false;
  };
  return std::any_of(kHarmless.begin(), kHarmless.end(), stands_here);
}

// 能不能, 好不好, 有没有: a choice, not a denial.
bool is_choice(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  const std::size_t before = previous_character(text, at);
  const std::string_view chosen = text.substr(before, at - before);
  return text.substr(at + decode_utf8(text.substr(at)).bytes).starts_with(chosen);
}

bool denied_in_chinese(std::string_view text, std::size_t begin) {
  int gap = 0;
  std::size_t at = begin;
  for (int steps = 0; at > 0 && steps < kReachCharacters && gap <= kGapCharacters; ++steps) {
    at = previous_character(text, at);
    const char32_t c = decode_utf8(text.substr(at)).value;
    if (!is_han(c)) return false;
    if (kNegators.find(c) != kNegators.npos && !is_harmless(text, at)) {
      return !is_choice(text, at);
    }
    if (kFillers.find(c) == kFillers.npos) ++gap;
  }
  return false;
}

bool is_word_character(char c) {
  return is_letter(static_cast<unsigned char>(c)) || c == '\'' || (c >= '0' && c <= '9');
}

// The word that ends before `end` and one space, or nothing at a clause's beginning.
std::string_view word_before(std::string_view text, std::size_t end) {
  while (end > 0 && text[end - 1] == ' ') --end;
  std::size_t begin = end;
  while (begin > 0 && is_word_character(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

bool denied_in_english(std::string_view text, std::size_t begin) {
  std::string_view next;
  for (int gap = 0; gap <= kGapWords; ++gap) {
    const std::string_view word = word_before(text, begin);
    if (word.empty()) return false;
    const bool denies = word.ends_with("n't") || contains(kDeniers, word);
    if (denies) return !contains(kNotDenied, next) && (word != "no" || gap == 0);
    begin = static_cast<std::size_t>(word.data() - text.data());
    next = word;
  }
  return false;
}

}  // namespace

bool is_negated(std::string_view text, std::size_t begin) {
  const char32_t first = decode_utf8(text.substr(begin)).value;
  if (is_han(first)) return denied_in_chinese(text, begin);
  return is_letter(first) && denied_in_english(text, begin);
}

}  // namespace xinjing::language
