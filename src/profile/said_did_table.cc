#include "profile/said_did_table.h"

#include <algorithm>
#include <map>

#include "base/format.h"
#include "behaviour/line_table.h"
#include "store/cells.h"
#include "store/quote_table.h"
#include "store/renewal.h"

namespace xinjing::profile {
namespace {

using behaviour::Preference;

constexpr std::size_t kPeopleAtOnce = 50'000;
constexpr std::int64_t kLeastDays = 4;  // with an order, or of any kind, before a rule can hold
constexpr std::size_t kQuotes = 2, kRows = 3;

struct Person {
  evidence::Tally words;
  Doings doings;
};
using People = std::map<std::int64_t, Person>;

// {0}: which people; {1}: the last day.
constexpr std::string_view kActiveDays = R"(
SELECT person, day, BOOL_OR(ordered)
FROM (
  SELECT s.person, local_time(o.time)::DATE AS day, COALESCE(o.amount, 0) >= 0 AS ordered
  FROM orders AS o JOIN subjects AS s USING (subject_no) WHERE {0}
  UNION ALL
  SELECT s.person, local_time(e.time)::DATE, FALSE
  FROM events AS e JOIN subjects AS s USING (subject_no) WHERE {0}
  UNION ALL
  SELECT s.person, local_time(c.ended)::DATE, FALSE
  FROM conversations AS c JOIN subjects AS s USING (subject_no) WHERE {0}
)
WHERE day <= DATE '{1}'
GROUP BY ALL
ORDER BY ALL)";

constexpr std::string_view kWords = R"(
SELECT s.person, e.construct, e.state, e.day, e.micro_nats, e.n
FROM evidence AS e
JOIN subjects AS s USING (subject_no)
WHERE e.source <> 'act' AND e.construct IN ({1}) AND {0})";

constexpr std::string_view kMeasures = R"(
SELECT person, measure, value, low, high, n
FROM preferences AS s
WHERE measure <> 'affinity' AND {0})";

Status add_days(const DuckConnection& connection, const std::string& whose, Day as_of,
                People& people) {
  Result<DuckResult> rows =
      connection.query(fmt::format(fmt::runtime(kActiveDays), whose, iso_date(as_of)));
  if (!rows) return rows.failure();
  return rows->each([&](const DuckRow& row) {
    Doings& doings = people[row.integer(0)].doings;
    const Day day{std::int32_t(row.integer(1))};
    if (!doings.first_active) doings.first_active = day;
    doings.last_active = day;
    ++doings.active_days;
    if (row.integer(2) != 0) doings.orders.push_back(day);
  });
}

std::optional<std::uint16_t> state_of(const evidence::Card& card, std::string_view id) {
  return id == "*" ? std::optional(evidence::kExposure) : card.find_state(id);
}

Status add_words(const DuckConnection& connection, const std::string& whose,
                 std::span<const SaidDidRule> rules, const evidence::Catalogue& cards,
                 People& people) {
  std::string constructs;
  for (const SaidDidRule& rule : rules) {
    constructs +=
        fmt::format("{}{}", constructs.empty() ? "" : ", ", sql_quoted(cards[rule.construct].id));
  }
  Result<DuckResult> rows = connection.query(fmt::format(fmt::runtime(kWords), whose, constructs));
  if (!rows) return rows.failure();
  return rows->each([&](const DuckRow& row) {
    const auto found = people.find(row.integer(0));
    const auto construct = cards.number(row.text(1));
    if (found == people.end() || !construct) return;
    const auto state = state_of(cards[*construct], row.text(2));
    if (!state) return;
    found->second.words.add({*construct, *state, {std::int32_t(row.integer(3))}}, row.integer(4),
                            row.integer(5));
  });
}

Status add_measures(const DuckConnection& connection, const std::string& whose, People& people) {
  Result<DuckResult> rows = connection.query(fmt::format(fmt::runtime(kMeasures), whose));
  if (!rows) return rows.failure();
  return rows->each([&](const DuckRow& row) {
    const auto found = people.find(row.integer(0));
    const auto measure = behaviour::measure_from(row.text(1));
    if (found == people.end() || !measure) return;
    found->second.doings.preferences.push_back(
        {*measure, {row.number(2), row.number(3), row.number(4), row.integer(5)}, 0});
  });
}

bool may_part(const Doings& doings) {
  return std::max(doings.active_days, std::int64_t(doings.orders.size())) >= kLeastDays ||
         !doings.preferences.empty();
}

Status append(DuckAppender& to, std::int64_t person, const SaidDid& one, const evidence::Card& card,
              Day as_of) {
  store::Cells cells(to);
  cells << person << one.rule_id << one.p << card.id << card.states[one.state].id << one.said_p
        << one.measure << one.did.value << one.did.low << one.did.high << one.did.n << as_of;
  return cells.end();
}

void sort_by_chance(std::vector<SaidDid>& found) {
  std::stable_sort(found.begin(), found.end(),
                   [](const SaidDid& a, const SaidDid& b) { return a.p > b.p; });
}

/// The words of a rule's states, the weightiest first.
Status add_quotes(const DuckConnection& connection, store::PersonMessages& person,
                  std::span<const SaidDidRule> rules, const evidence::Catalogue& cards, Day as_of,
                  std::vector<SaidDid>& found) {
  for (SaidDid& one : found) {
    if (one.unsaid) continue;
    const evidence::Card& card = cards[one.construct];
    auto quoted = store::quoted_evidence(connection, person,
                                         {.construct = card.id, .best = 6, .until = as_of});
    if (!quoted) return quoted.failure();
    for (const store::QuotedEvidence& from : *quoted) {
      const auto state = card.find_state(from.state);
      const auto& wanted = rules[one.rule].states;
      const bool fits = state && std::find(wanted.begin(), wanted.end(), *state) != wanted.end();
      if (!fits || from.quote.empty() || from.micro_nats <= 0 || one.quotes.size() == kQuotes) {
        continue;
      }
      one.quotes.push_back(from.quote);
      one.quoted_on.push_back(from.day);
    }
  }
  return {};
}

/// The latest orders that the figure rests on; of a discount, those with one or those without.
void add_rows(std::span<const behaviour::Line> lines, std::span<const SaidDidRule> rules,
              std::vector<SaidDid>& found) {
  for (SaidDid& one : found) {
    const SaidDidRule& rule = rules[one.rule];
    const bool discount =
        rule.turn == Turn::kMeasure && rule.measure == behaviour::Measure::kDiscountShare;
    std::uint64_t last_order = 0;
    for (auto line = lines.rbegin(); line != lines.rend() && one.rows.size() < kRows; ++line) {
      const bool looked = rule.turn != Turn::kMeasure || line->compared.has_value() ||
                          (rule.measure != behaviour::Measure::kCompared &&
                           rule.measure != behaviour::Measure::kHoursToDecide);
      if (line->returned || !looked || line->order == last_order) continue;
      if (discount && line->discounted != rule.over) continue;
      last_order = line->order;
      one.rows.push_back({"orders", line->row, line->day});
    }
  }
}

}  // namespace

Result<std::vector<SaidDid>> load_said_did(const DuckConnection& connection,
                                           store::PersonMessages& person,
                                           std::span<const SaidDidRule> rules,
                                           const evidence::Catalogue& cards, Day as_of) {
  std::vector<SaidDid> out;
  if (rules.empty()) return out;
  People people;
  Person& one = people[person.person()];
  const std::string whose = fmt::format("s.person = {}", person.person());
  Status done = add_days(connection, whose, as_of, people);
  if (done) done = add_words(connection, whose, rules, cards, people);
  if (!done) return done.failure();
  auto table = behaviour::LineTable::open(
      connection, {.person = person.person(), .until = as_of, .prices = false});
  if (!table) return table.failure();
  std::vector<behaviour::Line> lines;
  done = table->each([&](std::int64_t /*who*/, std::span<const behaviour::Line> of) {
    lines.assign(of.begin(), of.end());
  });
  if (!done) return done.failure();
  one.doings.preferences = behaviour::preferences_of(lines, table->usual());
  std::erase_if(one.doings.preferences, [](const Preference& each) { return !each.enough(); });
  out = said_and_did(rules, cards, one.words, one.doings, as_of);
  sort_by_chance(out);
  done = add_quotes(connection, person, rules, cards, as_of, out);
  if (!done) return done.failure();
  add_rows(lines, rules, out);
  return out;
}

namespace {

/// What a run depends on beside the rows: the day, the rules, and the cards they are read by.
std::string depends_on(std::span<const SaidDidRule> rules, const evidence::Catalogue& cards,
                       Day as_of) {
  std::string out = iso_date(as_of);
  for (const SaidDidRule& rule : rules) {
    const evidence::Card& card = cards[rule.construct];
    out += fmt::format(" {}/{}/{}/{}/{}/{}/{}/{}/{}", rule.id, rule.unsaid, card.id, card.version,
                       rule.said_at_least, did_id(rule), rule.over, rule.bound, rule.least);
    for (const std::uint16_t state : rule.states) out += fmt::format(":{}", state);
  }
  return out;
}

Status write_range(const DuckConnection& connection, const std::string& whose,
                   std::span<const SaidDidRule> rules, const evidence::Catalogue& cards, Day as_of,
                   DuckAppender& to) {
  People people;
  Status done = add_days(connection, whose, as_of, people);
  if (done) done = add_measures(connection, whose, people);
  std::erase_if(people, [](const auto& one) { return !may_part(one.second.doings); });
  if (done && !people.empty()) done = add_words(connection, whose, rules, cards, people);
  for (const auto& [number, person] : people) {
    std::vector<SaidDid> found = said_and_did(rules, cards, person.words, person.doings, as_of);
    sort_by_chance(found);
    for (const SaidDid& one : found) {
      if (done) done = append(to, number, one, cards[one.construct], as_of);
    }
  }
  return done;
}

Status write_all(const DuckConnection& connection, std::span<const SaidDidRule> rules,
                 const evidence::Catalogue& cards, Day as_of) {
  const Result<std::int64_t> last =
      connection.integer("SELECT COALESCE(MAX(person), 0) FROM subjects");
  if (!last) return last.failure();
  Result<DuckAppender> to = connection.appender("said_did");
  if (!to) return to.failure();
  Status done;
  for (std::int64_t first = 0; done && first <= *last; first += kPeopleAtOnce) {
    const std::string whose =
        fmt::format("s.person BETWEEN {} AND {}", first, first + std::int64_t(kPeopleAtOnce) - 1);
    done = write_range(connection, whose, rules, cards, as_of, *to);
  }
  return done ? to->close() : done;
}

}  // namespace

Status write_said_did(const store::Database& database, std::span<const SaidDidRule> rules,
                      const evidence::Catalogue& cards, Day as_of) {
  const DuckConnection& connection = database.connection();
  static constexpr std::string_view kFrom[] = {
      "orders", "events", "subjects", "conversations", "readings", "evidence", "preferences"};
  const store::Grounds grounds{
      .name = "said_did", .tables = kFrom, .more = depends_on(rules, cards, as_of)};
  return store::renew(database, grounds, [&] {
    const Status gone = connection.run("DELETE FROM said_did");
    return gone && !rules.empty() ? write_all(connection, rules, cards, as_of) : gone;
  });
}

}  // namespace xinjing::profile
