#include "insight/rival_names.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/utf8.h"
#include "insight/interval.h"
#include "insight/telling_words.h"

namespace xinjing::insight {
namespace {

constexpr std::size_t kLooked = 400, kLeastCustomers = 4, kMost = 5;
constexpr double kFalseAmongFound = 0.05;
constexpr std::size_t kLongestName = 3;  // words of an English name

// Capitalised wherever they stand, and no company.
constexpr std::string_view kCapitalised[] = {
    "monday",  "tuesday",   "wednesday", "thursday",  "friday",   "saturday", "sunday",
    "january", "february",  "march",     "april",     "may",      "june",     "july",
    "august",  "september", "october",   "november",  "december", "mr",       "mrs",
    "ms",      "miss",      "dr",        "sir",       "madam",    "hi",       "hello",
    "dear",    "thanks",    "thank",     "english",   "chinese",  "china",    "ok",
    "i",       "regards",   "best",      "christmas", "easter"};

constexpr std::string_view kTitles[] = {"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_latin(char c) { return is_upper(c) || is_lower(c); }

/// A word of a text in Latin letters, and whether a sentence begins with it.
struct LatinWord {
  std::string_view text;
  std::size_t begin = 0;
  bool first = true;
};

std::vector<LatinWord> latin_words(std::string_view text) {
  std::vector<LatinWord> out;
  bool first = true;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_latin(text[i])) {
      // Quotation marks and commas end no sentence; a letter of another script neither.
      if (std::string_view(".!?:;\n\r").find(text[i]) != std::string_view::npos) first = true;
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && (is_latin(text[end]) || text[end] == '&' || text[end] == '-'))
      ++end;
    while (!is_latin(text[end - 1])) --end;
    out.push_back({text.substr(i, end - i), i, first});
    first = false, i = end;
  }
  return out;
}

/// Company names have a small letter somewhere: NorthGrid, Enerva; SMS and VAT are none.
bool looks_like_a_name(std::string_view word) {
  return word.size() >= 3 && is_upper(word.front()) &&
         std::any_of(word.begin(), word.end(), is_lower);
}

/// Texts that have a name, and whether it stands anywhere but at the head of a sentence.
struct Named {
  std::size_t here = 0, elsewhere = 0;
  bool within = false;
};
using Counts = std::map<std::string, Named>;

/// Words that stand in lower case, or capitalised as every word of a heading is.
std::set<std::string> common_words(const std::vector<std::string>& texts) {
  std::set<std::string> out;
  for (const std::string& text : texts) {
    for (const LatinWord& word : latin_words(text)) {
      if (is_lower(word.text.front())) out.insert(std::string(word.text));
    }
  }
  return out;
}

/// The names of each text, as they are written; one that only begins sentences is none.
void count_names(const std::vector<std::string>& texts, const std::set<std::string>& common,
                 bool here, Counts& counts) {
  const auto part = [&](const LatinWord& word) {
    const std::string low = lowered(word.text);
    return looks_like_a_name(word.text) && !common.contains(low) &&
           std::find(std::begin(kCapitalised), std::end(kCapitalised), low) ==
               std::end(kCapitalised);
  };
  for (const std::string& text : texts) {
    std::set<std::string> seen;
    const std::vector<LatinWord> words = latin_words(text);
    for (std::size_t i = 0; i < words.size();) {
      // Mr Xing is no company.
      const bool titled = i > 0 && std::find(std::begin(kTitles), std::end(kTitles),
                                             lowered(words[i - 1].text)) != std::end(kTitles);
      std::size_t n = 0;
      while (!titled && i + n < words.size() && n < kLongestName && part(words[i + n]) &&
             (n == 0 ||
              words[i + n].begin == words[i + n - 1].begin + words[i + n - 1].text.size() + 1)) {
        ++n;
      }
      if (n > 0) {
        const std::size_t begin = words[i].begin;
        const std::size_t end = words[i + n - 1].begin + words[i + n - 1].text.size();
        const std::string name = text.substr(begin, end - begin);
        seen.insert(name), counts[name].within |= !words[i].first;
      }
      i += std::max<std::size_t>(1, n);
    }
    for (const std::string& name : seen) ++(here ? counts[name].here : counts[name].elsewhere);
  }
}

/// English names, by the same log odds as words.
std::vector<TellingWord> latin_names(const std::vector<std::string>& here,
                                     const std::vector<std::string>& elsewhere) {
  std::set<std::string> common = common_words(here);
  common.merge(common_words(elsewhere));
  Counts counts;
  count_names(here, common, true, counts), count_names(elsewhere, common, false, counts);
  std::vector<TellingWord> out;
  std::vector<double> p;
  for (const auto& [name, n] : counts) {
    if (!n.within || n.here + n.elsewhere < kLeastCustomers) continue;
    const double z = telling_z(double(n.here), double(here.size()), double(n.elsewhere),
                               double(elsewhere.size()));
    out.push_back({name, z, n.here, n.elsewhere}), p.push_back(normal_tail(z));
  }
  const std::vector<bool> stands = stands_among(p, kFalseAmongFound);
  std::vector<TellingWord> kept;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (stands[i] && out[i].z > 0 && out[i].here >= kLeastCustomers) kept.push_back(out[i]);
  }
  return kept;
}

/// Whether a Chinese word is a name: no dictionary knows it, so that it falls into characters.
bool is_han_name(const std::string& word, language::WordBreaker& breaker) {
  constexpr std::size_t kShortest = 2, kLongest = 4;
  const std::size_t length = utf8_length(word);
  return is_han(decode_utf8(word).value) && length >= kShortest && length <= kLongest &&
         breaker.words(word).size() == length;
}

/// Parts of one name have characters in common: 远帆, 帆的人; Latin names a word.
bool is_echo(const std::string& a, const std::string& b) {
  if (is_latin(a.front()) != is_latin(b.front())) return false;
  if (is_latin(a.front())) return a.find(b) != std::string::npos || b.find(a) != std::string::npos;
  const std::u32string letters = characters_of(b);
  for (const char32_t c : characters_of(a)) {
    if (letters.find(c) != std::u32string::npos) return true;
  }
  return false;
}

}  // namespace

std::string name_pattern(const std::string& name) {
  return is_latin(name.front()) ? "\\b" + name + "\\b" : name;
}

std::vector<std::string> rival_names(const std::vector<std::string>& here,
                                     const std::vector<std::string>& elsewhere,
                                     const std::function<bool(const std::string&)>& not_a_name,
                                     language::WordBreaker& breaker) {
  std::vector<TellingWord> found = latin_names(here, elsewhere);
  for (TellingWord& word : telling_words(here, elsewhere, breaker, kLooked)) {
    if (word.here >= kLeastCustomers && is_han_name(word.text, breaker)) {
      found.push_back(std::move(word));
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const TellingWord& a, const TellingWord& b) { return b.z < a.z; });
  std::vector<std::string> out;
  for (const TellingWord& word : found) {
    if (out.size() == kMost) break;
    const bool echo = std::any_of(
        out.begin(), out.end(), [&](const std::string& name) { return is_echo(name, word.text); });
    if (!echo && !not_a_name(word.text)) out.push_back(word.text);
  }
  return out;
}

}  // namespace xinjing::insight
