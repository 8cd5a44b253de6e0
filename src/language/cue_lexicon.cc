#include "language/cue_lexicon.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>

#include "base/format.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "language/negation.h"
#include "language/normalise.h"

namespace xinjing::language {

namespace {

constexpr std::string_view kHeader = "state\tcue\tnats\tscope\tnote";
constexpr double kLeastNats = 0.2;
constexpr double kMostNats = 3.0;
constexpr std::size_t kColumns = 5;
constexpr std::size_t kLongestCue = 200;  // bytes

using Columns = std::array<std::string_view, kColumns>;

// Where in the file we are, for messages.
struct Row {
  std::string_view name;
  std::uint32_t line = 0;
  std::string_view text;

  std::string place(std::string_view column) const {
    const auto before = static_cast<std::size_t>(column.data() - text.data());
    return fmt::format("{}:{}:{}", name, line, utf8_length(text.substr(0, before)) + 1);
  }
  Failure refuse(std::string_view column, Said said) const {
    return fail(ErrorCode::kBadInput, std::move(said), place(column));
  }
};

std::size_t split(std::string_view line, Columns& columns) {
  std::size_t count = 0;
  for (std::size_t begin = 0; begin <= line.size(); ++count) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    if (count < kColumns) columns[count] = line.substr(begin, end - begin);
    begin = end + 1;
  }
  return count;
}

std::optional<CueScope> scope_from(std::string_view word) {
  if (word == "customer") return CueScope::kCustomer;
  if (word == "agent") return CueScope::kAgent;
  if (word == "any") return CueScope::kAny;
  return std::nullopt;
}

std::optional<std::int32_t> micro_nats_from(std::string_view word) {
  double nats = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), nats);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  if (!(std::abs(nats) >= kLeastNats && std::abs(nats) <= kMostNats)) return std::nullopt;
  return static_cast<std::int32_t>(std::lround(nats * 1e6));
}

bool is_space_at_edge(std::string_view cue) { return cue.front() == ' ' || cue.back() == ' '; }

Status check_cue(const Row& row, std::string_view cue) {
  if (cue.empty() || is_space_at_edge(cue)) {
    return row.refuse(cue, {"a cue is empty or has a space at its edge", "线索为空，或首尾有空格"});
  }
  if (!is_utf8(cue) || cue.size() > kLongestCue) {
    return row.refuse(
        cue, {"a cue is not UTF-8 or is longer than 200 bytes", "线索不是 UTF-8，或超过 200 字节"});
  }
  const CodePoint first = decode_utf8(cue);
  if (first.bytes == cue.size() && is_han(first.value)) {
    return row.refuse(cue, {"a single Chinese character is not a cue", "单个汉字不能作线索"});
  }
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (std::any_of(cue.begin(), cue.end(), is_upper)) {
    return row.refuse(cue, {"a cue is written in lower case", "线索须用小写"});
  }
  return {};
}

Result<Cue> cue_from(const Row& row) {
  Columns column{};
  const std::size_t count = split(row.text, column);
  if (count != kColumns) {
    return row.refuse(row.text, {fmt::format("a row has 5 columns, this one has {}", count),
                                 fmt::format("每行应有 5 列，此行有 {} 列", count)});
  }
  const auto& [state, text, nats, scope_word, note] = column;
  if (state.empty()) return row.refuse(state, {"the state is missing", "缺少状态"});
  if (const Status status = check_cue(row, text); !status) return status.failure();
  const auto micro_nats = micro_nats_from(nats);
  if (!micro_nats) {
    return row.refuse(nats,
                      {"nats are a number of size 0.2 to 3", "nats 应为绝对值 0.2 到 3 的数"});
  }
  const auto scope = scope_from(scope_word);
  if (!scope) {
    return row.refuse(scope_word,
                      {"the scope is customer, agent or any", "scope 应为 customer、agent 或 any"});
  }
  const bool fitted = note.starts_with("fitted");
  if (!fitted && !note.starts_with("guessed")) {
    return row.refuse(
        note, {"the note begins with guessed or fitted", "note 应以 guessed 或 fitted 开头"});
  }
  return Cue{.state = std::string(state),
             .text = std::string(text),
             .micro_nats = *micro_nats,
             .scope = *scope,
             .fitted = fitted,
             .note = std::string(note),
             .line = row.line};
}

Status check_order(const Row& row, const Cue& before, const Cue& cue) {
  const auto key = [](const Cue& c) { return std::tie(c.state, c.text); };
  if (key(before) < key(cue)) return {};
  if (key(before) == key(cue)) {
    return row.refuse(row.text, {"the same cue stands twice for one state", "同一状态的线索重复"});
  }
  return row.refuse(row.text, {"rows are sorted by state and cue", "各行应按状态和线索排序"});
}

bool is_hidden(Span cue, std::span<const Span> hidden) {
  return std::find(hidden.begin(), hidden.end(), cue) != hidden.end();
}

bool counts_for(CueScope scope, ingest::Speaker speaker) {
  if (scope == CueScope::kAny) return true;
  return scope == CueScope::kCustomer ? speaker == ingest::Speaker::kCustomer
                                      : speaker == ingest::Speaker::kAgent;
}

}  // namespace

Result<std::vector<Cue>> parse_cues(std::string_view text, std::string_view name) {
  std::vector<Cue> cues;
  bool header_seen = false;
  Row row{.name = name, .line = 0, .text = {}};
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    row.text = text.substr(begin, end - begin);
    ++row.line;
    begin = end + 1;
    if (row.text.empty() || row.text.front() == '#') continue;
    if (!header_seen) {
      header_seen = row.text == kHeader;
      if (header_seen) continue;
      return row.refuse(row.text, {"the header is: state cue nats scope note, with tabs",
                                   "表头应为：state cue nats scope note，以制表符分隔"});
    }
    Result<Cue> cue = cue_from(row);
    if (!cue) return cue.failure();
    if (!cues.empty()) {
      if (const Status status = check_order(row, cues.back(), *cue); !status) {
        return status.failure();
      }
    }
    cues.push_back(std::move(*cue));
  }
  return cues;
}

namespace {

bool is_word_char(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// Where `cue` stands in `longer`, of English as whole words.
std::size_t place_in(std::u32string_view longer, std::u32string_view cue) {
  for (std::size_t at = longer.find(cue); at != longer.npos; at = longer.find(cue, at + 1)) {
    const std::size_t end = at + cue.size();
    const bool begins = at == 0 || !is_word_char(cue.front()) || !is_word_char(longer[at - 1]);
    const bool ends =
        end == longer.size() || !is_word_char(cue.back()) || !is_word_char(longer[end]);
    if (begins && ends) return at;
  }
  return longer.npos;
}

Result<CueException> exception_of(const TsvRow& row) {
  for (const std::string_view cell : {row.cells[0], row.cells[1]}) {
    if (cell.empty() || cell.size() > kLongestCue || normalised_text(cell) != cell) {
      return row.refuse(cell, {"a word is 1 to 200 bytes in normal form (lower case, half width)",
                               "词应为 1 到 200 字节的规范形式（小写、半角）"});
    }
  }
  const std::u32string cue = characters_of(row.cells[0]);
  CueException out{.longer = characters_of(row.cells[1]), .cue = {}};
  const std::size_t at = place_in(out.longer, cue);
  if (at == out.longer.npos || out.longer.size() == cue.size()) {
    return row.refuse(row.cells[1],
                      {"the longer word holds the cue and more", "较长的词应包含该线索且更长"});
  }
  out.cue = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + cue.size())};
  return out;
}

}  // namespace

Result<std::vector<CueException>> parse_exceptions(std::string_view text, std::string_view name) {
  std::vector<CueException> out;
  std::pair<std::string_view, std::string_view> before;
  const Status read = TsvReader(text, name, "cue\tlonger\tnote").each([&](const TsvRow& row) {
    const std::pair now(row.cells[0], row.cells[1]);
    if (!out.empty() && now <= before) {
      return Status(row.refuse(now.first, {"rows are sorted by cue and longer word, none twice",
                                           "各行应按线索和较长的词排序，不得重复"}));
    }
    before = now;
    Result<CueException> one = exception_of(row);
    if (!one) return Status(one.failure());
    out.push_back(std::move(*one));
    return Status();
  });
  if (!read) return read.failure();
  return out;
}

void CueLexicon::add(const CueException& exception) {
  x_entries.push_back(
      {.construct = kException,
       .kind = kException,
       .micro_nats = static_cast<std::int32_t>(exception.cue.begin << 16 | exception.cue.end),
       .scope = CueScope::kAny});
  x_texts.push_back(exception.longer);
  ++x_exceptions;
}

Status CueLexicon::add(const CueFile& file) {
  Result<std::vector<Cue>> cues = parse_cues(file.text, file.name);
  if (!cues) return cues.failure();
  for (Cue& cue : *cues) {
    const auto state = std::find(file.states.begin(), file.states.end(), cue.state);
    if (state == file.states.end()) {
      return fail(ErrorCode::kBadInput,
                  {fmt::format("the card has no state '{}'", cue.state),
                   fmt::format("卡片没有状态“{}”", cue.state)},
                  fmt::format("{}:{}:1", file.name, cue.line));
    }
    x_entries.push_back({.construct = file.construct,
                         .state = static_cast<std::uint16_t>(state - file.states.begin()),
                         .micro_nats = cue.micro_nats,
                         .scope = cue.scope});
    x_texts.push_back(characters_of(cue.text));
  }
  return {};
}

void CueLexicon::number_kinds(std::span<const CueFile> files) {
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::string> names;
  for (const CueFile& file : files) {
    for (std::uint16_t state = 0; state < file.states.size(); ++state) {
      names[{file.construct, state}] = file.construct_id + ':' + file.states[state];
    }
  }
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::uint16_t> kinds;
  for (const Entry& entry : x_entries) {
    if (entry.kind != kException) kinds[{entry.construct, entry.state}] = 0;
  }
  for (auto& [state, kind] : kinds) {
    kind = static_cast<std::uint16_t>(x_kinds.size());
    x_kinds.push_back(names[state]);
  }
  for (Entry& entry : x_entries) {
    if (entry.kind != kException) entry.kind = kinds[{entry.construct, entry.state}];
  }
}

// Cues with the same beginning stand together, as in the index: they are looked at together.
void CueLexicon::build() {
  std::vector<std::size_t> order(x_texts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return x_texts[a] < x_texts[b]; });
  std::vector<Entry> entries;
  std::vector<std::u32string> texts;
  for (const std::size_t i : order) {
    entries.push_back(x_entries[i]);
    texts.push_back(std::move(x_texts[i]));
  }
  x_entries = std::move(entries);
  x_texts = std::move(texts);
  x_index = PhraseIndex(x_texts);
}

Result<CueLexicon> CueLexicon::compile(std::span<const CueFile> files,
                                       std::span<const CueException> exceptions) {
  CueLexicon lexicon;
  for (const CueFile& file : files) {
    if (const Status status = lexicon.add(file); !status) return status.failure();
  }
  for (const CueException& exception : exceptions) lexicon.add(exception);
  lexicon.number_kinds(files);
  lexicon.build();
  return lexicon;
}

CueLexicon CueLexicon::select(std::span<const std::uint16_t> constructs) const {
  CueLexicon chosen;
  chosen.x_kinds = x_kinds;
  for (std::size_t i = 0; i < x_entries.size(); ++i) {
    const std::uint16_t construct = x_entries[i].construct;
    const bool exception = construct == kException;
    if (!exception &&
        std::find(constructs.begin(), constructs.end(), construct) == constructs.end())
      continue;
    chosen.x_exceptions += exception ? 1 : 0;
    chosen.x_entries.push_back(x_entries[i]);
    chosen.x_texts.push_back(x_texts[i]);
  }
  chosen.build();
  return chosen;
}

bool CueLexicon::speaks_of(std::uint16_t construct) const {
  return std::any_of(x_entries.begin(), x_entries.end(),
                     [&](const Entry& entry) { return entry.construct == construct; });
}

bool CueLexicon::listens_to(ingest::Speaker speaker) const {
  return std::any_of(x_entries.begin(), x_entries.end(), [&](const Entry& entry) {
    return entry.kind != kException && counts_for(entry.scope, speaker);
  });
}

void CueLexicon::find(std::u32string_view text, ingest::Speaker speaker, Scratch& scratch,
                      std::vector<CueMatch>& out) const {
  scratch.found.clear();
  x_index.find(text, scratch.found);
  take(text, scratch.found, speaker, scratch, out);
}

void CueLexicon::take(std::u32string_view text, std::span<const FoundPhrase> found,
                      ingest::Speaker speaker, Scratch& scratch, std::vector<CueMatch>& out) const {
  // By kind; within a kind they stay as they were found, by place and the longest first, so what
  // lies inside another comes after it.
  std::vector<std::uint64_t>& order = scratch.order;
  order.clear();
  scratch.hidden.clear();
  for (std::uint64_t f = 0; f < found.size(); ++f) {
    const Entry& entry = x_entries[found[f].phrase];
    if (entry.kind == kException) {
      const std::uint32_t begin = found[f].chars.begin;
      const auto cue = static_cast<std::uint32_t>(entry.micro_nats);
      scratch.hidden.push_back({begin + (cue >> 16), begin + (cue & 0xffff)});
      continue;
    }
    if (!counts_for(entry.scope, speaker)) continue;
    order.push_back(std::uint64_t{entry.kind} << 48 | f);
  }
  std::sort(order.begin(), order.end());
  std::uint32_t covered = 0;
  std::uint64_t last_kind = ~0ULL;
  for (const std::uint64_t place : order) {
    const FoundPhrase& phrase = found[place & 0xffffffffffffULL];
    if (is_hidden(phrase.chars, scratch.hidden)) continue;
    if (place >> 48 != last_kind) covered = 0;
    last_kind = place >> 48;
    const bool inside = phrase.chars.end <= covered;
    covered = std::max(covered, phrase.chars.end);
    if (inside || is_negated(text, phrase.chars.begin)) continue;
    const Entry& entry = x_entries[phrase.phrase];
    out.push_back({.construct = entry.construct,
                   .state = entry.state,
                   .kind = entry.kind,
                   .span = phrase.chars,
                   .micro_nats = entry.micro_nats,
                   .scope = entry.scope});
  }
}

}  // namespace xinjing::language
