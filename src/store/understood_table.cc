#include "store/understood_table.h"

#include "base/format.h"
#include "store/cells.h"

namespace xinjing::store {
namespace {

Cells& put(Cells& cells, const std::optional<ReadingRow::Headline>& value) {
  return value ? cells << value->state << value->p : cells.null().null();
}

Cells& put(Cells& cells, const std::optional<Span>& value) {
  return value ? cells << std::int64_t{value->begin} << std::int64_t{value->end}
               : cells.null().null();
}

Status remove_evidence(const DuckConnection& connection, const std::string& condition) {
  Status noted = connection.run(
      "INSERT INTO stale_subjects SELECT DISTINCT subject_no FROM evidence "
      "WHERE subject_no IS NOT NULL AND " +
      condition + " ORDER BY subject_no");
  if (!noted) return noted;
  return connection.run("DELETE FROM evidence WHERE " + condition);
}

Status remove_conversations(const DuckConnection& connection, const Replaced& replaced) {
  if (replaced.conversations.empty()) return {};
  if (Status staged = stage_numbers(connection, replaced.conversations); !staged) return staged;
  const std::string these = "conversation_no IN (FROM named)";
  if (!replaced.construct.empty()) {
    return remove_evidence(connection,
                           these + " AND construct = " + sql_quoted(replaced.construct));
  }
  if (Status removed = remove_evidence(connection, these); !removed) return removed;
  return connection.run("DELETE FROM readings WHERE " + these +
                        "; DELETE FROM expectations WHERE " + these +
                        "; DELETE FROM promise_words WHERE " + these);
}

Status remove_acts(const DuckConnection& connection, const Replaced& replaced) {
  if (replaced.acts_of.empty()) return {};
  if (Status staged = stage_numbers(connection, replaced.acts_of); !staged) return staged;
  std::string these = "conversation_no IS NULL AND subject_no IN (FROM named)";
  if (!replaced.construct.empty()) these += " AND construct = " + sql_quoted(replaced.construct);
  return remove_evidence(connection, these);
}

Result<std::vector<TallyRow>> tally_rows(Result<DuckResult> rows) {
  if (!rows) return rows.failure();
  std::vector<TallyRow> out;
  const Status read = rows->each([&](const DuckRow& row) {
    out.push_back({.subject_no = row.integer(0),
                   .construct = std::string(row.text(1)),
                   .state = std::string(row.text(2)),
                   .day = Day{std::int32_t(row.integer(3))},
                   .micro_nats = row.integer(4),
                   .n = row.integer(5)});
  });
  if (!read) return read.failure();
  return out;
}

}  // namespace

Result<Replacement> Replacement::begin(const Database& database, const Replaced& replaced) {
  Result<Transaction> transaction = database.begin();
  if (!transaction) return transaction.failure();
  Replacement out(database, std::move(*transaction));
  const DuckConnection& connection = database.connection();
  if (Status gone = remove_conversations(connection, replaced); !gone) return gone.failure();
  if (Status gone = remove_acts(connection, replaced); !gone) return gone.failure();
  if (Status opened = out.open(connection); !opened) return opened.failure();
  return out;
}

Status Replacement::open(const DuckConnection& connection) {
  const auto open_one = [&connection](std::optional<DuckAppender>& at, const char* table) {
    Result<DuckAppender> appender = connection.appender(table);
    if (!appender) return Status(appender.failure());
    at.emplace(std::move(*appender));
    return Status();
  };
  if (Status opened = open_one(x_readings, "readings"); !opened) return opened;
  if (Status opened = open_one(x_evidence, "evidence"); !opened) return opened;
  if (Status opened = open_one(x_expectations, "expectations"); !opened) return opened;
  if (Status opened = open_one(x_promise_words, "promise_words"); !opened) return opened;
  return open_one(x_stale, "stale_subjects");
}

Status Replacement::add(const ReadingRow& row) {
  Cells cells(*x_readings);
  cells << row.conversation_no << row.subject_no << row.day;
  cells.digest(row.digest) << row.model << row.cards << row.lang << row.sentiment;
  for (const auto* one : {&row.emotion, &row.motive, &row.need, &row.stage}) put(cells, *one);
  cells << row.satisfaction << row.escalation << row.urgency;
  row.detail.empty() ? cells.null() : cells << row.detail;
  return cells.end();
}

Status Replacement::add(const EvidenceRow& row) {
  Cells cells(*x_evidence);
  cells << row.conversation_no << row.subject_no << row.construct << row.state << row.day
        << row.micro_nats << row.n << row.source << row.card << row.event_table << row.event_no
        << row.turn_no;
  put(cells, row.span);
  row.act.empty() ? cells.null() : cells << row.act;
  if (Status ended = cells.end(); !ended) return ended;
  return note_stale(row.subject_no);
}

Status Replacement::add(const ExpectationRow& row) {
  Cells cells(*x_expectations);
  cells << row.conversation_no << row.subject_no << row.aspect << row.kind << row.status
        << row.promised << row.due << row.p << row.event_no << row.turn_no;
  put(cells, row.span);
  return (cells << row.norm << row.content_zh << row.content_en).end();
}

Status Replacement::add(const PromiseWordRow& row) {
  Cells cells(*x_promise_words);
  cells << row.conversation_no << row.subject_no << row.what << row.acts << row.aspect
        << row.due_millis << row.due_to_the_minute << row.amount << row.unit << row.recalls
        << row.event_no << row.turn_no << std::int64_t{row.span.begin}
        << std::int64_t{row.span.end};
  cells << row.bound << row.giver;
  row.object.empty() ? cells.null().null()
                     : cells << std::int64_t{row.object.begin} << std::int64_t{row.object.end};
  cells << row.measures;
  return cells.end();
}

// Rows of one subject come together, so remembering the last one leaves few repeats.
Status Replacement::note_stale(std::optional<std::int64_t> subject_no) {
  if (!subject_no || *subject_no == x_last_stale) return {};
  x_last_stale = *subject_no;
  x_stale->integer(0, *subject_no);
  return x_stale->end_row();
}

Status Replacement::commit() {
  for (auto* appender : {&x_readings, &x_evidence, &x_expectations, &x_promise_words, &x_stale}) {
    if (Status closed = (*appender)->close(); !closed) return closed;
    appender->reset();
  }
  if (Status committed = x_transaction.commit(); !committed) return committed;
  return x_database->checkpoint_if_due();
}

Result<std::vector<TallyRow>> read_tally(const Database& database,
                                         std::optional<std::int64_t> subject_no) {
  const std::string sql =
      fmt::format("SELECT * FROM tally {} ORDER BY subject_no, construct, state, day",
                  subject_no ? fmt::format("WHERE subject_no = {}", *subject_no) : "");
  return tally_rows(database.connection().stream(sql));
}

}  // namespace xinjing::store
