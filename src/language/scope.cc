#include "language/scope.h"

#include <algorithm>
#include <charconv>

#include "base/format.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "language/lexicon_words.h"

namespace xinjing::language {
namespace {

using Ids = std::array<std::string_view, 4>;

struct KindInfo {
  std::string_view id;
  Ids values;
  std::size_t count;
};
constexpr std::array<KindInfo, kScopeKinds> kKinds = {{
    {"negation", {"no", "yes", "double"}, 3},
    {"degree", {"plain", "weak", "strong"}, 3},
    {"contrast", {"plain", "conceded", "stressed"}, 3},
    {"question", {"no", "asked", "rhetorical"}, 3},
    {"condition", {"no", "if", "then", "wish"}, 4},
    {"comparison", {"no", "more", "less"}, 3},
    {"report", {"no", "reported"}, 2},
    {"actor", {"customer", "company", "rival", "other"}, 4},
    {"time", {"now", "past", "future"}, 3},
}};

constexpr std::string_view kHeader = "kind\tvalue\treach\tneeds\trank\twords\tnote";

constexpr std::uint8_t kYes = 1;
constexpr std::uint8_t kDouble = 2;
constexpr std::uint8_t kMore = 1;
constexpr std::uint8_t kLess = 2;
constexpr std::uint8_t kRival = 2;
constexpr std::uint8_t kPast = 1;

// How many units may lie between an operator and what it is close to, or near.
constexpr std::size_t kCloseUnits = 3;
constexpr std::size_t kNearUnits = 8;
// Units that do not count.
constexpr std::u32string_view kFillers = U"很太是真够再会能想要觉得感到怎么那这的地得了都也还就给";

constexpr bool ends_sentence(char32_t c) {
  return c == U'。' || c == U'!' || c == U'?' || c == U'\n' || c == U'…';
}
constexpr bool ends_clause(char32_t c) {
  return ends_sentence(c) || c == U',' || c == U'、' || c == U';' || c == U':' || c == U'~' ||
         c == U'—';
}

std::optional<ScopeKind> kind_of(std::string_view id) {
  for (std::size_t i = 0; i < kScopeKinds; ++i) {
    if (kKinds[i].id == id) return static_cast<ScopeKind>(i);
  }
  return {};
}

std::optional<std::uint8_t> value_of(ScopeKind kind, std::string_view id) {
  const auto values = scope_values(kind);
  const auto found = std::find(values.begin(), values.end(), id);
  if (found == values.end()) return {};
  return static_cast<std::uint8_t>(found - values.begin());
}

bool is_word_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9') || c == U'\'';
}

/// Han characters that are no fillers, and words of letters.
std::size_t units_of(std::u32string_view gap) {
  std::size_t units = 0;
  for (std::size_t i = 0; i < gap.size(); ++i) {
    if (is_word_letter(gap[i])) {
      units += i == 0 || !is_word_letter(gap[i - 1]) ? 1 : 0;
    } else if (gap[i] != U' ' && kFillers.find(gap[i]) == kFillers.npos) {
      ++units;
    }
  }
  return units;
}

}  // namespace

std::string_view scope_id(ScopeKind kind) { return kKinds[static_cast<std::size_t>(kind)].id; }

std::span<const std::string_view> scope_values(ScopeKind kind) {
  const KindInfo& info = kKinds[static_cast<std::size_t>(kind)];
  return std::span(info.values).first(info.count);
}

std::optional<ScopeRules::Reach> ScopeRules::reach_of(std::string_view id) {
  constexpr std::pair<std::string_view, Reach> kReaches[] = {
      {"close", Reach::kClose},
      {"near", Reach::kNear},
      {"clause", Reach::kClause},
      {"sentence", Reach::kSentence},
      {"rest", Reach::kRest},
      {"back-close", Reach::kBackClose},
      {"back-clause", Reach::kBackClause},
      {"back-sentence", Reach::kBackSentence},
      {"both", Reach::kBoth},
      {"both-sentence", Reach::kBothSentence},
      {"self", Reach::kSelf},
      {"text", Reach::kText},
      {"none", Reach::kNone}};
  for (const auto& [name, reach] : kReaches) {
    if (name == id) return reach;
  }
  return {};
}

Status ScopeRules::add(std::string_view text, std::string_view name, std::optional<Lang> lang) {
  return TsvReader(text, name, kHeader).each([&](const TsvRow& line) -> Status {
    const auto& cells = line.cells;
    const auto refuse = [&](std::string_view cell, Said said) {
      return line.refuse(cell, std::move(said));
    };
    Row row{.lang = lang};
    const auto kind = kind_of(cells[0]);
    if (!kind) return refuse(cells[0], {"there is no such kind of scope", "没有这种作用域类别"});
    row.kind = *kind;
    const auto reach = reach_of(cells[2]);
    if (!reach) return refuse(cells[2], {"there is no such reach", "没有这种作用范围"});
    row.reach = *reach;
    if (row.reach != Reach::kNone) {
      const auto value = value_of(*kind, cells[1]);
      if (!value) return refuse(cells[1], {"the kind has no such value", "该类别没有这个取值"});
      row.value = *value;
    }
    if (!cells[3].empty()) {
      const std::size_t colon = std::min(cells[3].find(':'), cells[3].size());
      const auto needs = kind_of(cells[3].substr(0, colon));
      const auto value =
          needs ? value_of(*needs, cells[3].substr(std::min(colon + 1, cells[3].size())))
                : std::nullopt;
      if (!value) {
        return refuse(cells[3], {"what it needs is kind:value", "needs 应为 类别:取值"});
      }
      row.needs = true, row.needs_kind = *needs, row.needs_value = *value;
    }
    if (cells[4].size() != 1 || cells[4][0] < '0' || cells[4][0] > '9') {
      return refuse(cells[4], {"the rank is 0 to 9", "rank 应为 0 到 9"});
    }
    row.rank = static_cast<std::uint8_t>(cells[4][0] - '0');
    Result<std::vector<std::u32string>> words = words_of(line, cells[5], x_words.size());
    if (!words) return words.failure();
    // Only whole rows are kept, also of a file that is refused further on.
    x_row_of_word.resize(x_words.size() + words->size(), static_cast<std::uint32_t>(x_rows.size()));
    std::move(words->begin(), words->end(), std::back_inserter(x_words));
    x_rows.push_back(row);
    return {};
  });
}

void ScopeRules::build() { x_index = PhraseIndex(x_words); }

void ScopeRules::group_by_kind(Marks& marks) const {
  marks.kind_ends.fill(0);
  const auto kind_of = [&](const Marks::Operator& one) {
    return static_cast<std::size_t>(x_rows[one.row].kind);
  };
  for (const Marks::Operator& one : marks.operators) ++marks.kind_ends[kind_of(one)];
  std::array<std::size_t, kScopeKinds> next{};
  for (std::size_t kind = 1; kind < kScopeKinds; ++kind) {
    next[kind] = marks.kind_ends[kind - 1];
    marks.kind_ends[kind] += marks.kind_ends[kind - 1];
  }
  marks.by_kind.resize(marks.operators.size());
  for (const Marks::Operator& one : marks.operators) marks.by_kind[next[kind_of(one)]++] = one;
}

void ScopeRules::mark(std::u32string_view text, Marks& marks) const {
  marks.found.clear();
  x_index.find(text, marks.found);
  mark(text, marks.found, marks);
}

void ScopeRules::mark(std::u32string_view text, std::span<const FoundPhrase> all,
                      Marks& marks) const {
  marks.operators.clear();
  find_mixed_stretches(text, marks.stretches);
  // Of one kind, what stands within a longer operator or an exception means nothing by itself.
  std::array<Span, kScopeKinds> covered{};
  for (const FoundPhrase& found : all) {  // by place, the longest first
    const std::uint32_t row = x_row_of_word[found.phrase];
    if (!counts_at(marks.stretches, x_rows[row].lang, found.chars.begin)) continue;
    Span& last = covered[static_cast<std::size_t>(x_rows[row].kind)];
    if (found.chars.end <= last.end && found.chars != last) continue;
    last = found.chars;
    if (x_rows[row].reach != Reach::kNone) marks.operators.push_back({found.chars, row});
  }
  group_by_kind(marks);
  marks.clauses.assign(text.size() + 1, 0);
  marks.sentences.assign(text.size() + 1, 0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] >= 0x4e00 && text[i] <= 0x9fff) {  // most are
      marks.clauses[i + 1] = marks.clauses[i];
      marks.sentences[i + 1] = marks.sentences[i];
      continue;
    }
    const bool number = (text[i] == U',' || text[i] == U':') && i > 0 && i + 1 < text.size() &&
                        text[i - 1] >= U'0' && text[i - 1] <= U'9' && text[i + 1] >= U'0' &&
                        text[i + 1] <= U'9';
    const bool stop = text[i] == U'.' && (i + 1 == text.size() || text[i + 1] == U' ');
    marks.clauses[i + 1] = marks.clauses[i] + ((ends_clause(text[i]) && !number) || stop ? 1 : 0);
    marks.sentences[i + 1] = marks.sentences[i] + (ends_sentence(text[i]) || stop ? 1 : 0);
  }
  for (std::uint32_t s = 1; s < marks.stretches.size(); ++s) {
    const Span span = marks.stretches[s].chars;
    for (std::uint32_t i = span.begin; i < span.end; ++i) marks.clauses[i] += s;
    if (s + 1 == marks.stretches.size()) marks.clauses[span.end] += s;
  }
}

/// Where a phrase lies, seen from an operator.
struct ScopeRules::Place {
  bool follows = false;
  bool overlaps = false;
  bool holds = false;  // the operator lies within the phrase
  std::u32string_view between;
  std::size_t characters = 0;
  bool same_clause = false;
  bool same_sentence = false;

  Place(std::u32string_view text, const Marks& marks, Span by, Span phrase) {
    follows = by.end <= phrase.begin;
    const bool before = phrase.end <= by.begin;
    overlaps = !follows && !before;
    holds = by.begin >= phrase.begin && by.end <= phrase.end;
    if (overlaps) return;
    const std::uint32_t begin = follows ? by.end : phrase.end;
    const std::uint32_t end = follows ? phrase.begin : by.begin;
    characters = end - begin;
    between = text.substr(begin, characters);
    same_clause = marks.clauses[begin] == marks.clauses[end];
    same_sentence = marks.sentences[begin] == marks.sentences[end];
  }

  // A character is half a unit at least, so what is far is not looked at.
  bool within(std::size_t units) const { return same_clause && units_of(between) <= units; }
};

bool ScopeRules::reaches(const Row& row, const Place& place) const {
  if (row.reach == Reach::kText) return true;
  if (row.reach == Reach::kSelf) return place.holds;
  if (place.overlaps) return false;
  switch (row.reach) {
    case Reach::kClose:
      return place.follows && place.within(kCloseUnits);
    case Reach::kNear:
      return place.follows && place.within(kNearUnits);
    case Reach::kClause:
      return place.follows && place.same_clause;
    case Reach::kSentence:
      return place.follows && place.same_sentence;
    case Reach::kRest:
      return place.follows;
    case Reach::kBackClose:
      return !place.follows && place.within(kCloseUnits);
    case Reach::kBackClause:
      return !place.follows && place.same_clause;
    case Reach::kBackSentence:
      return !place.follows && place.same_sentence;
    case Reach::kBoth:
      return place.same_clause;
    case Reach::kBothSentence:
      return place.same_sentence;
    default:
      return false;
  }
}

bool ScopeRules::has_what_it_needs(const Row& row, const Marks& marks, std::uint32_t before) const {
  if (!row.needs) return true;
  return std::any_of(marks.operators.begin(), marks.operators.end(), [&](const Marks::Operator& o) {
    const Row& other = x_rows[o.row];
    return other.kind == row.needs_kind && other.value == row.needs_value &&
           o.chars.end <= before && marks.sentences[o.chars.end] == marks.sentences[before];
  });
}

ScopeRules::Chosen ScopeRules::choose(ScopeKind kind, std::u32string_view text, const Marks& marks,
                                      Span phrase) const {
  Chosen best;
  int best_rank = -1;
  std::size_t best_distance = 0;
  std::uint32_t best_size = 0;
  for (const Marks::Operator& by : marks.of(kind)) {
    const Row& row = x_rows[by.row];
    if (row.rank < best_rank) continue;
    const Place place(text, marks, by.chars, phrase);
    if (!reaches(row, place) || !has_what_it_needs(row, marks, by.chars.begin)) continue;
    const bool better = row.rank > best_rank || place.characters < best_distance ||
                        (place.characters == best_distance && by.chars.size() > best_size);
    if (!better) continue;
    best = {row.value, &by};
    best_rank = row.rank;
    best_distance = place.characters;
    best_size = by.chars.size();
  }
  return best;
}

// Two denials that reach a phrase, one of which reaches the other, cancel.
std::uint8_t ScopeRules::negation_of(std::u32string_view text, const Marks& marks,
                                     Span phrase) const {
  const Chosen nearest = choose(ScopeKind::kNegation, text, marks, phrase);
  if (nearest.value != kYes) return nearest.value;
  const Span both{nearest.by->chars.begin, std::max(nearest.by->chars.end, phrase.begin)};
  const Chosen outer = choose(ScopeKind::kNegation, text, marks, both);
  return outer.value == kYes && outer.by != nearest.by ? kDouble : kYes;
}

// "A 比 B 快": more, unless A is a rival or what was before.
std::uint8_t ScopeRules::comparison_of(std::u32string_view text, const Marks& marks,
                                       Span phrase) const {
  const Chosen found = choose(ScopeKind::kComparison, text, marks, phrase);
  if (found.value == 0 || found.by == nullptr) return 0;
  const Span by = found.by->chars;
  const Span front{by.begin, std::min(by.end, std::max(phrase.begin, by.begin + 1))};
  bool turned = false;
  std::uint32_t nearest = 0;
  bool any = false;
  for (const Marks::Operator& other : marks.operators) {
    const Row& row = x_rows[other.row];
    const bool subject = row.kind == ScopeKind::kActor && row.reach != Reach::kSelf;
    const bool then = row.kind == ScopeKind::kTime && row.value == kPast;
    if ((!subject && !then) || other.chars.end > front.begin) continue;
    if (marks.sentences[other.chars.end] != marks.sentences[front.begin]) continue;
    if (then && marks.clauses[other.chars.end] != marks.clauses[front.begin]) continue;
    if (any && other.chars.end < nearest) continue;
    any = true;
    nearest = other.chars.end;
    turned = then || row.value == kRival;
  }
  return turned ? static_cast<std::uint8_t>(kMore + kLess - found.value) : found.value;
}

Scope ScopeRules::scope_of(std::u32string_view text, const Marks& marks, Span phrase) const {
  Scope scope;
  if (marks.operators.empty()) return scope;
  for (std::size_t k = 0; k < kScopeKinds; ++k) {
    const auto kind = static_cast<ScopeKind>(k);
    scope.values[k] = kind == ScopeKind::kNegation     ? negation_of(text, marks, phrase)
                      : kind == ScopeKind::kComparison ? comparison_of(text, marks, phrase)
                                                       : choose(kind, text, marks, phrase).value;
  }
  return scope;
}

}  // namespace xinjing::language
