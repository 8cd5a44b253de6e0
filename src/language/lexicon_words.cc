#include "language/lexicon_words.h"

#include <algorithm>

#include "base/format.h"
#include "base/utf8.h"
#include "language/normalise.h"

namespace xinjing::language {
namespace {

using Words = std::vector<std::string>;

constexpr std::size_t kMostCharacters = 200;
constexpr std::size_t kMostBytes = 4 * kMostCharacters;
constexpr int kDeepest = 8;

Said too_long() {
  return {fmt::format("a word has at most {} characters", kMostCharacters),
          fmt::format("一个词最多 {} 个字符", kMostCharacters)};
}

/// Reads the alternatives of a cell from left to right.
class PatternReader {
 public:
  PatternReader(const TsvRow& row, std::string_view cell) : x_row(row), x_cell(cell) {}

  Result<Words> cell() {
    Words all;
    for (;;) {
      const std::size_t begin = x_at;
      Result<Words> words = sequence(0);
      if (!words) return words.failure();
      if (x_at < x_cell.size() && x_cell[x_at] == ')') {
        return refuse(x_at, {"a bracket closes that was not opened", "多了右括号"});
      }
      if (all.size() + words->size() > kMostOfCell) {
        return refuse(begin, {fmt::format("a cell is at most {} words", kMostOfCell),
                              fmt::format("每格最多 {} 个词", kMostOfCell)});
      }
      std::move(words->begin(), words->end(), std::back_inserter(all));
      if (x_at == x_cell.size()) return all;
      ++x_at;  // '|'
    }
  }

 private:
  Failure refuse(std::size_t at, Said said) const {
    return x_row.refuse(x_cell.substr(at), std::move(said));
  }

  /// Parts one after the other, up to '|', ')' or the end; none of what comes out is empty unless
  /// every part may be left out, which is refused.
  Result<Words> sequence(int depth) {
    const std::size_t begin = x_at;
    Words words = {""};
    while (x_at < x_cell.size() && x_cell[x_at] != '|' && x_cell[x_at] != ')') {
      if (x_cell[x_at] == '(') {
        Result<Words> parts = group(depth + 1);
        if (!parts) return parts.failure();
        if (words.size() * parts->size() > kMostOfPattern) {
          return refuse(begin, {fmt::format("a pattern is at most {} words", kMostOfPattern),
                                fmt::format("一个模式最多展开为 {} 个词", kMostOfPattern)});
        }
        words = joined(words, *parts);
        if (words.front().size() > kMostBytes) return refuse(begin, too_long());
        continue;
      }
      if (x_cell[x_at] == '\\' && ++x_at, x_at == x_cell.size()) {
        return refuse(x_at - 1, {"nothing follows the backslash", "反斜杠之后没有字符"});
      }
      for (std::string& word : words) word.push_back(x_cell[x_at]);
      ++x_at;
      if (words.front().size() > kMostBytes) return refuse(begin, too_long());
    }
    if (std::find(words.begin(), words.end(), "") != words.end()) {
      return refuse(begin, {"a word is empty", "有空词"});
    }
    return words;
  }

  /// REQUIRES: an opening bracket stands here.
  Result<Words> group(int depth) {
    const std::size_t begin = x_at;
    if (depth > kDeepest) {
      return refuse(begin, {fmt::format("brackets are at most {} deep", kDeepest),
                            fmt::format("括号最多嵌套 {} 层", kDeepest)});
    }
    Words parts;
    do {
      ++x_at;  // '(' or '|'
      Result<Words> words = sequence(depth);
      if (!words) return words.failure();
      std::move(words->begin(), words->end(), std::back_inserter(parts));
      if (parts.size() > kMostOfPattern) {
        return refuse(begin, {fmt::format("a pattern is at most {} words", kMostOfPattern),
                              fmt::format("一个模式最多展开为 {} 个词", kMostOfPattern)});
      }
    } while (x_at < x_cell.size() && x_cell[x_at] == '|');
    if (x_at == x_cell.size()) {
      return refuse(begin, {"the bracket is not closed", "括号没有闭合"});
    }
    ++x_at;  // ')'
    if (x_at < x_cell.size() && x_cell[x_at] == '?') {
      parts.emplace_back();
      ++x_at;
    }
    return parts;
  }

  static Words joined(const Words& begins, const Words& ends) {
    Words out;
    out.reserve(begins.size() * ends.size());
    for (const std::string& begin : begins) {
      for (const std::string& end : ends) out.push_back(begin + end);
    }
    return out;
  }

  const TsvRow& x_row;
  std::string_view x_cell;
  std::size_t x_at = 0;
};

}  // namespace

Result<std::vector<std::u32string>> words_of(const TsvRow& row, std::string_view cell,
                                             std::size_t so_far) {
  Result<Words> read = PatternReader(row, cell).cell();
  if (!read) return read.failure();
  if (so_far + read->size() > kMostOfLexicon) {
    return row.refuse(cell, {fmt::format("a lexicon is at most {} words", kMostOfLexicon),
                             fmt::format("一部词典最多 {} 个词", kMostOfLexicon)});
  }
  std::vector<std::u32string> words;
  words.reserve(read->size());
  for (const std::string& word : *read) {
    const std::string normal = normalised_text(word);
    if (normal != word) {
      // Where it stands: in the cell as it is, unless it comes out of a pattern.
      const std::size_t at = cell.find(word);
      return row.refuse(cell.substr(at == cell.npos ? 0 : at),
                        {fmt::format("the word is not in normal form: {}", normal),
                         fmt::format("词未归一化，应写作：{}", normal)});
    }
    words.push_back(characters_of(word));
    if (words.back().size() > kMostCharacters) {
      return row.refuse(cell, too_long());
    }
  }
  if (cell.find('(') != cell.npos) {  // other cells say a word twice only if somebody wrote it
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
  }
  return words;
}

}  // namespace xinjing::language
