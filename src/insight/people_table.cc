#include "insight/people_table.h"

#include <algorithm>
#include <set>

#include "base/format.h"
#include "insight/change.h"
#include "insight/leavers_table.h"
#include "insight/people_lists.h"
#include "insight/people_signs.h"
#include "insight/rivals_table.h"
#include "insight/talk_table.h"
#include "insight/whose.h"

namespace xinjing::insight {
namespace {

constexpr std::size_t kCited = 60;    // of each list: with quotes; the others are named
constexpr std::size_t kMost = 5'000;  // of each list
constexpr double kLeastP = 0.35;      // of whoever is named: fewer are right below

class People {
 public:
  People(const DuckConnection& connection, const SignWords& words, ReportData& out)
      : x_connection(connection), x_words(words), x_out(out) {}

  Status load(const std::vector<psychology::KeptPromise>& promises);
  void rank();
  void choose();
  void leak();
  Status leavers(const ToldWords& complaints);

 private:
  Status load_signs();
  Status load_rivals();
  Status load_reader_signs();
  Status load_talks();
  Status load_orders();
  Status load_names();

  const DuckConnection& x_connection;
  const SignWords& x_words;
  ReportData& x_out;
  std::map<std::int64_t, Known> x_people;
  std::set<std::int64_t> x_leaving;  // who spoke of leaving, compared, or named a rival
  std::vector<std::string> x_rivals;
};

/// Whether a sign is of somebody who needs care: it may be said of another.
bool of_care(std::string_view kind) {
  return kind == "device" || kind == "frail" || kind == "child" || kind == "unable" ||
         kind == "vulnerable" || kind == "senior";
}

/// What would pass for a sign of a kind and is none, as a pattern ("not_recommend"): 求推荐 asks
/// for advice. Empty where there is nothing of the kind.
std::string not_pattern(const SignWords& words, const std::string& kind) {
  const auto found = words.find("not_" + kind);
  return found == words.end() ? "" : sql_pattern(found->second);
}

/// The text of a message without what is no sign of a kind.
std::string text_for(const SignWords& words, const std::string& kind, const std::string& text) {
  const std::string none = not_pattern(words, kind);
  return none.empty() ? text : fmt::format("REGEXP_REPLACE({}, {}, '＿', 'g')", text, none);
}

constexpr std::string_view kSigns = R"(
CREATE OR REPLACE TEMP TABLE sign AS
WITH said AS (
  SELECT t.person, t.day, f.conversation_no, f.message_no, m.text
  FROM feeling AS f
  JOIN talk AS t USING (conversation_no)
  JOIN messages AS m ON m.row_no = f.message_no
  WHERE t.person IS NOT NULL AND {0}
), hits AS (
  SELECT said.*, UNNEST([{1}]) AS hit
  FROM said
)
SELECT person, day, conversation_no, message_no, hit[1] AS kind, hit[2] AS quote,
  STRLEN(LEFT(text, STRPOS(text, hit[2]) - 1)) AS span_begin, STRLEN(hit[2]) AS size
FROM hits
WHERE hit[2] <> '')";

constexpr std::string_view kNoSigns =
    "CREATE OR REPLACE TEMP TABLE sign AS SELECT 0::BIGINT AS person, DATE '2000-01-01' AS day, "
    "0::BIGINT AS conversation_no, 0::BIGINT AS message_no, '' AS kind, '' AS quote, 0::BIGINT AS "
    "span_begin, 0::BIGINT AS size WHERE FALSE";

Status People::load_signs() {
  std::string lists;
  for (const auto& [kind, words] : x_words) {
    if (kind.starts_with("not_")) continue;
    lists += fmt::format("{}['{}', REGEXP_EXTRACT({}, {})]", lists.empty() ? "" : ", ", kind,
                         text_for(x_words, kind, "text"), sql_pattern(words));
  }
  if (lists.empty()) return x_connection.run(kNoSigns);
  SignWords signs = x_words;
  std::erase_if(signs, [](const auto& one) { return one.first.starts_with("not_"); });
  Status done = x_connection.run(fmt::format(kSigns, sql_any_of(signs), lists));
  if (!done) return done;
  return each_row(x_connection, R"(
SELECT s.*, m.text
FROM sign AS s
JOIN messages AS m ON m.row_no = s.message_no
ORDER BY person, day, message_no, kind, span_begin)",
                  {}, [&](const DuckRow& row) {
                    const auto begin = static_cast<std::uint32_t>(row.integer(6));
                    const Span span{begin, begin + static_cast<std::uint32_t>(row.integer(7))};
                    if (of_care(row.text(4)) && of_somebody_else(row.text(8), span)) return;
                    const bool leaves = row.text(4) == "leave" || row.text(4) == "left";
                    if (leaves && done_by_somebody_else(row.text(8), span)) return;
                    x_people[row.integer(0)].signs.push_back(
                        {text_at(row, 4),
                         day_at(row, 1),
                         row.integer(2),
                         row.integer(3),
                         {begin, begin + static_cast<std::uint32_t>(row.integer(7))},
                         text_at(row, 5)});
                  });
}

// What the reader and its cues found: signs beside the words of the lexicon.
constexpr std::string_view kReaderSigns = R"(
SELECT t.person, CASE WHEN e.construct = 'bond' THEN 'bond_' || e.state
    WHEN e.construct = 'escalation' THEN 'escalation' WHEN e.construct = 'life_stage' THEN 'senior'
    ELSE 'vulnerable' END AS kind,
  t.day, e.conversation_no, e.event_no, e.span_begin, e.span_end, quote(m.text, e.span_begin,
  e.span_end), m.text
FROM evidence AS e
JOIN talk AS t USING (conversation_no)
JOIN messages AS m ON m.row_no = e.event_no
WHERE t.person IS NOT NULL AND e.span_end > e.span_begin AND (
  (e.construct = 'bond' AND e.state IN ('leave', 'waver', 'advocate') AND e.micro_nats > 850000
    AND (e.state <> 'advocate' OR CONTAINS({0}, quote(m.text, e.span_begin, e.span_end))))
  OR (e.construct = 'escalation' AND e.state IN ('1', '2') AND e.micro_nats > 700000)
  OR (e.construct = 'difficult' AND e.state = 'vulnerable' AND e.micro_nats > 700000)
  OR (e.construct = 'life_stage' AND e.state = 'senior' AND e.micro_nats > 1200000
    AND CONTAINS({1}, quote(m.text, e.span_begin, e.span_end))))
ORDER BY t.person, t.day, e.event_no, e.construct, e.state, e.span_begin, e.span_end, e.micro_nats)";

Status People::load_reader_signs() {
  const std::string sql = fmt::format(kReaderSigns, text_for(x_words, "recommend", "m.text"),
                                      text_for(x_words, "senior", "m.text"));
  return each_row(x_connection, sql, {}, [&](const DuckRow& row) {
    const Span span{static_cast<std::uint32_t>(row.integer(5)),
                    static_cast<std::uint32_t>(row.integer(6))};
    if (of_care(row.text(1)) && of_somebody_else(row.text(8), span)) return;
    x_people[row.integer(0)].signs.push_back(
        {text_at(row, 1),
         day_at(row, 2),
         row.integer(3),
         row.integer(4),
         {static_cast<std::uint32_t>(row.integer(5)), static_cast<std::uint32_t>(row.integer(6))},
         text_at(row, 7)});
  });
}

/// Whoever names a rival compares; whoever has changed to it, or signed, leaves.
Status People::load_rivals() {
  auto rivals = insight::load_rivals(x_connection, x_words);
  if (!rivals) return rivals.failure();
  x_rivals = std::move(*rivals);
  auto signs = load_rival_signs(x_connection, x_rivals);
  if (!signs) return signs.failure();
  for (auto& [person, sign] : *signs) x_people[person].signs.push_back(std::move(sign));
  return {};
}

Status People::load_talks() {
  return each_row(x_connection, R"(
SELECT person, conversation_no, day, COALESCE(valence, 0), COALESCE(worst, 0),
  COALESCE(satisfaction, 0)
FROM talk
WHERE person IS NOT NULL
ORDER BY person, day, conversation_no)",
                  {}, [&](const DuckRow& row) {
                    const auto found = x_people.find(row.integer(0));
                    if (found == x_people.end()) return;
                    found->second.talks.push_back({row.integer(1), day_at(row, 2), row.number(3),
                                                   row.number(4), row.number(5)});
                  });
}

Status People::load_orders() {
  return each_row(x_connection, R"(
SELECT s.person, MAX(local_time(o.time)::DATE)
FROM orders AS o
JOIN subjects AS s USING (subject_no)
WHERE s.person IS NOT NULL AND o.time IS NOT NULL
  AND NOT REGEXP_MATCHES(LOWER(COALESCE(o.status, '')), '退|取消|关闭|refund|cancel|return')
GROUP BY s.person)",
                  {}, [&](const DuckRow& row) {
                    const auto found = x_people.find(row.integer(0));
                    if (found != x_people.end()) found->second.last_order = day_at(row, 1);
                  });
}

Status People::load_names() {
  return each_row(x_connection, R"(
SELECT s.person, plain_id(p.subject), ARG_MIN(c.name, c.row_no),
  one_name('kind', ARG_MIN(c.kind, c.row_no)),
  MIN(c.birth), MIN(c.age)
FROM subjects AS s
JOIN subjects AS p ON p.subject_no = s.person
LEFT JOIN customers AS c ON c.subject_no = s.subject_no
GROUP BY ALL)",
                  {}, [&](const DuckRow& row) {
                    const auto found = x_people.find(row.integer(0));
                    if (found == x_people.end()) return;
                    Known& one = found->second;
                    one.customer = text_at(row, 1), one.name = text_at(row, 2);
                    one.kind = text_at(row, 3);
                    constexpr double kYear = 365.25;
                    if (!row.is_null(4)) {
                      one.age = double(x_out.as_of.number - day_at(row, 4).number) / kYear;
                    } else if (!row.is_null(5)) {
                      one.age = row.number(5);
                    }
                  });
}

Status People::load(const std::vector<psychology::KeptPromise>& promises) {
  Status done = load_signs();
  if (done) done = load_reader_signs();
  if (done) done = load_rivals();
  if (!done) return done;
  using psychology::PromiseStatus;
  for (const psychology::KeptPromise& one : promises) {
    const PromiseStatus status = one.entry.status;
    if (status == PromiseStatus::kUnmet) ++x_people[one.person].broken;
    if (status == PromiseStatus::kExpired) ++x_people[one.person].overdue;
    if (status == PromiseStatus::kMet || status == PromiseStatus::kExceeded) {
      ++x_people[one.person].kept;
    }
  }
  done = load_talks();
  if (done) done = load_orders();
  if (done) done = load_names();
  return done;
}

void People::rank() {
  const auto put = [](std::vector<Person>& list, std::optional<Person> person) {
    if (person) list.push_back(std::move(*person));
  };
  const PeopleLists lists_of(x_out.from, x_out.as_of);
  for (const auto& [number, one] : x_people) {
    put(x_out.gone, lists_of.gone(number, one));
    put(x_out.waver, lists_of.waverer(number, one));
    put(x_out.vulnerable, lists_of.vulnerable(number, one));
    std::optional<Person> against = lists_of.escalating(number, one);
    std::optional<Person> for_us = lists_of.advocate(number, one);
    // Nobody is both: what is surer holds.
    if (against && for_us) (against->p < for_us->p ? against : for_us).reset();
    put(x_out.escalate, std::move(against));
    put(x_out.advocate, std::move(for_us));
    put(x_out.won_back, lists_of.won_back(number, one));
  }
  const std::pair<const char*, std::vector<Person>*> lists[] = {
      {"gone", &x_out.gone},         {"waver", &x_out.waver},
      {"escalate", &x_out.escalate}, {"vulnerable", &x_out.vulnerable},
      {"advocate", &x_out.advocate}, {"won_back", &x_out.won_back}};
  for (const auto& [name, list] : lists) {
    std::sort(list->begin(), list->end(), [](const Person& a, const Person& b) {
      return std::tie(b.p, a.customer) < std::tie(a.p, b.customer);
    });
    x_out.people_totals[name] = std::int64_t(list->size());
    if (list->size() > kMost) list->resize(kMost);
    for (std::size_t i = kCited; i < list->size(); ++i) (*list)[i].cites.clear();
  }
}

/// Who is sure enough to be named; and those who spoke of leaving, whatever became of it: every
/// number of leavers counts of them.
void People::choose() {
  const std::pair<const char*, std::vector<Person>*> lists[] = {{"waver", &x_out.waver},
                                                                {"escalate", &x_out.escalate},
                                                                {"vulnerable", &x_out.vulnerable},
                                                                {"advocate", &x_out.advocate}};
  for (const auto& [name, list] : lists) {
    std::erase_if(*list, [](const Person& person) { return person.p < kLeastP; });
    x_out.people_totals[name] = std::int64_t(list->size());
  }
  const auto named = [](const Sign& sign) {
    return sign.kind == "leave" || sign.kind == "left" || sign.kind == "compare" ||
           sign.kind == "rival";
  };
  for (const auto& [number, one] : x_people) {
    if (std::any_of(one.signs.begin(), one.signs.end(), named)) x_leaving.insert(number);
  }
  for (const auto* list : {&x_out.gone, &x_out.waver, &x_out.won_back}) {
    for (const Person& person : *list) x_leaving.insert(person.person);
  }
  x_out.spoke_of_leaving = std::int64_t(x_leaving.size());
}

/// Month by month, how many customers of a kind speak of leaving or compare; said where it grows.
void People::leak() {
  struct OfKind {
    std::map<std::int64_t, std::set<std::int64_t>> by_month;  // people
    std::vector<const Known*> people;
    std::vector<Cite> cites;
  };
  std::map<std::string, OfKind> kinds;
  const auto month_of = [&](Day day) { return std::int64_t(day.number - x_out.from.number) / 30; };
  for (const std::int64_t number : x_leaving) {
    const Known& one = x_people[number];
    OfKind& kind = kinds[one.kind];
    kind.people.push_back(&one);
    for (const Sign& sign : one.signs) {
      const bool leaves = sign.kind == "leave" || sign.kind == "left";
      if (!leaves && sign.kind != "compare" && sign.kind != "rival") continue;
      kind.by_month[month_of(sign.day)].insert(number);
    }
  }
  for (const auto* list : {&x_out.gone, &x_out.waver}) {
    for (const Person& person : *list) {
      std::vector<Cite>& cites = kinds[person.kind].cites;
      if (!person.cites.empty() && cites.size() < 12) cites.push_back(person.cites.front());
    }
  }
  for (const auto& [name, kind] : kinds) {
    if (name.empty() || kind.people.size() < 4) continue;
    const std::int64_t months = month_of(x_out.to);
    Series series;
    for (std::int64_t i = 0; i < months; ++i) {
      const auto found = kind.by_month.find(i);
      series.count.push_back(found == kind.by_month.end() ? 0 : double(found->second.size()));
      series.of.push_back(double(std::max<std::size_t>(kind.people.size(), 1)));
    }
    if (series.count.size() < 6) continue;
    const Trend trend = share_trend(series);
    Event event{.kind = "trend", .from = x_out.from, .to = x_out.to, .up = trend.z > 0};
    event.customer_kind = name, event.what = "leaving", event.p = trend.p;
    for (std::size_t i = 0; i < series.count.size(); ++i) {
      (i < series.count.size() / 2 ? event.expected : event.count) += series.count[i];
    }
    event.words = x_rivals;
    for (const Known* person : kind.people) {
      if (event.customers.size() < 20) event.customers.push_back(person->customer);
    }
    event.cites = kind.cites;
    event.customers_touched = std::int64_t(kind.people.size());
    event.id = "leaving-" + name;
    if (event.customers_touched >= 5 && event.p < 0.05) x_out.events.push_back(std::move(event));
  }
}

/// What those who waver, or did before they were won back, complain of.
Status People::leavers(const ToldWords& complaints) {
  std::map<std::string, std::vector<std::int64_t>> by_kind;
  std::vector<std::string> not_telling = x_rivals;
  for (const std::int64_t number : x_leaving) by_kind[x_people[number].kind].push_back(number);
  for (const auto& [kind, words] : x_words) {
    if (kind == "leave" || kind == "left" || kind == "compare" || kind == "stays") {
      not_telling.insert(not_telling.end(), words.begin(), words.end());
    }
  }
  return load_leavers(x_connection, by_kind, complaints, not_telling, x_out);
}

}  // namespace

Status load_people(const DuckConnection& connection, const SignWords& words,
                   const ToldWords& complaints,
                   const std::vector<psychology::KeptPromise>& promises, ReportData& out) {
  People people(connection, words, out);
  Status done = people.load(promises);
  if (!done) return done;
  people.rank();
  people.choose();
  people.leak();  // of many, weak signs count as well
  return people.leavers(complaints);
}

}  // namespace xinjing::insight
