#include "psychology/ledger.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/utf8.h"
#include "language/normalise.h"

namespace xinjing::psychology {
namespace {

using language::Outcome;

// What news and an entry have in common, in points. Guessed.
constexpr double kForWords = 3.0;         // all words of the shorter
constexpr double kForCharacters = 1.0;    // all single characters of the shorter
constexpr double kForContext = 1.0;       // all words of the shorter, of the whole message
constexpr double kTooEarly = -0.5;        // "not yet" before it is due
constexpr double kForActs = 1.0;          // the same kind of act
constexpr double kForRecall = 0.6;        // "you promised"
constexpr double kForConversation = 0.4;  // nothing lies between
constexpr double kForLatest = 0.3;        // the last promise made
constexpr double kForDue = 0.3;           // its time is near or past
// From so many points on, news is about an entry; of all news, what takes a promise back or praises
// its fulfilment says by itself that there was one.
constexpr double kEnough = 1.1;
constexpr double kEnoughForClear = 0.75;
// Two promises are of the same matter from this share of common words on.
constexpr double kSameMatter = 0.3;
constexpr std::size_t kMostTerms = 6;

constexpr std::array<std::u32string_view, 30> kPlainWords = {
    U"the",  U"and",  U"you",  U"your", U"our",  U"for", U"will", U"have", U"has", U"was",
    U"were", U"that", U"this", U"with", U"from", U"are", U"not",  U"but",  U"its", U"been",
    U"they", U"she",  U"him",  U"her",  U"his",  U"can", U"got",  U"get",  U"all", U"out"};
constexpr std::u32string_view kPlainCharacters =
    U"的了吗呢吧啊您你我他她们是在这那就都也还不没有给为会将请一二三四五六七八九十个到和与";

using Terms = std::set<std::u32string>;

/// Pairs of Chinese characters and beginnings of words: what a quote is about.
Terms terms_of(std::string_view text) {
  language::Normalised normal;
  language::normalise(text, normal);
  const std::u32string& chars = normal.chars;
  Terms terms;
  const auto tells = [](char32_t c) {
    return is_han(c) && kPlainCharacters.find(c) == kPlainCharacters.npos;
  };
  for (std::size_t i = 0; i + 1 < chars.size(); ++i) {
    if (tells(chars[i]) && tells(chars[i + 1])) terms.insert(chars.substr(i, 2));
  }
  const auto letter = [](char32_t c) { return c >= U'a' && c <= U'z'; };
  for (std::size_t i = 0; i < chars.size();) {
    std::size_t end = i;
    while (end < chars.size() && letter(chars[end])) ++end;
    constexpr std::size_t kShortest = 3;
    constexpr std::size_t kStem = 5;
    if (end - i >= kShortest) {
      const std::u32string word = chars.substr(i, end - i);
      if (std::find(kPlainWords.begin(), kPlainWords.end(), word) == kPlainWords.end()) {
        terms.insert(word.substr(0, kStem));
      }
    }
    i = std::max(end, i + 1);
  }
  return terms;
}

/// Single Chinese characters that are no function words: 卡 alone may be the matter.
Terms characters_of_quote(std::string_view text) {
  language::Normalised normal;
  language::normalise(text, normal);
  Terms terms;
  for (const char32_t c : normal.chars) {
    if (is_han(c) && kPlainCharacters.find(c) == kPlainCharacters.npos) {
      terms.insert(std::u32string(1, c));
    }
  }
  return terms;
}

double common_share(const Terms& a, const Terms& b) {
  if (a.empty() || b.empty()) return 0;
  std::size_t common = 0;
  for (const std::u32string& term : a) common += b.count(term);
  const std::size_t size = std::min({a.size(), b.size(), kMostTerms});
  return std::min(1.0, static_cast<double>(common) / static_cast<double>(size));
}

struct Open {
  LedgerEntry entry;
  Terms terms;
  Terms characters;
};

/// Whether news may be about a promise: it comes later; what a customer tells of may be followed by
/// its fate at once.
bool comes_after(const News& news, const Promise& promise) {
  if (promise.at < news.at) return true;
  return promise.told && promise.at == news.at && promise.span.end <= news.span.begin;
}

class Fold {
 public:
  void take(const News& news) {
    const bool clear =
        news.outcome == Outcome::kExceeded || news.outcome == Outcome::kWithdrawn || news.recalls;
    Open* best = nullptr;
    double best_score = clear ? kEnoughForClear : kEnough;
    const Terms words = terms_of(news.quote);
    const Terms characters = characters_of_quote(news.quote);
    const Terms context = terms_of(news.context);
    for (Open& open : x_entries) {
      if (open.entry.status != PromiseStatus::kOpen) continue;
      if (!comes_after(news, open.entry.promise)) continue;
      const double score = points(open, news, words, context) +
                           kForCharacters * common_share(open.characters, characters);
      if (score < best_score) continue;
      best = &open;
      best_score = score;
    }
    // More about what has just been told: "it came", and then "a day early, and with flowers".
    if (Open* const told = just_told(news); told != nullptr) {
      const bool more = rank_of(status_of(news.outcome)) > rank_of(told->entry.status);
      if (more && (best == nullptr || news.outcome == Outcome::kExceeded)) best = told;
    }
    if (best == nullptr) return;
    change(*best, status_of(news.outcome), news.at, news.span, news.quote);
    x_told = static_cast<std::size_t>(best - x_entries.data());
    x_told_at = news.at;
  }

  void take(const Promise& promise) {
    Terms terms = terms_of(promise.quote);
    for (auto open = x_entries.rbegin(); open != x_entries.rend(); ++open) {
      const Promise& old = open->entry.promise;
      const bool is_open = open->entry.status == PromiseStatus::kOpen;
      if (!is_open && !promise.told) continue;
      const double share = common_share(open->terms, terms);
      const bool acts = (old.acts & promise.acts) != 0;
      const bool same_due = promise.due && old.due && *promise.due == *old.due;
      if (share < kSameMatter && !(acts && (same_due || promise.moves))) continue;
      if (!promise.due || !old.due || same_due || promise.told) {
        if (is_open && !old.due && promise.due) {
          change(*open, PromiseStatus::kWithdrawn, promise.at, promise.span, promise.quote);
          break;
        }
        return;  // said again
      }
      change(*open, PromiseStatus::kWithdrawn, promise.at, promise.span, promise.quote);
      break;
    }
    x_entries.push_back({LedgerEntry{.promise = promise,
                                     .status = PromiseStatus::kOpen,
                                     .changed_at = {},
                                     .changed_span = {},
                                     .changed_by = {}},
                         std::move(terms), characters_of_quote(promise.quote)});
  }

  std::vector<LedgerEntry> finish(Instant as_of) {
    std::vector<LedgerEntry> out;
    for (Open& open : x_entries) {
      LedgerEntry& entry = open.entry;
      const bool past = entry.promise.due && *entry.promise.due < as_of;
      if (entry.status == PromiseStatus::kOpen && past) entry.status = PromiseStatus::kExpired;
      out.push_back(std::move(entry));
    }
    return out;
  }

 private:
  /// The entry whose fulfilment was told in this message or, for praise, just before it.
  Open* just_told(const News& news) {
    constexpr std::int64_t kTurns = 2;
    if (!x_told || x_told_at.conversation_no != news.at.conversation_no) return nullptr;
    const std::int64_t since = news.at.turn_no - x_told_at.turn_no;
    if (since > (news.outcome == Outcome::kExceeded ? kTurns : 0)) return nullptr;
    return &x_entries[*x_told];
  }
  static int rank_of(PromiseStatus status) {
    return status == PromiseStatus::kMet ? 0 : status == PromiseStatus::kUnmet ? 1 : 2;
  }

  static PromiseStatus status_of(Outcome outcome) {
    switch (outcome) {
      case Outcome::kMet:
        return PromiseStatus::kMet;
      case Outcome::kUnmet:
        return PromiseStatus::kUnmet;
      case Outcome::kExceeded:
        return PromiseStatus::kExceeded;
      case Outcome::kWithdrawn:
        return PromiseStatus::kWithdrawn;
    }
    return PromiseStatus::kOpen;
  }

  static void change(Open& open, PromiseStatus status, const Place& at, Span span,
                     const std::string& quote) {
    open.entry.status = status;
    open.entry.changed_at = at;
    open.entry.changed_span = span;
    open.entry.changed_by = quote;
  }

  double points(const Open& open, const News& news, const Terms& words,
                const Terms& context) const {
    const Promise& promise = open.entry.promise;
    double sum = kForWords * common_share(open.terms, words);
    sum += kForContext * common_share(open.terms, context);
    if ((promise.acts & news.acts) != 0) sum += kForActs;
    if (news.recalls) sum += kForRecall;
    if (promise.at.conversation_no == news.at.conversation_no) sum += kForConversation;
    if (&open == &x_entries.back()) sum += kForLatest;
    constexpr std::int64_t kHour = 3'600'000;
    if (promise.due) {
      const bool near = news.at.time.millis + kHour >= promise.due->millis;
      const bool early = !near && news.outcome == Outcome::kUnmet && !news.recalls;
      sum += near ? kForDue : early ? kTooEarly : 0;
    }
    if (promise.at == news.at) sum += kForRecall;  // told together
    return sum;
  }

  std::vector<Open> x_entries;
  std::optional<std::size_t> x_told;  // the entry of the last news
  Place x_told_at;
};

template <typename Said>
void sort_and_keep_one_of_each(std::vector<Said>& said) {
  const auto key = [](const Said& s) { return std::tie(s.at, s.span); };
  std::sort(said.begin(), said.end(),
            [&](const Said& a, const Said& b) { return key(a) < key(b); });
  said.erase(std::unique(said.begin(), said.end(),
                         [&](const Said& a, const Said& b) { return key(a) == key(b); }),
             said.end());
}

}  // namespace

std::string_view status_id(PromiseStatus status) {
  constexpr std::array<std::string_view, 6> kIds = {"open",     "met",       "unmet",
                                                    "exceeded", "withdrawn", "expired"};
  return kIds[static_cast<std::size_t>(status)];
}

Said status_label(PromiseStatus status) {
  const std::array<Said, 6> kLabels = {{{"open", "未了"},
                                        {"kept", "已兑现"},
                                        {"broken", "未兑现"},
                                        {"more than kept", "超出承诺"},
                                        {"withdrawn", "已撤回或改期"},
                                        {"overdue, nothing heard", "过期无下文"}}};
  return kLabels[static_cast<std::size_t>(status)];
}

std::vector<LedgerEntry> fold_ledger(std::vector<Promise> promises, std::vector<News> news,
                                     Instant as_of) {
  sort_and_keep_one_of_each(promises);
  sort_and_keep_one_of_each(news);
  Fold fold;
  auto next = news.begin();
  for (const Promise& promise : promises) {
    // In one message, first what became of the old, then what is promised anew.
    const auto before = [&promise](const News& one) {
      if (one.at != promise.at) return one.at < promise.at;
      return !promise.told || one.span.begin < promise.span.begin;
    };
    for (; next != news.end() && before(*next); ++next) fold.take(*next);
    fold.take(promise);
  }
  for (; next != news.end(); ++next) fold.take(*next);
  return fold.finish(as_of);
}

}  // namespace xinjing::psychology
