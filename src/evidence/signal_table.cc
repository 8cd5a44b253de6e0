#include "evidence/signal_table.h"

#include <deque>
#include <string>

namespace xinjing::evidence {

Result<std::vector<SignalNote>> load_signal_notes(const DuckConnection& connection,
                                                  std::int64_t conversation_no,
                                                  const SignalNoter& noter) {
  Result<DuckResult> rows = connection.query(
      "SELECT m.speaker, m.time, m.text FROM turns AS t "
      "JOIN messages AS m ON m.row_no = t.message_no "
      "WHERE t.conversation_no = ? ORDER BY t.turn_no",
      {conversation_no});
  if (!rows) return rows.failure();
  std::deque<std::string> texts;
  std::vector<language::Turn> turns;
  const Status read = rows->each([&](const DuckRow& row) {
    texts.emplace_back(row.is_null(2) ? std::string_view() : row.text(2));
    turns.push_back(
        {.speaker = static_cast<ingest::Speaker>(row.integer(0)),
         .text = texts.back(),
         .time = row.is_null(1) ? std::nullopt : std::optional(Instant{row.integer(1)})});
  });
  if (!read) return read.failure();
  return noter.notes(turns);
}

}  // namespace xinjing::evidence
