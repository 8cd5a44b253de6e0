#include "profile/churn_words_table.h"

#include <algorithm>

#include "behaviour/churn_table.h"

namespace xinjing::profile {
namespace {

// A conversation counts when it is over. Displeased: an expected satisfaction below -0.5.
constexpr std::string_view kTalks = R"(
CREATE OR REPLACE TEMP TABLE churn_talks AS
SELECT c.conversation_no, s.person, local_time(c.ended)::DATE AS day, c.ended
FROM conversations AS c
JOIN subjects AS s USING (subject_no)
WHERE c.ended IS NOT NULL AND s.person IN (SELECT person FROM churn_looks))";

constexpr std::string_view kSignals = R"(
WITH feelings AS (
  SELECT l.row_no, ARG_MAX(satisfaction, t.ended) AS satisfaction_last,
    ARG_MAX(t.day, t.ended) AS last_day,
    MAX(escalation) FILTER (t.day > l.look - 180) AS escalation_180
  FROM churn_looks AS l
  JOIN churn_talks AS t ON t.person = l.person AND t.day <= l.look
  JOIN readings AS r USING (conversation_no)
  GROUP BY l.row_no
), grounds AS (
  SELECT l.row_no, SUM(micro_nats) AS waver
  FROM churn_looks AS l
  JOIN churn_talks AS t ON t.person = l.person AND t.day <= l.look AND t.day > l.look - 180
  JOIN evidence AS e USING (conversation_no)
  WHERE construct = 'bond' AND state IN ('waver', 'leave')
  GROUP BY l.row_no
), failures AS (
  SELECT l.row_no, COUNT(*) AS unmet
  FROM churn_looks AS l
  JOIN churn_talks AS t ON t.person = l.person AND t.day <= l.look AND t.day > l.look - 180
  JOIN (
    SELECT conversation_no FROM expectations WHERE status = 'unmet'
    UNION ALL
    SELECT conversation_no FROM promise_words WHERE what = 'unmet'
  ) AS f USING (conversation_no)
  GROUP BY l.row_no
)
SELECT l.row_no, satisfaction_last::DOUBLE AS satisfaction_last,
  COALESCE(satisfaction_last < -0.5 AND last_day > l.look - 90, FALSE)::INTEGER::DOUBLE
    AS unresolved,
  COALESCE(escalation_180, 0)::DOUBLE AS escalation_180,
  (GREATEST(COALESCE(waver, 0), 0) / 1e6)::DOUBLE AS waver_180,
  COALESCE(unmet, 0)::DOUBLE AS unmet_180
FROM churn_looks AS l
LEFT JOIN feelings USING (row_no)
LEFT JOIN grounds USING (row_no)
LEFT JOIN failures USING (row_no)
ORDER BY l.row_no)";

}  // namespace

bool is_word_signal(std::string_view name) {
  return std::ranges::any_of(kWordSignals,
                             [&](const WordSignal& signal) { return signal.name == name; });
}

Result<behaviour::Covariates> load_word_signals(
    const DuckConnection& connection, const std::function<bool(std::string_view)>& allows) {
  if (Status made = connection.run(kTalks); !made) return made.failure();
  Result<behaviour::Covariates> out = behaviour::load_covariates(connection, kSignals);
  if (!out) return out.failure();
  std::erase_if(out->columns, [&](const behaviour::Covariate& column) {
    const auto* signal = std::ranges::find(kWordSignals, column.name, &WordSignal::name);
    return !allows(signal->construct);
  });
  if (Status gone = connection.run("DROP TABLE churn_talks"); !gone) return gone.failure();
  return out;
}

}  // namespace xinjing::profile
