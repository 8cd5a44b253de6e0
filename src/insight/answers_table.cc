#include "insight/answers_table.h"

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "insight/feeling.h"
#include "insight/talk_table.h"

namespace xinjing::insight {
namespace {

constexpr std::size_t kCurves = 8;
constexpr std::size_t kShown = 200;  // characters of a turn

std::string pattern_of(const std::vector<std::string>& words) {
  return sql_quoted(fmt::format("(?i)({})", fmt::join(words, "|")));
}

// Answers between two turns of an upset customer: all of the agent's messages in between, and the
// stratum they are compared in: how upset, how late in the talk, which channel.
constexpr std::string_view kAnswers = R"(
CREATE OR REPLACE TEMP TABLE answer AS
WITH steps AS (
  SELECT conversation_no, turn_no, valence,
    LEAD(turn_no) OVER w AS next_turn, LEAD(valence) OVER w AS next_valence
  FROM feeling
  WINDOW w AS (PARTITION BY conversation_no ORDER BY turn_no)
), upset AS (
  SELECT *
  FROM steps
  WHERE valence <= -0.3 AND next_turn > turn_no + 1
  ORDER BY HASH(conversation_no), turn_no
  LIMIT 60000
), said AS (
  SELECT u.conversation_no, u.turn_no, ANY_VALUE(u.valence) AS valence,
    ANY_VALUE(u.next_valence) AS next_valence, STRING_AGG(m.text, ' ' ORDER BY t.turn_no) AS text
  FROM upset AS u
  JOIN turns AS t ON t.conversation_no = u.conversation_no AND t.turn_no > u.turn_no
    AND t.turn_no < u.next_turn
  JOIN messages AS m ON m.row_no = t.message_no AND m.speaker <> 0
  GROUP BY ALL
), timed AS (
  SELECT conversation_no, turn_no, BOOL_OR(due IS NOT NULL) AS timed
  FROM promise_words
  WHERE what = 'promise'
  GROUP BY ALL
)
SELECT s.conversation_no, s.turn_no, s.next_valence - s.valence AS change,
  CONCAT(ROUND(s.valence * 3)::INTEGER, '/', LEAST(s.turn_no // 3, 2), '/', k.channel) AS stratum,
  {0}, COALESCE(BOOL_OR(p.timed), FALSE) AS promise_timed,
  COALESCE(BOOL_OR(NOT p.timed), FALSE) AND NOT COALESCE(BOOL_OR(p.timed), FALSE) AS promise
FROM said AS s
JOIN talk AS k USING (conversation_no)
LEFT JOIN timed AS p ON p.conversation_no = s.conversation_no AND p.turn_no > s.turn_no
  AND p.turn_no < s.turn_no + 4
GROUP BY ALL)";

/// The mean change with an answer, and of those without it in the same strata, weighted alike.
void compare(const std::map<std::string, std::pair<Sums, Sums>>& strata, Calming& out) {
  Sums with;
  double weight = 0, mean = 0, variance = 0;
  for (const auto& [name, pair] : strata) {
    const auto& [have, lack] = pair;
    if (have.n < 1 || lack.n < 2) continue;
    with.merge(have);
    weight += have.n, mean += have.n * lack.mean();
    variance += have.n * have.n * lack.variance() / lack.n;
  }
  out.n = static_cast<std::int64_t>(with.n);
  out.change = mean_interval(with, -2, 2);
  if (weight <= 0) return;
  const double half = 1.96 * std::sqrt(variance) / weight;
  out.matched = {mean / weight, mean / weight - half, mean / weight + half};
}

Status load_calming(const DuckConnection& connection, const AnswerWords& words, ReportData& out) {
  std::vector<std::string> columns, acts;
  for (const auto& [kind, list] : words) {
    columns.push_back(fmt::format("REGEXP_MATCHES(s.text, {}) AS {}", pattern_of(list), kind));
    acts.push_back(kind);
  }
  if (columns.empty()) return {};
  Status done = connection.run(fmt::format(kAnswers, fmt::join(columns, ", ")));
  if (!done) return done;
  acts.emplace_back("promise_timed"), acts.emplace_back("promise");
  constexpr std::int64_t kLeast = 15;
  for (const std::string& act : acts) {
    std::map<std::string, std::pair<Sums, Sums>> strata;
    done = each_row(connection,
                    fmt::format("SELECT stratum, {}, COUNT(*)::DOUBLE, SUM(change), SUM(change * "
                                "change) FROM answer GROUP BY ALL ORDER BY ALL",
                                act),
                    {}, [&](const DuckRow& row) {
                      auto& pair = strata[text_at(row, 0)];
                      const Sums sums = {row.number(2), row.number(3), row.number(4)};
                      row.integer(1) != 0 ? pair.first = sums : pair.second = sums;
                    });
    if (!done) return done;
    Calming one{.act = act, .change = {}, .matched = {}};
    compare(strata, one);
    if (one.n >= kLeast) out.calming.push_back(std::move(one));
  }
  std::sort(out.calming.begin(), out.calming.end(), [](const Calming& a, const Calming& b) {
    return a.change.value - a.matched.value > b.change.value - b.matched.value;
  });
  return {};
}

// Talks whose feeling turned: from very low to high, and the other way; several turns each. A
// single turn may be misread, so the talk's satisfaction must agree and some expectation must have
// failed, and those come first whose two turning turns carry most.
constexpr std::string_view kTelling = R"(
WITH ends AS (
  SELECT f.conversation_no, ARG_MIN(valence, turn_no) AS first, ARG_MAX(valence, turn_no) AS last,
    MIN(valence) AS worst, COUNT(*) AS n,
    LEAST(ARG_MIN(f.nats, valence), ARG_MAX(f.nats, turn_no)) AS sure
  FROM feeling AS f
  GROUP BY f.conversation_no
), marked AS (
  SELECT e.*, t.person, t.day,
    CASE WHEN e.worst <= -0.8 AND e.last >= 0.4 AND t.satisfaction > 0 THEN 0
      WHEN e.first >= -0.3 AND e.last <= -0.8 AND t.satisfaction < 0 THEN 1 END
      AS kind
  FROM ends AS e
  JOIN talk AS t USING (conversation_no)
  WHERE n BETWEEN 3 AND 14 AND t.messages >= 6 AND e.sure >= 0.5
    AND EXISTS (FROM expectations AS x WHERE x.conversation_no = e.conversation_no
      AND x.status = 'unmet')
)
SELECT conversation_no
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY sure DESC, n DESC, conversation_no) AS place
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY kind, person ORDER BY sure DESC, n DESC,
      conversation_no) AS of_person
    FROM marked
    WHERE kind IS NOT NULL
  )
  WHERE of_person = 1
)
WHERE (kind = 0 AND place <= 5) OR (kind = 1 AND place <= 3)
ORDER BY kind, place)";

Status load_points(const DuckConnection& connection, std::int64_t talk, Curve& curve) {
  Status done = each_row(connection, R"(
SELECT COALESCE(c.conversation, c.conversation_no::VARCHAR), plain_id(p.subject), k.day, k.channel,
  COALESCE((SELECT ARG_MIN(u.name, u.row_no) FROM customers AS u JOIN subjects AS o
    USING (subject_no) WHERE o.person = k.person), ''), k.kind
FROM talk AS k
JOIN conversations AS c USING (conversation_no)
LEFT JOIN subjects AS p ON p.subject_no = k.person
WHERE k.conversation_no = ?)",
                         {talk}, [&](const DuckRow& row) {
                           curve.conversation = text_at(row, 0), curve.customer = text_at(row, 1);
                           curve.day = day_at(row, 2), curve.channel = text_at(row, 3);
                           curve.name = text_at(row, 4), curve.kind = text_at(row, 5);
                         });
  if (!done) return done;
  return each_row(connection, R"(
SELECT t.turn_no, m.speaker <> 0, LEFT(m.text, ?), f.valence, f.state
FROM turns AS t
JOIN messages AS m ON m.row_no = t.message_no
LEFT JOIN feeling AS f ON f.conversation_no = t.conversation_no AND f.turn_no = t.turn_no
WHERE t.conversation_no = ?
ORDER BY t.turn_no)",
                  {std::int64_t(kShown), talk}, [&](const DuckRow& row) {
                    CurvePoint point{.turn = std::int32_t(row.integer(0)),
                                     .agent = row.integer(1) != 0,
                                     .text = text_at(row, 2)};
                    if (!row.is_null(3))
                      point.valence = row.number(3), point.state = text_at(row, 4);
                    curve.points.push_back(std::move(point));
                  });
}

/// Where the feeling was lowest, where it ended, and which answer came before the largest steps.
void mark(Curve& curve) {
  std::optional<double> before, worst;
  double up = 0.5, down = -0.5;
  std::optional<std::int32_t> answer;
  for (const CurvePoint& point : curve.points) {
    if (point.agent) answer = point.turn;
    if (!point.valence) continue;
    if (!worst || *point.valence < *worst) worst = point.valence, curve.peak = point.turn;
    if (before && answer) {
      const double step = *point.valence - *before;
      if (step >= up) up = step, curve.calmed = answer;
      if (step <= down) down = step, curve.angered = answer;
    }
    before = point.valence, curve.end = point.turn;
  }
  curve.change = before && worst ? *before - *worst : 0;
}

Status load_curves(const DuckConnection& connection, ReportData& out) {
  std::vector<std::int64_t> talks;
  Status done = each_row(connection, kTelling, {},
                         [&](const DuckRow& row) { talks.push_back(row.integer(0)); });
  if (!done) return done;
  for (const std::int64_t talk : talks) {
    if (out.curves.size() == kCurves) break;
    Curve curve;
    done = load_points(connection, talk, curve);
    if (!done) return done;
    mark(curve);
    out.curves.push_back(std::move(curve));
  }
  return {};
}

constexpr std::string_view kExpectations = R"(
SELECT x.aspect, STRFTIME(t.month, '%Y-%m'), COUNT(DISTINCT x.conversation_no),
  COUNT(DISTINCT x.conversation_no) FILTER (x.status = 'unmet'),
  COUNT(DISTINCT x.conversation_no) FILTER (x.status <> 'open'), COUNT(*) FILTER
  (x.kind = 'implicit'), COUNT(*)
FROM expectations AS x
JOIN talk AS t USING (conversation_no)
GROUP BY ALL
ORDER BY ALL)";

// How much lower the customer is where an expectation failed than where none of that aspect did,
// among talks of the same channel: the mean of differences weighted by the failures.
constexpr std::string_view kImportance = R"(
WITH failed AS (
  SELECT DISTINCT x.conversation_no, x.aspect
  FROM expectations AS x
  JOIN talk USING (conversation_no)
  WHERE x.status = 'unmet'
), had AS (
  SELECT f.aspect, t.channel, COUNT(*)::DOUBLE AS n, SUM(satisfaction) AS s,
    SUM(satisfaction * satisfaction) AS ss
  FROM failed AS f
  JOIN talk AS t USING (conversation_no)
  WHERE satisfaction IS NOT NULL
  GROUP BY ALL
), everything AS (
  SELECT channel, COUNT(*)::DOUBLE AS n, SUM(satisfaction) AS s, SUM(satisfaction * satisfaction)
    AS ss
  FROM talk
  WHERE satisfaction IS NOT NULL
  GROUP BY channel
)
SELECT h.aspect, h.n, h.s, h.ss, e.n - h.n, e.s - h.s, e.ss - h.ss
FROM had AS h
JOIN everything AS e USING (channel)
ORDER BY h.aspect, h.channel)";

struct Gap {
  double weight = 0, difference = 0, variance = 0;
  void add(const Sums& with, const Sums& without) {
    if (with.n < 3 || without.n < 3) return;
    weight += with.n, difference += with.n * (with.mean() - without.mean());
    variance += with.n * with.n * (with.variance() / with.n + without.variance() / without.n);
  }
  Interval interval() const {
    if (weight <= 0) return {0, -4, 4};
    const double mean = difference / weight, half = 1.96 * std::sqrt(variance) / weight;
    return {mean, mean - half, mean + half};
  }
};

Status load_unmet_cites(const DuckConnection& connection, ReportData& out) {
  return each_row(connection, R"(
SELECT aspect, event_no, span_begin, span_end, content_zh, content_en
FROM (
  SELECT x.*, ROW_NUMBER() OVER (PARTITION BY x.aspect ORDER BY (x.norm IS NOT NULL) DESC, x.p DESC,
    x.event_no, x.span_begin, x.status, x.kind) AS place
  FROM expectations AS x
  JOIN talk USING (conversation_no)
  WHERE x.status = 'unmet' AND x.span_end > x.span_begin AND x.event_no IS NOT NULL
)
WHERE place <= 8
ORDER BY aspect, place)",
                  {}, [&](const DuckRow& row) {
                    for (ExpectationRow& one : out.expectations) {
                      if (one.aspect != row.text(0)) continue;
                      one.cites.push_back({row.integer(1),
                                           {static_cast<std::uint32_t>(row.integer(2)),
                                            static_cast<std::uint32_t>(row.integer(3))},
                                           {text_at(row, 5), text_at(row, 4)}});
                    }
                  });
}

}  // namespace

Status load_answers(const DuckConnection& connection, const AnswerWords& words, ReportData& out) {
  Status done = load_calming(connection, words, out);
  if (done) done = load_curves(connection, out);
  return done;
}

Status load_expectations(const DuckConnection& connection, ReportData& out) {
  std::map<std::string, ExpectationRow> rows;
  std::map<std::string, std::pair<double, double>> implicit;
  Status done = each_row(connection, kExpectations, {}, [&](const DuckRow& row) {
    ExpectationRow& one = rows[text_at(row, 0)];
    one.by_month.resize(out.months.size()), one.unmet_by_month.resize(out.months.size());
    const auto month = std::find(out.months.begin(), out.months.end(), text_at(row, 1));
    if (month == out.months.end()) return;
    const auto at = std::size_t(month - out.months.begin());
    one.by_month[at] += row.integer(2), one.unmet_by_month[at] += row.integer(3);
    one.n += row.integer(2), one.unmet_n += row.integer(3), one.told_n += row.integer(4);
    implicit[text_at(row, 0)].first += row.number(5);
    implicit[text_at(row, 0)].second += row.number(6);
  });
  if (!done) return done;
  std::map<std::string, Gap> gaps;
  done = each_row(connection, kImportance, {}, [&](const DuckRow& row) {
    gaps[text_at(row, 0)].add({row.number(1), row.number(2), row.number(3)},
                              {row.number(4), row.number(5), row.number(6)});
  });
  if (!done) return done;
  for (auto& [aspect, one] : rows) {
    one.aspect = aspect;
    one.share = share_interval(double(one.n), double(out.read));
    one.unmet = share_interval(double(one.unmet_n), double(one.n));
    one.importance = gaps[aspect].interval();
    const auto& [hidden, all] = implicit[aspect];
    one.implicit = all > 0 ? hidden / all : 0;
    const std::size_t half = one.by_month.size() / 2;
    std::int64_t early = 0, late = 0;
    for (std::size_t i = 0; i < one.unmet_by_month.size(); ++i) {
      (i < half ? early : late) += one.unmet_by_month[i];
    }
    one.rising = late >= 8 && double(late - early) > 1.96 * std::sqrt(double(late + early));
    out.expectations.push_back(std::move(one));
  }
  std::sort(out.expectations.begin(), out.expectations.end(),
            [](const ExpectationRow& a, const ExpectationRow& b) { return a.n > b.n; });
  return load_unmet_cites(connection, out);
}

}  // namespace xinjing::insight
