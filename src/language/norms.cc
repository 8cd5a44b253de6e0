#include "language/norms.h"

#include <algorithm>
#include <charconv>

#include "base/format.h"
#include "base/tsv.h"
#include "language/lexicon_words.h"
#include "language/normalise.h"

namespace xinjing::language {
namespace {

constexpr std::string_view kHeader = "id\taspect\ttriggers\tzh\ten\tlevel\tsource";
constexpr std::size_t kLongestWord = 100;    // characters
constexpr std::size_t kMostWords = 1 << 20;  // of all norms; the index holds four times as many
constexpr char kBroken = '!';
constexpr char kGap = '*';
// In place of a norm: the phrase is the first part of a trigger, whose second is the next phrase.
constexpr std::uint32_t kFirstPart = 0xffffffff;
// How far apart the parts of a trigger may be: a clause of Chinese, half a sentence of English.
constexpr std::uint32_t kWidestGap = 12;
constexpr std::uint32_t kWidestLatinGap = 40;

enum Column : std::uint8_t { kId, kAspect, kTriggers, kZh, kEn, kLevel, kSource };

bool is_id(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Status check_texts(const TsvRow& row, std::span<const std::string> aspects) {
  const auto cell = [&](Column column) { return row.cells[column]; };
  if (!is_id(cell(kId))) {
    return row.refuse(cell(kId), {"an id is made of small letters, digits and _",
                                  "id 只能由小写字母、数字和 _ 组成"});
  }
  if (std::find(aspects.begin(), aspects.end(), cell(kAspect)) == aspects.end()) {
    return row.refuse(cell(kAspect), {fmt::format("there is no aspect '{}'", cell(kAspect)),
                                      fmt::format("没有方面“{}”", cell(kAspect))});
  }
  for (const Column column : {kZh, kEn}) {
    if (cell(column).empty()) {
      return row.refuse(cell(column),
                        {"what is expected is missing in a language", "所期望的内容缺少一种语言"});
    }
  }
  if (cell(kSource).empty())
    return row.refuse(cell(kSource), {"the source is missing", "缺少来源"});
  return {};
}

Result<std::optional<Norm::Level>> level_of(const TsvRow& row) {
  const std::string_view text = row.cells[kLevel];
  if (text.empty()) return std::optional<Norm::Level>();
  Norm::Level level;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), level.number);
  const auto used = static_cast<std::size_t>(end - text.data());
  const bool unit_follows = used + 1 < text.size() && text[used] == ' ';
  if (error != std::errc() || !(level.number > 0 && level.number < 1e9) || !unit_follows) {
    return row.refuse(
        text, {"a level is a number and a unit, like '45 min'", "水平应为数和单位，如“45 min”"});
  }
  level.unit = text.substr(used + 1);
  return std::optional(level);
}

/// A word of a trigger; empty words have been refused.
Result<std::u32string> word_of(const TsvRow& row, std::string_view word) {
  Result<std::vector<std::u32string>> words = words_of(row, word, 0);
  if (!words) return words.failure();
  if (words->size() != 1) {
    return row.refuse(word, {"a trigger is one word, no pattern", "触发词应为一个词，不是模式"});
  }
  if (words->front().size() > kLongestWord) {
    return row.refuse(word, {"a trigger has 2 to 100 characters", "触发词应为 2 到 100 个字"});
  }
  return std::move(words->front());
}

/// The one or two words of a trigger without its mark.
Result<std::vector<std::u32string>> parts_of(const TsvRow& row, std::string_view trigger) {
  const bool marked = !trigger.empty() && trigger.front() == kBroken;
  std::vector<std::u32string> out;
  std::size_t length = 0;
  for (const std::string_view part : split(trigger.substr(marked ? 1 : 0), kGap)) {
    Result<std::u32string> word = word_of(row, part);
    if (!word) return word.failure();
    length += word->size();
    out.push_back(std::move(*word));
  }
  if (length < 1 + out.size()) {
    return row.refuse(trigger.substr(marked ? 1 : 0),
                      {"a trigger has 2 to 100 characters", "触发词应为 2 到 100 个字"});
  }
  if (out.size() > 2) {
    return row.refuse(trigger, {"a trigger has one * at most", "触发词最多一个 *"});
  }
  return out;
}

bool is_latin(char32_t c) { return c >= U'a' && c <= U'z'; }

/// Whether a sentence ends in there. A full stop ends one only before a blank: 3.5 does not.
bool ends_sentence(std::u32string_view between) {
  for (std::size_t i = 0; i < between.size(); ++i) {
    const char32_t c = between[i];
    if (c == U'。' || c == U'!' || c == U'?' || c == U';' || c == U'\n') return true;
    if (c == U'.' && i + 1 < between.size() && between[i + 1] == U' ') return true;
  }
  return false;
}

/// Whether the first part of a trigger stands close enough before its second; the nearest counts.
bool follows(std::u32string_view text, std::span<const FoundPhrase> before,
             const FoundPhrase& second) {
  const std::uint32_t from = second.chars.begin;
  const std::uint32_t widest = is_latin(text[from]) ? kWidestLatinGap : kWidestGap;
  for (std::size_t i = before.size(); i-- > 0;) {
    const Span first = before[i].chars;
    if (first.begin + widest + kLongestWord < from) return false;
    const bool near = first.end <= from && from <= first.end + widest;
    if (before[i].phrase + 1 != second.phrase || !near) continue;
    return !ends_sentence(text.substr(first.end, from - first.end));
  }
  return false;
}

}  // namespace

Status NormLexicon::add(const File& file) {
  std::string before;
  return TsvReader(file.text, file.name, kHeader).each([&](const TsvRow& row) -> Status {
    const auto& cells = row.cells;
    if (Status s = check_texts(row, file.aspects); !s) return s;
    if (!before.empty() && cells[kId] <= before) {
      return row.refuse(cells[kId],
                        {"rows are sorted by id, each once", "各行应按 id 排序，不得重复"});
    }
    before = cells[kId];
    Result<std::optional<Norm::Level>> level = level_of(row);
    if (!level) return level.failure();
    Norm norm{.key = fmt::format("{}/{}", file.pack, cells[kId]),
              .aspect = std::string(cells[kAspect]),
              .content = {.en = std::string(cells[kEn]), .zh = std::string(cells[kZh])},
              .level = std::move(*level),
              .source = std::string(cells[kSource])};
    auto known = std::find_if(x_norms.begin(), x_norms.end(),
                              [&](const Norm& other) { return other.key == norm.key; });
    if (known != x_norms.end() && *known != norm) {
      return row.refuse(cells[kId], {"the pack's other file says something else of this norm",
                                     "同一常规在另一语言的文件里写法不同"});
    }
    const auto number = static_cast<std::uint32_t>(known - x_norms.begin());
    if (known == x_norms.end()) x_norms.push_back(std::move(norm));
    for (const std::string_view trigger : split(cells[kTriggers], '|')) {
      Result<std::vector<std::u32string>> parts = parts_of(row, trigger);
      if (!parts) return parts.failure();
      if (x_words.size() + parts->size() > kMostWords) {
        return row.refuse(trigger, {"there are too many triggers", "触发词太多"});
      }
      for (std::size_t p = 0; p < parts->size(); ++p) {
        x_words.push_back(std::move((*parts)[p]));
        x_word_of.push_back(
            {p + 1 < parts->size() ? kFirstPart : number, trigger.front() == kBroken});
      }
    }
    return {};
  });
}

void NormLexicon::build() { x_index = PhraseIndex(x_words); }

void NormLexicon::find(std::u32string_view text, std::vector<FoundPhrase>& scratch,
                       std::vector<Found>& out) const {
  out.clear();
  scratch.clear();
  x_index.find(text, scratch);
  for (std::size_t i = 0; i < scratch.size(); ++i) {
    const FoundPhrase& one = scratch[i];
    const Word& word = x_word_of[one.phrase];
    if (word.norm == kFirstPart) continue;
    const bool second = one.phrase > 0 && x_word_of[one.phrase - 1].norm == kFirstPart;
    if (second && !follows(text, {scratch.data(), i}, one)) continue;
    // They come by place, the longest first, so that what covers this one is there already.
    const bool inside = std::any_of(out.begin(), out.end(), [&](const Found& other) {
      return other.norm == word.norm && other.chars.end >= one.chars.end;
    });
    if (!inside) out.push_back({word.norm, word.broken, one.chars});
  }
}

}  // namespace xinjing::language
