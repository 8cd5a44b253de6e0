#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

// The text that the English scanner for due times reads, and its numbers.
namespace xinjing::language {

/// A normalised English text, asked by places of words: words, numbers, days of a month. The text
/// must outlive it. Cost: one pass to find the words, then a few comparisons a question.
class DueTextEn {
 public:
  using Text = std::u32string_view;
  using Words = std::initializer_list<Text>;

  struct Word {
    Text text;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool clause_ends = false;  // a mark follows
  };

  explicit DueTextEn(Text text) : x_text(text), x_words(words_of(text)) {}

  static bool is_letter(char32_t c) { return c >= U'a' && c <= U'z'; }
  static bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

  Text word(std::size_t w) const { return w < x_words.size() ? x_words[w].text : Text(); }
  bool is(std::size_t w, Words any) const {
    return std::find(any.begin(), any.end(), word(w)) != any.end();
  }
  /// Whether one of the `reach` words before `w` in its clause is one of these.
  bool before(std::size_t w, std::size_t reach, Words any) const {
    for (std::size_t i = w; i > 0 && w - i < reach; --i) {
      if (x_words[i - 1].clause_ends) return false;
      if (is(i - 1, any)) return true;
    }
    return false;
  }
  bool anywhere(Words any) const {
    for (std::size_t w = 0; w < x_words.size(); ++w) {
      if (is(w, any)) return true;
    }
    return false;
  }
  bool speaks_of_the_future() const;
  /// 3, 1.5, three; nothing beyond a thousand.
  std::optional<double> number(std::size_t w) const;
  /// 15, 15th, 3rd.
  std::optional<int> day_number(std::size_t w) const;
  bool is_ordinal(std::size_t w) const { return day_number(w) && is_letter(word(w).back()); }

 protected:
  Text x_text;
  std::vector<Word> x_words;

 private:
  /// Words, numbers, clock times (5:30) and contractions; marks end clauses.
  static std::vector<Word> words_of(Text text);
};

}  // namespace xinjing::language
