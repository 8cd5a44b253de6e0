#include "behaviour/churn_table.h"

#include <algorithm>
#include <limits>

#include "base/format.h"
#include "base/hash.h"
#include "behaviour/order_status.h"

namespace xinjing::behaviour {
namespace {

constexpr int kPeriod = 30;        // days of a period where days of leaving are known
constexpr int kBetweenLooks = 30;  // days
constexpr int kHistory = 30;       // days that must have been seen before the first look

// What was done on each day; an order of several lines is one.
constexpr std::string_view kActs = R"(
CREATE OR REPLACE TEMP TABLE churn_acts AS
SELECT s.person, local_time(o.time)::DATE AS day, 'order' AS what,
  COUNT(DISTINCT COALESCE(o.order_id, o.row_no::VARCHAR)) AS n,
  SUM(COALESCE(o.amount, o.price * o.quantity, 0)::DECIMAL(18, 4))
    FILTER (COALESCE(o.currency, '') = '{1}')::DECIMAL(30, 4) AS money
FROM orders AS o JOIN subjects AS s USING (subject_no)
WHERE o.time IS NOT NULL AND local_time(o.time)::DATE <= DATE '{0}' AND NOT ({2})
  AND COALESCE(o.amount, o.price * o.quantity, 0) >= 0 AND COALESCE(o.quantity, 1) >= 0
GROUP BY ALL
UNION ALL
SELECT s.person, local_time(o.time)::DATE, 'return',
  COUNT(DISTINCT COALESCE(o.order_id, o.row_no::VARCHAR)), 0
FROM orders AS o JOIN subjects AS s USING (subject_no)
WHERE o.time IS NOT NULL AND local_time(o.time)::DATE <= DATE '{0}'
  AND (COALESCE(o.amount, o.price * o.quantity, 0) < 0 OR o.quantity < 0)
GROUP BY ALL
UNION ALL
SELECT s.person, local_time(e.time)::DATE, 'event', COUNT(*), 0
FROM events AS e JOIN subjects AS s USING (subject_no)
WHERE e.time IS NOT NULL AND local_time(e.time)::DATE <= DATE '{0}'
GROUP BY ALL
UNION ALL
SELECT s.person, local_time(c.started)::DATE, 'talk', COUNT(*), 0
FROM conversations AS c JOIN subjects AS s USING (subject_no)
WHERE c.started IS NOT NULL AND local_time(c.started)::DATE <= DATE '{0}'
GROUP BY ALL
UNION ALL
SELECT s.person, local_time(t.started)::DATE, 'visit', COUNT(DISTINCT t.case_id), 0
FROM touchpoints AS t JOIN subjects AS s USING (subject_no)
WHERE t.started IS NOT NULL AND local_time(t.started)::DATE <= DATE '{0}'
GROUP BY ALL)";

// Who is at risk from when: with {0} the condition on acts.
constexpr std::string_view kBuyers = R"(
CREATE OR REPLACE TEMP TABLE churn_people AS
SELECT person, MIN(day) AS since, NULL::DATE AS left_on
FROM churn_acts WHERE what = 'order' GROUP BY person)";

constexpr std::string_view kKnown = R"(
CREATE OR REPLACE TEMP TABLE churn_people AS
SELECT k.person, MIN(k.since) AS since, ANY_VALUE(l.day) AS left_on
FROM (
  SELECT person, MIN(day) AS since FROM churn_acts GROUP BY person
  UNION ALL
  SELECT s.person, COALESCE(local_time(c.registered)::DATE, DATE '1900-01-01')
  FROM customers AS c JOIN subjects AS s USING (subject_no)
) AS k
JOIN subjects AS s ON s.subject_no = k.person
LEFT JOIN churn_left AS l ON l.person = k.person
WHERE NOT STARTS_WITH(s.subject, 'h:conversation:')
GROUP BY k.person)";

constexpr std::string_view kLooks = R"(
CREATE OR REPLACE TEMP TABLE churn_looks AS
SELECT ROW_NUMBER() OVER (ORDER BY look = DATE '{0}', look, subject) - 1 AS row_no,
  churn_people.person, subject, look, left_on
FROM (SELECT UNNEST([{1}]) AS look) AS looks
JOIN churn_people ON since <= look AND (left_on IS NULL OR left_on > look)
JOIN subjects ON subject_no = churn_people.person
WHERE look = DATE '{0}' OR HASH(subject) % 1000000 < {2})";

constexpr std::string_view kOutcomeOfBuyers = R"(
SELECT l.row_no, l.person, (l.look - DATE '1970-01-01')::BIGINT,
  (COUNT(a.person) = 0)::BIGINT, (COUNT(a.person) = 0)::BIGINT, l.subject
FROM churn_looks AS l
LEFT JOIN churn_acts AS a
  ON a.person = l.person AND a.what = 'order' AND a.day > l.look AND a.day <= l.look + {0}
GROUP BY ALL
ORDER BY row_no)";

constexpr std::string_view kOutcomeByDay = R"(
SELECT row_no, person, (look - DATE '1970-01-01')::BIGINT,
  COALESCE(left_on <= look + {1}, FALSE)::BIGINT,
  CASE WHEN look + {0} > DATE '{2}' THEN -1 ELSE COALESCE(left_on <= look + {0}, FALSE)::BIGINT END,
  subject
FROM churn_looks
ORDER BY row_no)";

constexpr std::string_view kColumns = R"(
WITH counts AS (
  SELECT l.row_no, l.look,
    MAX(a.day) FILTER (what = 'order') AS last_order,
    MIN(a.day) FILTER (what = 'order') AS first_order,
    COUNT(a.day) FILTER (what = 'order') AS order_days,
    COALESCE(SUM(n) FILTER (what = 'order'), 0) AS orders,
    COALESCE(SUM(n) FILTER (what = 'order' AND a.day > l.look - 30), 0) AS orders_30,
    COALESCE(SUM(n) FILTER (what = 'order' AND a.day > l.look - 90), 0) AS orders_90,
    SUM(money) FILTER (what = 'order') AS spent,
    COALESCE(SUM(n) FILTER (what = 'return'), 0) AS returns,
    MAX(a.day) FILTER (what = 'event') AS last_event,
    COALESCE(SUM(n) FILTER (what = 'event' AND a.day > l.look - 30), 0) AS events_30,
    COALESCE(SUM(n) FILTER (what = 'event' AND a.day > l.look - 90), 0) AS events_90,
    MAX(a.day) FILTER (what = 'talk') AS last_talk,
    COALESCE(SUM(n) FILTER (what = 'talk' AND a.day > l.look - 90), 0) AS talks_90,
    COALESCE(SUM(n) FILTER (what = 'visit' AND a.day > l.look - 90), 0) AS visits_90
  FROM churn_looks AS l
  LEFT JOIN churn_acts AS a ON a.person = l.person AND a.day <= l.look
  GROUP BY ALL
)
SELECT row_no, (look - last_order)::DOUBLE AS order_recency, orders::DOUBLE AS orders,
  orders_30::DOUBLE AS orders_30, orders_90::DOUBLE AS orders_90,
  (look - first_order)::DOUBLE AS order_age,
  CASE WHEN order_days > 1 THEN (last_order - first_order) / (order_days - 1.0) END::DOUBLE
    AS order_gap,
  CASE WHEN order_days > 1
    THEN LN((look - last_order + 1) / ((last_order - first_order) / (order_days - 1.0) + 1)) END
    ::DOUBLE AS order_lateness,
  spent::DOUBLE AS spent, returns::DOUBLE AS returns, (look - last_event)::DOUBLE AS event_recency,
  events_30::DOUBLE AS events_30, events_90::DOUBLE AS events_90,
  (look - last_talk)::DOUBLE AS talk_recency, talks_90::DOUBLE AS talks_90,
  visits_90::DOUBLE AS visits_90
FROM counts
ORDER BY row_no)";

constexpr std::string_view kRegistered = R"(
SELECT l.row_no, ANY_VALUE(l.look - local_time(c.registered)::DATE)::DOUBLE AS registered_age,
  ANY_VALUE(c.kind), ANY_VALUE(c.level)
FROM churn_looks AS l
LEFT JOIN (
  SELECT s.person, ARG_MIN(registered, row_no) AS registered, ARG_MIN(kind, row_no) AS kind,
    ARG_MIN(level, row_no) AS level
  FROM customers JOIN subjects AS s USING (subject_no)
  GROUP BY s.person
) AS c ON c.person = l.person
GROUP BY l.row_no
ORDER BY l.row_no)";

/// How many of a million people are learned from.
Result<std::int64_t> share_of(const DuckConnection& connection, std::int64_t most) {
  const Result<std::int64_t> people = connection.integer("SELECT COUNT(*) FROM churn_people");
  if (!people) return people.failure();
  constexpr std::int64_t kAll = 1'000'000;
  return *people <= most ? kAll : kAll * most / *people;
}

Status find_currency(const DuckConnection& connection, ChurnPeople& out) {
  Result<DuckResult> rows = connection.query(
      "SELECT COALESCE(currency, ''), COUNT(*) FROM orders GROUP BY ALL ORDER BY 2 DESC, 1");
  if (!rows) return rows.failure();
  bool first = true;
  return rows->each([&](const DuckRow& row) {
    if (first) {
      out.currency = row.text(0);
    } else {
      out.in_others += row.integer(1);
    }
    first = false;
  });
}

Status load_outcome(const DuckConnection& connection, const ChurnQuestion& question,
                    ChurnPeople& out) {
  const std::string sql = question.by_day_of_leaving
                              ? fmt::format(fmt::runtime(kOutcomeByDay), question.horizon_days,
                                            kPeriod, iso_date(question.as_of))
                              : fmt::format(fmt::runtime(kOutcomeOfBuyers), question.horizon_days);
  Result<DuckResult> rows = connection.query(sql);
  if (!rows) return rows.failure();
  return rows->each([&](const DuckRow& row) {
    out.person.push_back(row.integer(1));
    if (row.integer(2) == question.as_of.number) return;
    out.rows.who.push_back(hash64(row.text(5)));
    out.rows.at.push_back(std::int32_t(row.integer(2)));
    out.rows.left.push_back(row.integer(3) != 0);
    out.rows.by_horizon.push_back(std::int8_t(row.integer(4)));
  });
}

void number_words(Covariate& column, std::vector<std::string> words) {
  column.levels = words;
  std::sort(column.levels.begin(), column.levels.end());
  column.levels.erase(std::unique(column.levels.begin(), column.levels.end()), column.levels.end());
  std::erase(column.levels, "");
  for (const std::string& word : words) {
    const auto at = std::lower_bound(column.levels.begin(), column.levels.end(), word);
    column.words.push_back(word.empty() ? -1 : std::int32_t(at - column.levels.begin()));
  }
}

Status load_registered(const DuckConnection& connection, Covariates& out) {
  Result<DuckResult> rows = connection.query(kRegistered);
  if (!rows) return rows.failure();
  Covariate age{.name = "registered_age"}, kind{.name = "kind"}, level{.name = "level"};
  std::vector<std::string> kinds, levels;
  const Status read = rows->each([&](const DuckRow& row) {
    age.numbers.push_back(row.is_null(1) ? std::numeric_limits<double>::quiet_NaN()
                                         : row.number(1));
    kinds.emplace_back(row.text_or_empty(2));
    levels.emplace_back(row.text_or_empty(3));
  });
  if (!read) return read;
  number_words(kind, std::move(kinds));
  number_words(level, std::move(levels));
  out.columns.push_back(std::move(age));
  for (Covariate* column : {&kind, &level}) {
    if (column->of_words()) out.columns.push_back(std::move(*column));
  }
  return {};
}

Result<std::vector<Day>> find_looks(const DuckConnection& connection,
                                    const ChurnQuestion& question) {
  Result<DuckResult> rows = connection.query(
      question.by_day_of_leaving ? "SELECT MIN(day) FROM churn_acts"
                                 : "SELECT MIN(day) FROM churn_acts WHERE what = 'order'");
  if (!rows) return rows.failure();
  std::vector<Day> out;
  const Status read = rows->each([&](const DuckRow& row) {
    if (!row.is_null(0)) out = looks_of(question, {std::int32_t(row.integer(0))});
  });
  if (!read) return read.failure();
  return out;
}

Status make_looks(const DuckConnection& connection, const ChurnQuestion& question,
                  std::vector<Day> looks) {
  if (Status made = connection.run(question.by_day_of_leaving ? kKnown : kBuyers); !made) {
    return made;
  }
  const Result<std::int64_t> share = share_of(connection, question.most_people);
  if (!share) return share.failure();
  looks.push_back(question.as_of);
  std::string list;
  for (const Day day : looks) {
    list += fmt::format("{}DATE '{}'", list.empty() ? "" : ", ", iso_date(day));
  }
  return connection.run(fmt::format(fmt::runtime(kLooks), iso_date(question.as_of), list, *share));
}

}  // namespace

ChurnQuestion buyers_question(Day as_of, int horizon_days) {
  return {.as_of = as_of, .horizon_days = horizon_days, .looks = 6, .most_people = 4'000};
}

std::vector<Day> looks_of(const ChurnQuestion& question, Day first_act) {
  std::vector<Day> out;
  int at = question.as_of.number - (question.by_day_of_leaving ? kPeriod : question.horizon_days);
  for (; int(out.size()) < question.looks && at >= first_act.number + kHistory;
       at -= kBetweenLooks) {
    out.push_back({at});
  }
  return out;
}

Result<Covariates> load_covariates(const DuckConnection& connection, std::string_view sql) {
  Result<DuckResult> rows = connection.query(sql);
  if (!rows) return rows.failure();
  Covariates out;
  const std::vector<std::string> names = rows->column_names();
  for (std::size_t c = 1; c < names.size(); ++c) out.columns.push_back({.name = names[c]});
  const Status read = rows->each([&](const DuckRow& row) {
    for (std::size_t c = 1; c < names.size(); ++c) {
      out.columns[c - 1].numbers.push_back(row.is_null(c) ? std::numeric_limits<double>::quiet_NaN()
                                                          : row.number(c));
    }
    ++out.rows;
  });
  if (!read) return read.failure();
  return out;
}

Result<ChurnPeople> load_churn_people(const DuckConnection& connection,
                                      const ChurnQuestion& question) {
  ChurnPeople out;
  if (Status found = find_currency(connection, out); !found) return found.failure();
  const std::string currency = sql_quoted(out.currency);
  Status made =
      connection.run(fmt::format(fmt::runtime(kActs), iso_date(question.as_of),
                                 currency.substr(1, currency.size() - 2), kCancelledOrder));
  if (!made) return made.failure();
  const Result<std::vector<Day>> looks = find_looks(connection, question);
  if (!looks) return looks.failure();
  if (made = make_looks(connection, question, *looks); !made) return made.failure();
  if (made = load_outcome(connection, question, out); !made) return made.failure();
  Result<Covariates> columns = load_covariates(connection, kColumns);
  if (!columns) return columns.failure();
  out.all = std::move(*columns);
  if (made = load_registered(connection, out.all); !made) return made.failure();
  out.rows.x = first_rows(out.all, out.rows.size());
  if (made = connection.run("DROP TABLE churn_acts; DROP TABLE churn_people"); !made) {
    return made.failure();
  }
  return out;
}

}  // namespace xinjing::behaviour
