#include "psychology/ledger.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <set>
#include <span>

#include "base/utf8.h"
#include "language/normalise.h"

namespace xinjing::psychology {
namespace {

using language::Outcome;

// What news and an entry have in common, in points. Guessed.
constexpr double kForWords = 3.0;       // all words of the shorter
constexpr double kForCharacters = 1.0;  // all single characters of the shorter
constexpr double kForContext = 1.0;     // all words of the shorter, of the whole message
constexpr double kTooEarly = -0.5;      // "not yet" before it is due
constexpr double kForAmount = 1.0;      // amounts that can be compared
constexpr double kToldAndMet = -0.4;    // what customers reproach is seldom done within the talk
constexpr double kForActs = 1.0;        // the same kind of act
constexpr double kForVagueActs = 0.5;   // words that may tell of many acts: 到了, received
constexpr int kFewActs = 2;
constexpr double kForRecall = 0.6;        // "you promised"
constexpr double kForConversation = 0.4;  // praise, with nothing between
constexpr double kForLatest = 0.3;        // the last promise made
constexpr double kForDue = 0.3;           // its time is near or past
constexpr std::uint32_t kNextBytes = 8;   // between clauses that follow each other
// From so many points on, news is about an entry; of all news, what recalls a promise or praises
// its fulfilment says by itself that there was one.
constexpr double kEnough = 1.1;
constexpr double kEnoughForClear = 0.75;
// Two promises are of the same matter from this share of common words on.
constexpr double kSameMatter = 0.3;
constexpr double kSameInTalk = 0.5;  // within one conversation, all of which is about one matter
constexpr std::size_t kMostTerms = 6;
// What a row shows and words deny: they may be about something else.
constexpr double kDoneByRow = -0.3;
constexpr std::int64_t kDayMillis = 86'400'000;
// What is told so long after a promise was due, and does not recall it, is about something else.
constexpr std::int64_t kFreshMillis = 45 * kDayMillis;
constexpr std::int64_t kHourMillis = 3'600'000;
constexpr std::int64_t kAtOnceMillis = kHourMillis / 12;
constexpr std::int64_t kSoonMillis = kHourMillis;  // what has no time is not late before that
// A row may be written so long after the words that tell of the same act, and words of the act be
// said so long after the row.
constexpr std::int64_t kRowAfterWords = 2 * kDayMillis;
constexpr std::int64_t kWordsAfterRow = 14 * kDayMillis;
// A row so long after a promise was due, or was made without a time, is of another.
constexpr std::int64_t kRowAfterDue = 21 * kDayMillis;
constexpr std::int64_t kRowAfterUndated = 14 * kDayMillis;
// What is asked for again within that time is the same matter.
constexpr std::int64_t kAskedAgain = 45 * kDayMillis;

constexpr std::array<std::u32string_view, 30> kPlainWords = {
    U"the",  U"and",  U"you",  U"your", U"our",  U"for", U"will", U"have", U"has", U"was",
    U"were", U"that", U"this", U"with", U"from", U"are", U"not",  U"but",  U"its", U"been",
    U"they", U"she",  U"him",  U"her",  U"his",  U"can", U"got",  U"get",  U"all", U"out"};
constexpr std::u32string_view kPlainCharacters =
    U"的了吗呢吧啊您你我他她们是在这那就都也还不没有给为会将请一二三四五六七八九十个到和与";

// What nearly every talk of service is about says nothing of the matter.
constexpr auto kPlainTerms = std::to_array<std::u32string_view>(
    {U"客服",  U"服务",  U"问题",  U"人员",  U"工作",  U"员工",  U"收到",  U"已经",  U"现在",
     U"您好",  U"抱歉",  U"反映",  U"反馈",  U"情况",  U"亲亲",  U"custo", U"servi", U"staff",
     U"probl", U"messa", U"priva", U"pleas", U"hello", U"sorry", U"told"});

// Words by which something is not done up to now; of what is only bad, they are not said.
constexpr auto kStill = std::to_array<std::u32string_view>(
    {U"还没",    U"一直没",   U"迟迟",     U"仍",       U"至今",    U"到现在", U"到今天",
     U"在哪",    U"哪去了",   U"怎么还",   U"where is", U"where's", U"目前",   U"天了",
     U"周了",    U"月了",     U"小时了",   U"没人",     U"杳无",    U"石沉",   U"still",
     U"yet",     U"never",    U"hasn't",   U"haven't",  U"hasnt",   U"nobody", U"no one",
     U"has not", U"have not", U"till now", U"to now"});

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
  for (const std::u32string_view plain : kPlainTerms) terms.erase(std::u32string(plain));
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

bool says_still(std::string_view text) {
  language::Normalised normal;
  language::normalise(text, normal);
  return std::any_of(kStill.begin(), kStill.end(), [&](std::u32string_view word) {
    return normal.chars.find(word) != std::u32string::npos;
  });
}

struct Open {
  LedgerEntry entry;
  Terms terms;
  Terms characters;
  bool told = false;  // words told of what a row shows
};

/// Whether news may be about a promise: it comes later; what a customer tells of may be followed by
/// its fate at once.
bool comes_after(const News& news, const Promise& promise) {
  if (promise.at < news.at) return true;
  if (!promise.told || promise.at != news.at) return false;
  if (news.span == promise.span) return true;  // 答应补发的已经收到了
  // 怎么还没到，不是说明天到吗; where is the gift you promised.
  return news.outcome == Outcome::kUnmet || promise.span.end <= news.span.begin;
}

/// Whether amounts of news and a promise can be compared.
bool are_comparable(const Promise& promise, const News& news) {
  if (!promise.amount || !news.amount) return false;
  // A number without a unit is an amount only where more or less is told.
  if (news.amount->unit.empty() && news.outcome != Outcome::kExceeded && !news.measures) {
    return false;
  }
  return language::keeps(*promise.amount, *news.amount).has_value();
}

/// Whether news that only says what time it is (现在十一点零八了) is of a promise with an hour that
/// is past, or of one told in the same message.
bool is_past_its_hour(const Promise& promise, const News& news) {
  if (news.amount && !news.amount->unit.empty()) return false;
  if (promise.told && promise.at == news.at) return true;
  return promise.due && promise.due_to_the_minute && *promise.due <= news.at.time;
}

/// Whether words move something to another time.
bool moves(std::string_view text) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"改到", "改期", "改在", "改约", "改成", "推迟", "推后", "延后", "顺延", "延期", "往后推",
       "往后挪", "reschedul", "postpone"});
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return text.find(word) != text.npos; });
}

/// Whether a promise is that something will not be done again: what is told to be done breaks it.
bool forbids(std::string_view quote) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"不再", "不会再", "别再", "won't call", "not call",
                                       "never call", "stop calling", "no more"});
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return quote.find(word) != quote.npos; });
}

/// What an outcome is once the amounts are compared, and the time: moved after it was due, it was
/// broken.
Outcome compared(const Promise& promise, const News& news) {
  if (news.outcome == Outcome::kWithdrawn && promise.due && *promise.due < news.at.time &&
      moves(news.quote)) {
    return Outcome::kUnmet;
  }
  if (news.outcome == Outcome::kMet && forbids(promise.quote)) return Outcome::kUnmet;
  if (!are_comparable(promise, news)) return news.outcome;
  const bool keeps = *language::keeps(*promise.amount, *news.amount);
  const bool more = news.amount->value() > promise.amount->value();
  const bool exactly = promise.amount->bound == language::Bound::kExactly;
  switch (news.outcome) {
    case Outcome::kMet:
      return keeps || more ? Outcome::kMet : Outcome::kUnmet;
    case Outcome::kUnmet:
      if (!exactly || news.measures) return keeps ? Outcome::kMet : Outcome::kUnmet;
      return Outcome::kUnmet;
    default:
      return news.outcome;
  }
}

/// Money that was promised, in 1/10000; nothing for other amounts.
std::optional<std::int64_t> money_of(const language::Amount& amount, std::string& currency) {
  constexpr std::string_view kTenThousands = "万 ";
  std::string_view unit = amount.unit;
  const bool thousands = unit.starts_with(kTenThousands);
  if (thousands) unit.remove_prefix(kTenThousands.size());
  if (unit.size() != 3 || unit[0] < 'A' || unit[0] > 'Z') return {};
  constexpr std::size_t kMostDigits = 12;
  if (amount.number.size() > kMostDigits) return {};
  constexpr double kUnits = 10'000;
  currency = unit;
  return std::llround(std::stod(amount.number) * kUnits * (thousands ? kUnits : 1));
}

enum class Paid : std::uint8_t { kAnother, kUnknown, kSame };

/// Whether the money of a row is what was promised.
Paid compare_money(const Promise& promise, const Deed& deed) {
  if (!promise.amount || !deed.paid) return Paid::kUnknown;
  std::string currency;
  const auto promised = money_of(*promise.amount, currency);
  if (!promised) return Paid::kUnknown;
  if (!deed.currency.empty() && deed.currency != currency) return Paid::kAnother;
  constexpr std::int64_t kPartsOff = 200;  // rounding
  return std::abs(*promised - *deed.paid) * kPartsOff <= *promised ? Paid::kSame : Paid::kAnother;
}

bool is_late(const Promise& promise, const Deed& deed) {
  if (!promise.due) return false;
  // A call at 02:23 that was promised for 02:20 is in time.
  constexpr std::int64_t kGrace = 10 * 60'000;
  return promise.due_to_the_minute ? deed.from.millis > promise.due->millis + kGrace
                                   : deed.from >= *promise.due;
}

class Fold {
 public:
  void take(const News& news) {
    settle_waiting(news.at);
    const bool clear = news.outcome == Outcome::kExceeded || news.recalls;
    Open* best = nullptr;
    double best_score = clear ? kEnoughForClear : kEnough;
    const Terms words = terms_of(news.quote);
    const Terms characters = characters_of_quote(news.quote);
    const Terms context = terms_of(news.context);
    for (Open& open : x_entries) {
      const bool shown = may_be_told(open, news);
      if (open.entry.status != PromiseStatus::kOpen && !shown) continue;
      if (!comes_after(news, open.entry.promise)) continue;
      if (!is_ripe(open.entry.promise, news)) continue;
      const bool amounts = are_comparable(open.entry.promise, news);
      if (news.measures && !amounts && !is_past_its_hour(open.entry.promise, news)) continue;
      // Praise of what nobody can tell is of something else.
      if (news.outcome == Outcome::kExceeded && !news.recalls && !amounts &&
          (open.entry.promise.acts & news.acts) == 0 &&
          open.entry.promise.at.conversation_no != news.at.conversation_no &&
          common_share(open.terms, words) + common_share(open.terms, context) +
                  common_share(open.characters, characters) <=
              0) {
        continue;
      }
      if (!shown && !amounts && is_of_another_act(open.entry.promise, news)) continue;
      const double doubt = shown && news.outcome == Outcome::kUnmet ? kDoneByRow : 0;
      double score = points(open, news, words, context) + doubt + (amounts ? kForAmount : 0);
      const bool talk = open.entry.promise.at.conversation_no == news.at.conversation_no;
      if (!talk) score += kForCharacters * common_share(open.characters, characters);
      if (score < best_score) continue;
      best = &open;
      best_score = score;
    }
    // More about what has just been told: "it came", and then "a day early, and with flowers".
    if (Open* const told = just_told(news); told != nullptr) {
      const bool more =
          rank_of(status_of(news.outcome)) > rank_of(told->entry.status) &&
          is_ripe(told->entry.promise, news) &&
          (news.outcome == Outcome::kExceeded || !is_of_another_act(told->entry.promise, news));
      if (more && (best == nullptr || news.outcome == Outcome::kExceeded)) best = told;
    }
    if (best == nullptr) {
      // 怎么还没到，不是说明天到吗: the promise is told behind its breach.
      if (news.outcome == Outcome::kUnmet) x_unused.push_back(news);
      // 竟然多退了，退了60元: how much, of what was just told.
      Open* const told = x_told && x_told_at == news.at ? &x_entries[*x_told] : nullptr;
      if (told != nullptr && !told->entry.came && are_comparable(told->entry.promise, news)) {
        told->entry.came = news.amount;
      }
      return;
    }
    settle(*best, news);
  }

  void settle(Open& open, const News& news) {
    Open* const best = &open;
    const Outcome outcome = compared(open.entry.promise, news);
    if (best->entry.deed && !best->told) {
      best->told = true;
      // That it was done is no news, nor that it was late.
      const bool known =
          outcome == Outcome::kMet || (best->entry.late && outcome == Outcome::kUnmet);
      if (!known) change(*best, status_of(outcome), news.at, news.span, news.quote);
    } else {
      change(*best, status_of(outcome), news.at, news.span, news.quote);
    }
    if (are_comparable(open.entry.promise, news)) open.entry.came = news.amount;
    x_told = static_cast<std::size_t>(best - x_entries.data());
    x_told_at = news.at;
  }

  void take(const Deed& deed) {
    settle_waiting({});
    Open* best = nullptr;
    Rank best_rank;
    for (Open& open : x_entries) {
      const std::optional<Rank> rank = rank_of(open.entry, deed);
      if (!rank || (best != nullptr && !(*rank < best_rank))) continue;
      best = &open;
      best_rank = *rank;
    }
    if (best == nullptr) return;
    LedgerEntry& entry = best->entry;
    entry.deed = deed;
    entry.late = is_late(entry.promise, deed);
    // Words told of it before; that it was not done, perhaps too early.
    const bool unmet = entry.status == PromiseStatus::kUnmet;
    best->told = entry.status != PromiseStatus::kOpen;
    if (unmet) entry.late = entry.late || !entry.promise.due;
    if (best->told && !(unmet && !entry.late)) return;
    entry.changed_span = {};
    entry.changed_by.clear();
    entry.status = entry.late ? PromiseStatus::kUnmet : PromiseStatus::kMet;
    entry.changed_at = Place{.time = deed.from};
  }

  void take(const Promise& promise) {
    settle_waiting(promise.at);
    Terms terms = terms_of(promise.quote);
    for (auto open = x_entries.rbegin(); open != x_entries.rend(); ++open) {
      const Promise& old = open->entry.promise;
      const bool is_open = open->entry.status == PromiseStatus::kOpen;
      if (promise.wanted) {
        if (is_asked_again(promise, *open, terms)) {
          if (is_open && promise.due && !open->entry.promise.due) {
            open->entry.promise.due = promise.due;
            open->entry.promise.due_to_the_minute = promise.due_to_the_minute;
          }
          if (is_open && promise.amount && !open->entry.promise.amount) {
            open->entry.promise.amount = promise.amount;
          }
          return;
        }
        continue;
      }
      if (!is_open && !promise.told) continue;
      const bool talk = promise.at.conversation_no == old.at.conversation_no &&
                        promise.at.time.millis - old.at.time.millis < kHourMillis;
      if (!talk && promise.quote == old.quote) continue;  // set words, of another matter
      const double share = common_share(open->terms, terms);
      const bool acts = (old.acts & promise.acts) != 0;
      const bool same_due = promise.due && old.due && *promise.due == *old.due;
      // What was over long before is not taken back, nor what is promised in one breath.
      const Instant known = old.due.value_or(old.at.time);
      const std::int64_t long_after = promise.told ? 3 * kWordsAfterRow : kWordsAfterRow;
      if (promise.at.time.millis > known.millis + long_after) continue;
      if (promise.at == old.at && !same_due) continue;
      if (share < (talk ? kSameInTalk : kSameMatter) && !(acts && (same_due || promise.moves))) {
        continue;
      }
      if (!promise.due || !old.due || same_due || promise.told || (talk && !promise.moves)) {
        if (is_open && promise.due && talk) {
          open->entry.promise.due = promise.due;  // said again, with its time
          open->entry.promise.due_to_the_minute = promise.due_to_the_minute;
        } else if (is_open && promise.due && !old.due && !promise.told) {
          change(*open, PromiseStatus::kWithdrawn, promise.at, promise.span, promise.quote);
          break;
        }
        return;  // said again
      }
      // Moved in time it is withdrawn; after that it was broken.
      const bool over = promise.at.time > *old.due;
      change(*open, over ? PromiseStatus::kUnmet : PromiseStatus::kWithdrawn, promise.at,
             promise.span, promise.quote);
      break;
    }
    x_entries.push_back({LedgerEntry{.promise = promise,
                                     .status = PromiseStatus::kOpen,
                                     .changed_at = {},
                                     .changed_span = {},
                                     .changed_by = {}},
                         std::move(terms), characters_of_quote(promise.quote), false});
    if (promise.told) x_waiting.push_back(x_entries.size() - 1);
  }

  /// Breaches told before their promise in the same message count where none behind it does.
  /// `at`: of what comes next; nothing at the end.
  void settle_waiting(const std::optional<Place>& at) {
    std::vector<std::size_t> waiting;
    std::swap(waiting, x_waiting);
    for (const std::size_t i : waiting) {
      const Open& open = x_entries[i];
      if (at && open.entry.promise.at == *at) {
        x_waiting.push_back(i);
      } else if (open.entry.status == PromiseStatus::kOpen) {
        settle_by_unused(i);
      }
    }
    if (x_waiting.empty() && (!at || x_unused.empty() || x_unused.back().at != *at)) {
      x_unused.clear();
    }
  }

  void settle_by_unused(std::size_t i) {
    const Promise promise = x_entries[i].entry.promise;
    for (const News& news : x_unused) {
      if (news.at != promise.at || !comes_after(news, promise)) continue;
      const bool amounts = are_comparable(promise, news);
      if (news.measures && !amounts && !is_past_its_hour(promise, news)) continue;
      const bool another = promise.acts != 0 && news.acts != 0 && (promise.acts & news.acts) == 0;
      if (another && !amounts && !are_beside(promise, news)) continue;
      settle(x_entries[i], News(news));
      return;
    }
  }

  std::vector<LedgerEntry> finish(Instant as_of) {
    settle_waiting({});
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
  /// The less, the more a row is about an entry: whether the money is another's, how well the words
  /// agree, what is due first.
  using Rank = std::tuple<bool, int, std::int64_t>;

  static std::optional<Rank> rank_of(const LedgerEntry& entry, const Deed& deed) {
    const Promise& promise = entry.promise;
    if (entry.deed || (promise.matter & deed.acts) == 0) return {};
    if (deed.until <= promise.at.time) return {};
    if (promise.told && !promise.due) return {};  // of what and when, nobody knows
    const std::int64_t last = promise.due ? promise.due->millis + kRowAfterDue
                                          : promise.at.time.millis + kRowAfterUndated;
    if (deed.from.millis > last) return {};
    const Paid paid = compare_money(promise, deed);
    if (paid == Paid::kAnother) return {};
    int rank = 2;  // open
    if (entry.status == PromiseStatus::kMet || entry.status == PromiseStatus::kExceeded) {
      const Instant told = entry.changed_at->time;
      if (deed.from.millis > told.millis + kRowAfterWords) return {};
      rank = deed.from <= told ? 0 : 1;
    } else if (entry.status == PromiseStatus::kUnmet) {
      rank = 3;
    } else if (entry.status != PromiseStatus::kOpen) {
      return {};
    }
    constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
    return Rank{paid != Paid::kSame, rank, promise.due ? promise.due->millis : kNever};
  }

  /// Whether a customer asks for what they asked for before: the same act, about the same, and not
  /// another amount.
  static bool is_asked_again(const Promise& promise, const Open& open, const Terms& terms) {
    const Promise& old = open.entry.promise;
    const Instant known = old.due.value_or(old.at.time);
    if (promise.at.time.millis > known.millis + kAskedAgain) return false;
    if (promise.amount && old.amount && *promise.amount != *old.amount) return false;
    if (!promise.object.empty() && !old.object.empty() && promise.object != old.object &&
        common_share(open.terms, terms) < kSameInTalk) {
      return false;
    }
    return (promise.acts & old.acts) != 0;
  }

  /// Whether clauses follow each other.
  static bool are_beside(const Promise& promise, const News& news) {
    return news.span.begin <= promise.span.end + kNextBytes &&
           promise.span.begin <= news.span.end + kNextBytes;
  }

  /// Whether words may tell more of what a row shows.
  static bool may_be_told(const Open& open, const News& news) {
    const LedgerEntry& entry = open.entry;
    return entry.deed && !open.told && news.outcome != Outcome::kWithdrawn &&
           news.at.time.millis <= entry.deed->until.millis + kWordsAfterRow;
  }

  /// The entry whose fulfilment was told in this message or, for praise, just before it.
  Open* just_told(const News& news) {
    constexpr std::int64_t kTurns = 2;
    if (!x_told || x_told_at.conversation_no != news.at.conversation_no) return nullptr;
    const std::int64_t since = news.at.turn_no - x_told_at.turn_no;
    const bool follows =  // praise, or enough of it: "it never came", and then "leave it"
        news.outcome == Outcome::kExceeded || news.outcome == Outcome::kWithdrawn;
    if (since > (follows ? kTurns : 0)) return nullptr;
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

  /// Whether news comes when a promise is due, or after that.
  static bool is_near(const Promise& promise, const News& news) {
    return promise.due && news.at.time.millis + kHourMillis >= promise.due->millis;
  }

  /// Whether the fate of a promise can be known at all when news of it is told: it is due, or time
  /// has passed, or the words say so themselves. Impatience before that is none.
  static bool is_ripe(const Promise& promise, const News& news) {
    const Instant known = promise.due.value_or(promise.at.time);
    if (!news.recalls && news.at.time.millis > known.millis + kFreshMillis) return false;
    if (news.outcome == Outcome::kMet && promise.due && promise.at != news.at) {
      // What is promised for tomorrow is not done within the same talk.
      return news.at.time.millis - promise.at.time.millis >= kAtOnceMillis ||
             promise.due->millis - promise.at.time.millis < kSoonMillis * 2;
    }
    if (news.outcome != Outcome::kUnmet || news.recalls) return true;
    if (news.quote.ends_with("?") || news.quote.ends_with("？")) {
      if (!says_still(news.quote)) return false;
    }
    if (promise.told) return true;
    if (promise.due) return is_near(promise, news);
    if (news.at.time.millis - promise.at.time.millis < kSoonMillis) return false;
    return promise.at.conversation_no != news.at.conversation_no || says_still(news.quote);
  }

  /// Within one conversation, where everything is about one matter, the act must be the same if
  /// both name one.
  static bool is_of_another_act(const Promise& promise, const News& news) {
    const bool same = (promise.acts & news.acts) != 0;
    // What is told as promised and what came of it, in one breath.
    if (promise.told && promise.at == news.at) {
      if (news.outcome == Outcome::kExceeded || news.outcome == Outcome::kWithdrawn) {
        // Chinese praise names its act, or is of anything: 不仅…, 额外….
        const bool english =
            !news.quote.empty() && static_cast<unsigned char>(news.quote[0]) < 0x80;
        return !same && !news.recalls && !(english && news.acts == 0 && are_beside(promise, news));
      }
      if (same || promise.acts == 0 || news.acts == 0 || are_beside(promise, news)) return false;
    }
    const bool kept = news.outcome == Outcome::kMet || news.outcome == Outcome::kUnmet;
    if (!kept && !news.recalls && promise.acts != 0 && news.acts != 0 && !same) return true;
    if (news.outcome == Outcome::kExceeded && !news.recalls && !same && !is_near(promise, news))
      return true;
    if (promise.at.conversation_no != news.at.conversation_no) return false;
    if (news.outcome == Outcome::kExceeded) {
      return !promise.due || !(same || is_near(promise, news));
    }
    const bool met = news.outcome == Outcome::kMet;
    if (met && (promise.told || promise.at == news.at)) return !same;
    if (news.recalls || promise.at == news.at) return false;
    return promise.acts != 0 && news.acts != 0 && !same;
  }

  double points(const Open& open, const News& news, const Terms& words,
                const Terms& context) const {
    const Promise& promise = open.entry.promise;
    double sum = kForWords * common_share(open.terms, words);
    if (promise.at.conversation_no != news.at.conversation_no) {
      sum += kForContext * common_share(open.terms, context);
    } else if (news.outcome == Outcome::kExceeded) {
      sum += kForConversation;
    }
    if ((promise.acts & news.acts) != 0) {
      sum += std::popcount(news.acts) <= kFewActs ? kForActs : kForVagueActs;
    }
    if (news.recalls) sum += kForRecall;
    if (&open == &x_entries.back()) sum += kForLatest;
    if (is_near(promise, news)) sum += kForDue;
    // What is praised long before it is due, as soon as it is promised, is the promise.
    if (promise.due && news.outcome == Outcome::kExceeded && !news.recalls &&
        news.at.time.millis + kHourMillis < promise.due->millis &&
        news.at.time.millis - promise.at.time.millis < kHourMillis / 4) {
      sum += kTooEarly;
    }
    if (promise.at == news.at) {
      sum += kForRecall;  // told together
    } else if (promise.told && news.outcome == Outcome::kMet) {
      sum += kToldAndMet;
    }
    if (promise.at == news.at && are_beside(promise, news)) sum += kForLatest;
    // A breach in the same breath is of what was told to be promised.
    if (promise.at == news.at && promise.told && news.outcome == Outcome::kUnmet) {
      sum += kForLatest;
    }
    return sum;
  }

  std::vector<Open> x_entries;
  std::vector<std::size_t> x_waiting;  // told entries of the message at hand
  std::vector<News> x_unused;          // of breach
  std::optional<std::size_t> x_told;   // the entry of the last news
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

void sort_and_keep_one_of_each(std::vector<Deed>& deeds) {
  const auto key = [](const Deed& d) { return std::tie(d.until, d.table, d.row); };
  std::sort(deeds.begin(), deeds.end(),
            [&](const Deed& a, const Deed& b) { return key(a) < key(b); });
  deeds.erase(std::unique(deeds.begin(), deeds.end(),
                          [&](const Deed& a, const Deed& b) { return key(a) == key(b); }),
              deeds.end());
}

}  // namespace

std::string_view status_id(PromiseStatus status) {
  constexpr std::array<std::string_view, 6> kIds = {"open",     "met",       "unmet",
                                                    "exceeded", "withdrawn", "expired"};
  return kIds[static_cast<std::size_t>(status)];
}

Said status_label(PromiseStatus status) {
  const std::array<Said, 6> labels = {{{"open", "未了"},
                                       {"kept", "已兑现"},
                                       {"broken", "未兑现"},
                                       {"more than kept", "超出承诺"},
                                       {"withdrawn", "已撤回或改期"},
                                       {"overdue, nothing heard", "过期无下文"}}};
  return labels[static_cast<std::size_t>(status)];
}

std::optional<double> gap_of(const LedgerEntry& entry) {
  if (!entry.promise.amount || !entry.came) return {};
  return entry.came->value() - entry.promise.amount->value();
}

namespace {

std::vector<LedgerEntry> fold_sorted(std::span<const Promise> promises, std::span<const News> news,
                                     Instant as_of, std::span<const Deed> deeds) {
  Fold fold;
  auto deed = deeds.begin();
  const auto take_deeds = [&](Instant before) {
    for (; deed != deeds.end() && deed->until < before; ++deed) fold.take(*deed);
  };
  auto next = news.begin();
  const auto take_news = [&] {
    take_deeds(next->at.time);
    fold.take(*next);
    ++next;
  };
  for (const Promise& promise : promises) {
    // In one message, first what became of the old, then what is promised anew.
    const auto before = [&promise](const News& one) {
      if (one.at != promise.at) return one.at < promise.at;
      return !promise.told || one.span.begin < promise.span.begin;
    };
    while (next != news.end() && before(*next)) take_news();
    take_deeds(promise.at.time);
    fold.take(promise);
  }
  while (next != news.end()) take_news();
  for (; deed != deeds.end(); ++deed) fold.take(*deed);
  return fold.finish(as_of);
}

}  // namespace

std::vector<LedgerEntry> fold_ledger(std::vector<Promise> promises, std::vector<News> news,
                                     Instant as_of, std::vector<Deed> deeds) {
  sort_and_keep_one_of_each(promises);
  sort_and_keep_one_of_each(news);
  sort_and_keep_one_of_each(deeds);
  const auto wanted = std::stable_partition(promises.begin(), promises.end(),
                                            [](const Promise& one) { return !one.wanted; });
  const auto given = static_cast<std::size_t>(wanted - promises.begin());
  const std::span<const Promise> all(promises);
  std::vector<LedgerEntry> out = fold_sorted(all.first(given), news, as_of, deeds);
  std::vector<LedgerEntry> asked = fold_sorted(all.subspan(given), news, as_of, deeds);
  std::move(asked.begin(), asked.end(), std::back_inserter(out));
  return out;
}

}  // namespace xinjing::psychology
