#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/lang.h"
#include "base/span.h"
#include "language/promises.h"
#include "psychology/deeds.h"

// What was promised to one person and what became of it.
namespace xinjing::psychology {

/// A place in what was said: ordered by time, then by conversation and turn.
struct Place {
  Instant time;
  std::int64_t conversation_no = 0;
  std::int64_t turn_no = 0;
  auto operator<=>(const Place&) const = default;
};

/// A promise as it was said, or what a customer asked for.
struct Promise {
  Place at;
  Span span;                     // bytes of the message
  std::string quote;             // the words
  bool told = false;             // by the customer, of the company's
  std::optional<Instant> due{};  // by when; the end of the day where only a day is said
  bool due_to_the_minute = false;
  std::optional<language::Amount> amount{};
  language::Acts acts = 0;
  bool moves = false;         // the words say that it takes the place of another
  language::Acts matter = 0;  // what it is for, a bit of DeedWords::acts; none: no row can show it
  bool wanted = false;        // nobody promised it: the customer expects it
  language::Giver giver = language::Giver::kAgent;
  std::string object{};  // what the act is done to, in the words of the text; may be empty
};

/// Words that tell what became of some promise.
struct News {
  Place at;
  Span span;
  std::string quote{};
  std::string context{};  // the whole message
  language::Outcome outcome = language::Outcome::kMet;
  language::Acts acts = 0;
  bool recalls = false;
  std::optional<language::Amount> amount{};  // what came
  bool measures = false;                     // only the amount tells it
  bool of_agent = false;                     // the company tells it
};

enum class PromiseStatus : std::uint8_t { kOpen, kMet, kUnmet, kExceeded, kWithdrawn, kExpired };
std::string_view status_id(PromiseStatus status);
/// In words for people.
Said status_label(PromiseStatus status);

/// Where something was said: with `wanted` of its promise, the key of an entry.
struct Mention {
  Place at;
  Span span;
  auto operator<=>(const Mention&) const = default;
};

/// One entry of the ledger. What changed it is news, the promise that took its place, or a row.
struct LedgerEntry {
  Promise promise;
  PromiseStatus status = PromiseStatus::kOpen;
  std::optional<Place> changed_at{};
  Span changed_span{};
  std::string changed_by{};    // the words; empty where only a row shows it
  std::optional<Deed> deed{};  // the row that shows it done
  bool late = false;           // that is after it was due, or after it was told to be unmet
  std::optional<language::Amount> came{};  // how much, where the words that changed it say so
  std::vector<Mention> again{};            // where it was said again, by place
};

/// What came less what was promised or asked for, in its unit; nothing where either is not known.
std::optional<double> gap_of(const LedgerEntry& entry);

/// The ledger of one person as of a moment, by place. A function of the set of what was said: the
/// order in which promises and news are given and repetitions make no difference, and every promise
/// is an entry, or stands in `again` of the earlier one that it only says again: none is lost, also
/// where an earlier one is told later.
///
/// What customers ask for (`wanted`) is followed by the same rules beside the promises, and stands
/// behind them: one matter is one entry of each, and news may be of both.
///
/// What a customer tells as promised and its breach in the same message belong together, in either
/// order. Amounts are compared: 350 where at most 100 was promised is unmet, with the gap. A
/// promise that is moved after it was due was broken, and another is made. A row shows a promise
/// without a time done within a fortnight, one with a time until three weeks after it.
///
/// News goes to the open entry that it has most in common with: words, kinds of acts, the same
/// conversation; news that has too little in common with any, that comes too early to be known or
/// long after it, or, within one conversation, is of another act, changes nothing: a wrong fate is
/// worse than none. A promise of the same matter with another due time takes the place of an open
/// one (withdrawn); within an hour of the same conversation it is the same one with a better time.
/// What is due before `as_of` and has no news is expired. Weights are in ledger.cc, checked against
/// the scenarios of tests/tables/ledger.
///
/// A row that shows the act that a promise is for, with the same amount where both name one, stands
/// for one entry: done in time it is met; done after it was due it is unmet, late, as it is where
/// words tell of it. Of several the one whose amount it is, then the one of which words have just
/// told that it was done, then an open one before one that was told to be unmet, then one that it
/// is in time for, then what is due first. Words that come later are heard: it was more than
/// promised, or it was not done after all. Cost: O(promises x (news + deeds)).
std::vector<LedgerEntry> fold_ledger(std::vector<Promise> promises, std::vector<News> news,
                                     Instant as_of, std::vector<Deed> deeds = {});

}  // namespace xinjing::psychology
