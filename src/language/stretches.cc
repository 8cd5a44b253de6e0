#include "language/stretches.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace xinjing::language {
namespace {

// Words that names of products and places seldom have, so that several of them make a clause.
// Sorted.
constexpr std::array<std::u32string_view, 174> kCommonWords = {
    U"a",      U"about",    U"after",     U"again",    U"all",       U"already",      U"also",
    U"always", U"am",       U"an",        U"and",      U"any",       U"are",          U"as",
    U"ask",    U"asked",    U"at",        U"avoid",    U"awful",     U"back",         U"bad",
    U"be",     U"because",  U"been",      U"before",   U"being",     U"best",         U"better",
    U"broken", U"but",      U"by",        U"called",   U"can",       U"cancel",       U"cannot",
    U"come",   U"complain", U"could",     U"dear",     U"did",       U"disgusting",   U"do",
    U"does",   U"done",     U"ever",      U"every",    U"excellent", U"fix",          U"fixed",
    U"for",    U"from",     U"get",       U"getting",  U"give",      U"go",           U"going",
    U"good",   U"got",      U"great",     U"had",      U"happy",     U"has",          U"have",
    U"help",   U"her",      U"here",      U"him",      U"his",       U"hope",         U"horrible",
    U"how",    U"if",       U"in",        U"is",       U"it",        U"its",          U"just",
    U"keep",   U"know",     U"last",      U"late",     U"like",      U"love",         U"made",
    U"make",   U"many",     U"me",        U"money",    U"more",      U"much",         U"must",
    U"my",     U"need",     U"never",     U"no",       U"not",       U"nothing",      U"now",
    U"of",     U"off",      U"on",        U"one",      U"only",      U"or",           U"our",
    U"out",    U"please",   U"poor",      U"really",   U"refund",    U"regards",      U"rude",
    U"said",   U"say",      U"see",       U"she",      U"should",    U"slow",         U"so",
    U"some",   U"sorry",    U"still",     U"terrible", U"than",      U"thank",        U"thanks",
    U"that",   U"the",      U"their",     U"them",     U"then",      U"there",        U"these",
    U"they",   U"thing",    U"think",     U"this",     U"time",      U"to",           U"today",
    U"told",   U"tomorrow", U"too",       U"trust",    U"u",         U"unacceptable", U"until",
    U"up",     U"us",       U"very",      U"wait",     U"waited",    U"waiting",      U"want",
    U"was",    U"waste",    U"were",      U"what",     U"when",      U"where",        U"which",
    U"who",    U"why",      U"will",      U"with",     U"work",      U"working",      U"worst",
    U"would",  U"wrong",    U"yesterday", U"you",      U"your",      U"yours"};
// Words that begin a sentence about somebody. Sorted.
constexpr std::array<std::u32string_view, 7> kPersons = {U"he",   U"i",  U"it", U"she",
                                                         U"they", U"we", U"you"};
// Fixed expressions that Chinese texts borrow; they make no clause.
constexpr std::array<std::u32string_view, 16> kLoans = {
    U"all in one", U"by the way", U"bye bye",   U"check in", U"check out", U"google play",
    U"i phone",    U"log in",     U"log out",   U"love you", U"oh my god", U"plan b",
    U"see you",    U"sign in",    U"thank you", U"you tube"};
// Behind a number an English clause begins with it: "5 days is too long".
constexpr std::array<std::u32string_view, 10> kUnits = {U"days",   U"dollars", U"hours", U"minutes",
                                                        U"months", U"people",  U"stars", U"times",
                                                        U"weeks",  U"years"};

// Characters that Chinese names seldom have, and some that are common but stand in names too.
constexpr std::u32string_view kGrammar = U"了吗呢吧啊呀嘛么我你您他她们这那哪没就谁啥";
constexpr std::u32string_view kUsual =
    U"不是的得都要有还又再被把给去来请谢好太真快急退坏差贵慢很在能会想过到下钱单号";

static_assert(std::is_sorted(kCommonWords.begin(), kCommonWords.end()));
static_assert(std::is_sorted(kPersons.begin(), kPersons.end()));
static_assert(std::is_sorted(kUnits.begin(), kUnits.end()));

template <std::size_t n>
bool contains(const std::array<std::u32string_view, n>& sorted, std::u32string_view word) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

bool is_latin(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= 0xc0 && c < 0x250 && c != 0xd7 && c != 0xf7);
}
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
/// Greek to Devanagari and Thai, kana, Hangul.
bool is_foreign(char32_t c) {
  return (c >= 0x370 && c < 0x1200) || (c >= 0x3041 && c <= 0x30fa) || (c >= 0xac00 && c <= 0xd7a3);
}

bool ends_sentence(std::u32string_view text, std::size_t at) {
  const char32_t c = text[at];
  if (c == U'.') return at + 1 == text.size() || text[at + 1] == U' ' || is_han(text[at + 1]);
  return c == U'。' || c == U'!' || c == U'?' || c == U'\n' || c == U'…';
}
bool ends_clause(std::u32string_view text, std::size_t at) {
  const char32_t c = text[at];
  return ends_sentence(text, at) || c == U',' || c == U'、' || c == U';' || c == U':' ||
         c == U'~' || c == U'—' || c == U'/' || c == U'|';
}

enum class Script : std::uint8_t { kHan, kLatin, kForeign };

/// Neighbouring words of one script.
struct Run {
  Script script = Script::kHan;
  Span chars;
  std::uint32_t words = 0;  // or characters of Chinese, letters of others
  std::uint32_t common = 0;
  std::uint32_t persons = 0;
  std::uint32_t usual = 0;  // Chinese characters that stand in names too
  bool short_form = false;  // n't, 'm, 've: English for certain
};

class Cutter {
 public:
  Cutter(std::u32string_view text, std::vector<TextStretch>& out) : x_text(text), x_out(out) {}

  void cut() {
    x_out.clear();
    if (x_text.empty()) return;
    find_runs();
    judge_runs();
    put_stretches();
  }

 private:
  std::uint32_t size() const { return static_cast<std::uint32_t>(x_text.size()); }

  void find_runs() {
    for (std::uint32_t at = 0; at < size();) {
      const char32_t c = x_text[at];
      if (const std::uint32_t end = end_of_code(at); end > at) {
        at = end;
      } else if (is_han(c)) {
        add_han(at);
      } else if (is_latin(c)) {
        add_word(at);
      } else if (is_foreign(c)) {
        run_of(Script::kForeign, at, at + 1).words += 1;
        ++at;
      } else {
        ++at;
      }
    }
  }

  Run& run_of(Script script, std::uint32_t begin, std::uint32_t end) {
    if (x_runs.empty() || x_runs.back().script != script) {
      x_runs.push_back({.script = script, .chars = {begin, begin}});
    }
    x_runs.back().chars.end = end;
    return x_runs.back();
  }

  void add_han(std::uint32_t& at) {
    Run& run = run_of(Script::kHan, at, at + 1);
    ++run.words;
    run.common += kGrammar.find(x_text[at]) != kGrammar.npos ? 1 : 0;
    run.usual += kUsual.find(x_text[at]) != kUsual.npos ? 1 : 0;
    ++at;
  }

  /// Where a loan expression ends that begins here.
  std::uint32_t end_of_loan(std::uint32_t at) const {
    for (const std::u32string_view loan : kLoans) {
      const std::uint32_t end = at + static_cast<std::uint32_t>(loan.size());
      if (x_text.substr(at, loan.size()) == loan && (end == size() || !is_latin(x_text[end]))) {
        return end;
      }
    }
    return at;
  }

  void add_word(std::uint32_t& at) {
    const std::uint32_t begin = at;
    if (const std::uint32_t end = end_of_loan(at); end > at) {
      run_of(Script::kLatin, begin, end).words += 1;
      at = end;
      return;
    }
    bool short_form = false;
    for (; at < size() && (is_latin(x_text[at]) || is_apostrophe(at)); ++at) {
      short_form = short_form || (x_text[at] == U'\'' && begin < at);
    }
    const std::u32string_view word = x_text.substr(begin, at - begin);
    if (word.size() == 1 && word != U"i" && word != U"a" && word != U"u") return;  // A座
    Run& run = run_of(Script::kLatin, begin, at);
    ++run.words;
    const std::size_t apostrophe = std::min(word.find(U'\''), word.size());
    run.common += short_form || contains(kCommonWords, word) ? 1 : 0;
    run.persons += contains(kPersons, word.substr(0, apostrophe)) ? 1 : 0;
    run.short_form = run.short_form || (short_form && !word.ends_with(U"'s"));
  }

  bool is_apostrophe(std::uint32_t at) const {
    return x_text[at] == U'\'' && at + 1 < size() && is_latin(x_text[at + 1]);
  }

  bool is_code_letter(std::uint32_t at) const {
    const char32_t c = x_text[at];
    return (c < 0x80 && c > U' ' && c != U',' && c != U'!' && c != U'?' && c != U';' && c != U'"' &&
            c != U'(' && c != U')' && c != U'[' && c != U']');
  }

  /// Where an address, an account, a name behind @ or a code of letters and digits ends that begins
  /// here; `at` if none does.
  std::uint32_t end_of_code(std::uint32_t at) const {
    const bool inside = at > 0 && is_code_letter(at - 1);
    if (x_text[at] == U'@') return end_of_name(at);
    if (inside || !is_code_letter(at) || (!is_latin(x_text[at]) && !is_digit(x_text[at]))) {
      return at;
    }
    std::uint32_t end = at;
    bool letters = false;
    bool digits = false;
    for (; end < size() && is_code_letter(end); ++end) {
      letters = letters || is_latin(x_text[end]);
      digits = digits || is_digit(x_text[end]);
    }
    while (end > at && ends_clause(x_text, end - 1)) --end;
    const std::u32string_view code = x_text.substr(at, end - at);
    const bool address = code.starts_with(U"http") || code.starts_with(U"www.") ||
                         code.find(U'@') != code.npos || code.find(U".com") != code.npos ||
                         code.find(U".cn") != code.npos;
    return address || (letters && digits) ? end : at;
  }

  std::uint32_t end_of_name(std::uint32_t at) const {
    constexpr std::u32string_view kEnds = U"@ \n\t:,.!?。、()[]\"";
    std::uint32_t end = at + 1;
    while (end < size() && kEnds.find(x_text[end]) == kEnds.npos) ++end;
    return end;
  }

  /// Whether a clause or a quotation ends between a run and the next, or there is no next.
  bool ends_behind(std::size_t run) const {
    if (run + 1 == x_runs.size()) return true;
    for (std::uint32_t at = x_runs[run].chars.end; at < x_runs[run + 1].chars.begin; ++at) {
      const char32_t c = x_text[at];
      if (c == U'"' || c == U'(' || c == U')' || ends_clause(x_text, at)) return true;
    }
    return false;
  }

  /// Whether runs [first, last) share no clause with others.
  bool stand_alone(std::size_t first, std::size_t last) const {
    return (first == 0 || ends_behind(first - 1)) && ends_behind(last - 1);
  }

  bool is_english_clause(std::size_t r) const {
    const Run& run = x_runs[r];
    if (run.words < 2) return false;
    if (run.short_form || (run.persons > 0 && run.words >= 3)) return true;
    if (run.common >= 2 && run.words >= 3) return true;
    if (run.common >= 1 && run.words >= 4) return true;
    return run.common + run.persons >= 1 && stand_alone(r, r + 1);
  }

  /// Whether runs [first, last), which no English clause is among, make Chinese.
  bool is_chinese(std::size_t first, std::size_t last) const {
    std::uint32_t han = 0, grammar = 0, usual = 0, words = 0;
    for (std::size_t r = first; r < last; ++r) {
      const Run& run = x_runs[r];
      const bool chinese = run.script == Script::kHan;
      han += chinese ? run.words : 0;
      grammar += chinese ? run.common : 0;
      usual += chinese ? run.usual : 0;
      words += run.script == Script::kLatin ? run.words + run.common + run.persons : 0;
    }
    if (han == 0 || han + 2 * grammar < words) return false;
    const auto english = [&](std::size_t r) { return x_tongues[r] == Tongue::kEnglish; };
    const bool beside =
        (first > 0 && english(first - 1)) || (last < x_runs.size() && english(last));
    if (!beside) return han >= 2 || last - first == x_runs.size();
    if ((grammar >= 1 && han >= 2) || grammar + usual >= 2) return true;
    const bool alone = stand_alone(first, last);
    return (grammar + usual >= 1 && (han >= 5 || alone)) || (han >= 4 && alone) || han >= 11;
  }

  static Tongue only_tongue(std::span<const Run> runs) {
    const bool latin = std::any_of(runs.begin(), runs.end(),
                                   [](const Run& run) { return run.script == Script::kLatin; });
    return latin ? Tongue::kEnglish : Tongue::kOther;
  }

  void judge_runs() {
    constexpr std::uint32_t kForeignWord = 3;
    x_tongues.assign(x_runs.size(), std::nullopt);
    for (std::size_t r = 0; r < x_runs.size(); ++r) {
      const Run& run = x_runs[r];
      if (run.script == Script::kForeign && run.words >= kForeignWord) {
        x_tongues[r] = Tongue::kOther;
      } else if (run.script == Script::kLatin && is_english_clause(r)) {
        x_tongues[r] = Tongue::kEnglish;
      }
    }
    for (std::size_t first = 0; first < x_runs.size();) {
      std::size_t last = first;
      while (last < x_runs.size() && !x_tongues[last]) ++last;
      if (last > first) judge_between(first, last);
      first = std::max(last, first + 1);
    }
  }

  /// What stands between anchors is Chinese, or of the language beside it.
  void judge_between(std::size_t first, std::size_t last) {
    const auto range = std::span(x_runs).subspan(first, last - first);
    Tongue tongue = Tongue::kChinese;
    if (!is_chinese(first, last)) {
      const bool foreign_before = first > 0 && x_tongues[first - 1] == Tongue::kOther;
      const bool foreign_behind = last < x_runs.size() && x_tongues[last] == Tongue::kOther &&
                                  (first == 0 || foreign_before);
      tongue = first == 0 && last == x_runs.size()                           ? only_tongue(range)
               : foreign_behind || (foreign_before && last == x_runs.size()) ? Tongue::kOther
                                                                             : Tongue::kEnglish;
    }
    std::fill(x_tongues.begin() + static_cast<std::ptrdiff_t>(first),
              x_tongues.begin() + static_cast<std::ptrdiff_t>(last), tongue);
  }

  /// Whether the mark at `at`, which lies behind `begin`, opens something.
  bool is_opening(std::uint32_t at, std::uint32_t begin) const {
    const char32_t c = x_text[at];
    if (c != U'"') return c == U'(' || c == U'[' || c == U'《' || c == U'@' || c == U'#';
    const auto between = std::count(x_text.begin() + begin, x_text.begin() + at, U'"');
    return (x_quotes + static_cast<std::size_t>(between)) % 2 == 0;
  }

  /// The border between two runs: behind the marks that end a clause, else at a blank.
  std::uint32_t border(const Run& left, const Run& right) {
    const std::uint32_t begin = left.chars.end;
    x_quotes += static_cast<std::size_t>(
        std::count(x_text.begin() + x_counted, x_text.begin() + begin, U'"'));
    x_counted = begin;
    const std::uint32_t end = right.chars.begin;
    std::uint32_t cut = end;
    while (cut > begin && !ends_clause(x_text, cut - 1)) --cut;
    if (cut > begin) {
      while (cut < end && !is_opening(cut, begin) && !is_digit(x_text[cut])) ++cut;
      return cut;
    }
    cut = end;
    while (cut > begin && is_opening(cut - 1, begin)) --cut;
    if (cut == begin || x_text[cut - 1] == U' ') {
      // "等了 5 days is too long": the number goes with its unit.
      const auto first = x_text.substr(end, std::min(x_text.find(U' ', end), x_text.size()) - end);
      if (cut == end && contains(kUnits, first)) {
        std::uint32_t number = cut;
        while (number > begin && x_text[number - 1] == U' ') --number;
        while (number > begin && is_digit(x_text[number - 1])) --number;
        if (number < cut && number > begin) return number;
      }
      return cut;
    }
    const std::size_t blank = x_text.substr(begin, cut - begin).rfind(U' ');
    return blank == x_text.npos ? cut : begin + static_cast<std::uint32_t>(blank) + 1;
  }

  void put_stretches() {
    if (x_runs.empty()) {
      x_out.push_back({{0, size()}, Tongue::kOther});
      return;
    }
    std::uint32_t begin = 0;
    for (std::size_t r = 0; r < x_runs.size(); ++r) {
      const bool last = r + 1 == x_runs.size();
      if (!last && x_tongues[r] == x_tongues[r + 1]) continue;
      const std::uint32_t end = last ? size() : border(x_runs[r], x_runs[r + 1]);
      x_out.push_back({{begin, end}, *x_tongues[r]});
      begin = end;
    }
  }

  std::u32string_view x_text;
  std::vector<TextStretch>& x_out;
  std::vector<Run> x_runs;
  std::vector<std::optional<Tongue>> x_tongues;  // of each run
  std::size_t x_quotes = 0;                      // quotation marks before x_counted
  std::uint32_t x_counted = 0;
};

}  // namespace

std::string_view tongue_id(Tongue tongue) {
  constexpr std::array<std::string_view, 3> kIds = {"zh", "en", "other"};
  return kIds[static_cast<std::size_t>(tongue)];
}

bool may_be_mixed(std::u32string_view text) {
  constexpr std::size_t kLeastHan = 2;
  constexpr std::size_t kLeastLatin = 5;
  std::size_t han = 0;
  std::size_t latin = 0;
  for (const char32_t c : text) {
    han += is_han(c) ? 1 : 0;
    latin += c >= U'a' && c <= U'z' ? 1 : 0;
    if (han >= kLeastHan && latin >= kLeastLatin) return true;
  }
  return false;
}

void find_stretches(std::u32string_view text, std::vector<TextStretch>& out) {
  Cutter(text, out).cut();
}

void find_mixed_stretches(std::u32string_view text, std::vector<TextStretch>& out) {
  out.clear();
  if (!may_be_mixed(text)) return;
  find_stretches(text, out);
  const auto has = [&](Tongue tongue) {
    return std::any_of(out.begin(), out.end(),
                       [&](const TextStretch& s) { return s.tongue == tongue; });
  };
  if (!has(Tongue::kChinese) || !has(Tongue::kEnglish)) out.clear();
}

bool counts_at(std::span<const TextStretch> stretches, std::optional<Lang> lang, std::uint32_t at) {
  if (stretches.empty() || !lang) return true;
  const auto found = std::partition_point(stretches.begin(), stretches.end(),
                                          [&](const TextStretch& s) { return s.chars.end <= at; });
  return found == stretches.end() || found->tongue == Tongue::kOther ||
         (found->tongue == Tongue::kChinese) == (*lang == Lang::kZh);
}

}  // namespace xinjing::language
