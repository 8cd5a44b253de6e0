#include "language/opinions.h"

#include <algorithm>
#include <iterator>

#include "base/tsv.h"
#include "language/lexicon_words.h"

namespace xinjing::language {
namespace {

constexpr std::string_view kHeader = "sign\tstrength\taspect\twords\tnote";

}  // namespace

std::optional<std::uint8_t> aspect_number(std::string_view code) {
  const auto found = std::find(std::begin(kAspectCodes), std::end(kAspectCodes), code);
  if (found == std::end(kAspectCodes)) return {};
  return static_cast<std::uint8_t>(found - std::begin(kAspectCodes));
}

Status OpinionLexicon::add(std::string_view text, std::string_view name,
                           std::optional<Lang> /*lang*/) {
  return TsvReader(text, name, kHeader).each([&](const TsvRow& line) -> Status {
    const auto& cells = line.cells;
    Row row;
    if (cells[0] != "+" && cells[0] != "-" && cells[0] != "0") {
      return line.refuse(cells[0], {"the sign is +, - or 0", "sign 应为 +、- 或 0"});
    }
    row.sign = cells[0] == "0" ? 0 : cells[0] == "+" ? 1 : -1;
    if (cells[1].size() != 1 || cells[1][0] < '1' || cells[1][0] > '3') {
      return line.refuse(cells[1], {"the strength is 1 to 3", "strength 应为 1 到 3"});
    }
    row.strength = static_cast<std::uint8_t>(cells[1][0] - '0');
    if (!cells[2].empty()) {
      row.aspect = aspect_number(cells[2]);
      if (!row.aspect) return line.refuse(cells[2], {"there is no such aspect", "没有这种方面"});
    }
    Result<std::vector<std::u32string>> words = words_of(line, cells[3], x_words.size());
    if (!words) return words.failure();
    x_row_of_word.resize(x_words.size() + words->size(), static_cast<std::uint32_t>(x_rows.size()));
    std::move(words->begin(), words->end(), std::back_inserter(x_words));
    x_rows.push_back(row);
    return {};
  });
}

void OpinionLexicon::build() { x_index = PhraseIndex(x_words); }

void OpinionLexicon::find(std::u32string_view text, Scratch& scratch,
                          std::vector<Opinion>& out) const {
  scratch.found.clear();
  x_index.find(text, scratch.found);
  take(scratch.found, out);
}

void OpinionLexicon::take(std::span<const FoundPhrase> all, std::vector<Opinion>& out) const {
  std::uint32_t covered = 0;
  for (const FoundPhrase& found : all) {  // by place, the longest first
    if (found.chars.begin < covered) continue;
    covered = found.chars.end;
    const Row& row = x_rows[x_row_of_word[found.phrase]];
    if (row.sign == 0) continue;
    out.push_back({found.chars, row.sign, row.strength, row.aspect});
  }
}

}  // namespace xinjing::language
