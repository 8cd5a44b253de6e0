#include "store/quote_table.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>
#include <unordered_set>

#include "base/format.h"

namespace xinjing::store {
namespace {

using Numbers = std::vector<std::int64_t>;

std::string text_or_nothing(const DuckRow& row, std::size_t column) {
  return row.is_null(column) ? std::string() : std::string(row.text(column));
}

std::optional<std::int64_t> integer_or_nothing(const DuckRow& row, std::size_t column) {
  if (row.is_null(column)) return {};
  return row.integer(column);
}

std::optional<Span> span_or_nothing(const DuckRow& row, std::size_t column) {
  if (row.is_null(column) || row.is_null(column + 1)) return {};
  return Span{std::uint32_t(row.integer(column)), std::uint32_t(row.integer(column + 1))};
}

// Runs a statement with one parameter for each of some values.
template <typename Visit>
Status for_each_value(const DuckConnection& connection, std::string_view sql, const Numbers& values,
                      Visit visit) {
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

QuotedEvidence evidence_from(const DuckRow& row) {
  QuotedEvidence out;
  out.construct = row.text(0);
  out.state = row.text(1);
  out.day = Day{std::int32_t(row.integer(2))};
  out.micro_nats = row.integer(3);
  out.n = row.integer(4);
  out.source = row.text(5);
  out.card = row.text(6);
  out.event_table = row.text(7);
  out.event_no = integer_or_nothing(row, 8);
  out.conversation_no = integer_or_nothing(row, 9);
  out.turn_no = integer_or_nothing(row, 10);
  out.span = span_or_nothing(row, 11);
  return out;
}

bool wanted(const QuotedEvidence& one, const QuoteOptions& options) {
  const bool words = one.span && !one.span->empty();
  return (options.construct.empty() || one.construct == options.construct) &&
         (!options.until || one.day <= *options.until) && (words || options.best == 0);
}

Status add_evidence(const DuckConnection& connection, const Numbers& subjects,
                    const QuoteOptions& options, std::vector<QuotedEvidence>& out) {
  return for_each_value(
      connection,
      "SELECT construct, state, day, micro_nats, n, source, card, event_table, event_no, "
      "conversation_no, turn_no, span_begin, span_end FROM evidence WHERE subject_no = ?",
      subjects, [&](const DuckRow& row) {
        QuotedEvidence one = evidence_from(row);
        if (wanted(one, options)) out.push_back(std::move(one));
      });
}

auto rank(const QuotedEvidence& one) {
  return std::tuple(std::string_view(one.construct), std::string_view(one.state),
                    -std::abs(one.micro_nats), -one.day.number, one.conversation_no, one.turn_no,
                    one.span, std::string_view(one.source), one.micro_nats);
}

// REQUIRES: sorted by rank.
void keep_best(std::vector<QuotedEvidence>& evidence, std::int64_t best) {
  std::int64_t kept[2] = {0, 0};  // for and against
  const QuotedEvidence* group = nullptr;
  std::vector<QuotedEvidence> out;
  for (QuotedEvidence& one : evidence) {
    const bool same =
        group != nullptr && group->construct == one.construct && group->state == one.state;
    if (!same) kept[0] = kept[1] = 0;
    if (kept[one.micro_nats < 0]++ < best) out.push_back(one);
    group = &one;
  }
  evidence = std::move(out);
}

Status add_words(const DuckConnection& connection, const Numbers& subjects,
                 std::vector<QuotedEvidence>& evidence) {
  Numbers numbers;
  for (const QuotedEvidence& one : evidence) {
    if (one.event_table == "messages" && one.event_no) numbers.push_back(*one.event_no);
  }
  const Result<StoredMessages> messages = find_messages(connection, numbers, subjects);
  if (!messages) return messages.failure();
  for (QuotedEvidence& one : evidence) {
    if (one.event_table != "messages" || !one.event_no) continue;
    const auto found = messages->find(*one.event_no);
    if (found == messages->end()) continue;
    one.message = found->second;
    one.quote = one.message.quote(one.span);
  }
  return {};
}

struct Talk {
  std::string id;
  std::string channel;
};

Status add_conversations(const DuckConnection& connection, const Numbers& subjects,
                         std::vector<QuotedEvidence>& evidence) {
  std::unordered_map<std::int64_t, Talk> talks;
  Status read = for_each_value(
      connection,
      "SELECT conversation_no, COALESCE(conversation, conversation_no::VARCHAR), channel "
      "FROM conversations WHERE subject_no = ?",
      subjects, [&](const DuckRow& row) {
        talks[row.integer(0)] = {std::string(row.text(1)), text_or_nothing(row, 2)};
      });
  if (!read) return read;
  for (QuotedEvidence& one : evidence) {
    const auto found = one.conversation_no ? talks.find(*one.conversation_no) : talks.end();
    if (found == talks.end()) continue;
    one.conversation = found->second.id;
    if (one.message.channel.empty()) one.message.channel = found->second.channel;
  }
  return {};
}

}  // namespace

std::string_view StoredMessage::quote(const std::optional<Span>& span) const {
  if (!span || span->begin > span->end || span->end > text.size()) return {};
  return slice(text, *span);
}

Result<std::vector<std::int64_t>> subject_numbers(const DuckConnection& connection,
                                                  std::int64_t person) {
  Numbers out;
  Status read = for_each_value(
      connection, "SELECT subject_no FROM subjects WHERE person = ? ORDER BY subject_no", {person},
      [&](const DuckRow& row) { out.push_back(row.integer(0)); });
  if (!read) return read.failure();
  return out;
}

Result<StoredMessages> find_messages(const DuckConnection& connection, const Numbers& numbers,
                                     const Numbers& subjects) {
  std::unordered_set<std::int64_t> missing(numbers.begin(), numbers.end());
  StoredMessages out;
  const auto take = [&](const DuckRow& row) {
    if (missing.erase(row.integer(0)) == 0) return;
    StoredMessage& message = out[row.integer(0)];
    message.message_id = text_or_nothing(row, 1);
    message.text = text_or_nothing(row, 2);
    message.channel = text_or_nothing(row, 3);
    if (!row.is_null(4)) message.time = Instant{row.integer(4)};
    message.agent = text_or_nothing(row, 5);
    message.department = text_or_nothing(row, 6);
  };
  const auto find = [&](std::string_view column, const Numbers& values) {
    return for_each_value(
        connection,
        fmt::format("SELECT row_no, message_id, text, channel, time, agent, department "
                    "FROM messages WHERE {} = ?",
                    column),
        values, take);
  };
  if (missing.size() > 4 * subjects.size()) {
    if (Status found = find("subject_no", subjects); !found) return found.failure();
  }
  const Numbers rest(missing.begin(), missing.end());
  if (Status found = find("row_no", rest); !found) return found.failure();
  return out;
}

Result<std::vector<QuotedEvidence>> quoted_evidence(const DuckConnection& connection,
                                                    std::int64_t person,
                                                    const QuoteOptions& options) {
  const Result<Numbers> subjects = subject_numbers(connection, person);
  if (!subjects) return subjects.failure();
  std::vector<QuotedEvidence> out;
  if (Status s = add_evidence(connection, *subjects, options, out); !s) return s.failure();
  std::ranges::sort(out, {}, rank);
  if (options.best > 0) keep_best(out, options.best);
  if (Status s = add_words(connection, *subjects, out); !s) return s.failure();
  if (Status s = add_conversations(connection, *subjects, out); !s) return s.failure();
  return out;
}

}  // namespace xinjing::store
