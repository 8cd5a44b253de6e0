#include "base/format.h"
#include "insight/figures_table.h"
#include "insight/talk_table.h"

namespace xinjing::insight {
namespace {

/// Every message number that some part of the report cites.
class Numbers {
 public:
  void add(const std::vector<Cite>& cites) {
    for (const Cite& cite : cites) x_all.push_back(cite.message_no);
  }
  void add(const std::vector<StateShare>& states) {
    for (const StateShare& state : states) add(state.cites);
  }
  void add(const std::vector<PromiseRow>& rows) {
    for (const PromiseRow& row : rows) {
      x_all.push_back(row.cite.message_no);
      if (row.outcome) x_all.push_back(row.outcome->message_no);
    }
  }
  void add(const std::vector<Person>& people) {
    for (const Person& person : people) add(person.cites);
  }
  void add(const ReportData& data) {
    for (const auto* states : {&data.motives, &data.needs, &data.drivers, &data.stages}) {
      add(*states);
    }
    for (const Event& event : data.events) add(event.cites);
    for (const Leavers& one : data.leavers) {
      for (const LeaverAspect& aspect : one.aspects) add(aspect.cites);
    }
    for (const ExpectationRow& row : data.expectations) add(row.cites);
    for (const auto* rows :
         {&data.promises.due, &data.promises.broken_rows, &data.promises.kept_rows}) {
      add(*rows);
    }
    for (const auto* list :
         {&data.waver, &data.escalate, &data.vulnerable, &data.advocate, &data.won_back}) {
      add(*list);
    }
    for (const Conduct& one : data.conduct) add(one.good), add(one.poor);
  }
  const std::vector<std::int64_t>& all() const { return x_all; }

 private:
  std::vector<std::int64_t> x_all;
};

constexpr std::string_view kMessages = R"(
SELECT m.row_no, COALESCE(c.conversation, c.conversation_no::VARCHAR), plain_id(s.subject),
  COALESCE((SELECT ARG_MIN(k.name, k.row_no) FROM customers AS k JOIN subjects AS o
    USING (subject_no) WHERE o.person = s.person), ''),
  COALESCE(one_name('channel', COALESCE(m.channel, c.channel)), ''),
  COALESCE(local_time(m.time), local_time(c.started))::DATE,
  m.speaker <> 0, m.text,
  COALESCE((SELECT one_name('kind', ARG_MIN(k.kind, k.row_no)) FROM customers AS k JOIN subjects AS o
    USING (subject_no) WHERE o.person = s.person), '')
FROM messages AS m
JOIN turns AS t ON t.message_no = m.row_no
JOIN conversations AS c ON c.conversation_no = t.conversation_no
LEFT JOIN subjects AS n ON n.subject_no = c.subject_no
LEFT JOIN subjects AS s ON s.subject_no = n.person
WHERE m.row_no IN ({0}) AND t.message_no IN ({0}))";

// What was read of each message: its own aspects before those of its conversation.
constexpr std::string_view kReadOf = R"(
WITH cited AS (
  SELECT message_no, conversation_no
  FROM turns
  WHERE message_no IN ({0})
), found AS (
  SELECT c.message_no, e.construct, e.state, BOOL_OR(e.event_no = c.message_no) AS own,
    SUM(e.micro_nats) AS weight
  FROM cited AS c
  JOIN evidence AS e USING (conversation_no)
  WHERE e.construct IN ('aspect', 'motive') AND e.state <> '*' AND e.n > 0
  GROUP BY ALL
)
SELECT message_no, construct, state
FROM found
QUALIFY ROW_NUMBER() OVER (PARTITION BY message_no, construct ORDER BY own AND construct = 'aspect'
  DESC, weight DESC, state) <= 2
UNION ALL
SELECT message_no, 'emotion', state
FROM feeling
WHERE message_no IN ({0}) AND state <> 'neutral'
UNION ALL
SELECT DISTINCT event_no, 'fate', MIN(what)
FROM promise_words
WHERE event_no IN ({0}) AND what <> 'told'
GROUP BY event_no
ORDER BY 1, 2, 3)";

/// What the reader found in each message that is cited.
Status load_readings(const DuckConnection& connection, const std::string& numbers,
                     ReportData& out) {
  return each_row(connection, fmt::format(kReadOf, numbers), {}, [&](const DuckRow& row) {
    const auto found = out.messages.find(row.integer(0));
    if (found == out.messages.end()) return;
    const std::string kind = text_at(row, 1);
    CitedMessage& message = found->second;
    if (kind == "aspect") message.aspects.push_back(text_at(row, 2));
    if (kind == "motive") message.motives.push_back(text_at(row, 2));
    if (kind == "emotion") message.emotion = text_at(row, 2);
    if (kind == "fate") message.fate = text_at(row, 2);
  });
}

}  // namespace

Status load_cited(const DuckConnection& connection, ReportData& out) {
  constexpr std::string_view kAgents = R"(
SELECT DISTINCT agent
FROM messages
WHERE agent <> ''
ORDER BY agent)";
  Status named = each_row(connection, kAgents, {},
                          [&](const DuckRow& row) { out.agents.push_back(text_at(row, 0)); });
  if (!named) return named;
  Numbers numbers;
  numbers.add(out);
  if (numbers.all().empty()) return {};
  const std::string list = fmt::format("{}", fmt::join(numbers.all(), ", "));
  Status done = each_row(connection, fmt::format(kMessages, list), {}, [&](const DuckRow& row) {
    out.messages[row.integer(0)] = {.conversation = text_at(row, 1),
                                    .customer = text_at(row, 2),
                                    .name = text_at(row, 3),
                                    .kind = text_at(row, 8),
                                    .channel = text_at(row, 4),
                                    .day = row.is_null(5) ? Day{} : day_at(row, 5),
                                    .agent = row.integer(6) != 0,
                                    .text = text_at(row, 7)};
  });
  return done ? load_readings(connection, list, out) : done;
}

}  // namespace xinjing::insight
