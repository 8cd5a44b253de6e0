#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/lang.h"
#include "base/result.h"
#include "behaviour/preference.h"
#include "evidence/card.h"
#include "evidence/tally.h"

namespace xinjing::profile {

/// What a rule looks at on the side of the acts, beside the measures of behaviour/preference.h.
enum class Turn : std::uint8_t {
  kMeasure,        // one of those measures
  kOrdersRisen,    // orders came more often after the words than before
  kOrdersStopped,  // no order for longer than the rhythm lets expect
  kSilent          // no order, contact or event for longer than that
};

/// One way in which words and acts can part: a row of plays/said_did.tsv.
struct SaidDidRule {
  std::string id;
  bool unsaid = false;  // the words must not say the state
  std::uint16_t construct = 0;
  std::vector<std::uint16_t> states;  // any of them
  double said_at_least = 0.5;         // probability of the words' side
  Turn turn = Turn::kMeasure;
  behaviour::Measure measure = behaviour::Measure::kDiscountShare;
  bool over = true;        // the measure lies over the bound, else under it
  double bound = 0;        // of a measure; of a turn, the least probability of it
  std::int64_t least = 1;  // acts without which nothing is said
  Said text;               // what is found
};

/// The id of what a rule measures: "discount_share", "orders_risen", …
std::string_view did_id(const SaidDidRule& rule);

/// Reads plays/said_did.tsv: comment lines with '#', the header `id said at_least did sense bound
/// least zh en`, and rows. `said` is construct:state|state, with `not ` before it where the words
/// must not say it; `did` a measure or a turn (with sense `-`). Refused with
/// file:line:column: an unknown construct, state, measure or sense, a number out of range, an id
/// twice.
Result<std::vector<SaidDidRule>> parse_said_did(std::string_view text, std::string_view name,
                                                const evidence::Catalogue& cards);

/// What somebody did, as far as rules ask.
struct Doings {
  std::vector<behaviour::Preference> preferences;
  std::vector<Day> orders;  // days with an order, ascending, each once
  std::optional<Day> first_active, last_active;
  std::int64_t active_days = 0;  // days with an order, a contact or an event
};

/// A row of orders that an act rests on.
struct DeedRow {
  std::string table;
  std::int64_t row = 0;
  Day day;
};

/// Where the words and the acts of one person part.
struct SaidDid {
  std::size_t rule = 0;
  double p = 0;                // that both sides hold, taken as independent given what was seen
  double said_p = 0;           // of the words' side
  double did_p = 0;            // of the acts' side
  std::uint16_t state = 0;     // of the words, the most probable of the rule's
  std::optional<Day> said_on;  // the last day of those words
  behaviour::Estimate did;     // the figure; for a turn: days or a ratio
  // Filled in by whoever has the rows.
  std::vector<std::string> quotes{};
  std::vector<Day> quoted_on{};
  std::vector<DeedRow> rows{};
  Said text{};
  std::string rule_id{};
  std::string measure{};
  std::uint16_t construct = 0;
  std::vector<std::uint16_t> states{};  // of the rule
  bool unsaid = false;
};

/// Both sides must hold with this probability together, or nothing is said.
inline constexpr double kLeastTogether = 0.5;

/// The rules that hold of somebody as of a day. `words` is the tally of words alone, without
/// acts, or the acts would be held against themselves. Pure. Cost: O(rules x entries). Method:
/// docs/methods/preference.md.
std::vector<SaidDid> said_and_did(std::span<const SaidDidRule> rules,
                                  const evidence::Catalogue& cards, const evidence::Tally& words,
                                  const Doings& doings, Day as_of);

}  // namespace xinjing::profile
