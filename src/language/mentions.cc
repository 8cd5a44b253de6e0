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
  return TsvReader(text, name, kHeader).each([&](const TsvRow& line) -> Status {
    const auto kind = std::find(kIds.begin(), kIds.end(), line.cells[0]);
    if (kind == kIds.end()) {
      return line.refuse(line.cells[0], {"there is no such kind of name", "没有这种账号类别"});
    }
    Result<std::vector<std::u32string>> words = words_of(line, line.cells[1], x_words);
    if (!words) return words.failure();
    Row row{.kind = static_cast<MentionKind>(kind - kIds.begin()), .words = {}};
    for (std::u32string& word : *words) {
      const bool end = word.front() == U'*' && word.size() > 1;
      const bool han = std::any_of(word.begin(), word.end(), is_han);
      if (end) word.erase(0, 1);
      row.words.push_back({.text = end || han ? std::move(word) : U' ' + word + U' ',
                           .place = end   ? Place::kEnd
                                    : han ? Place::kAnywhere
                                          : Place::kWord});
    }
    x_words += row.words.size();
    x_rows.push_back(std::move(row));
    return {};
  });
}

MentionKind MentionLexicon::kind_of(std::string_view name) const {
  if (name.starts_with('@')) name.remove_prefix(1);
  const std::u32string whole = whole_name(name);
  const std::u32string words = words_of_name(name);
  const auto has = [&](const Word& word) {
    switch (word.place) {
      case Place::kWord:
        return words.find(word.text) != words.npos ||
               whole == std::u32string_view(word.text).substr(1, word.text.size() - 2);
      case Place::kEnd:
        return whole.ends_with(word.text);
      default:
        return whole.find(word.text) != whole.npos;
    }
  };
  for (const Row& row : x_rows) {
    if (std::any_of(row.words.begin(), row.words.end(), has)) return row.kind;
  }
  return MentionKind::kPerson;
}

}  // namespace xinjing::language
