#include "store/person_messages.h"

#include <algorithm>

#include "base/format.h"

namespace xinjing::store {
std::string_view StoredMessage::quote(const std::optional<Span>& span) const {
  if (!span || span->begin > span->end || span->end > text.size()) return {};
  return slice(text, *span);
}

Result<PersonMessages> PersonMessages::open(const DuckConnection& connection, std::int64_t person) {
  PersonMessages out(connection, person);
  Status read = for_each_value(
      connection, "SELECT subject_no FROM subjects WHERE person = ? ORDER BY subject_no", {person},
      [&](const DuckRow& row) { out.x_subjects.push_back(row.integer(0)); });
  if (!read) return read.failure();
  return out;
}

Status PersonMessages::read_where(std::string_view column,
                                  const std::vector<std::int64_t>& values) {
  return for_each_value(
      *x_connection,
      fmt::format("SELECT row_no, message_id, text, channel, time, agent, department "
                  "FROM messages WHERE {} = ?",
                  column),
      values, [&](const DuckRow& row) {
        StoredMessage& message = x_messages[row.integer(0)];
        message.message_id = row.text_or_empty(1);
        message.text = row.text_or_empty(2);
        message.channel = row.text_or_empty(3);
        if (!row.is_null(4)) message.time = Instant{row.integer(4)};
        message.agent = row.text_or_empty(5);
        message.department = row.text_or_empty(6);
      });
}

Status PersonMessages::need(const std::vector<std::int64_t>& numbers) {
  const auto missing = [&] {
    std::vector<std::int64_t> out;
    for (const std::int64_t number : numbers) {
      if (!x_messages.contains(number)) out.push_back(number);
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  };
  if (!x_own_read && !missing().empty()) {
    if (Status read = read_where("subject_no", x_subjects); !read) return read;
    x_own_read = true;
  }
  return read_where("row_no", missing());
}

const StoredMessage* PersonMessages::find(std::int64_t number) const {
  const auto found = x_messages.find(number);
  return found == x_messages.end() ? nullptr : &found->second;
}

}  // namespace xinjing::store
