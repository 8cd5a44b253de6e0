#include "language/mentions.h"

#include <algorithm>
#include <array>

#include "base/tsv.h"
#include "base/utf8.h"
#include "language/lexicon_words.h"
#include "language/normalise.h"

namespace xinjing::language {
namespace {

constexpr std::string_view kHeader = "kind\twords\tnote";
constexpr std::array<std::string_view, 5> kIds = {"brand", "official", "media", "authority",
                                                  "person"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A name with a blank at the seams of its words: "BBCNews" is "bbc news", "O2_help" "o 2 help".
std::u32string words_of_name(std::string_view name) {
  std::string apart = " ";
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const char before = i > 0 ? name[i - 1] : ' ';
    const char behind = i + 1 < name.size() ? name[i + 1] : ' ';
    const bool hump = is_upper(c) && (is_lower(before) || (is_upper(before) && is_lower(behind)));
    const bool ascii = (c & 0x80) == 0 && (before & 0x80) == 0;
    if (hump || is_digit(c) != is_digit(before) || !ascii) {
      if ((c & 0xc0) != 0x80) apart += ' ';
    }
    apart += c == '_' || c == '-' || c == '.' || c == '@' ? ' ' : c;
  }
  Normalised normal;
  normalise(apart + ' ', normal);
  return normal.chars;
}

std::u32string whole_name(std::string_view name) {
  Normalised normal;
  normalise(name, normal);
  return normal.chars;
}

}  // namespace

std::string_view mention_kind_id(MentionKind kind) { return kIds[static_cast<std::size_t>(kind)]; }

Status MentionLexicon::add(std::string_view text, std::string_view name) {
  const Status read = TsvReader(text, name, kHeader).each([&](const TsvRow& line) -> Status {
    const auto kind = std::find(kIds.begin(), kIds.end(), line.cells[0]);
    if (kind == kIds.end()) {
      return line.refuse(line.cells[0], {"there is no such kind of name", "没有这种账号类别"});
    }
    Result<std::vector<std::u32string>> words = words_of(line, line.cells[1], x_texts.size());
    if (!words) return words.failure();
    for (std::u32string& word : *words) {
      const bool end = word.front() == U'*' && word.size() > 1;
      const bool han = std::any_of(word.begin(), word.end(), is_han);
      if (end) word.erase(0, 1);
      const Place place = end ? Place::kEnd : han ? Place::kAnywhere : Place::kWord;
      if (place == Place::kEnd || (han && (!is_han(word.front()) || !is_han(word.back())))) {
        x_edged.push_back(static_cast<std::uint32_t>(x_texts.size()));
      }
      x_words.push_back({place, static_cast<std::uint32_t>(x_kinds.size())});
      x_texts.push_back(place == Place::kWord ? U' ' + word + U' ' : std::move(word));
    }
    x_kinds.push_back(static_cast<MentionKind>(kind - kIds.begin()));
    return {};
  });
  x_index = PhraseIndex(x_texts);
  return read;
}

MentionKind MentionLexicon::kind_of(std::string_view name) const {
  if (name.starts_with('@')) name.remove_prefix(1);
  const std::u32string whole = U' ' + whole_name(name) + U' ';
  const std::u32string words = words_of_name(name);
  auto row = static_cast<std::uint32_t>(x_kinds.size());
  std::vector<FoundPhrase> found;
  x_index.find(whole, found);
  for (const FoundPhrase& hit : found) {
    const Word& word = x_words[hit.phrase];
    const bool counts = word.place == Place::kAnywhere ||
                        (word.place == Place::kWord && hit.chars.size() == whole.size());
    if (counts) row = std::min(row, word.row);
  }
  found.clear();
  x_index.find(words, found);
  for (const FoundPhrase& hit : found) {
    if (x_words[hit.phrase].place == Place::kWord) row = std::min(row, x_words[hit.phrase].row);
  }
  const auto inner = std::u32string_view(whole).substr(1, whole.size() - 2);
  for (const std::uint32_t edged : x_edged) {
    const Word& word = x_words[edged];
    if (word.row >= row) continue;
    const bool has = word.place == Place::kEnd ? inner.ends_with(x_texts[edged])
                                               : inner.find(x_texts[edged]) != inner.npos;
    if (has) row = word.row;
  }
  return row < x_kinds.size() ? x_kinds[row] : MentionKind::kPerson;
}

}  // namespace xinjing::language
