#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/check.h"
#include "base/utf8.h"
#include "language/matcher.h"

namespace {

using xinjing::language::Match;

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// Tries every pattern at every place.
std::vector<Match> naive(const std::vector<std::string>& patterns, const std::string& text) {
  std::vector<Match> out;
  const std::string haystack = lower(text);
  for (std::uint32_t p = 0; p < patterns.size(); ++p) {
    const std::string needle = lower(patterns[p]);
    if (needle.empty()) continue;
    for (std::size_t at = haystack.find(needle); at != std::string::npos;
         at = haystack.find(needle, at + 1)) {
      const std::size_t end = at + needle.size();
      if (is_word(needle.front()) && at > 0 && is_word(text[at - 1])) continue;
      if (is_word(needle.back()) && end < text.size() && is_word(text[end])) continue;
      out.push_back({p, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}});
    }
  }
  return out;
}

}  // namespace

// Lines are patterns, the last line is the text; the matcher agrees with its stupid twin.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 4096));
  std::vector<std::string> patterns;
  std::size_t begin = 0;
  for (std::size_t end = input.find('\n'); end != std::string::npos;
       end = input.find('\n', begin)) {
    patterns.push_back(xinjing::repaired_utf8(input.substr(begin, end - begin)));
    begin = end + 1;
  }
  const std::string text = input.substr(begin);
  std::vector<Match> found;
  xinjing::language::Matcher(std::vector<std::string_view>(patterns.begin(), patterns.end()))
      .find(text, found);
  std::vector<Match> expected = naive(patterns, text);
  const auto by_all = [](const Match& a, const Match& b) {
    return std::tuple(a.span, a.pattern) < std::tuple(b.span, b.pattern);
  };
  std::sort(found.begin(), found.end(), by_all);
  std::sort(expected.begin(), expected.end(), by_all);
  XINJING_CHECK(found == expected);
  return 0;
}
