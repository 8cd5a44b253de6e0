#include "language/rewriter.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <limits>

#include "base/hash.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "language/address.h"

namespace xinjing::language {
namespace {

constexpr std::string_view kWordsHeader = "word\ttimes";
constexpr std::string_view kMisspellingsHeader = "form\tmeant\tnote";
constexpr std::size_t kLongestName = 20;   // a longer one without a blank has words behind it
constexpr std::size_t kLongestForm = 31;   // of a misspelling; a bit each in 32
constexpr std::size_t kLongestWord = 40;   // longer runs of letters stay as they are
constexpr std::size_t kShortestTag = 6;    // of letters that are taken apart
constexpr std::size_t kMostStretches = 4;  // places of one word
constexpr float kNumber = 8;               // cost of digits in a tag [nats]

constexpr bool is_letter(char32_t c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
/// Letters, and what stands for letters in masked words: sh1t, f**k.
constexpr bool is_word_char(char32_t c) { return is_letter(c) || is_digit(c) || c == '*'; }
constexpr bool is_common_han(char32_t c) { return c >= 0x4e00 && c <= 0x9fff; }

constexpr std::uint32_t kWordHash = 0x811c9dc5;
constexpr std::uint32_t extend(std::uint32_t hash, char32_t c) {
  return (hash ^ static_cast<std::uint32_t>(c)) * 0x01000193U;
}
constexpr std::uint32_t pair_hash(char32_t a, char32_t b) {
  return (static_cast<std::uint32_t>(a) * 0x9e3779b1U ^ static_cast<std::uint32_t>(b)) *
             0x85ebca6bU >>
         12;
}
constexpr std::uint32_t finished(std::uint32_t hash) { return hash ^ hash >> 15; }
constexpr std::uint32_t hash_of(std::u32string_view form) {
  std::uint32_t hash = kWordHash;
  for (const char32_t c : form) hash = extend(hash, c);
  return finished(hash);
}

}  // namespace

/// Rewrites one text.
class Rewriter::Pass {
 public:
  Pass(const Rewriter& by, std::string_view text, Scratch& scratch, Normalised& out)
      : x_by(by), x_text(text), x_scratch(scratch), x_in(scratch.before), x_out(out) {}

  void run() {
    x_out.chars.clear();
    x_out.at.clear();
    for (std::size_t i = 0; i < x_in.chars.size();) {
      const std::size_t next = step(i);
      if (next == i) copy(i);
      i = std::max(next, i + 1);
    }
    x_out.at.push_back(x_in.at.back());
  }

 private:
  char32_t char_at(std::size_t i) const { return i < x_in.chars.size() ? x_in.chars[i] : 0; }
  bool word_before(std::size_t i) const { return i > 0 && is_word_char(x_in.chars[i - 1]); }

  void put(char32_t c, std::size_t from) {
    x_out.chars.push_back(c);
    x_out.at.push_back(x_in.at[from]);
  }
  void copy(std::size_t i) { put(x_in.chars[i], i); }

  /// Where the piece ends that was rewritten; `i` if none begins there.
  std::size_t step(std::size_t i) {
    const char32_t c = x_in.chars[i];
    if (is_common_han(c)) return mended_han(i);
    if (c == '@') return name(i);
    if (!is_word_char(c) || word_before(i)) return i;
    if (const std::size_t end = address_end(x_in.chars, i); end > i) {
      put(kAddressMark, i);
      return end;
    }
    return word(i);
  }

  std::size_t name(std::size_t i) {
    if (i > 0 && (is_letter(x_in.chars[i - 1]) || is_digit(x_in.chars[i - 1]))) return i;
    const std::size_t end = mention_end(x_in.chars, i + 1);
    if (end == i + 1 || end > i + 1 + kLongestName + 10) return i;
    const bool han = std::any_of(x_in.chars.begin() + std::ptrdiff_t(i),
                                 x_in.chars.begin() + std::ptrdiff_t(end), is_han);
    if (han && end > i + 1 + kLongestName) return i;
    const MentionKind kind = kind_of(x_in.bytes(i + 1, end));
    x_scratch.named |= 1U << static_cast<unsigned>(kind);
    if (kind != MentionKind::kPerson) return copy_all(i, end);
    put(kFirstNameMark + static_cast<char32_t>(kind), i);
    return end;
  }

  MentionKind kind_of(Span bytes) {
    const std::string_view shown = slice(x_text, bytes);
    const std::uint64_t hash = hash64(shown) | 1;
    auto& known = x_scratch.kinds[hash >> 32 & (x_scratch.kinds.size() - 1)];
    if (known.first != hash) known = {hash, x_by.x_names.kind_of(shown)};
    return known.second;
  }

  std::size_t mended_han(std::size_t i) {
    const std::uint32_t pair = pair_hash(x_in.chars[i], char_at(i + 1));
    if (x_by.x_meant.empty() || !x_by.in_filter(pair)) return i;
    for (std::uint32_t sizes = x_by.sizes_of(pair); sizes != 0;) {  // the longest first
      const auto size = static_cast<std::size_t>(std::bit_width(sizes) - 1);
      sizes ^= 1U << size;
      if (size > x_in.chars.size() - i) continue;
      if (!x_by.in_filter(hash_of(std::u32string_view(x_in.chars).substr(i, size)))) continue;
      const auto found = x_by.x_meant.find(x_in.chars.substr(i, size));
      if (found == x_by.x_meant.end()) continue;
      put_instead(found->second, i, i + size);
      return i + size;
    }
    return i;
  }

  std::size_t word(std::size_t i) {
    std::size_t end = i;
    while (end < x_in.chars.size() && is_word_char(x_in.chars[end])) ++end;
    if (end - i > kLongestWord) return copy_all(i, end);
    const std::u32string letters = x_in.chars.substr(i, end - i);
    if (i > 0 && x_in.chars[i - 1] == '#' && put_tag(letters, i)) return end;
    const auto meant =
        x_by.in_filter(hash_of(letters)) ? x_by.x_meant.find(letters) : x_by.x_meant.end();
    if (meant != x_by.x_meant.end()) {
      put_instead(meant->second, i, end);
    } else if (!put_unstretched(letters, i)) {
      copy_all(i, end);
    }
    return end;
  }

  std::size_t copy_all(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) copy(i);
    return end;
  }

  /// Character by character; what is more stands for no bytes, what is less for those of the last.
  void put_instead(std::u32string_view meant, std::size_t begin, std::size_t end) {
    for (std::size_t k = 0; k < meant.size(); ++k) put(meant[k], std::min(begin + k, end));
  }

  /// Writes the known word that `letters` stretch, if they do and there is one.
  bool put_unstretched(const std::u32string& letters, std::size_t begin) {
    std::vector<Span> runs;
    for (std::uint32_t i = 0; i < letters.size();) {
      std::uint32_t end = i;
      while (end < letters.size() && letters[end] == letters[i]) ++end;
      if (end - i >= 3) runs.push_back({i, end});
      i = end;
    }
    if (runs.empty() || runs.size() > kMostStretches) return false;
    // Two letters of a run before one: "goood" is rather good than god.
    for (std::uint32_t choice = 0; choice < 1U << runs.size(); ++choice) {
      std::u32string plain;
      std::vector<std::size_t> from;
      for (std::uint32_t i = 0; i < letters.size(); ++i) {
        if (is_dropped(runs, choice, i)) continue;
        plain += letters[i];
        from.push_back(begin + i);
      }
      const auto meant = x_by.x_meant.find(plain);
      if (meant != x_by.x_meant.end()) {
        put_instead(meant->second, begin, begin + letters.size());
        return true;
      }
      if (plain.size() < 2 || !x_by.is_word(plain)) continue;
      for (std::size_t k = 0; k < plain.size(); ++k) put(plain[k], from[k]);
      return true;
    }
    return false;
  }

  static bool is_dropped(const std::vector<Span>& runs, std::uint32_t choice, std::uint32_t i) {
    for (std::size_t r = 0; r < runs.size(); ++r) {
      const std::uint32_t kept = (choice >> r & 1) != 0 ? 1 : 2;
      if (i >= runs[r].begin + kept && i < runs[r].end) return true;
    }
    return false;
  }

  /// Writes the words of a tag with blanks between them: the cheapest way to cut it into words.
  bool put_tag(const std::u32string& letters, std::size_t begin) {
    if (letters.size() < kShortestTag || x_by.is_word(letters) || x_by.x_words.empty()) {
      return false;
    }
    std::vector<float> cost(letters.size() + 1, std::numeric_limits<float>::max());
    std::vector<std::size_t> from(letters.size() + 1, 0);
    cost[0] = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      for (std::size_t end = i + 1; end <= letters.size(); ++end) {
        const auto word = x_by.x_words.find(letters.substr(i, end - i));
        const bool digits = std::all_of(letters.begin() + std::ptrdiff_t(i),
                                        letters.begin() + std::ptrdiff_t(end), is_digit);
        if (word == x_by.x_words.end() && !digits) continue;
        const float to = cost[i] + (digits ? kNumber : x_by.cost_of(word->second));
        if (to < cost[end]) cost[end] = to, from[end] = i;
      }
    }
    if (cost.back() == std::numeric_limits<float>::max()) return false;
    std::vector<bool> seam(letters.size() + 1, false);
    for (std::size_t end = letters.size(); end > 0; end = from[end]) seam[from[end]] = true;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      if (i > 0 && seam[i]) put(' ', begin + i);
      copy(begin + i);
    }
    return true;
  }

  const Rewriter& x_by;
  std::string_view x_text;
  Scratch& x_scratch;
  const Normalised& x_in;
  Normalised& x_out;
};

Rewriter::Rewriter() : x_sizes(kSizeSlots, 0), x_filter(kFilterBits / 64, 0) {}

const Rewriter& Rewriter::plain() {
  static const Rewriter without_files;
  return without_files;
}

Status Rewriter::add_words(std::string_view text, std::string_view name) {
  return TsvReader(text, name, kWordsHeader).each([&](const TsvRow& row) -> Status {
    const std::u32string word = characters_of(row.cells[0]);
    if (word.empty() || !std::all_of(word.begin(), word.end(), is_letter)) {
      return row.refuse(row.cells[0],
                        {"a word has letters from a to z", "词只能由 a 到 z 的字母组成"});
    }
    std::uint32_t n = 0;
    const std::string_view count = row.cells[1];
    const auto [end, error] = std::from_chars(count.data(), count.data() + count.size(), n);
    if (error != std::errc() || end != count.data() + count.size() || n == 0) {
      return row.refuse(count, {"how often is a number from 1", "次数应为不小于 1 的整数"});
    }
    x_words[word] += n;
    x_times += n;
    return {};
  });
}

Status Rewriter::add_misspellings(std::string_view text, std::string_view name) {
  return TsvReader(text, name, kMisspellingsHeader).each([&](const TsvRow& row) -> Status {
    const std::u32string form = characters_of(row.cells[0]);
    const std::u32string meant = characters_of(row.cells[1]);
    for (const std::string_view cell : {row.cells[0], row.cells[1]}) {
      if (cell.empty() || normalised_text(cell) != cell) {
        return row.refuse(cell, {"a form is in normal form: lower case, simplified, half width",
                                 "写法须为规范形式：小写、简体、半角"});
      }
    }
    const bool word = std::all_of(form.begin(), form.end(), is_word_char);
    const bool han = form.size() >= 2 && is_common_han(form[0]) && is_common_han(form[1]);
    if (!word && !han) {
      return row.refuse(row.cells[0],
                        {"a form is one English word or begins with two Chinese characters",
                         "写法应为一个英文词，或以两个汉字开头"});
    }
    if (form.size() > kLongestForm) {
      return row.refuse(row.cells[0], {"a form has at most 31 characters", "写法最多 31 个字符"});
    }
    if (is_word(form) || !x_meant.emplace(form, meant).second) {
      return row.refuse(row.cells[0],
                        {"the form is a word or stands twice", "该写法本身是词，或重复出现"});
    }
    if (han) {
      mark_filter(pair_hash(form[0], form[1]));
      sizes_of(pair_hash(form[0], form[1])) |= 1U << form.size();
    }
    mark_filter(hash_of(form));
    return {};
  });
}

bool Rewriter::is_word(std::u32string_view letters) const {
  return x_words.find(std::u32string(letters)) != x_words.end();
}

bool Rewriter::may_need(const std::u32string& chars) const {
  char32_t before = 0;
  char32_t before_that = 0;
  std::uint32_t hash = kWordHash;
  for (const char32_t c : chars) {
    if (is_common_han(c)) {
      if (hash != kWordHash && in_filter(finished(hash))) return true;
      hash = kWordHash;
      if (in_filter(pair_hash(before, c))) return true;
    } else if (is_word_char(c)) {
      hash = extend(hash, c);
      const bool stretched = c == before && c == before_that && is_letter(c);
      if (stretched || before == '#' || before == '.') return true;
    } else {
      if (c == '@' || (c == '/' && before == '/' && before_that == ':')) return true;
      if (hash != kWordHash && in_filter(finished(hash))) return true;
      hash = kWordHash;
    }
    before_that = before;
    before = c;
  }
  return hash != kWordHash && in_filter(finished(hash));
}

void Rewriter::rewrite(std::string_view text, Scratch& scratch, Normalised& out) const {
  normalise(text, out);
  if (!may_need(out.chars)) return;
  std::swap(out, scratch.before);
  Pass(*this, text, scratch, out).run();
}

}  // namespace xinjing::language
