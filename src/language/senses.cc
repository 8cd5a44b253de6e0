#include "language/senses.h"

#include <algorithm>
#include <optional>

#include "language/waited.h"

namespace xinjing::language {
namespace {

/// Senses with a sign; the kind of one is twice its number, and one more where it is bad.
enum class Sense : std::uint8_t {
  kSay,       // as a fact, after all turns of sign
  kStrong,    // the same, strengthened
  kWeak,      // or weakened
  kDenied,    // the sign of the word, which does not hold
  kRhetoric,  // the same, by a rhetorical question
  kIf,        // supposed
  kWish,      // wished
  kAsk,       // asked
  kTold,      // by another
  kRival,     // of a rival or of others
  kMore,      // than others or before
  kLess,      // the same, less so
  kPast,      // before
  kConceded,  // granted, before a "but"
  kStressed,  // after it
  kLast,      // what is said last
  kFirst      // what is said first
};
constexpr std::string_view kSenseIds[] = {
    "say",   "strong", "weak", "denied", "rhetoric", "if",       "wish", "ask",  "told",
    "rival", "more",   "less", "past",   "conceded", "stressed", "last", "first"};
constexpr std::size_t kSigned = std::size(kSenseIds);

/// Of the text as a whole.
enum class Whole : std::uint8_t { kClash, kTurn, kMocked };
constexpr std::string_view kWholeIds[] = {"clash", "turn", "mocked"};
constexpr std::size_t kWholes = std::size(kWholeIds);

constexpr std::size_t kFirstWhole = 2 * kSigned;
constexpr std::size_t kFirstAspect = kFirstWhole + kWholes;

std::uint16_t kind_of(Sense sense, int sign) {
  return static_cast<std::uint16_t>(2 * static_cast<std::size_t>(sense) + (sign < 0 ? 1 : 0));
}
std::uint16_t kind_of(Whole whole) {
  return static_cast<std::uint16_t>(kFirstWhole + static_cast<std::size_t>(whole));
}
std::uint16_t kind_of_aspect(std::size_t aspect, int sign) {
  return static_cast<std::uint16_t>(kFirstAspect + 2 * aspect + (sign < 0 ? 1 : 0));
}

std::vector<std::string> make_kinds() {
  std::vector<std::string> kinds;
  const auto add = [&](std::string_view id) {
    for (const char* sign : {"+", "-"}) kinds.push_back("sense:" + std::string(id) + sign);
  };
  for (const std::string_view id : kSenseIds) add(id);
  for (const std::string_view id : kWholeIds) kinds.push_back("sense:" + std::string(id));
  for (const std::string_view code : kAspectCodes) add(code);
  return kinds;
}

struct SignOfKind {
  std::string_view kind;
  std::int8_t sign;
};
constexpr SignOfKind kSignsOfKinds[] = {{"attitude:negative", -1},      {"attitude:positive", 1},
                                        {"emotion:anger", -1},          {"emotion:contempt", -1},
                                        {"emotion:disappointment", -1}, {"emotion:grievance", -1},
                                        {"emotion:gratitude", 1},       {"emotion:joy", 1},
                                        {"motive:praise", 1},           {"satisfaction:-1", -1},
                                        {"satisfaction:-2", -1},        {"satisfaction:1", 1},
                                        {"satisfaction:2", 1},          {"sentiment:negative", -1},
                                        {"sentiment:positive", 1}};

std::int8_t sign_of(std::string_view kind) {
  for (const SignOfKind& known : kSignsOfKinds) {
    if (known.kind == kind) return known.sign;
  }
  return 0;
}

std::int8_t aspect_of(std::string_view kind) {
  constexpr std::string_view kPrefix = "aspect:";
  if (!kind.starts_with(kPrefix)) return -1;
  const auto number = aspect_number(kind.substr(kPrefix.size()));
  return number ? static_cast<std::int8_t>(*number) : std::int8_t{-1};
}

bool overlap(Span a, Span b) { return a.begin < b.end && b.begin < a.end; }

}  // namespace

const std::vector<std::string>& SenseFinder::kinds() {
  static const std::vector<std::string> kinds = make_kinds();
  return kinds;
}

SenseFinder::SenseFinder(const OpinionLexicon& words, const ScopeRules& rules,
                         const CueLexicon& cues)
    : x_words(words), x_rules(rules), x_cues(cues) {
  std::vector<std::u32string> all(words.words().begin(), words.words().end());
  all.insert(all.end(), rules.words().begin(), rules.words().end());
  all.insert(all.end(), words_of_waiting().begin(), words_of_waiting().end());
  all.insert(all.end(), cues.words().begin(), cues.words().end());
  x_index = PhraseIndex(all);
  for (const std::string& kind : cues.kinds()) {
    x_signs.push_back(sign_of(kind));
    x_aspects.push_back(aspect_of(kind));
    x_mocks.push_back(kind == "style:sarcastic" || kind == "emotion:contempt");
  }
}

/// What one text says.
class SenseFinder::Text {
 public:
  Text(const SenseFinder& finder, std::u32string_view text, std::span<const CueMatch> matches,
       Scratch& scratch, std::vector<SenseMatch>& out, Balance& balance)
      : x_finder(finder),
        x_text(text),
        x_matches(matches),
        x_scratch(scratch),
        x_out(out),
        x_balance(balance) {}

  void run() {
    gather();
    if (x_scratch.opinions.empty()) return;
    x_finder.x_rules.mark(x_text, x_scratch.of_scope, x_scratch.marks);
    for (const Opinion& opinion : x_scratch.opinions) say(opinion);
    say_whole();
    std::sort(x_out.begin(), x_out.end(), [](const SenseMatch& a, const SenseMatch& b) {
      return a.kind != b.kind ? a.kind < b.kind : a.span.begin < b.span.begin;
    });
  }

 private:
  /// Opinion words, waits that are short or long, and cues of feelings that are none of them.
  void gather() {
    std::vector<Opinion>& opinions = x_scratch.opinions;
    opinions.clear();
    x_finder.x_words.take(x_scratch.found, opinions);
    find_waits();
    const std::size_t words = opinions.size();
    for (const CueMatch& match : x_matches) {
      const std::int8_t sign = x_finder.x_signs[match.kind];
      if (sign == 0 || match.micro_nats <= 0 || !is_free(match.span, words)) continue;
      const bool again =
          std::any_of(opinions.begin() + static_cast<std::ptrdiff_t>(words), opinions.end(),
                      [&](const Opinion& other) {
                        return overlap(other.chars, match.span) && other.sign == sign;
                      });
      if (!again) opinions.push_back({match.span, sign, 2, {}});
    }
    std::sort(opinions.begin(), opinions.end(), [](const Opinion& a, const Opinion& b) {
      return a.chars.begin != b.chars.begin ? a.chars.begin < b.chars.begin
                                            : a.chars.end > b.chars.end;
    });
  }

  /// A number with a unit of time that follows a word of waiting in its clause.
  void find_waits() {
    std::vector<Opinion>& opinions = x_scratch.opinions;
    std::uint32_t seen = 0;
    for (const Span word : x_scratch.waiting) {
      const std::size_t reach = std::min<std::size_t>(x_text.size(), word.end + kWaitReach);
      for (std::size_t at = std::max(word.end, seen); at < reach; ++at) {
        if (ends_wait(x_text[at])) break;
        const Wait wait = wait_at(x_text, at);
        if (wait.chars.size() == 0) continue;
        seen = wait.chars.end;
        const int sign = wait.sign();
        if (sign != 0 && is_free(wait.chars, opinions.size())) {
          opinions.push_back({wait.chars, static_cast<std::int8_t>(sign), 2, kSpeed});
        }
        break;
      }
    }
  }

  bool is_free(Span chars, std::size_t among) const {
    return std::none_of(x_scratch.opinions.begin(),
                        x_scratch.opinions.begin() + static_cast<std::ptrdiff_t>(among),
                        [&](const Opinion& other) { return overlap(other.chars, chars); });
  }

  void put(std::uint16_t kind, Span span) { x_out.push_back({kind, span}); }

  /// Where it is no fact about the company, the sense that it has instead.
  static std::optional<Sense> other_sense(const Scope& scope) {
    const std::string_view condition = scope.id(ScopeKind::kCondition);
    if (condition == "wish") return Sense::kWish;
    if (condition != "no") return Sense::kIf;
    if (scope.id(ScopeKind::kQuestion) == "asked") return Sense::kAsk;
    if (scope.id(ScopeKind::kReport) == "reported") return Sense::kTold;
    const std::string_view actor = scope.id(ScopeKind::kActor);
    const bool compared = scope.id(ScopeKind::kComparison) != "no";
    if (!compared && (actor == "rival" || actor == "other")) return Sense::kRival;
    return {};
  }

  void say(const Opinion& opinion) {
    const Scope scope = x_finder.x_rules.scope_of(x_text, x_scratch.marks, opinion.chars);
    int sign = opinion.sign;
    if (scope.id(ScopeKind::kNegation) == "yes") {
      put(kind_of(Sense::kDenied, sign), opinion.chars);
      sign = -sign;
    }
    if (const auto other = other_sense(scope)) {
      put(kind_of(*other, sign), opinion.chars);
      return;
    }
    if (scope.id(ScopeKind::kQuestion) == "rhetorical" && sign > 0) {
      put(kind_of(Sense::kRhetoric, sign), opinion.chars);
      sign = -sign;
    }
    const std::string_view comparison = scope.id(ScopeKind::kComparison);
    if (comparison == "more") put(kind_of(Sense::kMore, sign), opinion.chars);
    if (comparison == "less") {
      put(kind_of(Sense::kLess, sign), opinion.chars);
      sign = -sign;
    }
    if (scope.id(ScopeKind::kTime) == "past") put(kind_of(Sense::kPast, sign), opinion.chars);
    const std::string_view contrast = scope.id(ScopeKind::kContrast);
    if (contrast != "plain") {
      x_turned = true;
      put(kind_of(contrast == "stressed" ? Sense::kStressed : Sense::kConceded, sign),
          opinion.chars);
    }
    fact(opinion, scope.id(ScopeKind::kDegree), sign);
  }

  void fact(const Opinion& opinion, std::string_view degree, int sign) {
    put(kind_of(Sense::kSay, sign), opinion.chars);
    if (degree == "strong" || opinion.strength == 3) {
      put(kind_of(Sense::kStrong, sign), opinion.chars);
    } else if (degree == "weak" || opinion.strength == 1) {
      put(kind_of(Sense::kWeak, sign), opinion.chars);
    }
    if (!x_first) x_first = {kind_of(Sense::kFirst, sign), opinion.chars};
    x_last = {kind_of(Sense::kLast, sign), opinion.chars};
    ++(sign > 0 ? x_good : x_bad);
    const auto aspect = opinion.aspect ? opinion.aspect : aspect_near(opinion.chars);
    if (!aspect) return;
    put(kind_of_aspect(*aspect, sign), opinion.chars);
    x_balance[*aspect] = static_cast<std::int16_t>(x_balance[*aspect] + (sign > 0 ? 1 : -1));
  }

  /// The aspect that is named nearest in the same clause, what stands before it first.
  std::optional<std::uint8_t> aspect_near(Span chars) const {
    const std::vector<std::uint32_t>& clauses = x_scratch.marks.clauses;
    std::optional<std::uint8_t> nearest;
    std::uint32_t least = ~0U;
    for (const CueMatch& match : x_matches) {
      const std::int8_t aspect = x_finder.x_aspects[match.kind];
      if (aspect < 0 || clauses[match.span.begin] != clauses[chars.begin]) continue;
      const bool before = match.span.begin <= chars.begin;
      const std::uint32_t gap = before ? chars.begin - std::min(chars.begin, match.span.end)
                                       : 2 * (match.span.begin - chars.begin);
      if (gap >= least) continue;
      least = gap;
      nearest = static_cast<std::uint8_t>(aspect);
    }
    return nearest;
  }

  void say_whole() {
    if (x_first) put(x_first->kind, x_first->span);
    if (x_last) put(x_last->kind, x_last->span);
    if (x_good > 0 && x_bad > 0)
      put(kind_of(x_turned ? Whole::kTurn : Whole::kClash), x_last->span);
    const bool mocks = std::any_of(x_matches.begin(), x_matches.end(), [&](const CueMatch& match) {
      return x_finder.x_mocks[match.kind] && match.micro_nats > 0;
    });
    if (x_good > 0 && mocks) put(kind_of(Whole::kMocked), x_last->span);
  }

  static constexpr std::uint8_t kSpeed = 3;

  const SenseFinder& x_finder;
  std::u32string_view x_text;
  std::span<const CueMatch> x_matches;
  Scratch& x_scratch;
  std::vector<SenseMatch>& x_out;
  Balance& x_balance;
  std::optional<SenseMatch> x_first;
  std::optional<SenseMatch> x_last;
  int x_good = 0;
  int x_bad = 0;
  bool x_turned = false;
};

void SenseFinder::search(std::u32string_view text, Scratch& scratch) const {
  std::vector<FoundPhrase>& found = scratch.found;
  found.clear();
  scratch.of_scope.clear();
  scratch.of_cues.clear();
  scratch.waiting.clear();
  x_index.find(text, found);
  const auto of_opinions = static_cast<std::uint32_t>(x_words.words().size());
  const auto of_scope = of_opinions + static_cast<std::uint32_t>(x_rules.words().size());
  const auto of_waiting = of_scope + static_cast<std::uint32_t>(words_of_waiting().size());
  std::size_t kept = 0;
  for (const FoundPhrase& one : found) {
    if (one.phrase < of_opinions) {
      found[kept++] = one;
    } else if (one.phrase < of_scope) {
      scratch.of_scope.push_back({one.phrase - of_opinions, one.chars});
    } else if (one.phrase < of_waiting) {
      scratch.waiting.push_back(one.chars);
    } else {
      scratch.of_cues.push_back({one.phrase - of_waiting, one.chars});
    }
  }
  found.resize(kept);
}

void SenseFinder::find(std::u32string_view text, std::span<const CueMatch> matches,
                       Scratch& scratch, std::vector<SenseMatch>& out, Balance& balance) const {
  out.clear();
  search(text, scratch);
  Text(*this, text, matches, scratch, out, balance).run();
}

void SenseFinder::find_with_cues(std::u32string_view text, CueLexicon::Scratch& cue_scratch,
                                 Scratch& scratch, std::vector<CueMatch>& cues,
                                 std::vector<SenseMatch>& out, Balance& balance) const {
  out.clear();
  search(text, scratch);
  const std::size_t before = cues.size();
  x_cues.take(text, scratch.of_cues, ingest::Speaker::kCustomer, cue_scratch, cues);
  Text(*this, text, std::span(cues).subspan(before), scratch, out, balance).run();
}

}  // namespace xinjing::language
