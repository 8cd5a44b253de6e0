#include "store/conversation_table.h"

#include "base/format.h"
#include "store/sql.h"

namespace xinjing::store {
namespace {

constexpr std::string_view kThrough = "conversations_through";
constexpr std::string_view kGap = "gap_minutes";

Result<std::int64_t> built_through(const Database& database, int gap_minutes) {
  const Result<std::optional<std::string>> gap = database.meta(kGap);
  if (!gap) return gap.failure();
  if (*gap != std::to_string(gap_minutes)) return 0;
  const Result<std::optional<std::string>> through = database.meta(kThrough);
  if (!through) return through.failure();
  return *through ? std::stoll(**through) : 0;
}

Result<ConversationChange> change_in(const DuckConnection& connection) {
  Result<DuckResult> rows = connection.query(
      "SELECT (SELECT COUNT(*) FROM conversations), (SELECT COUNT(*) FROM placed), "
      "(SELECT COUNT(*) FROM vanished)");
  if (!rows) return rows.failure();
  ConversationChange out;
  const Status read = rows->each([&](const DuckRow& row) {
    out = {.conversations = row.integer(0), .placed = row.integer(1), .vanished = row.integer(2)};
  });
  if (!read) return read.failure();
  return out;
}

Status drop_stages(const DuckConnection& connection) {
  return connection.run(
      "DROP TABLE touched_ids; DROP TABLE touched_runs; DROP TABLE touched_talks; "
      "DROP TABLE placed; DROP TABLE replaced; "
      "DROP TABLE vanished");
}

}  // namespace

Result<ConversationChange> build_conversations(const Database& database,
                                               const ConversationOptions& options) {
  const DuckConnection& connection = database.connection();
  const Result<std::int64_t> through = built_through(database, options.gap_minutes);
  if (!through) return through.failure();
  const Result<std::int64_t> last =
      connection.integer("SELECT COALESCE(MAX(row_no), 0) FROM messages");
  if (!last) return last.failure();
  Result<Transaction> transaction = database.begin();
  if (!transaction) return transaction.failure();
  const std::string script =
      fmt::format("SET VARIABLE through = {}; SET VARIABLE gap_minutes = {};\n{}", *through,
                  options.gap_minutes, sql("conversation_table"));
  if (Status built = connection.run(script); !built) return built.failure();
  Result<ConversationChange> change = change_in(connection);
  if (!change) return change;
  if (Status gone = drop_stages(connection); !gone) return gone.failure();
  if (Status noted = database.set_meta(kThrough, std::to_string(*last)); !noted) {
    return noted.failure();
  }
  if (Status noted = database.set_meta(kGap, std::to_string(options.gap_minutes)); !noted) {
    return noted.failure();
  }
  if (Status committed = transaction->commit(); !committed) return committed.failure();
  if (Status moved = database.checkpoint_if_due(); !moved) return moved.failure();
  return change;
}

ConversationBatch::Slice ConversationBatch::keep(std::string_view text) {
  const Slice slice{x_bytes.size(), text.size()};
  x_bytes.insert(x_bytes.end(), text.begin(), text.end());
  return slice;
}

void ConversationBatch::settle() {
  for (std::size_t i = 0; i < x_turns.size(); ++i) x_turns[i].text = view(x_texts[i]);
  for (std::size_t i = 0; i < x_conversations.size(); ++i) {
    const Draft& draft = x_drafts[i];
    const std::size_t end = i + 1 < x_drafts.size() ? x_drafts[i + 1].first_turn : x_turns.size();
    x_conversations[i].channel = view(draft.channel);
    x_conversations[i].lang = view(draft.lang);
    x_conversations[i].turns =
        std::span<const StoredTurn>(x_turns).subspan(draft.first_turn, end - draft.first_turn);
  }
}

Result<StaleConversations> StaleConversations::begin(const Database& database,
                                                     ReaderVersion version) {
  Result<DuckConnection> connection = database.connect();
  if (!connection) return connection.failure();
  Result<DuckResult> totals = connection->query(
      "SELECT COUNT(*), COALESCE(SUM(messages), 0)::BIGINT FROM conversations AS c "
      "LEFT JOIN readings AS r USING (conversation_no) "
      "WHERE r.conversation_no IS NULL OR r.digest <> c.digest OR r.model <> $1 OR r.cards <> $2",
      {version.model, version.cards});
  if (!totals) return totals.failure();
  std::int64_t conversations = 0;
  std::int64_t messages = 0;
  const Status counted = totals->each([&](const DuckRow& row) {
    conversations = row.integer(0);
    messages = row.integer(1);
  });
  if (!counted) return counted.failure();
  Result<DuckResult> rows = connection->stream(
      "SELECT c.conversation_no, c.subject_no, c.digest, c.started, r.conversation_no IS NOT NULL, "
      "c.channel, m.lang, m.speaker, m.time, m.row_no, m.text " +
          std::string(sql("stale_conversations")) +
          "ORDER BY c.subject_no, c.started, c.conversation_no, t.turn_no",
      {version.model, version.cards});
  if (!rows) return rows.failure();
  StaleConversations out(std::move(*connection), std::move(*rows));
  out.x_conversations = conversations;
  out.x_messages = messages;
  return out;
}

void StaleConversations::take(ConversationBatch& batch, const DuckRow& row) {
  const auto text = [&row](std::size_t column) {
    return row.is_null(column) ? std::string_view() : row.text(column);
  };
  const auto instant = [&row](std::size_t column) {
    return row.is_null(column) ? std::optional<Instant>() : Instant{row.integer(column)};
  };
  const std::int64_t number = row.integer(0);
  const bool begins = batch.empty() || batch.x_conversations.back().conversation_no != number;
  if (begins) {
    batch.x_conversations.push_back(
        {.conversation_no = number,
         .subject_no = row.is_null(1) ? std::optional<std::int64_t>() : row.integer(1),
         .digest = row.unsigned_integer(2),
         .started = instant(3),
         .has_rows = row.integer(4) != 0,
         .channel = {},
         .lang = {},
         .turns = {}});
    batch.x_drafts.push_back({.channel = batch.keep(text(5)),
                              .lang = batch.keep(text(6)),
                              .first_turn = batch.x_turns.size()});
  }
  const std::int64_t speaker = row.is_null(7) ? 0 : row.integer(7);
  batch.x_turns.push_back({.speaker = static_cast<ingest::Speaker>(speaker),
                           .text = {},
                           .time = instant(8),
                           .message_no = row.integer(9)});
  batch.x_texts.push_back(batch.keep(text(10)));
}

Result<ConversationBatch> StaleConversations::next(std::size_t messages) {
  ConversationBatch batch;
  for (;;) {
    if (!x_chunk || x_at == x_chunk->rows()) {
      Result<std::optional<DuckChunk>> chunk = x_rows.next();
      if (!chunk) return chunk.failure();
      x_chunk = std::move(*chunk);
      x_at = 0;
      if (!x_chunk) break;
    }
    const bool full = batch.messages() >= messages;
    const bool same = !batch.empty() &&
                      batch.x_conversations.back().conversation_no == (*x_chunk)[0].integer(x_at);
    if (full && !same) break;
    take(batch, DuckRow(*x_chunk, x_at++));
  }
  batch.settle();
  return batch;
}

}  // namespace xinjing::store
