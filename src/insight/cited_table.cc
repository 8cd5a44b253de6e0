#include <algorithm>
#include <set>

#include "base/format.h"
#include "base/tsv.h"
#include "base/utf8.h"
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
    for (const auto* list : {&data.gone, &data.waver, &data.escalate, &data.vulnerable,
                             &data.advocate, &data.won_back}) {
      add(*list);
    }
    for (const Conduct& one : data.conduct) add(one.good), add(one.poor);
    add(data.shown);
  }
  void add(const ShownRows& rows) {
    for (const auto* lists : {&rows.emotions, &rows.channels, &rows.types, &rows.poor}) {
      for (const auto& [key, cites] : *lists) add(cites);
    }
    for (const auto& [act, cites] : rows.answers) add(cites);
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
FROM (
  SELECT *, BOOL_OR(own) OVER (PARTITION BY message_no, construct) AS some_own
  FROM found
)
WHERE own OR construct <> 'aspect' OR NOT some_own
QUALIFY ROW_NUMBER() OVER (PARTITION BY message_no, construct ORDER BY own AND construct = 'aspect'
  DESC, weight DESC, state) <= 2
UNION ALL
SELECT message_no, 'emotion', state
FROM feeling
WHERE message_no IN ({0}) AND state <> 'neutral'
UNION ALL
SELECT event_no, 'fate', ARG_MIN(what,
  LIST_POSITION(['unmet', 'withdrawn', 'exceeded', 'met', 'promise'], what))
FROM promise_words
WHERE event_no IN ({0}) AND what <> 'told'
GROUP BY event_no
ORDER BY 1, 2, 3)";

// The customers whose names hold one of the words {0}, or of whom one of the stretches {1} of such
// words is the name or the given name; of each at most so many, the shortest names first, since
// those of persons are short. Chinese words are looked for anywhere, Latin ones as whole words.
constexpr std::string_view kNamed = R"(
WITH names AS (
  SELECT DISTINCT name, kind
  FROM customers
  WHERE LENGTH(name) >= 2
), parts AS (
  SELECT name, kind, UNNEST(REGEXP_EXTRACT_ALL(LOWER(name), '\p{{Han}}+|\p{{L}}+')) AS part
  FROM names
), keys AS (
  SELECT name, kind, part AS key
  FROM parts
  WHERE part IN (SELECT UNNEST([{0}, {1}]::VARCHAR[]))
  UNION
  SELECT name, kind, SUBSTR(part, place, size)
  FROM parts
  JOIN (SELECT UNNEST(RANGE(2, 7)) AS size) ON size < LENGTH(part)
  JOIN (SELECT UNNEST(RANGE(1, 9)) AS place) ON place + size <= LENGTH(part) + 1
  WHERE REGEXP_MATCHES(part, '^\p{{Han}}')
    AND (SUBSTR(part, place, size) IN (SELECT UNNEST([{0}]::VARCHAR[]))
      OR (LENGTH(part) = 3 AND place = 2 AND SUBSTR(part, place, size) IN (SELECT UNNEST([{1}]::VARCHAR[]))))
), found AS (
  SELECT name, kind
  FROM keys
  QUALIFY ROW_NUMBER() OVER (PARTITION BY key ORDER BY LENGTH(name), name, kind) <= 100
)
SELECT DISTINCT name, COALESCE(one_name('kind', kind), '') AS kind
FROM found
ORDER BY ALL)";

/// All stretches of two to four Chinese characters of a word.
void add_stretches(std::string_view word, std::set<std::string>& out) {
  const std::u32string text = characters_of(word);
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (std::size_t end = at + 1; end <= std::min(text.size(), at + 4) && is_han(text[end - 1]);
         ++end) {
      if (end > at + 1) out.insert(utf8_of(std::u32string_view(text).substr(at, end - at)));
    }
  }
}

std::string quoted(const std::set<std::string>& words) {
  std::vector<std::string> out;
  out.reserve(words.size());
  for (const std::string& word : words) out.push_back(sql_quoted(word));
  return fmt::format("{}", fmt::join(out, ", "));
}

/// Customers of whose names the telling words may hold a part.
Status load_named(const DuckConnection& connection, ReportData& out) {
  std::set<std::string> words, stretches{""};
  const auto add = [&](const std::vector<std::string>& from) {
    for (const std::string& word : from) {
      for (const std::string_view part : split(word, ' ')) words.emplace(part);
      add_stretches(word, stretches);
    }
  };
  for (const Event& event : out.events) add(event.words);
  for (const Leavers& one : out.leavers) add(one.words);
  if (words.empty()) return {};
  return each_row(connection, fmt::format(kNamed, quoted(words), quoted(stretches)), {},
                  [&](const DuckRow& row) {
                    out.named.push_back({text_at(row, 0), text_at(row, 1)});
                  });
}

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
  if (named) named = load_named(connection, out);
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
