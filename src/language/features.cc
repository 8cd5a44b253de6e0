#include "language/features.h"

#include <cmath>

#include "base/check.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "language/rewriter.h"

namespace xinjing::language {
namespace {

constexpr std::uint64_t kRun = 0x1001;
constexpr std::uint64_t kWord = 0x2002;
constexpr std::uint64_t kPair = 0x3003;
constexpr std::uint64_t kLetters = 0x4004;
constexpr std::uint64_t kMultiplier = 0x9e3779b97f4a7c15ULL;

constexpr bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
constexpr bool is_latin(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0x24f);
}
/// Nearly every character of a Chinese text.
constexpr bool is_common_han(char32_t c) { return c >= 0x4e00 && c <= 0x9fff; }
constexpr char32_t alike(char32_t c) { return is_digit(c) ? U'0' : c == '\n' ? U' ' : c; }

constexpr std::uint64_t extend(std::uint64_t hash, char32_t c) {
  return (hash ^ (c + 1)) * kMultiplier + (hash >> 29);
}

void find_runs(const Normalised& text, std::vector<Gram>& out) {
  constexpr std::uint32_t kLongest = 4;
  const auto size = static_cast<std::uint32_t>(text.chars.size());
  out.resize(std::size_t{size} * kLongest);
  Gram* to = out.data();
  for (std::uint32_t i = 0; i < size; ++i) {
    std::uint64_t hash = kRun;
    const std::uint32_t end = std::min(size, i + kLongest);
    for (std::uint32_t j = i; j < end; ++j) {
      hash = extend(hash, alike(text.chars[j]));
      *to++ = {mix64(hash), {i, j + 1}};
    }
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

constexpr bool is_word_char(char32_t c) {
  return is_latin(c) || is_digit(c) || c == '\'' || (c >= 0x370 && c < 0x2000);
}

/// The end of the token that begins at `i`: a word, or a run of one mark.
std::uint32_t token_end(const std::u32string& chars, std::uint32_t i) {
  std::uint32_t j = i + 1;
  if (is_word_char(chars[i])) {
    while (j < chars.size() && is_word_char(chars[j])) ++j;
  } else {
    while (j < chars.size() && chars[j] == chars[i]) ++j;
  }
  return j;
}

void find_letters(const std::u32string& chars, Span word, std::vector<Gram>& out) {
  constexpr std::uint32_t kLongestWord = 24;
  if (word.size() > kLongestWord || !is_latin(chars[word.begin])) return;
  // Positions run over the word with an edge mark on both sides.
  const std::uint32_t length = word.size() + 2;
  const auto at = [&](std::uint32_t k) {
    return k == 0 ? U'<' : k + 1 == length ? U'>' : alike(chars[word.begin + k - 1]);
  };
  for (std::uint32_t i = 0; i + 3 <= length; ++i) {
    std::uint64_t hash = kLetters;
    for (std::uint32_t j = i; j < std::min(length, i + 5); ++j) {
      hash = extend(hash, at(j));
      if (j < i + 2) continue;
      const std::uint32_t begin = word.begin + (i > 0 ? i - 1 : 0);
      const std::uint32_t end = std::min(word.end, word.begin + j);
      out.push_back({mix64(hash), {begin, end}});
    }
  }
}

void find_words(const Normalised& text, std::vector<Gram>& out) {
  const std::u32string& chars = text.chars;
  std::uint64_t before = 0;
  std::uint32_t begin_before = 0;
  for (std::uint32_t i = 0; i < chars.size();) {
    if (chars[i] == ' ' || chars[i] == '\n') {
      ++i;
      continue;
    }
    const std::uint32_t end = token_end(chars, i);
    std::uint64_t hash = kWord;
    for (std::uint32_t j = i; j < end; ++j) hash = extend(hash, alike(chars[j]));
    out.push_back({mix64(hash), {i, end}});
    if (before != 0) out.push_back({mix64(hash ^ (before * kPair)), {begin_before, end}});
    find_letters(chars, {i, end}, out);
    before = hash;
    begin_before = i;
    i = end;
  }
}

/// Writes 1 or 0 into the next places of a row.
template <std::size_t kSize>
class Row {
 public:
  void add(bool yes) { x_row[x_next++] = yes ? 1.0F : 0.0F; }
  /// One place for each of the ranges below, between and above the limits.
  template <std::size_t kLimits>
  void bins(std::uint32_t value, const std::uint32_t (&limits)[kLimits]) {
    std::size_t bin = 0;
    while (bin < kLimits && value >= limits[bin]) ++bin;
    for (std::size_t k = 0; k <= kLimits; ++k) add(k == bin);
  }
  const std::array<float, kSize>& done() const {
    XINJING_CHECK(x_next <= kSize);
    return x_row;
  }

 private:
  std::array<float, kSize> x_row{};
  std::size_t x_next = 0;
};

}  // namespace

void find_grams(const Normalised& text, Lang lang, std::vector<Gram>& out) {
  if (lang == Lang::kZh) {
    find_runs(text, out);
  } else {
    out.clear();
    find_words(text, out);
  }
}

float cue_value(std::uint32_t count) {
  static const auto kSmall = [] {
    std::array<float, 32> values{};
    for (std::size_t n = 0; n < values.size(); ++n) values[n] = std::log1p(static_cast<float>(n));
    return values;
  }();
  return count < kSmall.size() ? kSmall[count] : std::log1p(static_cast<float>(count));
}

float length_scale(std::size_t grams) {
  return 1.0F / std::sqrt(static_cast<float>(grams) + 40.0F);
}

void LetterCount::add(const Normalised& text) {
  for (const char32_t c : text.chars) {
    if (is_common_han(c)) {
      ++han;
      continue;
    }
    han += is_han(c) ? 1 : 0;
    latin += is_latin(c) ? 1 : 0;
  }
}

TextShape shape_of(const Normalised& text) {
  TextShape shape;
  shape.chars = static_cast<std::uint32_t>(text.chars.size());
  char32_t before = 0;
  char32_t before_that = 0;
  for (const char32_t c : text.chars) {
    if (is_common_han(c)) {  // nothing else can be true of it
      shape.stretched += c == before && c == before_that;
      before_that = std::exchange(before, c);
      continue;
    }
    shape.exclamations += c == '!';
    shape.questions += c == '?';
    shape.ellipses += c == '.' && before == '.' && before_that == '.';
    shape.mentions += c == '@' || is_name_mark(c);
    shape.brackets += c == ']';
    shape.tags += c == '#';
    shape.forwards += c == '/' && before == '/';
    shape.digits += is_digit(c);
    shape.pictographs += c >= 0x1f300 && c < 0x1fb00;
    shape.stretched += c == before && c == before_that && !is_digit(c);
    before_that = std::exchange(before, c);
  }
  return shape;
}

TurnShapes turn_shapes(const TextShape& shape, TurnPlace place) {
  Row<kTurnShapes> row;
  row.add(place.index == 0);
  row.add(place.index == 1);
  row.add(place.index + 1 == place.count);
  row.add(place.count == 1);
  row.add(place.index > 0 && place.index + 1 == place.count);
  row.bins(shape.chars, {8, 20, 50, 100});
  row.bins(shape.exclamations, {1, 2, 4});
  row.bins(shape.questions, {1, 2});
  row.add(shape.ellipses > 0);
  row.add(shape.brackets > 0);
  row.bins(shape.mentions, {1, 2, 3});
  row.add(shape.tags > 0);
  row.add(shape.forwards > 0);
  row.add(shape.pictographs > 0);
  row.add(place.chars_before == 0);
  row.add(place.chars_before > 100);
  return row.done();
}

EpisodeShapes episode_shapes(const EpisodeShape& shape) {
  Row<kEpisodeShapes> row;
  row.bins(shape.customer_turns, {2, 3, 4});
  row.add(shape.agent_turns == 0);
  row.add(shape.agent_turns > 0 && shape.empty_agent_turns == shape.agent_turns);
  row.add(shape.customer_last);
  row.bins(shape.agent_chars, {1, 30, 80, 160});
  row.bins(shape.customer.chars, {30, 80, 160});
  row.bins(shape.customer.exclamations, {1, 3});
  row.bins(shape.customer.questions, {1, 3});
  row.bins(shape.customer.mentions, {2, 3});
  row.bins(shape.last.chars, {10, 30});
  row.add(shape.customer.brackets > 0);
  row.add(shape.customer.tags > 0);
  row.add(shape.last.questions > 0);
  row.add(shape.last.exclamations > 0);
  return row.done();
}

}  // namespace xinjing::language
