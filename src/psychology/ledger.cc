#include "psychology/ledger.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <span>

#include "psychology/ledger_rules.h"
#include "psychology/matter.h"

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
constexpr double kAnotherThing = -0.3;    // such words name what came, which was not promised
constexpr double kForRecall = 0.6;        // "you promised"
constexpr double kForConversation = 0.4;  // praise, with nothing between
constexpr double kForLatest = 0.3;        // the last promise made
constexpr double kForDue = 0.3;           // its time is near or past
constexpr double kForBare = 0.85;         // words that name no matter: still nothing, all sorted
// From so many points on, news is about an entry; of all news, what recalls a promise or praises
// its fulfilment says by itself that there was one.
constexpr double kEnough = 1.1;
constexpr double kEnoughForClear = 0.75;
// Two promises are of the same matter from this share of common words on.
constexpr double kSameMatter = 0.3;
constexpr double kSameInTalk = 0.5;  // within one conversation, all of which is about one matter
// What a row shows and words deny: they may be about something else.
constexpr double kDoneByRow = -0.3;
// A row may be written so long after the words that tell of the same act, and words of the act be
// said so long after the row.
constexpr std::int64_t kRowAfterWords = 2 * kDayMillis;
constexpr std::int64_t kWordsAfterRow = 14 * kDayMillis;
// A row so long after a promise was due, or was made without a time, is of another.
constexpr std::int64_t kRowAfterDue = 21 * kDayMillis;
constexpr std::int64_t kRowAfterUndated = 14 * kDayMillis;
// What is asked for again within that time is the same matter.
constexpr std::int64_t kAskedAgain = 45 * kDayMillis;

struct Open {
  LedgerEntry entry;
  Terms terms;
  Terms characters;
  bool told = false;  // words told of what a row shows
};

/// Whether news is told in the conversation in which the promise was made.
bool in_one_talk(const Open& open, const News& news) {
  return open.entry.promise.at.conversation_no == news.at.conversation_no;
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
    const bool bare = is_bare(news);
    const bool vague = std::popcount(news.acts) > kFewActs;
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
      const bool meant = bare && may_be_of(news, open.entry.promise);
      if (!shown && !amounts && !meant && is_of_another_act(open.entry.promise, news)) continue;
      const double doubt = shown && news.outcome == Outcome::kUnmet ? kDoneByRow : 0;
      double score = points(open, news, words, context) + doubt + (amounts ? kForAmount : 0);
      if (meant) score += kForBare;
      // 刚买的耳机收到了: what came is named, and is something else.
      if (vague && !in_one_talk(open, news) && words.size() > 1 &&
          common_share(open.characters, characters) + common_share(open.terms, words) <= 0) {
        score += kAnotherThing;
      }
      // That is what is told within a talk.
      if (meant && open.entry.promise.told && news.outcome == Outcome::kMet) score -= kToldAndMet;
      if (!in_one_talk(open, news))
        score += kForCharacters * common_share(open.characters, characters);
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
    // 500元退款到现在还没到账 names what was promised, and not what came.
    const bool named = outcome == Outcome::kUnmet && !news.measures && news.amount &&
                       open.entry.promise.amount &&
                       news.amount->value() == open.entry.promise.amount->value();
    if (!named && are_comparable(open.entry.promise, news)) open.entry.came = news.amount;
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
          open->entry.again.push_back({promise.at, promise.span});
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
        open->entry.again.push_back({promise.at, promise.span});
        return;
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
  /// agree, whether it came too late for it, what is due first.
  using Rank = std::tuple<bool, int, bool, std::int64_t>;

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
    return Rank{paid != Paid::kSame, rank, is_late(promise, deed),
                promise.due ? promise.due->millis : kNever};
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

auto key_of(const Promise& one) { return std::tie(one.at, one.span, one.wanted); }
auto key_of(const News& one) { return std::tie(one.at, one.span); }
auto key_of(const Deed& one) { return std::tie(one.until, one.table, one.row); }

auto content_of(const std::optional<language::Amount>& amount) {
  using Content = std::tuple<std::string_view, std::string_view, int>;
  return amount ? Content{amount->number, amount->unit, int(amount->bound)} : Content{};
}

// Of what stands under one key the first by all that the fold looks at, whatever came first.
auto content_of(const Promise& one) {
  return std::tuple_cat(std::tie(one.told, one.giver, one.due, one.due_to_the_minute, one.acts,
                                 one.moves, one.matter, one.quote, one.object),
                        content_of(one.amount));
}
auto content_of(const News& one) {
  return std::tuple_cat(std::tie(one.outcome, one.acts, one.recalls, one.measures, one.of_agent,
                                 one.quote, one.context),
                        content_of(one.amount));
}
auto content_of(const Deed& one) {
  return std::tie(one.from, one.acts, one.paid, one.currency, one.what, one.who, one.id);
}

template <typename One>
void sort_and_keep_one_of_each(std::vector<One>& all) {
  std::sort(all.begin(), all.end(), [](const One& a, const One& b) {
    if (key_of(a) != key_of(b)) return key_of(a) < key_of(b);
    return content_of(a) < content_of(b);
  });
  const auto same = [](const One& a, const One& b) { return key_of(a) == key_of(b); };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
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
