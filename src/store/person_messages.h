#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/day.h"
#include "base/span.h"
#include "store/database.h"

namespace xinjing::store {

/// A message as it was kept; empty strings are unknown.
struct StoredMessage {
  std::string message_id;
  std::string text;
  std::string channel;
  std::optional<Instant> time;
  std::string agent;
  std::string department;

  /// The bytes of the text that a span covers; nothing if it does not fit.
  std::string_view quote(const std::optional<Span>& span) const;
};

/// The subjects of one person and the messages that somebody asked for, each read once however
/// many ask. Looked up by equality, because the engine then skips blocks, while a join or a list
/// of numbers makes it read the text of every message (ten times the time). The connection must
/// outlive it.
class PersonMessages {
 public:
  static Result<PersonMessages> open(const DuckConnection& connection, std::int64_t person);

  std::int64_t person() const { return x_person; }

  /// The numbers of the subjects that are the person, ascending; none if there is no such person.
  const std::vector<std::int64_t>& subjects() const { return x_subjects; }

  /// Reads messages by messages.row_no, whoever wrote them; numbers that no message has stay
  /// unknown. Cost: some ms in a file of a million messages for the first that are the person's
  /// own, then about 0.5 ms for each that is not.
  Status need(const std::vector<std::int64_t>& numbers);

  /// REQUIRES: `number` was needed before, else it may be missing.
  const StoredMessage* find(std::int64_t number) const;

 private:
  PersonMessages(const DuckConnection& connection, std::int64_t person)
      : x_connection(&connection), x_person(person) {}

  Status read_where(std::string_view column, const std::vector<std::int64_t>& values);

  const DuckConnection* x_connection;
  std::int64_t x_person;
  std::vector<std::int64_t> x_subjects;
  std::unordered_map<std::int64_t, StoredMessage> x_messages;
  bool x_own_read = false;
};

/// Runs a statement with one parameter for each of some values.
template <typename Visit>
Status for_each_value(const DuckConnection& connection, std::string_view sql,
                      const std::vector<std::int64_t>& values, Visit visit) {
  if (values.empty()) return {};
  Result<DuckStatement> statement = connection.prepare(sql);
  if (!statement) return statement.failure();
  for (const std::int64_t value : values) {
    if (Status bound = statement->bind({value}); !bound) return bound;
    Result<DuckResult> rows = statement->execute();
    if (!rows) return rows.failure();
    if (Status read = rows->each(visit); !read) return read;
  }
  return {};
}

}  // namespace xinjing::store
