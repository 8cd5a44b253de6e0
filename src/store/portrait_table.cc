#include "store/portrait_table.h"

#include <cstdlib>
#include <tuple>
#include <unordered_map>

#include "base/format.h"
#include "store/cells.h"
#include "store/subject_table.h"

namespace xinjing::store {
namespace {

std::string text_or_nothing(const DuckRow& row, std::size_t column) {
  return row.is_null(column) ? std::string() : std::string(row.text(column));
}

std::optional<std::int64_t> integer_or_nothing(const DuckRow& row, std::size_t column) {
  if (row.is_null(column)) return {};
  return row.integer(column);
}

std::optional<double> number_or_nothing(const DuckRow& row, std::size_t column) {
  if (row.is_null(column)) return {};
  return row.number(column);
}

std::optional<Day> day_or_nothing(const DuckRow& row, std::size_t column) {
  if (row.is_null(column)) return {};
  return Day{std::int32_t(row.integer(column))};
}

QuotedEvidence evidence_from(const DuckRow& row) {
  QuotedEvidence out{.construct = std::string(row.text(0)),
                     .state = std::string(row.text(1)),
                     .day = *day_or_nothing(row, 2),
                     .micro_nats = row.integer(3),
                     .n = row.integer(4),
                     .source = std::string(row.text(5)),
                     .card = std::string(row.text(6)),
                     .event_table = std::string(row.text(7)),
                     .event_no = integer_or_nothing(row, 8),
                     .conversation_no = integer_or_nothing(row, 9),
                     .turn_no = integer_or_nothing(row, 10),
                     .span = {},
                     .quote = {},
                     .message = {},
                     .channel = {},
                     .time = {}};
  if (!row.is_null(11) && !row.is_null(12)) {
    out.span = Span{std::uint32_t(row.integer(11)), std::uint32_t(row.integer(12))};
  }
  return out;
}

// For and against a state the weightiest first; the rest makes the order unique.
auto rank(const QuotedEvidence& one) {
  return std::tuple(std::string_view(one.construct), std::string_view(one.state),
                    one.micro_nats < 0, -std::abs(one.micro_nats), -one.day.number, one.event_no,
                    one.span, std::string_view(one.source));
}

bool alike(const QuotedEvidence& a, const QuotedEvidence& b) {
  return a.construct == b.construct && a.state == b.state &&
         (a.micro_nats < 0) == (b.micro_nats < 0);
}

void keep_best(std::vector<QuotedEvidence>& evidence, std::int64_t best) {
  std::ranges::sort(evidence, {}, rank);
  if (best <= 0) return;
  std::vector<QuotedEvidence> kept;
  std::int64_t run = 0;
  for (QuotedEvidence& one : evidence) {
    run = kept.empty() || !alike(kept.back(), one) ? 1 : run + 1;
    if (run <= best) kept.push_back(std::move(one));
  }
  evidence = std::move(kept);
}

// One subject at a time: the engine skips by "=", and reads whole columns for lists.
Status add_evidence(const Database& database, std::int64_t subject_no, std::string_view construct,
                    std::vector<QuotedEvidence>& out) {
  Result<DuckResult> rows = database.connection().query(
      "SELECT construct, state, day, micro_nats, n, source, card, event_table, event_no, "
      "conversation_no, turn_no, span_begin, span_end FROM evidence "
      "WHERE subject_no = $1 AND ($2 = '' OR construct = $2)",
      {subject_no, construct});
  if (!rows) return rows.failure();
  return rows->each([&](const DuckRow& row) { out.push_back(evidence_from(row)); });
}

using Wanted = std::unordered_map<std::int64_t, std::vector<QuotedEvidence*>>;

bool is_said(const QuotedEvidence& one) { return one.event_table == "messages" && one.event_no; }

void put_words(const DuckRow& row, Wanted& wanted) {
  const auto found = wanted.find(row.integer(0));
  if (found == wanted.end()) return;
  for (QuotedEvidence* one : found->second) {
    one->message = text_or_nothing(row, 1);
    one->channel = text_or_nothing(row, 2);
    if (!row.is_null(3)) one->time = Instant{row.integer(3)};
    const bool inside =
        one->span && one->span->begin <= one->span->end && one->span->end <= one->message.size();
    if (inside) one->quote = slice(one->message, *one->span);
  }
  wanted.erase(found);
}

Status find_words(const Database& database, std::string_view column,
                  const std::vector<std::int64_t>& values, Wanted& wanted) {
  Result<DuckStatement> statement = database.connection().prepare(
      fmt::format("SELECT row_no, text, channel, time FROM messages WHERE {} = ?", column));
  if (!statement) return statement.failure();
  for (const std::int64_t value : values) {
    if (Status bound = statement->bind({value}); !bound) return bound;
    Result<DuckResult> rows = statement->execute();
    if (!rows) return rows.failure();
    Status read = rows->each([&](const DuckRow& row) { put_words(row, wanted); });
    if (!read) return read;
  }
  return {};
}

// Most of the words are the person's own messages; the others are looked up one by one.
Status add_words(const Database& database, const std::vector<std::int64_t>& subjects,
                 std::vector<QuotedEvidence>& evidence) {
  Wanted wanted;
  for (QuotedEvidence& one : evidence) {
    if (is_said(one)) wanted[*one.event_no].push_back(&one);
  }
  if (wanted.size() > 4 * subjects.size()) {
    if (Status found = find_words(database, "subject_no", subjects, wanted); !found) return found;
  }
  std::vector<std::int64_t> numbers;
  for (const auto& [number, ignored] : wanted) numbers.push_back(number);
  return find_words(database, "row_no", numbers, wanted);
}

}  // namespace

Result<std::vector<QuotedEvidence>> quoted_evidence(const Database& database, std::int64_t person,
                                                    const QuoteOptions& options) {
  const Result<std::vector<SubjectRow>> subjects = subjects_of(database, person);
  if (!subjects) return subjects.failure();
  std::vector<std::int64_t> numbers;
  for (const SubjectRow& subject : *subjects) numbers.push_back(subject.subject_no);
  std::vector<QuotedEvidence> evidence;
  for (const std::int64_t number : numbers) {
    const Status added = add_evidence(database, number, options.construct, evidence);
    if (!added) return added.failure();
  }
  keep_best(evidence, options.best);
  if (Status added = add_words(database, numbers, evidence); !added) return added.failure();
  return evidence;
}

Result<std::vector<PortraitRow>> read_portrait(const Database& database, std::int64_t person) {
  Result<DuckResult> rows = database.connection().query(
      "SELECT construct, state, said, p, weight, n, episodes, trend, first_day, last_day, as_of, "
      "card FROM portraits WHERE person = ? ORDER BY construct, p DESC NULLS LAST, state",
      {person});
  if (!rows) return rows.failure();
  std::vector<PortraitRow> out;
  const Status read = rows->each([&](const DuckRow& row) {
    out.push_back({.construct = std::string(row.text(0)),
                   .state = std::string(row.text(1)),
                   .said = row.integer(2) != 0,
                   .p = number_or_nothing(row, 3),
                   .weight = row.number(4),
                   .n = row.integer(5),
                   .episodes = row.integer(6),
                   .trend = number_or_nothing(row, 7),
                   .first_day = day_or_nothing(row, 8),
                   .last_day = day_or_nothing(row, 9),
                   .as_of = *day_or_nothing(row, 10),
                   .card = std::string(row.text(11))});
  });
  if (!read) return read.failure();
  return out;
}

Result<PortraitLoad> PortraitLoad::begin(const Database& database,
                                         const std::vector<std::int64_t>& people) {
  Result<Transaction> transaction = database.begin();
  if (!transaction) return transaction.failure();
  PortraitLoad out(std::move(*transaction));
  const DuckConnection& connection = database.connection();
  if (Status staged = stage_numbers(connection, people); !staged) return staged.failure();
  // Someone who was found to be another person has no portrait of their own any more.
  const Status gone = connection.run(
      "DELETE FROM portraits WHERE person IN (FROM named) "
      "OR person NOT IN (SELECT person FROM subjects);"
      "DELETE FROM stale_subjects WHERE subject_no IN "
      "(SELECT subject_no FROM subjects WHERE person IN (FROM named))");
  if (!gone) return gone.failure();
  Result<DuckAppender> appender = connection.appender("portraits");
  if (!appender) return appender.failure();
  out.x_appender.emplace(std::move(*appender));
  return out;
}

Status PortraitLoad::add(std::int64_t person, const PortraitRow& row) {
  Cells cells(*x_appender);
  cells << person << row.construct << row.state << row.said << row.p << row.weight << row.n
        << row.episodes << row.trend << row.first_day << row.last_day << row.as_of << row.card;
  return cells.end();
}

Status PortraitLoad::commit() {
  if (Status closed = x_appender->close(); !closed) return closed;
  x_appender.reset();
  return x_transaction.commit();
}

}  // namespace xinjing::store
