#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/lang.h"
#include "base/result.h"
#include "base/span.h"
#include "language/phrase_index.h"
#include "language/stretches.h"

// In which sense words are said: "生气" is anger, but not in 我没有生气, and in 要是再不退就投诉
// nobody has complained yet.
namespace xinjing::language {

/// What is asked of a phrase. The order is that of scope_values.
enum class ScopeKind : std::uint8_t {
  kNegation,    // no, yes, double
  kDegree,      // plain, weak, strong
  kContrast,    // plain, conceded, stressed
  kQuestion,    // no, asked, rhetorical
  kCondition,   // no, if, then, wish
  kComparison,  // no, more, less: than others or than before
  kReport,      // no, reported: what another said
  kActor,       // customer, company, rival, other
  kTime         // now, past, future
};
inline constexpr std::size_t kScopeKinds = 9;

std::string_view scope_id(ScopeKind kind);
/// The values of a kind by their ids; the first holds where nothing speaks for another.
std::span<const std::string_view> scope_values(ScopeKind kind);

/// A value for each kind, as indices into scope_values.
struct Scope {
  std::array<std::uint8_t, kScopeKinds> values{};

  std::uint8_t operator[](ScopeKind kind) const { return values[static_cast<std::size_t>(kind)]; }
  std::string_view id(ScopeKind kind) const { return scope_values(kind)[(*this)[kind]]; }
  bool operator==(const Scope&) const = default;
};

/// The words that decide a scope, from data files (lexicons/scope.*.tsv; lexicons/README.md has the
/// format and the rules). Immutable, any thread.
class ScopeRules {
 public:
  /// What stands in one text: operators and the ends of clauses. Reuse it: its memory stays.
  struct Marks {
    struct Operator {
      Span chars;
      std::uint32_t row = 0;
    };
    std::vector<Operator> operators;  // by place
    std::vector<Operator> by_kind;    // the same, grouped
    std::array<std::size_t, kScopeKinds> kind_ends{};
    std::vector<std::uint32_t> clauses;  // prefix counts: clause ends before each character
    std::vector<std::uint32_t> sentences;
    std::vector<FoundPhrase> found;
    std::vector<TextStretch> stretches;  // of a text in two languages

    /// Those of a kind, by place.
    std::span<const Operator> of(ScopeKind kind) const {
      const auto k = static_cast<std::size_t>(kind);
      const std::size_t begin = k == 0 ? 0 : kind_ends[k - 1];
      return std::span(by_kind).subspan(begin, kind_ends[k] - begin);
    }
  };

  ScopeRules() = default;
  /// Adds a file. `name` is for places; `lang` is the language of its words: in a text of two
  /// languages they count in stretches of theirs, and everywhere if it is not given. Refused with
  /// file:line:column: another header, a row with other than seven columns, an unknown kind, value,
  /// reach or requirement, a rank that is no number from 0 to 9, no words, words not in normal
  /// form.
  Status add(std::string_view text, std::string_view name, std::optional<Lang> lang = {});
  /// Call once, after the last file.
  void build();

  /// In a text of two languages a clause ends where the language changes.
  /// REQUIRES: `text` is normalised. Cost: one pass.
  void mark(std::u32string_view text, Marks& marks) const;
  /// The same where the words of the rules were looked for with others: `found` are places of
  /// words(), by their numbers there, in the order of PhraseIndex::find.
  void mark(std::u32string_view text, std::span<const FoundPhrase> found, Marks& marks) const;
  /// The scope of a phrase of the text that was marked. Cost: one look at each operator.
  Scope scope_of(std::u32string_view text, const Marks& marks, Span phrase) const;

  std::size_t size() const { return x_words.size(); }
  std::span<const std::u32string> words() const { return x_words; }

 private:
  enum class Reach : std::uint8_t {
    kClose,
    kNear,
    kClause,
    kSentence,
    kRest,  // the phrase follows
    kBackClose,
    kBackClause,
    kBackSentence,  // the phrase comes before
    kBoth,
    kBothSentence,  // either
    kSelf,          // the operator stands within the phrase
    kText,          // anywhere
    kNone           // nowhere: an exception
  };
  struct Row {
    ScopeKind kind = ScopeKind::kNegation;
    std::uint8_t value = 0;
    Reach reach = Reach::kNone;
    std::uint8_t rank = 5;
    bool needs = false;  // another operator: of this kind and value, earlier in the sentence
    ScopeKind needs_kind = ScopeKind::kNegation;
    std::uint8_t needs_value = 0;
    std::optional<Lang> lang;
  };
  struct Chosen {
    std::uint8_t value = 0;
    const Marks::Operator* by = nullptr;
  };
  struct Place;  // what lies between an operator and a phrase

  static std::optional<Reach> reach_of(std::string_view id);
  bool reaches(const Row& row, const Place& place) const;
  bool has_what_it_needs(const Row& row, const Marks& marks, std::uint32_t before) const;
  void group_by_kind(Marks& marks) const;
  Chosen choose(ScopeKind kind, std::u32string_view text, const Marks& marks, Span phrase) const;
  std::uint8_t negation_of(std::u32string_view text, const Marks& marks, Span phrase) const;
  std::uint8_t comparison_of(std::u32string_view text, const Marks& marks, Span phrase) const;

  std::vector<Row> x_rows;
  std::vector<std::u32string> x_words;
  std::vector<std::uint32_t> x_row_of_word;
  PhraseIndex x_index;
};

}  // namespace xinjing::language
