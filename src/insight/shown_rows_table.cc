#include "insight/shown_rows_table.h"

#include "base/format.h"
#include "insight/talk_table.h"

namespace xinjing::insight {
namespace {

constexpr std::int64_t kOfPoint = 3;  // rows of a point of a chart
constexpr std::size_t kManyMonths = 18;
constexpr std::int64_t kOfState = 8;

// Of each feeling and channel in each month the messages that say most clearly what is felt.
constexpr std::string_view kEmotions = R"(
SELECT STRFTIME(t.month, '%Y-%m') AS m, f.state, f.message_no
FROM feeling AS f
JOIN talk AS t USING (conversation_no)
QUALIFY ROW_NUMBER() OVER (PARTITION BY t.month, f.state ORDER BY f.nats DESC, f.message_no) <= ?
ORDER BY t.month, f.state, f.nats DESC, f.message_no)";

constexpr std::string_view kChannels = R"(
SELECT STRFTIME(t.month, '%Y-%m') AS m, t.channel, f.message_no
FROM feeling AS f
JOIN talk AS t USING (conversation_no)
QUALIFY ROW_NUMBER() OVER (PARTITION BY t.month, t.channel ORDER BY f.state = 'neutral',
  f.nats DESC, f.message_no) <= ?
ORDER BY t.month, t.channel, f.state = 'neutral', f.nats DESC, f.message_no)";

// By the hash of the conversation, so that none is chosen for how it ended.
constexpr std::string_view kAnswers = R"(
SELECT t.message_no, a.change
FROM answer AS a
JOIN turns AS t ON t.conversation_no = a.conversation_no AND t.turn_no = a.turn_no + 1
JOIN messages AS m ON m.row_no = t.message_no AND m.speaker <> 0
WHERE a.{}
ORDER BY HASH(a.conversation_no), a.turn_no
LIMIT ?)";

constexpr std::string_view kTypes = R"(
WITH chosen AS (
  SELECT person, construct, state, p
  FROM portraits
  WHERE said AND state <> 'none'
    AND construct IN ('buyer_type', 'temperament', 'style', 'orientation', 'colour', 'life_stage')
  QUALIFY ROW_NUMBER() OVER (PARTITION BY construct, state ORDER BY p * weight DESC, person) <= $1
)
SELECT c.construct, c.state, e.event_no, e.span_begin, e.span_end
FROM chosen AS c
JOIN subjects AS s ON s.person = c.person
JOIN evidence AS e ON e.subject_no = s.subject_no AND e.construct = c.construct
  AND e.state = c.state
WHERE e.span_end > e.span_begin AND e.micro_nats > 0 AND e.conversation_no IS NOT NULL
QUALIFY ROW_NUMBER() OVER (PARTITION BY c.construct, c.state, c.person
  ORDER BY e.micro_nats DESC, e.event_no, e.span_begin) = 1
ORDER BY c.construct, c.state, c.p DESC, c.person)";

// What was not done leaves no words: of the conversations that ended worst without it, what the
// agent said last.
constexpr std::string_view kPoor = R"(
WITH worst AS (
  SELECT m.dimension, t.month, t.conversation_no, t.satisfaction
  FROM manner AS m
  JOIN talk AS t USING (conversation_no)
  WHERE m.level = 0 AND m.dimension <> 'deflects' AND t.satisfaction IS NOT NULL
  QUALIFY ROW_NUMBER() OVER (PARTITION BY m.dimension, t.month
    ORDER BY t.satisfaction, t.conversation_no) <= ?
)
SELECT w.dimension, STRFTIME(w.month, '%Y-%m'), ARG_MAX(t.message_no, t.turn_no)
FROM worst AS w
JOIN turns AS t USING (conversation_no)
JOIN messages AS m ON m.row_no = t.message_no AND m.speaker = 1
GROUP BY w.dimension, w.month, w.conversation_no, w.satisfaction
ORDER BY w.dimension, w.month, w.satisfaction, w.conversation_no)";

constexpr std::string_view kWaits = R"(
SELECT w.place, STRFTIME(w.day, '%Y-%m') AS m, w.day, w.minutes, a.person, a.customer, a.name,
  a.kind
FROM (
  SELECT one_name('channel', COALESCE(resource, channel, activity)) AS place, subject_no, row_no,
    local_time(started)::DATE AS day, DATE_DIFF('second', started, ended) / 60.0 AS minutes
  FROM touchpoints
  WHERE ended >= started
    AND REGEXP_MATCHES(LOWER(activity), '等|候|排队|queue|wait|hold')
) AS w
JOIN subjects AS s USING (subject_no)
JOIN actor AS a ON a.person = s.person
WHERE w.place IN (SELECT place FROM waiting GROUP BY place HAVING COUNT(*) >= 20)
QUALIFY ROW_NUMBER() OVER (PARTITION BY w.place, m ORDER BY w.minutes DESC, w.row_no) <= ?
ORDER BY w.place, m, w.minutes DESC, w.row_no)";

Span span_at(const DuckRow& row, std::size_t column) {
  return {static_cast<std::uint32_t>(row.integer(column)),
          static_cast<std::uint32_t>(row.integer(column + 1))};
}

/// What a change of feeling is called beside a quote.
Said change_note(double change) {
  return {fmt::format("feeling afterwards {:+.1f}", change),
          fmt::format("之后的情绪变化 {:+.1f}", change)};
}

Status load_answer_rows(const DuckConnection& connection, ReportData& out) {
  for (const Calming& one : out.calming) {
    Status done =
        each_row(connection, fmt::format(kAnswers, one.act), {kOfState}, [&](const DuckRow& row) {
          out.shown.answers[one.act].push_back({row.integer(0), {}, change_note(row.number(1))});
        });
    if (!done) return done;
  }
  return {};
}

}  // namespace

Status load_shown_rows(const DuckConnection& connection, ReportData& out) {
  const std::int64_t most = out.months.size() > kManyMonths ? 1 : kOfPoint;
  const std::pair<std::string_view, std::map<ShownRows::Key, std::vector<Cite>>*> lists[] = {
      {kEmotions, &out.shown.emotions}, {kChannels, &out.shown.channels}, {kPoor, &out.shown.poor}};
  for (const auto& entry : lists) {  // not a structured binding: Clang 14's lambdas cannot take one
    auto& list = *entry.second;
    Status done = each_row(connection, entry.first, {most}, [&](const DuckRow& row) {
      list[{text_at(row, 0), text_at(row, 1)}].push_back({row.integer(2), {}, {}});
    });
    if (!done) return done;
  }
  Status done = load_answer_rows(connection, out);
  if (!done) return done;
  done = each_row(connection, kTypes, {kOfState}, [&](const DuckRow& row) {
    out.shown.types[{text_at(row, 0), text_at(row, 1)}].push_back(
        {row.integer(2), span_at(row, 3), {}});
  });
  if (!done) return done;
  return each_row(connection, kWaits, {most}, [&](const DuckRow& row) {
    out.shown.waits[{text_at(row, 0), text_at(row, 1)}].push_back(
        {{row.integer(4), text_at(row, 5), text_at(row, 6), text_at(row, 7)},
         day_at(row, 2),
         row.number(3)});
  });
}

}  // namespace xinjing::insight
