#include <algorithm>

#include "insight/event_finder.h"
#include "insight/talk_table.h"
#include "insight/telling_words.h"

namespace xinjing::insight {
namespace {

constexpr std::size_t kTexts = 1'500;  // read to name one story
constexpr std::size_t kWords = 8;
constexpr std::size_t kCites = 12;

}  // namespace

Status Finder::compare(Event& event, const std::string& list) {
  const std::string sql = fmt::format(R"(
SELECT t.conversation_no IN ({0}) AS here, COUNT(*)::DOUBLE, SUM(valence), SUM(valence * valence),
  COUNT(DISTINCT person)
FROM talk AS t
WHERE valence IS NOT NULL
GROUP BY here)",
                                      list);
  Status done = each_row(x_connection, sql, {}, [&](const DuckRow& row) {
    const Interval mean = mean_interval({row.number(1), row.number(2), row.number(3)}, -1, 1);
    if (row.integer(0) == 0) {
      event.rest = mean;
      return;
    }
    event.inside = mean, event.customers_touched = row.integer(4);
  });
  if (!done) return done;
  const std::string handled = fmt::format(R"(
WITH care AS (
  SELECT conversation_no, SUM(level) FILTER (dimension <> 'deflects') AS level,
    COALESCE(MAX(level) FILTER (dimension = 'deflects'), 0) AS deflects
  FROM manner
  GROUP BY conversation_no
)
SELECT level >= 4 AND deflects = 0 AS well, COUNT(*)::DOUBLE, SUM(last), SUM(last * last)
FROM talk
JOIN care USING (conversation_no)
WHERE conversation_no IN ({0}) AND last IS NOT NULL
GROUP BY well)",
                                          list);
  return each_row(x_connection, handled, {}, [&](const DuckRow& row) {
    const Interval mean = mean_interval({row.number(1), row.number(2), row.number(3)}, -1, 1);
    const auto n = static_cast<std::int64_t>(row.number(1));
    row.integer(0) != 0 ? (event.handled_well = mean, event.well = n)
                        : (event.handled_ill = mean, event.ill = n);
  });
}

/// Messages of customers that stand for the story: those of the strongest feeling, a person each.
Status Finder::cite(Event& event, const std::string& list) {
  if (const auto told = x_told.find(event.what); told != x_told.end()) {
    const std::string sql = fmt::format(
        R"(
SELECT message_no, STRLEN(LEFT(text, STRPOS(text, word) - 1)), STRLEN(word)
FROM (
  SELECT f.message_no, m.text, REGEXP_EXTRACT(m.text, {0}) AS word,
    ROW_NUMBER() OVER (PARTITION BY t.person ORDER BY f.message_no) AS of_person
  FROM feeling AS f
  JOIN talk AS t USING (conversation_no)
  JOIN messages AS m ON m.row_no = f.message_no
  WHERE f.conversation_no IN ({1}) AND REGEXP_MATCHES(m.text, {0})
)
WHERE of_person = 1
ORDER BY message_no
LIMIT {2})",
        sql_pattern(told->second), list, kCites);
    return each_row(x_connection, sql, {}, [&](const DuckRow& row) {
      const auto begin = static_cast<std::uint32_t>(row.integer(1));
      const Span span{begin, begin + static_cast<std::uint32_t>(row.integer(2))};
      event.cites.push_back({row.integer(0), span, {}});
    });
  }
  const std::string order = event.praise || !event.up ? "valence DESC" : "valence";
  const std::string sql = fmt::format(R"(
SELECT message_no
FROM (
  SELECT f.message_no, f.valence, t.person, STRLEN(m.text) AS size,
    ROW_NUMBER() OVER (PARTITION BY t.person ORDER BY f.{1}, STRLEN(m.text) DESC, f.message_no)
      AS of_person
  FROM feeling AS f
  JOIN talk AS t USING (conversation_no)
  JOIN messages AS m ON m.row_no = f.message_no
  WHERE f.conversation_no IN ({0})
)
WHERE of_person = 1 AND size >= 24
ORDER BY {1}, size DESC, message_no
LIMIT {2})",
                                      list, order, kCites);
  return each_row(x_connection, sql, {}, [&](const DuckRow& row) {
    event.cites.push_back({row.integer(0), {}, {}});
  });
}

Status Finder::name(Event& event, const std::string& list) {
  const auto here = texts_where(x_connection, fmt::format("conversation_no IN ({})", list), kTexts);
  if (!here) return here.failure();
  const auto elsewhere = texts_where(
      x_connection,
      fmt::format("conversation_no NOT IN ({}) AND day NOT BETWEEN DATE '{}' AND DATE '{}'", list,
                  iso_date(event.from), iso_date(event.to)),
      4 * kTexts);
  if (!elsewhere) return elsewhere.failure();
  std::size_t outside = 0, words = 0;
  for (const TellingWord& word : telling_words(*here, *elsewhere, x_breaker, kWords)) {
    event.words.push_back(word.text), ++words;
  }
  for (const std::string& word : event.words) {
    const bool told =
        std::any_of(x_environment.begin(), x_environment.end(),
                    [&](const std::string& part) { return word.find(part) != std::string::npos; });
    outside += told ? 1 : 0;
  }
  event.environment = words > 0 && outside > 0;
  return {};
}

/// What is counted has its numbers from the talks it counts; words and quotes are those of all
/// talks of the story.
Status Finder::describe(Event& event, const std::vector<std::int64_t>& counted,
                        const std::vector<std::int64_t>& talks) {
  std::string subject = event.what;
  std::replace(subject.begin(), subject.end(), ':', '-');
  event.id = fmt::format("{}-{}-{}{}", event.kind, subject, iso_date(event.from).substr(0, 7),
                         event.department.empty() ? "" : "-" + event.department);
  if (talks.empty()) return {};
  const std::string list = fmt::format("{}", fmt::join(talks, ", "));
  Status done;
  if (!counted.empty()) done = compare(event, fmt::format("{}", fmt::join(counted, ", ")));
  if (done) done = cite(event, list);
  if (done && event.kind == "burst") done = name(event, list);
  return done;
}

Result<std::vector<std::string>> texts_where(const DuckConnection& connection,
                                             const std::string& where, std::size_t most) {
  std::vector<std::string> texts;
  const std::string sql =
      fmt::format(R"(
WITH chosen AS (
  SELECT f.message_no
  FROM feeling AS f
  JOIN talk AS t USING (conversation_no)
  WHERE {0}
  ORDER BY HASH(f.message_no)
  LIMIT {1}
)
SELECT m.text
FROM chosen AS c
JOIN messages AS m ON m.row_no = c.message_no
ORDER BY c.message_no)",
                  where.starts_with("conversation_no") ? "f." + where : where, most);
  Status read =
      each_row(connection, sql, {}, [&](const DuckRow& row) { texts.push_back(text_at(row, 0)); });
  if (!read) return read.failure();
  return texts;
}

}  // namespace xinjing::insight
