#include "language/clause.h"

#include <algorithm>

namespace xinjing::language {
namespace {

constexpr std::string_view kMarks[] = {"，", "。", "！", "？", "；", "…", "~",
                                       ",",  "!",  "?",  ";",  "\n", ". "};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

Span clause_around(std::string_view text, Span quote, std::size_t most_bytes) {
  std::size_t begin = 0, end = text.size();
  for (const std::string_view mark : kMarks) {
    const std::size_t left = text.substr(0, quote.begin).rfind(mark);
    if (left != std::string_view::npos) begin = std::max(begin, left + mark.size());
    end = std::min(end, text.find(mark, quote.end > quote.begin ? quote.end - 1 : quote.end));
  }
  // A quote may end with the mark that ends its clause.
  end = std::max(end, std::size_t{quote.end});
  while (begin < quote.begin && is_space(text[begin])) ++begin;
  while (end > quote.end && is_space(text[end - 1])) --end;
  if (end - begin > most_bytes) return quote;
  return {std::uint32_t(begin), std::uint32_t(end)};
}

}  // namespace xinjing::language
