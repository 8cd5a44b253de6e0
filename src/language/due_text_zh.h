#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string_view>

// The text that the Chinese scanner for due times reads, and its numbers.
namespace xinjing::language {

/// A normalised Chinese text, asked by places of characters: words, clauses, numbers, years. The
/// text must outlive it. Cost: a few comparisons a question.
class DueTextZh {
 public:
  using Text = std::u32string_view;
  static constexpr std::size_t kClause = 14;  // how far a clause is looked along

  struct Number {
    double value = 0;
    std::size_t end = 0;
  };

  explicit DueTextZh(Text text) : x_text(text) {}

  static bool ends_clause(char32_t c) { return Text(U",。!?;，、\n").find(c) != Text::npos; }
  static bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

  bool has(std::size_t at, Text word) const {
    return at <= x_text.size() && x_text.substr(at, word.size()) == word;
  }
  /// The end of the first of these words that stands at `at`; 0 where none does.
  std::size_t past_any(std::size_t at, std::initializer_list<Text> words) const {
    for (const Text word : words) {
      if (has(at, word)) return at + word.size();
    }
    return 0;
  }
  std::size_t skip_space(std::size_t at) const {
    while (at < x_text.size() && x_text[at] == U' ') ++at;
    return at;
  }
  /// The words of the clause before `at`, at most `most` of them.
  Text before(std::size_t at, std::size_t most) const {
    std::size_t begin = at;
    while (begin > 0 && at - begin < most && !ends_clause(x_text[begin - 1])) --begin;
    return x_text.substr(begin, at - begin);
  }
  Text after(std::size_t at, std::size_t most = kClause) const {
    std::size_t end = at;
    while (end < x_text.size() && end - at < most && !ends_clause(x_text[end])) ++end;
    return x_text.substr(at, end - at);
  }
  static bool any_in(Text text, std::initializer_list<Text> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](Text word) { return text.find(word) != Text::npos; });
  }
  static bool ends_in(Text text, std::initializer_list<Text> words) {
    return std::any_of(words.begin(), words.end(), [&](Text word) { return text.ends_with(word); });
  }

  /// 0 to 9 of 零 to 九 and 两; -1 of anything else.
  static int digit_of(char32_t c);
  /// 3, 1.5, 三, 十五, 二十, 半. Not the vague 两三, 三五, 几.
  std::optional<Number> number(std::size_t at) const;
  /// A whole number of one or two digits, whatever stands before it: 12, 十二.
  std::optional<Number> whole(std::size_t at) const;
  /// The year that is said, with the 年 or the mark behind it: 2025年, 25年, 二〇二五年, 2025-,
  /// 今年, 明年. `now`: the year in which it is said.
  std::optional<Number> year(std::size_t at, int now) const;

 protected:
  Text x_text;

 private:
  bool goes_on(std::size_t at) const;
  std::optional<Number> arabic(std::size_t at) const;
};

}  // namespace xinjing::language
