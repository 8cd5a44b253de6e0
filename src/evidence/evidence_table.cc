#include "evidence/evidence_table.h"

#include "base/format.h"

namespace xinjing::evidence {
namespace {

constexpr const char* kTables[] = {"readings", "evidence", "expectations"};

Status mark_old_subjects(const DuckConnection& connection) {
  return connection.run(
      "INSERT INTO stale_subjects SELECT DISTINCT subject_no FROM readings "
      "WHERE subject_no IS NOT NULL AND conversation_no IN (SELECT conversation_no FROM dropped)");
}

Status drop_rows(const DuckConnection& connection) {
  Status done = mark_old_subjects(connection);
  for (const char* table : kTables) {
    if (!done) return done;
    done = connection.run(fmt::format(
        "DELETE FROM {} WHERE conversation_no IN (SELECT conversation_no FROM dropped)", table));
  }
  return done;
}

Status list_dropped(const DuckConnection& connection, const std::vector<std::int64_t>& numbers) {
  Status made = connection.run("CREATE OR REPLACE TEMP TABLE dropped (conversation_no BIGINT)");
  if (!made) return made;
  Result<DuckAppender> to = connection.appender("dropped");
  if (!to) return to.failure();
  for (const std::int64_t number : numbers) {
    to->integer(0, number);
    if (Status row = to->end_row(); !row) return row;
  }
  return to->close();
}

void put_number(DuckAppender& to, std::size_t column, const std::optional<std::int64_t>& value) {
  value ? to.integer(column, *value) : to.null(column);
}

/// The message, turn and bytes a row rests on; nulls where it rests on the whole conversation.
void put_place(DuckAppender& to, std::size_t column, const ConversationRows& rows,
               std::uint32_t turn, Span span) {
  if (span.empty() || turn >= rows.message_nos.size()) {
    for (std::size_t c = column; c < column + 4; ++c) to.null(c);
    return;
  }
  to.integer(column, rows.message_nos[turn]);
  to.integer(column + 1, turn);
  to.integer(column + 2, span.begin);
  to.integer(column + 3, span.end);
}

}  // namespace

EvidenceWriter::EvidenceWriter(const DuckConnection& connection, const Catalogue& catalogue,
                               Versions versions, DuckTransaction transaction)
    : x_connection(&connection),
      x_catalogue(&catalogue),
      x_versions(std::move(versions)),
      x_transaction(std::move(transaction)) {
  for (const Card& card : catalogue.cards()) {
    x_card_names.push_back(fmt::format("{}/{}", card.id, card.version));
  }
}

Result<EvidenceWriter> EvidenceWriter::begin(const DuckConnection& connection,
                                             const Catalogue& catalogue, const Versions& versions,
                                             const std::vector<std::int64_t>& replace) {
  Result<DuckTransaction> transaction = DuckTransaction::begin(connection);
  if (!transaction) return transaction.failure();
  EvidenceWriter writer(connection, catalogue, versions, std::move(*transaction));
  if (!replace.empty()) {
    if (Status listed = list_dropped(connection, replace); !listed) return listed.failure();
    if (Status dropped = drop_rows(connection); !dropped) return dropped.failure();
  }
  std::optional<DuckAppender>* appenders[] = {&writer.x_readings, &writer.x_evidence,
                                              &writer.x_expectations};
  for (std::size_t i = 0; i < std::size(kTables); ++i) {
    Result<DuckAppender> appender = connection.appender(kTables[i]);
    if (!appender) return appender.failure();
    appenders[i]->emplace(std::move(*appender));
  }
  return writer;
}

Status EvidenceWriter::add(const ConversationRows& rows) {
  if (rows.subject_no) x_subjects.insert(*rows.subject_no);
  Status done = write_reading(rows);
  if (done) done = write_evidence(rows);
  if (done) done = write_expectations(rows);
  return done;
}

Status EvidenceWriter::write_reading(const ConversationRows& rows) {
  DuckAppender& to = *x_readings;
  const Headline& line = rows.headline;
  to.integer(0, rows.conversation_no);
  put_number(to, 1, rows.subject_no);
  to.integer(2, rows.day.number);
  to.unsigned_integer(3, rows.digest);
  to.text(4, x_versions.model);
  to.text(5, x_versions.cards);
  to.text(6, lang_id(rows.lang));
  to.number(7, line.sentiment);
  const std::pair<const std::string*, double> states[] = {{&line.emotion, line.emotion_p},
                                                          {&line.motive, line.motive_p},
                                                          {&line.need, line.need_p},
                                                          {&line.stage, line.stage_p}};
  std::size_t column = 8;
  for (const auto& [state, p] : states) {
    state->empty() ? to.null(column) : to.text(column, *state);
    state->empty() ? to.null(column + 1) : to.number(column + 1, p);
    column += 2;
  }
  to.number(16, line.satisfaction);
  to.number(17, line.escalation);
  to.number(18, line.urgency);
  to.null(19);
  return to.end_row();
}

Status EvidenceWriter::write_evidence(const ConversationRows& rows) {
  DuckAppender& to = *x_evidence;
  for (const Evidence& one : rows.evidence) {
    const Card& card = (*x_catalogue)[one.construct];
    to.integer(0, rows.conversation_no);
    put_number(to, 1, rows.subject_no);
    to.text(2, card.id);
    to.text(3, one.state == kExposure ? "*" : card.states[one.state].id);
    to.integer(4, rows.day.number);
    to.integer(5, one.micro_nats);
    to.integer(6, one.count);
    to.text(7, source_id(one.source));
    to.text(8, x_card_names[one.construct]);
    to.text(9, "messages");
    put_place(to, 10, rows, one.turn, one.span);
    if (Status row = to.end_row(); !row) return row;
  }
  return {};
}

Status EvidenceWriter::write_expectations(const ConversationRows& rows) {
  DuckAppender& to = *x_expectations;
  for (const ExpectationRow& one : rows.expectations) {
    to.integer(0, rows.conversation_no);
    put_number(to, 1, rows.subject_no);
    to.text(2, one.aspect);
    to.text(3, one.kind);
    to.text(4, one.status);
    to.integer(5, one.promised ? 1 : 0);
    one.due ? to.integer(6, one.due->number) : to.null(6);
    to.number(7, one.p);
    put_place(to, 8, rows, one.turn, one.span);
    if (Status row = to.end_row(); !row) return row;
  }
  return {};
}

Status EvidenceWriter::write_stale() {
  Result<DuckAppender> to = x_connection->appender("stale_subjects");
  if (!to) return to.failure();
  for (const std::int64_t subject : x_subjects) {
    to->integer(0, subject);
    if (Status row = to->end_row(); !row) return row;
  }
  return to->close();
}

Status EvidenceWriter::commit() {
  for (auto* appender : {&x_readings, &x_evidence, &x_expectations}) {
    if (Status closed = (*appender)->close(); !closed) return closed;
    appender->reset();
  }
  if (Status marked = write_stale(); !marked) return marked;
  return x_transaction.commit();
}

Status drop_orphans(const DuckConnection& connection) {
  Result<DuckTransaction> transaction = DuckTransaction::begin(connection);
  if (!transaction) return transaction.failure();
  Status done = connection.run(
      "CREATE OR REPLACE TEMP TABLE dropped AS SELECT conversation_no FROM readings "
      "WHERE conversation_no NOT IN (SELECT conversation_no FROM conversations)");
  if (!done) return done;
  if (done = drop_rows(connection); !done) return done;
  return transaction->commit();
}

}  // namespace xinjing::evidence
