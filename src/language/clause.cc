#include "language/clause.h"

#include <algorithm>
#include <initializer_list>

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

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

Span clause_around(std::string_view text, Span quote, std::size_t most_bytes) {
  std::size_t begin = quote.begin;
  const std::string_view before = text.substr(0, quote.begin);
  while (begin > 0 && mark_at(before, begin - 1) == 0 && !is_comma(text, begin - 1)) --begin;
  if (begin > 0) begin += std::max(mark_at(before, begin - 1), std::size_t{1}) - 1;
  std::size_t end = quote.end > quote.begin ? quote.end - 1 : quote.end;
  while (end < text.size() && mark_at(text, end) == 0 && !is_comma(text, end)) ++end;
  // A quote may end with the mark that ends its clause.
  end = std::max(end, std::size_t{quote.end});
  while (begin < quote.begin && is_space(text[begin])) ++begin;
  while (end > quote.end && is_space(text[end - 1])) --end;
  if (end - begin > most_bytes) return quote;
  return {std::uint32_t(begin), std::uint32_t(end)};
}

}  // namespace xinjing::language
