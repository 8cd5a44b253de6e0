#include "language/clause.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <utility>

namespace xinjing::language {
namespace {

/// The bytes of the mark that ends a clause and begins at `at`; 0 if none does.
std::size_t mark_at(std::string_view text, std::size_t at) {
  switch (text[at]) {
    case '~':
    case '!':
    case '?':
    case ';':
    case '\n':
      return 1;
    case '.':
      return text.substr(at, 2) == ". " ? 2 : 0;
    case '\xe2':
    case '\xe3':
    case '\xef':
      for (const std::string_view mark : {"，", "。", "！", "？", "；", "…"}) {
        if (text.substr(at, mark.size()) == mark) return mark.size();
      }
      return 0;
    default:
      return 0;
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether the byte at `at` is a comma that ends a clause: not that of 1,200.
bool is_comma(std::string_view text, std::size_t at) {
  return text[at] == ',' &&
         (at == 0 || at + 1 >= text.size() || !is_digit(text[at - 1]) || !is_digit(text[at + 1]));
}

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// Whether the byte at `at` is a full stop beside Chinese: 还是不行.到底支持吗, not that of 2.5兆.
bool is_chinese_stop(std::string_view text, std::size_t at) {
  return text[at] == '.' &&
         ((at > 0 && !is_ascii(text[at - 1])) || (at + 1 < text.size() && !is_ascii(text[at + 1])));
}

constexpr std::size_t kHanBytes = 3;  // of a common ideograph

bool is_han_at(std::string_view text, std::size_t at) {
  return at + kHanBytes <= text.size() && text[at] >= '\xe4' && text[at] <= '\xe9';
}

/// Whether the blank at `at` parts stretches of Chinese, one of four characters or more: microblogs
/// have blanks for commas.
bool parts_chinese(std::string_view text, std::size_t at) {
  constexpr std::size_t kOwnClause = 4;
  if (text[at] != ' ' || !is_han_at(text, at + 1)) return false;
  std::size_t before = 0;
  while (before < kOwnClause && at >= (before + 1) * kHanBytes &&
         is_han_at(text, at - (before + 1) * kHanBytes)) {
    ++before;
  }
  std::size_t behind = 1;
  while (behind < kOwnClause && is_han_at(text, at + 1 + behind * kHanBytes)) ++behind;
  return before > 0 && std::max(before, behind) == kOwnClause;
}

/// Whether a mark of one byte that only its neighbours make one stands at `at`.
bool is_small_mark(std::string_view text, std::size_t at) {
  return is_comma(text, at) || is_chinese_stop(text, at) || parts_chinese(text, at);
}

/// Bytes with which a mark may begin: not most, and none of an ideograph's.
constexpr auto kMayEnd = [] {
  std::array<bool, 256> may{};
  for (const unsigned char mark : {'~', '!', '?', ';', '\n', '.', ',', ' '}) may[mark] = true;
  for (const unsigned lead : {0xe2, 0xe3, 0xef}) may[lead] = true;
  return may;
}();
bool may_end(char c) { return kMayEnd[static_cast<unsigned char>(c)]; }

bool ends_at(std::string_view text, std::size_t at) {
  return may_end(text[at]) && (mark_at(text, at) > 0 || is_small_mark(text, at));
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

Span clause_around(std::string_view text, Span quote, std::size_t most_bytes) {
  std::size_t begin = quote.begin;
  const std::string_view before = text.substr(0, quote.begin);
  const auto ends_before = [&](std::size_t at) {
    return may_end(text[at]) && (mark_at(before, at) > 0 || is_small_mark(text, at));
  };
  while (begin > 0 && !ends_before(begin - 1)) --begin;
  if (begin > 0) begin += std::max(mark_at(before, begin - 1), std::size_t{1}) - 1;
  std::size_t end = quote.end > quote.begin ? quote.end - 1 : quote.end;
  while (end < text.size() && !ends_at(text, end)) ++end;
  // A quote may end with the mark that ends its clause.
  end = std::max(end, std::size_t{quote.end});
  while (begin < quote.begin && is_space(text[begin])) ++begin;
  while (end > quote.end && is_space(text[end - 1])) --end;
  if (end - begin > most_bytes) return quote;
  return {std::uint32_t(begin), std::uint32_t(end)};
}

namespace {

constexpr std::size_t kLongestQuote = 108;  // bytes: 36 Chinese characters

/// Words that tell nothing where they stand alone or before a space.
constexpr std::string_view kGreetings[] = {
    "喂",       "你好",     "您好",       "你好啊",     "亲",         "在吗",         "请问",
    "请问一下", "想问一下", "我想问一下", "想请问一下", "想咨询一下", "我想请问一下", "咨询一下",
    "hi",       "hello",    "hey",        "dear",       "excuse me"};

/// Like begins_with, small and capital letters alike.
bool begins_with(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c) != word[i]) return false;
  }
  return true;
}

/// The first word of a text ends here: at a space, or where a bracket or a name begins.
std::size_t end_of_word(std::string_view text) {
  std::size_t end = std::min<std::size_t>(1, text.size());
  while (end < text.size() && !is_space(text[end]) && text[end] != '[' && text[end] != '@') ++end;
  return end;
}

/// The bytes of the @name at the front; 0 if none is. "@ China Unicom" is the sign alone.
std::size_t name_at_front(std::string_view text) {
  if (begins_with(text, "@")) return end_of_word(text);
  return begins_with(text, "＠") ? end_of_word(text.substr(2)) + 2 : 0;
}

/// The bytes of [哈哈] or 【咨询】 at the front; 0 if none is or if it is long.
std::size_t bracket_at_front(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  for (const auto& [open, close] : {std::pair{std::string_view("["), std::string_view("]")},
                                    std::pair{std::string_view("【"), std::string_view("】")}}) {
    if (!begins_with(text, open)) continue;
    const std::size_t end = text.substr(0, kLongest).find(close);
    return end == text.npos ? 0 : end + close.size();
  }
  return 0;
}

bool is_of_number(char c) { return is_digit(c) || c == '-' || c == '*'; }

/// Whether a word is a number of an order or a telephone.
bool is_long_number(std::string_view word) {
  constexpr std::size_t kShortest = 6;
  return word.size() >= kShortest && std::all_of(word.begin(), word.end(), is_of_number);
}

std::size_t greeting_at_front(std::string_view text) {
  for (const std::string_view word : kGreetings) {
    if (begins_with(text, word) && (text.size() == word.size() || is_space(text[word.size()]))) {
      return word.size();
    }
  }
  return 0;
}

/// The bytes at the front that tell nothing.
std::size_t empty_front(std::string_view text) {
  if (is_space(text[0]) || is_small_mark(text, 0)) return 1;
  if (const std::size_t mark = mark_at(text, 0); mark > 0) return mark;
  if (const std::size_t name = name_at_front(text); name > 0) return name;
  if (const std::size_t bracket = bracket_at_front(text); bracket > 0) return bracket;
  const std::size_t word = is_of_number(text[0]) ? end_of_word(text) : 0;
  return is_long_number(text.substr(0, word)) ? word : greeting_at_front(text);
}

/// Whether what follows the @ at `at` is a name to the end: one word, or in English some that begin
/// with capitals. Not that of an address.
bool is_name(std::string_view text, std::size_t at) {
  constexpr std::size_t kMostWords = 6;
  if (at > 0 && !is_space(text[at - 1]) && is_ascii(text[at - 1])) return false;
  std::size_t words = 0;
  std::string_view rest = text.substr(at + 1);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
    if (words > 0 && end > 0 && (rest[0] < 'A' || rest[0] > 'Z')) return false;
    words += end > 0 ? 1 : 0;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words <= kMostWords;
}

/// The same at the back.
std::size_t empty_back(std::string_view text) {
  if (is_space(text.back()) || text.back() == '.') return 1;
  if (is_of_number(text.back())) {
    std::size_t word = text.size();
    while (word > 0 && !is_space(text[word - 1])) --word;
    if (is_long_number(text.substr(word))) return text.size() - word;
  }
  if (const std::size_t at = text.rfind('@'); at != text.npos && is_name(text, at)) {
    return text.size() - at;
  }
  const char* const open = text.back() == ']' ? "[" : text.ends_with("】") ? "【" : nullptr;
  if (open == nullptr) return 0;
  const std::size_t at = text.rfind(open);
  return at != text.npos && bracket_at_front(text.substr(at)) == text.size() - at ? text.size() - at
                                                                                  : 0;
}

Span without_trimmings(std::string_view text, Span clause) {
  while (!clause.empty()) {
    const std::size_t front = empty_front(slice(text, clause));
    if (front == 0) break;
    clause.begin += std::uint32_t(std::min<std::size_t>(front, clause.size()));
  }
  while (!clause.empty()) {
    const std::size_t back = empty_back(slice(text, clause));
    if (back == 0) break;
    clause.end -= std::uint32_t(std::min<std::size_t>(back, clause.size()));
  }
  return clause;
}

std::size_t end_of_clause(std::string_view text, std::size_t at, std::size_t limit) {
  while (at < limit && !ends_at(text, at)) ++at;
  return at;
}

std::size_t behind_mark(std::string_view text, std::size_t at) {
  return at + (at < text.size() ? std::max(mark_at(text, at), std::size_t{1}) : 1);
}

/// The longest part of `words` that no mark divides, or all where there are only marks.
Span longest_part(std::string_view text, Span words) {
  if (end_of_clause(text, words.begin, words.end) == words.end) return words;  // as it mostly is
  Span best{words.begin, words.begin};
  for (std::size_t at = words.begin; at < words.end;) {
    const std::size_t end = end_of_clause(text, at, words.end);
    const Span part{std::uint32_t(at), std::uint32_t(end)};
    if (without_trimmings(text, part).size() > without_trimmings(text, best).size()) best = part;
    at = behind_mark(text, end);
  }
  return best.empty() ? words : best;
}

/// Whole words around some that stand in a clause too long to be cited: to the next spaces, if they
/// are near.
Span between_spaces(std::string_view text, Span clause, Span words) {
  constexpr std::uint32_t kNear = 60;
  Span out = words;
  while (out.begin > clause.begin && !is_space(text[out.begin - 1])) --out.begin;
  while (out.end < clause.end && !is_space(text[out.end])) ++out.end;
  return out.size() <= words.size() + kNear ? out : words;
}

/// The clause nearest to `clause` that says something, earlier ones first.
std::optional<Span> neighbour_to_quote(std::string_view text, Span clause) {
  std::optional<Span> before;
  for (const Span& said : clauses_to_quote(text)) {
    if (said.end <= clause.begin) before = said;
    if (said.begin >= clause.end) return before ? before : said;
  }
  return before;
}

}  // namespace

std::vector<Span> clauses_to_quote(std::string_view text) {
  std::vector<Span> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_clause(text, at, text.size());
    const Span said = without_trimmings(text, {std::uint32_t(at), std::uint32_t(end)});
    if (!said.empty() && said.size() <= kLongestQuote) out.push_back(said);
    at = behind_mark(text, end);
  }
  return out;
}

Span clause_to_quote(std::string_view text, Span words) {
  words = longest_part(text, words);
  Span clause = clause_around(text, words, text.size());
  if (clause.size() > kLongestQuote) clause = between_spaces(text, clause, words);
  const Span said = without_trimmings(text, clause);
  return said.empty() ? neighbour_to_quote(text, clause).value_or(clause) : said;
}

}  // namespace xinjing::language
