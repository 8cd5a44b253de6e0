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

/// The words of one trigger without its mark; empty words have been refused.
Result<std::u32string> word_of(const TsvRow& row, std::string_view trigger) {
  const bool marked = !trigger.empty() && trigger.front() == kBroken;
  const std::string_view word = trigger.substr(marked ? 1 : 0);
  Result<std::vector<std::u32string>> words = words_of(row, word, 0);
  if (!words) return words.failure();
  if (words->size() != 1) {
    return row.refuse(trigger, {"a trigger is one word, no pattern", "触发词应为一个词，不是模式"});
  }
  if (words->front().size() < 2 || words->front().size() > kLongestWord) {
    return row.refuse(trigger, {"a trigger has 2 to 100 characters", "触发词应为 2 到 100 个字"});
  }
  return std::move(words->front());
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
      Result<std::u32string> word = word_of(row, trigger);
      if (!word) return word.failure();
      if (x_words.size() == kMostWords) {
        return row.refuse(trigger, {"there are too many triggers", "触发词太多"});
      }
      x_words.push_back(std::move(*word));
      x_word_of.push_back({number, trigger.front() == kBroken});
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
  for (const FoundPhrase& one : scratch) {
    const Word& word = x_word_of[one.phrase];
    // They come by place, the longest first, so that what covers this one is there already.
    const bool inside = std::any_of(out.begin(), out.end(), [&](const Found& other) {
      return other.norm == word.norm && other.chars.end >= one.chars.end;
    });
    if (!inside) out.push_back({word.norm, word.broken, one.chars});
  }
}

}  // namespace xinjing::language
