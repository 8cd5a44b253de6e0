#include "insight/wanted_table.h"

#include <algorithm>
#include <cmath>

#include "base/format.h"
#include "insight/feeling.h"
#include "insight/talk_table.h"

namespace xinjing::insight {
namespace {

constexpr const char* kActs[] = {"apology",       "explanation", "offer",
                                 "promise_timed", "done",        "nothing"};

// The answers after the first upset turn, or after the first turn where none was upset.
constexpr std::string_view kComplaint = R"(
CREATE OR REPLACE TEMP TABLE complaint AS
WITH complaining AS (
  SELECT conversation_no, satisfaction
  FROM talk
  WHERE turns > 0 AND satisfaction IS NOT NULL AND (valence <= {0} OR conversation_no IN (
    SELECT conversation_no
    FROM matter
    WHERE what IN ('unmet', 'motive:vent', 'motive:respect', 'motive:redress')))
), since AS (
  SELECT conversation_no, ANY_VALUE(satisfaction) AS satisfaction,
    COALESCE(MIN(turn_no) FILTER (valence <= {0}), MIN(turn_no)) AS turn_no
  FROM complaining
  JOIN feeling USING (conversation_no)
  GROUP BY conversation_no
), said AS (
  SELECT s.conversation_no, STRING_AGG(m.text, ' ' ORDER BY t.turn_no) AS text
  FROM since AS s
  JOIN turns AS t ON t.conversation_no = s.conversation_no AND t.turn_no > s.turn_no
  JOIN messages AS m ON m.row_no = t.message_no AND m.speaker <> 0
  GROUP BY s.conversation_no
), timed AS (
  SELECT DISTINCT s.conversation_no
  FROM since AS s
  JOIN promise_words AS p ON p.conversation_no = s.conversation_no AND p.turn_no > s.turn_no
  WHERE p.what = 'promise' AND p.due IS NOT NULL
)
SELECT s.conversation_no, s.satisfaction, {1},
  t.conversation_no IS NOT NULL AS promise_timed
FROM since AS s
LEFT JOIN said AS a USING (conversation_no)
LEFT JOIN timed AS t USING (conversation_no))";

// Every complaint under '', and under each of its motives that wants something.
constexpr std::string_view kCounted = R"(
WITH wanted AS (
  SELECT conversation_no, '' AS motive
  FROM complaint
  UNION ALL
  SELECT conversation_no, SUBSTRING(what, 8)
  FROM matter
  JOIN complaint USING (conversation_no)
  WHERE STARTS_WITH(what, 'motive:') AND what NOT IN ('motive:praise', 'motive:social')
), told AS (
  SELECT *, NOT (apology OR explanation OR offer OR promise_timed OR done) AS nothing
  FROM complaint
)
SELECT motive, {0}, COUNT(*)::DOUBLE, SUM(satisfaction), SUM(satisfaction * satisfaction)
FROM wanted
JOIN told USING (conversation_no)
GROUP BY ALL
ORDER BY ALL)";

/// One column that says whether the answers hold one of the words of a kind.
std::string holds(const AnswerWords& words, const std::string& kind) {
  const auto found = words.find(kind);
  if (found == words.end() || found->second.empty()) return "FALSE AS " + kind;
  return fmt::format("COALESCE(REGEXP_MATCHES(a.text, {}), FALSE) AS {}",
                     sql_pattern(found->second), kind);
}

/// How far two means are apart, in standard errors.
double apart(const Sums& with, const Sums& without) {
  if (with.n < 2 || without.n < 2) return 0;
  const double error = with.variance() / with.n + without.variance() / without.n;
  return error > 0 ? (with.mean() - without.mean()) / std::sqrt(error) : 0;
}

}  // namespace

Status load_wanted(const DuckConnection& connection, const AnswerWords& words, ReportData& out) {
  std::vector<std::string> told;
  for (const char* act : {"apology", "explanation", "offer", "done"}) {
    told.push_back(holds(words, act));
  }
  Status done = connection.run(fmt::format(kComplaint, kUpset, fmt::join(told, ", ")));
  std::map<std::string, Wanted> rows;
  for (const char* act : kActs) {
    if (!done) return done;
    std::map<std::string, std::pair<Sums, Sums>> by_motive;  // with the act, without it
    done = each_row(connection, fmt::format(kCounted, act), {}, [&](const DuckRow& row) {
      auto& [with, without] = by_motive[text_at(row, 0)];
      (row.integer(1) != 0 ? with : without) = {row.number(2), row.number(3), row.number(4)};
    });
    for (const auto& [motive, pair] : by_motive) {
      const auto& [with, without] = pair;
      Wanted& one = rows[motive];
      one.motive = motive, one.n = std::int64_t(with.n + without.n);
      one.satisfaction = (with.sum + without.sum) / (with.n + without.n);
      one.offers.push_back({.act = act,
                            .n = std::int64_t(with.n),
                            .without_n = std::int64_t(without.n),
                            .satisfaction = with.mean(),
                            .without = without.mean(),
                            .z = apart(with, without)});
    }
  }
  for (auto& [motive, one] : rows) out.wanted.push_back(std::move(one));
  std::stable_sort(out.wanted.begin(), out.wanted.end(),
                   [](const Wanted& a, const Wanted& b) { return a.n > b.n; });
  return done;
}

}  // namespace xinjing::insight
