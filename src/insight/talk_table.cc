#include "insight/talk_table.h"

#include <algorithm>

#include "base/format.h"
#include "insight/feeling.h"

namespace xinjing::insight {
namespace {

// A turn of which no state is kept is calm: evidence has rows for what is shown only.
constexpr std::string_view kFeeling = R"(
CREATE OR REPLACE TEMP TABLE feeling AS
SELECT t.conversation_no, t.turn_no, t.message_no, COALESCE(f.state, 'neutral') AS state,
  {0} AS valence, COALESCE(f.nats, 0) AS nats
FROM turns AS t
JOIN messages AS m ON m.row_no = t.message_no AND m.speaker = 0
JOIN readings AS r ON r.conversation_no = t.conversation_no AND r.day <= DATE '{1}'
LEFT JOIN (
  SELECT event_no, MIN(state) AS state, SUM(micro_nats) / 1e6 AS nats
  FROM evidence
  WHERE construct = 'emotion' AND state <> '*' AND n > 0 AND conversation_no IS NOT NULL
    AND event_no IS NOT NULL
  GROUP BY event_no
) AS f ON f.event_no = t.message_no)";

constexpr std::string_view kTalk = R"(
CREATE OR REPLACE TEMP TABLE talk AS
WITH scene AS (
  SELECT t.conversation_no, MIN(m.department) AS department
  FROM messages AS m
  JOIN turns AS t ON t.message_no = m.row_no
  WHERE m.department IS NOT NULL
  GROUP BY t.conversation_no
), mood AS (
  SELECT conversation_no, COUNT(*) AS turns, AVG(valence) AS valence, MIN(valence) AS worst,
    ARG_MAX(valence, turn_no) AS last
  FROM feeling
  GROUP BY conversation_no
), kinds AS (
  SELECT s.person, ARG_MIN(c.kind, c.row_no) AS kind
  FROM customers AS c
  JOIN subjects AS s USING (subject_no)
  GROUP BY s.person
)
SELECT r.conversation_no, s.person, r.day, DATE_TRUNC('month', r.day)::DATE AS month,
  COALESCE(one_name('channel', c.channel), '') AS channel,
  COALESCE(one_name('channel', d.department), '') AS department,
  COALESCE(one_name('kind', k.kind), '') AS kind, r.lang, r.satisfaction, r.escalation, r.need, c.messages,
  COALESCE(m.turns, 0) AS turns, m.valence, m.worst, m.last, c.started
FROM readings AS r
JOIN conversations AS c USING (conversation_no)
LEFT JOIN subjects AS s ON s.subject_no = r.subject_no
LEFT JOIN scene AS d ON d.conversation_no = r.conversation_no
LEFT JOIN mood AS m ON m.conversation_no = r.conversation_no
LEFT JOIN kinds AS k ON k.person = s.person
WHERE r.day <= DATE '{0}')";

constexpr std::string_view kMatter = R"(
CREATE OR REPLACE TEMP TABLE matter AS
SELECT DISTINCT e.conversation_no, e.construct || ':' || e.state AS what
FROM evidence AS e
JOIN talk USING (conversation_no)
WHERE e.construct IN ('aspect', 'motive', 'bond') AND e.state <> '*' AND e.n > 0
  AND e.state <> 'neutral'
UNION ALL
SELECT DISTINCT e.conversation_no,
  CASE WHEN t.valence <= {0} THEN 'bad:' ELSE 'good:' END || e.state
FROM evidence AS e
JOIN talk AS t USING (conversation_no)
WHERE e.construct = 'aspect' AND e.state <> '*' AND e.n > 0
  AND (t.valence <= {0} OR t.valence >= {1})
UNION ALL
SELECT DISTINCT x.conversation_no, 'unmet:' || x.aspect
FROM expectations AS x
JOIN talk USING (conversation_no)
WHERE x.status = 'unmet'
UNION ALL
SELECT DISTINCT x.conversation_no, 'unmet'
FROM expectations AS x
JOIN talk USING (conversation_no)
WHERE x.status = 'unmet'
UNION ALL
SELECT DISTINCT conversation_no, 'emotion:' || state
FROM feeling
WHERE state <> 'neutral'
UNION ALL
SELECT conversation_no, CASE WHEN valence <= {0} THEN 'mood:bad' ELSE 'mood:good' END
FROM talk
WHERE valence <= {0} OR valence >= {1}
UNION ALL
SELECT conversation_no, 'volume'
FROM talk)";

std::string valence_cases() {
  std::string out = "CASE f.state";
  for (const auto& [state, valence] : kValence) {
    out += fmt::format(" WHEN '{}' THEN {}::DOUBLE", state, valence);
  }
  return out + " ELSE 0 END";
}

/// Two lists beside each other: a name, and what it is called.
Status name_places(const DuckConnection& connection, const PlaceNames& names) {
  std::vector<std::string> others{"''"}, shown{"NULL"};
  for (const PlaceName& name : names) {
    others.push_back(sql_quoted(name.what + ":" + name.other));
    shown.push_back(sql_quoted(name.shown));
  }
  return connection.run(fmt::format(
      "CREATE OR REPLACE TEMP MACRO one_name(what, t) AS COALESCE(([{}])[LIST_POSITION([{}], "
      "what || ':' || LOWER(TRIM(t)))], t)",
      fmt::join(shown, ", "), fmt::join(others, ", ")));
}

// A turn of plain anger praises nothing, whatever its words.
constexpr std::string_view kTold = R"(
INSERT INTO matter
SELECT DISTINCT conversation_no, UNNEST(LIST_FILTER([{1}], x -> x IS NOT NULL))
FROM (
  SELECT f.conversation_no, f.valence, m.text
  FROM feeling AS f
  JOIN messages AS m ON m.row_no = f.message_no
  WHERE {0}
))";

}  // namespace

std::string sql_pattern(const std::vector<std::string>& words) {
  return sql_quoted(fmt::format("(?i)({})", fmt::join(words, "|")));
}

std::string sql_any_of(const ToldWords& words) {
  std::vector<std::string> plain, conditions;
  for (const auto& [kind, list] : words) {
    const bool gaps = std::any_of(list.begin(), list.end(), [](const std::string& word) {
      return word.find(".{0,") != std::string::npos;
    });
    if (gaps) {
      conditions.push_back(fmt::format("REGEXP_MATCHES(text, {})", sql_pattern(list)));
    } else {
      plain.insert(plain.end(), list.begin(), list.end());
    }
  }
  if (!plain.empty()) {
    conditions.push_back(fmt::format("REGEXP_MATCHES(text, {})", sql_pattern(plain)));
  }
  return fmt::format("({})", fmt::join(conditions, " OR "));
}

Status add_told(const DuckConnection& connection, const ToldWords& words) {
  std::vector<std::string> cases;
  for (const auto& [matter, list] : words) {
    const char* calm = matter.starts_with("praise:") ? "valence > -0.9 AND " : "";
    cases.push_back(fmt::format("CASE WHEN {}REGEXP_MATCHES(text, {}) THEN {} END", calm,
                                sql_pattern(list), sql_quoted(matter)));
  }
  if (cases.empty()) return {};
  return connection.run(fmt::format(kTold, sql_any_of(words), fmt::join(cases, ", ")));
}

Status prepare_talks(const DuckConnection& connection, Day as_of, const PlaceNames& names) {
  const std::string day = iso_date(as_of);
  if (Status named = name_places(connection, names); !named) return named;
  Status done = connection.run(fmt::format(kFeeling, valence_cases(), day));
  if (done) done = connection.run(fmt::format(kTalk, day));
  if (done) done = connection.run(fmt::format(kMatter, kUpset, kContent));
  return done;
}

}  // namespace xinjing::insight
