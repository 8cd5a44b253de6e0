#include "language/quotable.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/utf8.h"
#include "language/address.h"
#include "language/rewriter.h"

namespace xinjing::language {
namespace {

constexpr std::uint8_t kUnknown = 2;
constexpr std::uint32_t kLongestBracket = 40;  // characters that are kept together
constexpr std::uint32_t kOwnClause = 4;        // of Chinese beside a blank
constexpr std::size_t kLongestPlace = 4;       // characters of a place on either side of ·

constexpr bool is_clause_mark(char32_t c) {
  switch (c) {
    case U'。':
    case U'!':
    case U'?':
    case U';':
    case U',':
    case U'\n':
    case U'…':
    case U'、':
    case U'~':
    case U':':
      return true;
    default:
      return false;
  }
}

/// Some characters; most others are told apart by one bit.
class CharacterSet {
 public:
  constexpr explicit CharacterSet(std::u32string_view characters) : x_characters(characters) {
    for (const char32_t c : characters) x_bits[c / 64 % x_bits.size()] |= 1ULL << c % 64;
  }
  constexpr bool has(char32_t c) const {
    return (x_bits[c / 64 % x_bits.size()] >> c % 64 & 1) != 0 &&
           x_characters.find(c) != x_characters.npos;
  }

 private:
  std::u32string_view x_characters;
  std::array<std::uint64_t, 16> x_bits{};
};

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

/// Nearly every character of a Chinese text.
bool is_common_han(char32_t c) { return c >= 0x4e00 && c <= 0x9fff; }

bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || is_digit(c) || c == '\'' || (c >= 0xc0 && c < 0x2000);
}

/// Ends of clauses that say nothing themselves, unlike "!" and "?".
constexpr bool is_soft_end(char32_t c) {
  return is_mark(c) || c == ' ' || c == ',' || c == U'、' || c == ':' || c == ';' || c == '\n' ||
         c == U'。';
}

constexpr std::array<std::pair<char32_t, char32_t>, 8> kBrackets = {{{'(', ')'},
                                                                     {'[', ']'},
                                                                     {'{', '}'},
                                                                     {U'【', U'】'},
                                                                     {U'《', U'》'},
                                                                     {U'「', U'」'},
                                                                     {U'『', U'』'},
                                                                     {U'〔', U'〕'}}};

char32_t closer_of(char32_t c) {
  if (c != '(' && c != '[' && c != '{' && (c < 0x3000 || c > 0x3020)) return 0;
  for (const auto& [open, close] : kBrackets) {
    if (c == open) return close;
  }
  return 0;
}

char32_t opener_of(char32_t c) {
  if (c != ')' && c != ']' && c != '}' && (c < 0x3000 || c > 0x3020)) return 0;
  for (const auto& [open, close] : kBrackets) {
    if (c == close) return open;
  }
  return 0;
}

/// The place behind the bracket that `at` opens; 0 if it opens none or a long one.
std::uint32_t behind_bracket(const std::u32string& chars, std::uint32_t at) {
  const char32_t close = closer_of(chars[at]);
  if (close == 0) return 0;
  const auto last = std::min<std::size_t>(chars.size(), at + kLongestBracket);
  for (std::uint32_t i = at + 1; i < last && chars[i] != '\n'; ++i) {
    if (chars[i] == close) return i + 1;
  }
  return 0;
}

/// How many ideographs stand side by side before (-1) or behind (1) a place, counted to four.
std::uint32_t han_beside(const std::u32string& chars, std::size_t at, int step) {
  std::uint32_t count = 0;
  for (std::size_t i = at + std::size_t(step); i < chars.size() && is_han(chars[i]);
       i += std::size_t(step)) {
    if (++count == kOwnClause) break;
  }
  return count;
}

bool parts_chinese(const std::u32string& chars, std::size_t at) {
  const std::uint32_t before = at == 0 ? 0 : han_beside(chars, at, -1);
  if (before == 0) return false;
  const std::uint32_t behind = han_beside(chars, at, 1);
  return behind > 0 && std::max(before, behind) == kOwnClause;
}

/// Whether the "." at `at` ends a sentence of Chinese; not that of 2.5, of an address or of "etc.".
bool is_stop(const std::u32string& chars, std::size_t at) {
  return (at > 0 && is_han(chars[at - 1])) || (at + 1 < chars.size() && is_han(chars[at + 1]));
}

/// Whether a clause ends at `at`; not so within a number or a time: 1,200 and 14:05.
bool ends_clause(const std::u32string& chars, std::size_t at) {
  const char32_t c = chars[at];
  if (is_common_han(c)) return false;
  if (is_mark(c)) return true;  // no quote goes over an address or a name
  if (c == ' ') return parts_chinese(chars, at);
  if (c == '.') return is_stop(chars, at);
  if (!is_clause_mark(c)) return false;
  if (c != ',' && c != ':') return true;
  return at == 0 || at + 1 >= chars.size() || !is_digit(chars[at - 1]) || !is_digit(chars[at + 1]);
}

std::uint32_t next_blank(const std::u32string& chars, std::size_t at) {
  const std::size_t end = chars.find_first_of(U" \n", at);
  return static_cast<std::uint32_t>(std::min(end, chars.size()));
}

/// The end of 北京·朝阳 where nothing but dots stands before the next blank.
std::uint32_t end_of_dotted_place(const std::u32string& chars, std::size_t begin) {
  std::size_t at = begin;
  while (at < chars.size() && is_han(chars[at])) ++at;
  if (at == begin || at - begin > kLongestPlace || at >= chars.size() || chars[at] != U'·') {
    return 0;
  }
  const std::size_t second = at + 1;
  for (at = second; at < chars.size() && is_han(chars[at]);) ++at;
  if (at == second || at - second > kLongestPlace) return 0;
  while (at < chars.size() && (chars[at] == '.' || chars[at] == U'…')) ++at;
  return at == chars.size() || chars[at] == ' ' || chars[at] == '\n'
             ? static_cast<std::uint32_t>(at)
             : 0;
}

/// The end of a place that an app has added to the text; 0 if none begins at `at`.
std::uint32_t place_end(const std::u32string& chars, std::uint32_t at) {
  const char32_t c = chars[at];
  if (c == U'📍') return next_blank(chars, std::min<std::size_t>(at + 2, chars.size()));
  if (!is_han(c) && c != '|') return 0;
  const std::u32string_view rest = std::u32string_view(chars).substr(at);
  for (const std::u32string_view tag : {U"我在这里:", U"我在:"}) {
    if (rest.starts_with(tag)) return next_blank(chars, at + tag.size());
  }
  const bool apart = at == 0 || chars[at - 1] == ' ' || chars[at - 1] == '\n' ||
                     is_mark(chars[at - 1]) || c == '|';
  return apart ? end_of_dotted_place(chars, c == '|' ? at + 1 : at) : 0;
}

}  // namespace

bool find_clauses(const std::u32string& chars, std::vector<Span>& clauses) {
  const auto size = static_cast<std::uint32_t>(chars.size());
  bool brackets = false;
  clauses.clear();
  for (std::uint32_t begin = 0; begin < size;) {
    if (chars[begin] == '@') {  // names are quoted by no clause
      begin = static_cast<std::uint32_t>(mention_end(chars, begin + 1));
      continue;
    }
    if (const std::uint32_t end = place_end(chars, begin); end > begin) {
      begin = end;
      continue;
    }
    std::uint32_t end = begin;
    while (end < size && !ends_clause(chars, end) && chars[end] != '@') {
      if (is_common_han(chars[end]) && end + 1 < size && is_common_han(chars[end + 1])) {
        ++end;  // nearly every character
        continue;
      }
      const bool bracket = closer_of(chars[end]) != 0;
      brackets = brackets || bracket || opener_of(chars[end]) != 0;
      const std::uint32_t behind = bracket ? behind_bracket(chars, end) : 0;
      end = behind == 0 ? end + 1 : behind;
      if (end < size && (chars[end] == U'📍' || chars[end] == '|') && place_end(chars, end) > 0) {
        break;
      }
    }
    while (end < size && ends_clause(chars, end)) ++end;
    clauses.push_back({begin, end});
    begin = end;
  }
  return brackets;
}

void Quotable::Scratch::reset(std::size_t characters) { starts.assign(characters + 1, kUnknown); }

Quotable::Quotable(const std::u32string& chars, const HanWords* words, Scratch& scratch,
                   bool brackets)
    : x_chars(chars), x_words(words), x_scratch(scratch), x_brackets(brackets) {}

void Quotable::find_words(std::uint32_t at) {
  std::uint32_t begin = at;
  std::uint32_t end = at;
  while (begin > 0 && is_han(x_chars[begin - 1])) --begin;
  while (end < x_chars.size() && is_han(x_chars[end])) ++end;
  x_words->find(std::u32string_view(x_chars).substr(begin, end - begin), x_scratch.words,
                x_scratch.starts.data() + begin);
}

/// Whether a word goes on over the place before the character `at`.
bool Quotable::cuts_word(std::uint32_t at) {
  if (at == 0 || at >= x_chars.size()) return false;
  const char32_t before = x_chars[at - 1];
  const char32_t behind = x_chars[at];
  if (is_letter(before) && is_letter(behind)) return true;
  if (x_words == nullptr || !is_han(before) || !is_han(behind)) return false;
  if (x_scratch.starts[at] == kUnknown) find_words(at);
  return x_scratch.starts[at] == 0;
}

Span Quotable::trimmed(Span part) const {
  while (part.begin < part.end && (x_chars[part.begin] == ' ' || is_mark(x_chars[part.begin]) ||
                                   is_clause_mark(x_chars[part.begin]))) {
    ++part.begin;
  }
  while (part.end > part.begin && is_soft_end(x_chars[part.end - 1])) --part.end;
  return part;
}

Span Quotable::with_words(Span part, Span clause) {
  while (part.begin > clause.begin && cuts_word(part.begin)) --part.begin;
  while (part.end < clause.end && cuts_word(part.end)) ++part.end;
  return part;
}

/// Takes in the other half of a bracket that is near, and leaves out a half whose other is not.
Span Quotable::with_brackets(Span part, Span clause) const {
  for (std::uint32_t i = part.begin; i < part.end; ++i) {
    if (const char32_t close = closer_of(x_chars[i]); close != 0) {
      const std::size_t other = x_chars.find(close, i);
      if (other < part.end) {
        i = static_cast<std::uint32_t>(other);
      } else if (other < std::min(clause.end, i + kLongestBracket)) {
        part.end = static_cast<std::uint32_t>(other) + 1;
        break;
      } else if (i == part.begin) {
        ++part.begin;
      } else {
        part.end = i;
      }
    } else if (const char32_t open = opener_of(x_chars[i]); open != 0) {
      const std::size_t other = x_chars.rfind(open, i);
      const bool near =
          other != x_chars.npos && other >= clause.begin && i - other <= kLongestBracket;
      part.begin = near && other < part.begin ? static_cast<std::uint32_t>(other)
                   : near                     ? part.begin
                                              : i + 1;
    }
  }
  return part;
}

/// The short bracket in which a part stands, if it stands in one.
Span Quotable::with_bracket_around(Span part, Span clause) const {
  const std::uint32_t first = part.begin - std::min(part.begin - clause.begin, kLongestBracket);
  for (std::uint32_t i = part.begin; i-- > first;) {
    if (opener_of(x_chars[i]) != 0) return part;
    if (closer_of(x_chars[i]) == 0) continue;
    const std::uint32_t behind = behind_bracket(x_chars, i);
    return behind >= part.end && behind <= clause.end ? Span{i, behind} : part;
  }
  return part;
}

/// Whether a particle behind the part ends the clause: 坏 of 坏了.
bool Quotable::ends_before_particle(Span part, Span clause) {
  static constexpr CharacterSet kParticles(U"了啦");
  if (part.end >= clause.end || !kParticles.has(x_chars[part.end])) return false;
  return part.end + 1 == x_chars.size() || !is_han(x_chars[part.end + 1]);
}

bool Quotable::begins_hanging(Span part) {
  static constexpr CharacterSet kParticles(U"的了吗呢吧啊呀嘛哦着过");
  const char32_t c = x_chars[part.begin];
  return is_han(c) && kParticles.has(c) && part.size() > 2 && !cuts_word(part.begin + 1) &&
         is_han(x_chars[part.begin + 1]);
}

/// Where the next word ends, if the last one leads on to it; else the end of the part.
std::uint32_t Quotable::hanging_end(Span part) {
  static constexpr CharacterSet kLeading(
      U"不没很太都也就还最更又再把被给让和跟与为从对向比是我你的");
  constexpr std::array<std::u32string_view, 32> kEnglish = {
      U"not", U"very", U"so",  U"too", U"the", U"a",   U"an",   U"to",   U"of",    U"my",  U"your",
      U"our", U"his",  U"her", U"and", U"or",  U"but", U"for",  U"with", U"is",    U"are", U"was",
      U"has", U"have", U"no",  U"at",  U"in",  U"on",  U"from", U"by",   U"isn't", U"been"};
  const char32_t last = x_chars[part.end - 1];
  std::uint32_t next = part.end;
  if (is_han(last)) {
    if (!kLeading.has(last)) return part.end;
    if (part.size() > 1 && cuts_word(part.end - 1)) return part.end;
    if (next >= x_chars.size() || !is_han(x_chars[next])) return part.end;
  } else if (is_letter(last)) {
    std::uint32_t begin = part.end;
    while (begin > part.begin && is_letter(x_chars[begin - 1])) --begin;
    const auto word = std::u32string_view(x_chars).substr(begin, part.end - begin);
    if (word.size() > 5 || std::find(kEnglish.begin(), kEnglish.end(), word) == kEnglish.end()) {
      return part.end;
    }
    while (next < x_chars.size() && x_chars[next] == ' ') ++next;
    if (next >= x_chars.size() || !is_letter(x_chars[next])) return part.end;
  } else {
    return part.end;
  }
  ++next;
  while (next < x_chars.size() && cuts_word(next)) ++next;
  return next;
}

Span Quotable::readable(Span part, Span clause) {
  constexpr int kMostWords = 3;
  part = trimmed(part);
  if (part.empty()) return part;
  part = with_words(part, clause);
  if (begins_hanging(part)) ++part.begin;
  for (int words = 0; words < kMostWords; ++words) {
    const std::uint32_t end = hanging_end(part);
    if (end == part.end || end > clause.end) break;
    part.end = end;
  }
  if (ends_before_particle(part, clause)) ++part.end;
  if (!x_brackets) return trimmed(part);
  return with_bracket_around(trimmed(with_brackets(part, clause)), clause);
}

}  // namespace xinjing::language
