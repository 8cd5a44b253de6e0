#include "insight/rivals_table.h"

#include <algorithm>

#include "base/format.h"
#include "insight/rival_names.h"
#include "insight/talk_table.h"
#include "insight/whose.h"

namespace xinjing::insight {
namespace {

// Words before a rival's name by which a customer has gone over to it.
constexpr const char* kTurned =
    "(?i)(换|转|签|定|选|投|改用|switch(ed|ing)? to |signed with |moving to "
    ")(给|到|成|了|向|用){0,2}";

/// The same as something done: 签给了远帆, 换远帆了, signed with Northgrid.
std::string made_pattern(const std::vector<std::string>& names) {
  const std::string any = fmt::format("({})", fmt::join(names, "|"));
  return sql_quoted(fmt::format(
      "(?i)(换|转|签|定|选|投|改用)(给|到|成|向|用)?了(给|到|向)?{0}|(换|转|签|改用)(给|到|成|向|"
      "用)?{0}"
      "(了|[，。,. ]*(合同|协议)?.{{0,6}}(签的|签了|生效))|(switched|moved) to {0}|signed with {0}",
      any));
}

// What each customer said, the customers who compare or leave apart from as many others.
constexpr std::string_view kSaid = R"(
WITH chosen AS (
  SELECT t.person, BOOL_OR(t.conversation_no IN (SELECT conversation_no FROM sign
    WHERE kind IN ('leave', 'compare'))) AS here
  FROM talk AS t
  WHERE t.person IS NOT NULL
  GROUP BY t.person
), picked AS (
  SELECT person, here
  FROM chosen
  QUALIFY ROW_NUMBER() OVER (PARTITION BY here ORDER BY HASH(person)) <= 2000
)
SELECT s.here, STRING_AGG(m.text, '\n' ORDER BY m.row_no)
FROM picked AS s
JOIN talk AS t USING (person)
JOIN feeling AS f USING (conversation_no)
JOIN messages AS m ON m.row_no = f.message_no
GROUP BY s.person, s.here
ORDER BY s.person)";

// Whether a word is in the names of those who speak, agents and customers themselves: a Latin one
// as a word, a Chinese one as the name, or as part of one of three characters, which is a person's.
constexpr std::string_view kOwnName = R"(
SELECT EXISTS (SELECT 1 FROM customers WHERE {0}) OR EXISTS (SELECT 1 FROM messages WHERE {1}))";

std::string in_name(const char* column, const std::string& word) {
  return fmt::format(
      "CONTAINS(' ' || {0} || ' ', ' ' || {1} || ' ') OR (LENGTH({0}) = 3 AND LENGTH({1}) > 1 AND "
      "ORD({1}) > 591 AND CONTAINS({0}, {1}))",
      column, sql_quoted(word));
}

bool is_sign(const SignWords& signs, const std::string& word) {
  for (const auto& [kind, list] : signs) {
    for (const std::string& sign : list) {
      if (sign.find(word) != std::string::npos) return true;
    }
  }
  return false;
}

}  // namespace

Result<std::vector<std::string>> load_rivals(const DuckConnection& connection,
                                             const SignWords& signs) {
  std::vector<std::string> here, elsewhere;
  Status done = each_row(connection, kSaid, {}, [&](const DuckRow& row) {
    (row.integer(0) != 0 ? here : elsewhere).push_back(text_at(row, 1));
  });
  if (!done) return done.failure();
  Status asked;
  const auto not_a_name = [&](const std::string& word) {
    if (is_sign(signs, word)) return true;
    const std::string first = word.substr(0, word.find(' '));
    bool own = false;
    const Status read =
        each_row(connection, fmt::format(kOwnName, in_name("name", first), in_name("agent", first)),
                 {}, [&](const DuckRow& row) { own = row.integer(0) != 0; });
    if (!read) asked = read;
    return own;
  };
  language::WordBreaker breaker;
  std::vector<std::string> out = rival_names(here, elsewhere, not_a_name, breaker);
  if (!asked) return asked.failure();
  return out;
}

Result<std::vector<std::pair<std::int64_t, Sign>>> load_rival_signs(
    const DuckConnection& connection, const std::vector<std::string>& rivals) {
  std::vector<std::pair<std::int64_t, Sign>> out;
  if (rivals.empty()) return out;
  std::vector<std::string> names;
  names.reserve(rivals.size());
  for (const std::string& rival : rivals) names.push_back(name_pattern(rival));
  const std::string sql = fmt::format(
      R"(
SELECT t.person, t.day, f.conversation_no, f.message_no, STRLEN(REGEXP_EXTRACT(m.text, {0})),
  STRLEN(LEFT(m.text, STRPOS(m.text, REGEXP_EXTRACT(m.text, {0})) - 1)),
  REGEXP_EXTRACT(m.text, {0}), REGEXP_MATCHES(m.text, {1}), REGEXP_MATCHES(m.text, {2}), m.text
FROM feeling AS f
JOIN talk AS t USING (conversation_no)
JOIN messages AS m ON m.row_no = f.message_no
WHERE t.person IS NOT NULL AND REGEXP_MATCHES(m.text, {0})
ORDER BY t.person, t.day, f.message_no)",
      sql_pattern(names),
      sql_quoted(std::string(kTurned) + fmt::format("({})", fmt::join(names, "|"))),
      made_pattern(names));
  Status done = each_row(connection, sql, {}, [&](const DuckRow& row) {
    const auto begin = static_cast<std::uint32_t>(row.integer(5));
    const Span span{begin, begin + static_cast<std::uint32_t>(row.integer(4))};
    const bool own = !done_by_somebody_else(row.text(9), span);
    out.push_back({row.integer(0),
                   {own && row.integer(8) != 0   ? "left"
                    : own && row.integer(7) != 0 ? "leave"
                                                 : "rival",
                    day_at(row, 1), row.integer(2), row.integer(3), span, text_at(row, 6)}});
  });
  if (!done) return done.failure();
  return out;
}

}  // namespace xinjing::insight
