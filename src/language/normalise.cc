#include "language/normalise.h"

#include <utf8proc.h>

#include <array>
#include <memory>

#include "base/utf8.h"
#include "language/simplify.h"

namespace xinjing::language {
namespace {

constexpr std::size_t kPlane = 0x10000;
// Marks in the fold table. Noncharacters, so no text folds to them.
constexpr char16_t kVanishes = 0xffff;
constexpr char16_t kExpands = 0xfffe;

/// What each character of the basic plane becomes.
class FoldTable {
 public:
  FoldTable();
  char16_t operator[](char32_t c) const { return (*x_fold)[c]; }
  std::u32string_view expansion(char32_t c) const;

 private:
  void fold_by_compatibility(char32_t c);
  std::unique_ptr<std::array<char16_t, kPlane>> x_fold;
  std::vector<std::pair<char32_t, std::u32string>> x_expansions;  // ascending
};

bool is_blank(char32_t c) {
  return c <= 0x20 || c == 0x7f || c == 0x85 || c == 0xa0 || c == 0x1680 || c == 0x3000 ||
         (c >= 0x2000 && c <= 0x200a) || (c >= 0x2028 && c <= 0x202f) || c == 0x205f;
}

void FoldTable::fold_by_compatibility(char32_t c) {
  std::array<utf8proc_int32_t, 32> to;
  int last_class = UTF8PROC_BOUNDCLASS_START;
  constexpr auto kFold = static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_COMPOSE |
                                                        UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const auto size = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), to.data(), to.size(),
                                            kFold, &last_class);
  if (size < 0 || size > static_cast<utf8proc_ssize_t>(to.size())) return;
  if (size == 0) {
    (*x_fold)[c] = kVanishes;
    return;
  }
  const auto kept = utf8proc_normalize_utf32(to.data(), size, UTF8PROC_COMPOSE);
  if (kept == 1 && to[0] < 0xfffe) {
    (*x_fold)[c] = static_cast<char16_t>(to[0]);
  } else if (kept > 1) {
    (*x_fold)[c] = kExpands;
    x_expansions.emplace_back(c, std::u32string(to.begin(), to.begin() + kept));
  }
}

FoldTable::FoldTable() : x_fold(std::make_unique<std::array<char16_t, kPlane>>()) {
  for (std::size_t c = 0; c < kPlane; ++c) (*x_fold)[c] = static_cast<char16_t>(c);
  const auto is_plain = [](char32_t c) {  // ideographs, Hangul, surrogates, private use
    return (c >= 0x3400 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xf8ff);
  };
  for (char32_t c = 0x21; c < kPlane; ++c) {
    if (!is_plain(c)) fold_by_compatibility(c);
  }
  for (char32_t c = 0; c < kPlane; ++c) {
    if (is_blank(c)) (*x_fold)[c] = c == '\n' || c == 0x2028 || c == 0x2029 ? u'\n' : u' ';
  }
  for (const char32_t c : {0x201c, 0x201d, 0x201e, 0x300c, 0x300d}) (*x_fold)[c] = u'"';
  for (const char32_t c : {0x2018, 0x2019, 0x201a, 0x2032}) (*x_fold)[c] = u'\'';
  for (char32_t c = 0x200b; c <= 0x200f; ++c) (*x_fold)[c] = kVanishes;
  (*x_fold)[0xfeff] = kVanishes;
  (*x_fold)[0xfffe] = (*x_fold)[0xffff] = 0xfffd;
  for (char32_t c = 0xf8f0; c <= 0xf8ff; ++c) (*x_fold)[c] = 0xfffd;  // marks of the Rewriter
  const std::u16string_view pairs = simplified_pairs();
  for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) (*x_fold)[pairs[i]] = pairs[i + 1];
}

std::u32string_view FoldTable::expansion(char32_t c) const {
  const auto found =
      std::lower_bound(x_expansions.begin(), x_expansions.end(), c,
                       [](const auto& entry, char32_t key) { return entry.first < key; });
  return found->second;
}

const FoldTable& fold_table() {
  static const FoldTable table;
  return table;
}

/// Writes folded characters and keeps runs short.
class Folding {
 public:
  /// Makes room for as many characters as the text has bytes.
  Folding(std::size_t bytes, Normalised& out) : x_out(out) {
    out.chars.resize(bytes);
    out.at.resize(bytes + 1);
  }

  /// REQUIRES: there is room; an expansion may need more than it has bytes.
  void put(char32_t c, std::uint32_t at) {
    if (c == x_last) {
      if (c == ' ' || c == '\n') return;
      const bool digit = c >= '0' && c <= '9';
      if (++x_run > 3 && !digit) return;
    } else if (x_last == '\n' && c == ' ') {
      return;
    } else if (x_last == ' ' && c == '\n') {
      x_out.chars[x_size - 1] = x_last = c;
      return;
    } else {
      x_last = c;
      x_run = 1;
    }
    x_out.chars[x_size] = c;
    x_out.at[x_size++] = at;
  }
  void make_room(std::size_t more) {
    x_out.chars.resize(x_out.chars.size() + more);
    x_out.at.resize(x_out.at.size() + more);
  }
  void finish(std::uint32_t bytes) {
    x_out.chars.resize(x_size);
    x_out.at.resize(x_size + 1);
    x_out.at[0] = 0;
    x_out.at[x_size] = bytes;
  }

 private:
  Normalised& x_out;
  std::size_t x_size = 0;
  char32_t x_last = 0xffffffff;
  int x_run = 0;
};

CodePoint decode(const char* p, std::size_t left) {
  const auto lead = static_cast<unsigned char>(*p);
  if (lead < 0x80) return {lead, 1};
  if (lead >= 0xe1 && lead <= 0xec && left >= 3) {  // most of Chinese; the rest is checked fully
    const auto b = static_cast<unsigned char>(p[1]);
    const auto c = static_cast<unsigned char>(p[2]);
    if ((b & 0xc0) == 0x80 && (c & 0xc0) == 0x80) {
      return {static_cast<char32_t>((lead & 0x0f) << 12 | (b & 0x3f) << 6 | (c & 0x3f)), 3};
    }
  }
  return decode_utf8({p, left});
}

}  // namespace

void normalise(std::string_view text, Normalised& out) {
  const FoldTable& fold = fold_table();
  Folding folding(text.size(), out);
  const auto size = static_cast<std::uint32_t>(text.size());
  for (std::uint32_t i = 0; i < size;) {
    const CodePoint c = decode(text.data() + i, size - i);
    const char16_t to = c.value < kPlane ? fold[c.value] : char16_t{0};
    if (c.value >= kPlane) {
      folding.put(c.value, i);
    } else if (to < kExpands) {
      folding.put(to, i);
    } else if (to == kExpands) {
      const std::u32string_view expansion = fold.expansion(c.value);
      folding.make_room(expansion.size());
      std::uint32_t at = i;  // the first character carries the bytes
      for (const char32_t e : expansion) folding.put(e, std::exchange(at, i + c.bytes));
    }
    i += c.bytes;
  }
  folding.finish(size);
}

std::string normalised_text(std::string_view text) {
  Normalised folded;
  normalise(text, folded);
  std::string out;
  for (const char32_t c : folded.chars) append_utf8(out, c);
  return out;
}

}  // namespace xinjing::language
