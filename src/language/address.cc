#include "language/address.h"

#include <algorithm>
#include <array>
#include <string>

namespace xinjing::language {
namespace {

// Names end with these even where nothing follows: "10086.cn". Sorted.
constexpr std::array<std::string_view, 12> kDomains = {"biz", "cn",   "com",  "edu", "gov", "hk",
                                                       "htm", "html", "info", "net", "org", "tw"};
// And with these only before a path: "t.co/abc", "bit.ly/abc". Sorted.
constexpr std::array<std::string_view, 18> kShortDomains = {"app", "be", "cc", "co", "eu",  "gg",
                                                            "gl",  "im", "io", "ly", "me",  "to",
                                                            "top", "tv", "uk", "us", "vip", "xyz"};
static_assert(std::is_sorted(kDomains.begin(), kDomains.end()));
static_assert(std::is_sorted(kShortDomains.begin(), kShortDomains.end()));

/// Looks at a text of bytes or of characters alike.
template <typename Text>
class AddressScan {
 public:
  AddressScan(Text text, std::size_t at) : x_text(text), x_at(at) {}

  std::size_t end() const {
    if (!is_alnum(x_at) || (x_at > 0 && (is_alnum(x_at - 1) || is(x_at - 1, '@')))) return x_at;
    for (const std::string_view scheme : {"http", "https", "ftp"}) {
      const std::size_t host = x_at + scheme.size() + 3;
      if (has(x_at, scheme) && has(host - 3, "://")) {
        const std::size_t end = host_end(host);
        return end > host ? path_end(end) : host;
      }
    }
    if (const std::size_t end = mail_end(); end > x_at) return end;
    const std::size_t end = host_end(x_at);
    const bool path = is(end, '/');
    if (has(x_at, "www.") && end > x_at + 4) return path_end(end);
    const std::string top = last_label(x_at, end);
    const bool known = contains(kDomains, top) || (path && contains(kShortDomains, top));
    return known ? path_end(end) : x_at;
  }

 private:
  template <std::size_t n>
  static bool contains(const std::array<std::string_view, n>& sorted, std::string_view word) {
    return std::binary_search(sorted.begin(), sorted.end(), word);
  }
  char32_t at(std::size_t i) const {
    if (i >= x_text.size()) return 0;
    if constexpr (sizeof(x_text[0]) == 1) {
      const char c = x_text[i];
      return c >= 'A' && c <= 'Z' ? char32_t(c + ('a' - 'A'))
                                  : char32_t(static_cast<unsigned char>(c));
    } else {
      return x_text[i];
    }
  }
  bool is(std::size_t i, char c) const { return at(i) == static_cast<char32_t>(c); }
  bool has(std::size_t i, std::string_view word) const {
    for (std::size_t k = 0; k < word.size(); ++k) {
      if (!is(i + k, word[k])) return false;
    }
    return true;
  }
  bool is_letter(std::size_t i) const { return at(i) >= 'a' && at(i) <= 'z'; }
  bool is_alnum(std::size_t i) const { return is_letter(i) || (at(i) >= '0' && at(i) <= '9'); }
  /// The width of the ideograph at i; 0 if there is none.
  std::size_t han(std::size_t i) const {
    if constexpr (sizeof(x_text[0]) == 1) {
      return at(i) >= 0xe4 && at(i) <= 0xe9 && i + 2 < x_text.size() ? 3 : 0;
    } else {
      return at(i) >= 0x4e00 && at(i) <= 0x9fff ? 1 : 0;
    }
  }

  /// The end of labels of letters, digits and dashes with single dots between them.
  std::size_t host_end(std::size_t i) const {
    while (is_alnum(i) || ((is(i, '-') || is(i, '.') || is(i, '_')) && is_alnum(i + 1) &&
                           i > x_at && !is(i - 1, '.'))) {
      ++i;
    }
    return i;
  }
  /// The letters behind the last dot, if there is one.
  std::string last_label(std::size_t begin, std::size_t end) const {
    std::size_t i = end;
    while (i > begin && is_letter(i - 1)) --i;
    std::string label;
    if (i < begin + 2 || !is(i - 1, '.')) return label;
    for (; i < end; ++i) label += static_cast<char>(at(i));
    return label;
  }
  std::size_t mail_end() const {
    std::size_t i = x_at;
    while (is_alnum(i) || ((is(i, '.') || is(i, '_') || is(i, '-') || is(i, '+')) && i > x_at)) ++i;
    if (!is(i, '@')) return x_at;
    const std::size_t end = host_end(i + 1);
    return last_label(i + 1, end).size() >= 2 ? end : x_at;
  }

  /// Where port, path and query end. A mark is of them only if they go on behind it.
  std::size_t path_end(std::size_t i) const {
    constexpr std::string_view kJoints = "-_=%&";
    constexpr std::string_view kMarks = "/-_=%&#+~@.?:$*";
    if (!is(i, '/') && !is(i, ':') && !is(i, '?') && !is(i, '#')) return i;
    while (i < x_text.size()) {
      if (is_alnum(i) || is(i, '/')) {
        ++i;
      } else if (at(i) < 0x80 && kMarks.find(static_cast<char>(at(i))) != kMarks.npos &&
                 goes_on(i + 1)) {
        ++i;
      } else if (han(i) > 0 && at(i - 1) < 0x80 &&
                 kJoints.find(static_cast<char>(at(i - 1))) != kJoints.npos) {
        while (han(i) > 0) i += han(i);
      } else {
        break;
      }
    }
    return i;
  }
  bool goes_on(std::size_t i) const {
    const bool joins =
        is(i - 1, '-') || is(i - 1, '_') || is(i - 1, '=') || is(i - 1, '%') || is(i - 1, '&');
    return is_alnum(i) || is(i, '/') || is(i, '-') || is(i, '_') || is(i, '=') || is(i, '&') ||
           is(i, '%') || (joins && han(i) > 0);
  }

  Text x_text;
  std::size_t x_at;
};

}  // namespace

std::size_t address_end(std::u32string_view text, std::size_t at) {
  return AddressScan<std::u32string_view>(text, at).end();
}

std::size_t address_end(std::string_view text, std::size_t at) {
  return AddressScan<std::string_view>(text, at).end();
}

std::size_t mention_end(std::u32string_view text, std::size_t begin) {
  constexpr std::u32string_view kEnds = U"@ \n\t:,.!?;。、()[]【】《》\"/~…#|";
  return std::min(text.find_first_of(kEnds, begin), text.size());
}

}  // namespace xinjing::language
