#include "insight/telling_words.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "base/hash.h"
#include "base/utf8.h"
#include "insight/interval.h"

namespace xinjing::insight {
namespace {

constexpr std::size_t kRun = 3;            // words
constexpr std::size_t kLongest = 6;        // characters of a Chinese run
constexpr std::size_t kLongestLatin = 30;  // bytes of any other
constexpr double kPriorTexts = 50;         // weight of the prior, in texts
constexpr double kLeastZ = 1.96;

// Words of every trade and every day: nothing is named by them. Single characters never count.
constexpr std::u32string_view kLittle =
    U"的了是我你他她它们您在有和与及就都这那哪也还又吗吧呢啊呀嘛哦噢哈嗯么没不很太再才只要会能可以"
    U"给把被"
    U"让对到从去来说讲问看想用个一二两三四五六七八九十几多少好上下里着过得地之其而但如为以因所什怎"
    U"谁请谢"
    U"月号日年点分天次元块钱今明昨";
constexpr std::string_view kLittleEnglish[] = {
    "the",   "and",  "you",  "your",  "that", "this", "with", "for",    "was",   "were",   "have",
    "has",   "had",  "not",  "but",   "are",  "our",  "they", "them",   "his",   "her",    "she",
    "him",   "it's", "i'm",  "i've",  "what", "when", "who",  "how",    "why",   "can",    "could",
    "would", "will", "from", "all",   "one",  "out",  "been", "just",   "about", "there",  "then",
    "than",  "into", "did",  "don't", "does", "too",  "very", "please", "thank", "thanks", "hello",
    "some",  "any",  "now",  "yes",   "its",  "i'll", "my",   "me",     "we",    "us",     "to",
    "of",    "in",   "on",   "at",    "is",   "it",   "i",    "a",      "an",    "or",     "if",
    "so",    "no",   "by",   "be",    "as",   "do",   "up",   "get",    "got",   "which",  "their",
    "more",  "only", "two"};

using Counts = std::unordered_map<std::string, std::size_t>;

bool is_little(std::string_view word) {
  if (is_han(decode_utf8(word).value)) {
    for (const char32_t c : characters_of(word)) {
      if (kLittle.find(c) == std::u32string_view::npos) return false;
    }
    return true;
  }
  return std::find(std::begin(kLittleEnglish), std::end(kLittleEnglish), word) !=
         std::end(kLittleEnglish);
}

bool is_number(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether a run can name something: long enough, not too long, of one piece.
bool can_name(std::string_view run) {
  const bool han = is_han(decode_utf8(run).value);
  if (!han) return run.size() >= 3 && run.size() <= kLongestLatin;
  const std::size_t length = utf8_length(run);
  return length >= 2 && length <= kLongest;
}

/// Adds every run of a text once. Words of a run stand next to each other (or a blank apart).
void add_runs(const std::string& text, language::WordBreaker& breaker, Counts& counts) {
  std::unordered_set<std::string> seen;
  const std::vector<Span> words = breaker.words(text);
  const auto word = [&](std::size_t i) {
    return std::string_view(text).substr(words[i].begin, words[i].end - words[i].begin);
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::size_t j = i; j < std::min(words.size(), i + kRun); ++j) {
      if (is_number(word(j))) break;
      if (j > i) {
        const std::string_view gap(text.data() + words[j - 1].end,
                                   words[j].begin - words[j - 1].end);
        if (!gap.empty() && gap != " ") break;
      }
      std::string run =
          lowered(std::string_view(text).substr(words[i].begin, words[j].end - words[i].begin));
      const bool edges = !is_little(lowered(word(i))) && !is_little(lowered(word(j)));
      if (edges && can_name(run)) seen.insert(std::move(run));
    }
  }
  for (const std::string& run : seen) ++counts[run];
}

/// Drops runs that are part of, or hold, a stronger one of about the same texts.
std::vector<TellingWord> without_echoes(std::vector<TellingWord> words, std::size_t most) {
  std::vector<TellingWord> out;
  for (TellingWord& word : words) {
    const bool echo = std::any_of(out.begin(), out.end(), [&](const TellingWord& kept) {
      return kept.text.find(word.text) != std::string::npos ||
             word.text.find(kept.text) != std::string::npos;
    });
    if (!echo) out.push_back(std::move(word));
    if (out.size() == most) break;
  }
  return out;
}

/// A longer run before its parts, where it has most of their texts.
bool before(const TellingWord& a, const TellingWord& b) {
  return std::tie(b.z, a.text) < std::tie(a.z, b.text);
}

}  // namespace

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
  return out;
}

double telling_z(double here, double of_here, double elsewhere, double of_elsewhere) {
  if (of_here + of_elsewhere <= 0) return 0;
  const double prior = kPriorTexts * (here + elsewhere + 0.1) / (of_here + of_elsewhere);
  const double odds_in = (here + prior) / (of_here + kPriorTexts - here - prior);
  const double odds_out = (elsewhere + prior) / (of_elsewhere + kPriorTexts - elsewhere - prior);
  if (!(odds_in > 0) || !(odds_out > 0)) return 0;
  return std::log(odds_in / odds_out) / std::sqrt(1 / (here + prior) + 1 / (elsewhere + prior));
}

std::vector<TellingWord> telling_words(const std::vector<std::string>& here,
                                       const std::vector<std::string>& elsewhere,
                                       language::WordBreaker& breaker, std::size_t most,
                                       double false_rate) {
  Counts in, out;
  for (const std::string& text : here) add_runs(text, breaker, in);
  for (const std::string& text : elsewhere) add_runs(text, breaker, out);
  const auto n = static_cast<double>(here.size()), m = static_cast<double>(elsewhere.size());
  const std::size_t least = here.size() < 12 ? 2 : 3;
  std::vector<TellingWord> looked;
  std::vector<double> chances;
  for (const auto& [text, times] : in) {
    if (times < least) continue;
    const auto found = out.find(text);
    const std::size_t others = found == out.end() ? 0 : found->second;
    const double z = telling_z(double(times), n, double(others), m);
    looked.push_back({text, z, times, others}), chances.push_back(normal_tail(z));
  }
  const std::vector<bool> stands =
      false_rate < 1 ? stands_among(chances, false_rate) : std::vector<bool>(looked.size(), true);
  std::vector<TellingWord> words;
  for (std::size_t i = 0; i < looked.size(); ++i) {
    if (stands[i] && looked[i].z >= kLeastZ) words.push_back(std::move(looked[i]));
  }
  std::sort(words.begin(), words.end(), before);
  return without_echoes(std::move(words), most);
}

}  // namespace xinjing::insight
