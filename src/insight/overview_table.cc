#include "insight/overview_table.h"

namespace xinjing::insight {
namespace {

constexpr std::string_view kTotals = R"(
SELECT (SELECT COUNT(DISTINCT person) FROM subjects), (SELECT COUNT(*) FROM subjects),
  (SELECT COUNT(*) FROM conversations), (SELECT COUNT(*) FROM messages),
  (SELECT COUNT(DISTINCT COALESCE(order_id, row_no::VARCHAR)) FROM orders),
  (SELECT MIN(local_time(started))::DATE FROM conversations),
  (SELECT MAX(local_time(ended))::DATE FROM conversations),
  (SELECT AVG(satisfaction) FROM readings),
  (SELECT COUNT(DISTINCT person) FROM portraits WHERE said),
  (SELECT COUNT(DISTINCT (person, construct)) FROM portraits WHERE said))";

constexpr std::string_view kStates = R"(
SELECT state, SUM(n)::BIGINT AS times,
  (SELECT SUM(n)::BIGINT FROM evidence WHERE construct = $1 AND state = '*')
FROM evidence
WHERE construct = $1 AND state <> '*'
GROUP BY state
HAVING SUM(n) > 0
ORDER BY times DESC, state)";

constexpr std::string_view kNeeds = R"(
SELECT need, COUNT(*) AS times, (SELECT COUNT(*) FROM readings)
FROM readings
WHERE need IS NOT NULL
GROUP BY need
ORDER BY times DESC, need)";

constexpr std::string_view kGaps = R"(
SELECT x.aspect, COUNT(*) FILTER (x.status = 'unmet') AS unmet, COUNT(*),
  COALESCE(ARG_MAX(quote(m.text, x.span_begin, x.span_end), x.p) FILTER (x.status = 'unmet'), '')
FROM expectations AS x
LEFT JOIN messages AS m ON m.row_no = x.event_no
GROUP BY x.aspect
HAVING COUNT(*) FILTER (x.status = 'unmet') > 0
ORDER BY unmet DESC, x.aspect
LIMIT ?)";

// Whoever leaves, wavers or may go public: the weightiest first, a person once.
constexpr std::string_view kAttention = R"(
WITH ranked AS (
  SELECT p.*, ROW_NUMBER() OVER (PARTITION BY person ORDER BY p.p * p.weight DESC) AS place
  FROM portraits AS p
  WHERE said AND ((construct = 'bond' AND state IN ('leave', 'waver'))
    OR (construct = 'escalation' AND state IN ('1', '2')))
), chosen AS (
  SELECT * FROM ranked
  WHERE place = 1
  ORDER BY (construct = 'bond' AND state = 'leave') DESC, p * weight DESC, person
  LIMIT ?
)
SELECT plain_id(s.subject), c.construct, c.state, c.p, c.last_day,
  COALESCE((SELECT quote(m.text, e.span_begin, e.span_end) FROM evidence AS e
    JOIN messages AS m ON m.row_no = e.event_no
    WHERE e.subject_no IN (SELECT subject_no FROM subjects AS o WHERE o.person = c.person)
      AND e.construct = c.construct AND e.state = c.state AND e.span_end > e.span_begin
    ORDER BY e.micro_nats DESC LIMIT 1), '')
FROM chosen AS c
JOIN subjects AS s ON s.subject_no = c.person
ORDER BY (c.construct = 'bond' AND c.state = 'leave') DESC, c.p * c.weight DESC, c.person)";

template <typename Visit>
Status each_row(const DuckConnection& connection, std::string_view sql, DuckValues values,
                Visit visit) {
  Result<DuckResult> rows = connection.query(sql, values);
  if (!rows) return rows.failure();
  return rows->each(visit);
}

std::optional<Day> day_or_none(const DuckRow& row, std::size_t column) {
  if (row.is_null(column)) return {};
  return Day{std::int32_t(row.integer(column))};
}

Status add_totals(const DuckConnection& connection, Overview& out) {
  return each_row(connection, kTotals, {}, [&](const DuckRow& row) {
    out.people = row.integer(0);
    out.subjects = row.integer(1);
    out.conversations = row.integer(2);
    out.messages = row.integer(3);
    out.orders = row.integer(4);
    out.first = day_or_none(row, 5);
    out.last = day_or_none(row, 6);
    if (!row.is_null(7)) out.satisfaction = row.number(7);
    out.portraits = row.integer(8);
    if (out.portraits > 0) out.lines_said = double(row.integer(9)) / double(out.portraits);
  });
}

Count count_from(const DuckRow& row) {
  return {.id = std::string(row.text(0)),
          .n = row.integer(1),
          .of = row.is_null(2) ? 0 : row.integer(2)};
}

}  // namespace

Result<Overview> load_overview(const DuckConnection& connection, std::size_t most) {
  Overview out;
  const auto limit = std::int64_t(most);
  Status done = add_totals(connection, out);
  const auto states = [&](std::string_view construct, std::vector<Count>& to) {
    if (done)
      done = each_row(connection, kStates, {construct},
                      [&](const DuckRow& row) { to.push_back(count_from(row)); });
  };
  states("emotion", out.emotions);
  states("motive", out.motives);
  if (done) {
    done = each_row(connection, kNeeds, {},
                    [&](const DuckRow& row) { out.needs.push_back(count_from(row)); });
  }
  if (done) {
    done = each_row(connection, kGaps, {limit}, [&](const DuckRow& row) {
      out.gaps.push_back(
          {std::string(row.text(0)), row.integer(1), row.integer(2), std::string(row.text(3))});
    });
  }
  if (done) {
    done = each_row(connection, kAttention, {limit}, [&](const DuckRow& row) {
      out.attention.push_back({std::string(row.text(0)),
                               std::string(row.text(1)),
                               std::string(row.text(2)),
                               row.number(3),
                               {std::int32_t(row.integer(4))},
                               std::string(row.text(5))});
    });
  }
  if (!done) return done.failure();
  return out;
}

}  // namespace xinjing::insight
