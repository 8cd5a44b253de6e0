#include "insight/journey_feeling_table.h"

#include "base/format.h"

namespace xinjing::insight {
namespace {

constexpr std::string_view kReadings = R"(
WITH steps AS (
  SELECT s.person, t.started, MAX(GREATEST(COALESCE(t.ended, t.started), t.started)) AS done,
    ARG_MAX(t.activity, t.row_no) AS activity
  FROM touchpoints AS t
  JOIN subjects AS s USING (subject_no)
  WHERE {}
  GROUP BY ALL
), broken AS (
  SELECT DISTINCT conversation_no
  FROM expectations
  WHERE status = 'unmet' AND p >= 0.5
), talks AS (
  SELECT s.person, c.started, r.satisfaction,
    COALESCE(r.emotion IN ('anger', 'contempt', 'grievance', 'disappointment', 'anxiety'), FALSE)
      AS displeased,
    r.conversation_no IN (FROM broken) AS unmet
  FROM readings AS r
  JOIN conversations AS c USING (conversation_no)
  JOIN subjects AS s ON s.subject_no = c.subject_no
  WHERE r.satisfaction IS NOT NULL AND c.started IS NOT NULL
)
SELECT t.person, s.activity, t.satisfaction, t.displeased, t.unmet
FROM talks AS t
ASOF JOIN steps AS s ON t.person = s.person AND t.started >= s.started
WHERE t.started <= s.done + TO_HOURS({}))";

}  // namespace

Result<std::vector<StepReading>> load_step_readings(const DuckConnection& connection,
                                                    const behaviour::JourneyFilter& filter,
                                                    int hours) {
  Result<DuckResult> rows =
      connection.query(fmt::format(kReadings, behaviour::chosen_cases(filter), hours));
  if (!rows) return rows.failure();
  std::vector<StepReading> out;
  const Status read = rows->each([&](const DuckRow& row) {
    out.push_back({.activity = std::string(row.text(1)),
                   .person = row.integer(0),
                   .satisfaction = row.number(2),
                   .displeased = row.integer(3) != 0,
                   .unmet = row.integer(4) != 0});
  });
  if (!read) return read.failure();
  return out;
}

}  // namespace xinjing::insight
