#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "behaviour/history.h"
#include "behaviour/kept_value.h"
#include "behaviour/recommendation.h"
#include "evidence/card.h"
#include "evidence/permit.h"
#include "evidence/tally.h"
#include "language/amount.h"
#include "profile/said_did.h"
#include "profile/tongues.h"
#include "psychology/confirmation.h"
#include "psychology/ledger.h"
#include "psychology/standing.h"

namespace xinjing::profile {

/// Everything that adds up about someone: what their words say and what they did. Merging two
/// people's profiles gives the profile of both together.
struct Profile {
  evidence::Tally tally;
  behaviour::History history;

  void merge(const Profile& from) {
    tally.merge(from.tally);
    history.merge(from.history);
  }
  bool operator==(const Profile&) const = default;
};

static_assert(Mergeable<Profile>);

/// A stretch of a message that speaks for or against a state.
struct Quote {
  std::string text;     // as kept: personal data masked
  std::string context;  // the whole message it stands in
  Day day;              // of its conversation: where the evidence counts
  Day said;             // of the message itself
  std::string channel;
  std::string conversation;
  std::uint16_t state = 0;
  double nats = 0;
  std::string source;   // model, cue, detector, act
  Said record{};        // of an act: what was done, in words; the text is empty then
  std::string act{};    // its kind
  std::string table{};  // orders or events
  std::int64_t row = 0;
};

/// One line of a portrait: a construct, what is believed, because of what, and what contradicts it.
struct Line {
  std::uint16_t construct = 0;
  psychology::Standing standing;
  std::vector<Quote> because;          // for the leading state, strongest first
  std::vector<Quote> against;          // for other states of the same construct
  std::optional<std::int64_t> orders;  // the line rests on these, not on words
  bool acts = false;                   // it rests on acts too
};

/// One entry of what the customer expected: as it was read, and, where they asked for it in so many
/// words, as it was followed.
struct Expectation {
  std::string aspect;
  std::string kind;
  std::string status;
  bool promised = false;
  Day day;
  std::string quote;
  double p = 0;
  std::string norm{};     // of the trade, "power/repair_city"; empty: none
  Said content{};         // what is expected: by the norm, or act, object, amount and time
  bool followed = false;  // what became of it is told by what was said later, on any channel
  std::optional<Day> due{};
  std::optional<language::Amount> amount{};
  std::optional<language::Amount> came{};  // how much came
  std::string to{};                        // of whom: a department, an agent; empty: the company
  std::optional<Day> changed{};
  std::string changed_by{};  // the words
  // Of what is followed: when it was asked for, when that changed, and the row that shows it.
  std::optional<Instant> asked_at{};
  std::optional<Instant> changed_at{};
  std::optional<psychology::Deed> deed{};
};

/// One entry of what the company promised, and what became of it.
struct PromiseLine {
  psychology::PromiseStatus status = psychology::PromiseStatus::kOpen;
  Day said;
  std::optional<Day> due;
  std::string quote;
  std::optional<Day> changed;
  std::string changed_by;                // the words, empty if nothing was heard
  std::optional<psychology::Deed> deed;  // the row that shows it done
  std::optional<Day> done;               // its day
  bool late = false;
  Said content{};       // act, object, amount and time
  std::string giver{};  // agent, company, contract, advert
  std::optional<language::Amount> amount{};
  std::optional<language::Amount> came{};  // how much came
  std::optional<Instant> made_at{}, changed_at{};
};

/// What speaks for or against leaving, and how much, in log odds against the average customer.
struct ChurnReason {
  std::string what, level;  // a covariate (behaviour/churn_table.h) and its word, empty for numbers
  double value = 0;         // NaN: not known
  double adds = 0;
};

/// How probable it is that a buyer orders no more within the horizon.
struct ChurnRisk {
  int horizon_days = 0;
  double p = 0;
  bool of_words = false;
  double auc = 0;
  std::vector<ChurnReason> reasons;  // the strongest first, for before against
};

/// Who someone is: the read-out of a profile as of a day.
struct Portrait {
  std::string person;
  std::vector<std::string> subjects;  // the customer numbers and handles that were linked
  Day as_of;
  int zone_minutes = 0;  // in which times are shown
  behaviour::History history;
  Tongues tongues;                            // in which languages they write
  std::optional<behaviour::KeptValue> value;  // of who bought, where `analyze` has kept it
  std::vector<Line> lines;  // one for every card, in the catalogue's order; most say "not enough"
  std::vector<Expectation> expectations;  // newest first
  std::vector<psychology::Gap> gaps;      // expected against experienced, by aspect, and over all
  std::vector<PromiseLine> promises;      // newest first
  std::vector<behaviour::RecommendationRow> next;  // what may be needed next, best first
  std::optional<ChurnRisk> churn;    // where the last analysis could say it for this day
  std::optional<evidence::Use> use;  // what it was narrowed to; empty: to nothing
  std::vector<SaidDid> said_did;     // where words and acts part, the most probable first
  std::vector<evidence::Withheld> withheld;
};

/// Reads every card out of the profile. Pure; quotes are filled in by whoever has them.
Portrait read_portrait(const Profile& profile, const evidence::Catalogue& catalogue, Day as_of);

/// Leaves of a portrait what may be used so: lines by their card; expectations, promises and their
/// gaps by the card `expectation`; the risk of leaving by the card `churn` and those of its
/// signals; what may be needed next for service, contact and recommendation. Expected value has no
/// card: it stays for serving, contacting, recommending, segments and research. What somebody did
/// (orders, contacts, acts) is no inference and stays. REQUIRES: the permit is of the catalogue
/// that the portrait was read with.
void narrow(Portrait& portrait, const evidence::Permit& permit);

}  // namespace xinjing::profile
