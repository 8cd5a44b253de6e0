#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/duckdb.h"

namespace xinjing::insight {

/// One name for a channel, place or kind of customer that goes by several (lexicons/channels.tsv).
struct PlaceName {
  std::string what;   // channel or kind
  std::string other;  // a name it also goes by, in lower case
  std::string shown;  // in the report's language
};
using PlaceNames = std::vector<PlaceName>;

/// Puts what a report counts into temporary tables of the connection, so that the file itself may
/// be open for reading only; nothing after `as_of` is in them:
/// feeling(conversation_no, turn_no, message_no, state, valence), a row for each turn of a
/// customer; talk(conversation_no, person, day, month, week, channel, department, kind, lang,
/// satisfaction,
///   escalation, need, messages, turns, valence, worst, last), a row for each conversation, ''
///   where the channel, department or kind of customer is not known;
/// matter(conversation_no, what), what it is about: aspect:PRI, bad:PRI, good:PRI, motive:vent,
///   unmet:SPD, unmet, bond:leave, emotion:anger, mood:bad, mood:good, volume.
/// and one_name(what, text), a macro: the one name of a channel or kind of customer, by `names`; a
///   text that is no name of any stays as it is.
/// Cost: 2 s for a million messages.
Status prepare_talks(const DuckConnection& connection, Day as_of, const PlaceNames& names = {});

/// Words by which customers say something of their own accord, by matter (lexicons/praise.*.tsv):
/// regular expressions.
using ToldWords = std::map<std::string, std::vector<std::string>>;

/// Adds to `matter` what customers say in such words: praise:SPD, claims.
/// REQUIRES: prepare_talks on this connection. Cost: 1 s for a million messages.
Status add_told(const DuckConnection& connection, const ToldWords& words);

/// A condition on `text`: any of the words of any kind. Words with gaps in them are looked for kind
/// by kind: in one expression with all others they take fifty times as long.
std::string sql_any_of(const ToldWords& words);

/// One regular expression of several, as a string of SQL.
std::string sql_pattern(const std::vector<std::string>& words);

/// Calls `visit` for every row of a query.
template <typename Visit>
Status each_row(const DuckConnection& connection, std::string_view sql, DuckValues values,
                Visit visit) {
  Result<DuckResult> rows = connection.query(sql, values);
  if (!rows) return rows.failure();
  return rows->each(visit);
}

inline Day day_at(const DuckRow& row, std::size_t column) {
  return {static_cast<std::int32_t>(row.integer(column))};
}

inline std::string text_at(const DuckRow& row, std::size_t column) {
  return std::string(row.text_or_empty(column));
}

}  // namespace xinjing::insight
