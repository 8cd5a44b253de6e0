#include "store/quote_table.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>
#include <unordered_map>

#include "base/format.h"

namespace xinjing::store {
namespace {

using Numbers = std::vector<std::int64_t>;

std::optional<std::int64_t> integer_or_nothing(const DuckRow& row, std::size_t column) {
  if (row.is_null(column)) return {};
  return row.integer(column);
}

std::optional<Span> span_or_nothing(const DuckRow& row, std::size_t column) {
  if (row.is_null(column) || row.is_null(column + 1)) return {};
  return Span{std::uint32_t(row.integer(column)), std::uint32_t(row.integer(column + 1))};
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
  out.act = row.text_or_empty(13);
  return out;
}

bool wanted(const QuotedEvidence& one, const QuoteOptions& options) {
  const bool words = (one.span && !one.span->empty()) || !one.act.empty();
  return (options.construct.empty() || one.construct == options.construct) &&
         (!options.until || one.day <= *options.until) && (words || options.best == 0);
}

Status add_evidence(const DuckConnection& connection, const Numbers& subjects,
                    const QuoteOptions& options, std::vector<QuotedEvidence>& out) {
  return for_each_value(
      connection,
      "SELECT construct, state, day, micro_nats, n, source, card, event_table, event_no, "
      "conversation_no, turn_no, span_begin, span_end, act FROM evidence WHERE subject_no = ?",
      subjects, [&](const DuckRow& row) {
        QuotedEvidence one = evidence_from(row);
        if (wanted(one, options)) out.push_back(std::move(one));
      });
}

auto rank(const QuotedEvidence& one) {
  return std::tuple(std::string_view(one.construct), std::string_view(one.state),
                    -std::abs(one.micro_nats), -one.day.number, one.conversation_no, one.turn_no,
                    one.span, std::string_view(one.source), one.micro_nats, one.event_no);
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

Status add_words(PersonMessages& messages, std::vector<QuotedEvidence>& evidence) {
  Numbers numbers;
  for (const QuotedEvidence& one : evidence) {
    if (one.event_table == "messages" && one.event_no) numbers.push_back(*one.event_no);
  }
  if (Status read = messages.need(numbers); !read) return read;
  for (QuotedEvidence& one : evidence) {
    if (one.event_table != "messages" || !one.event_no) continue;
    const StoredMessage* message = messages.find(*one.event_no);
    if (message == nullptr) continue;
    one.message = *message;
    one.quote = one.message.quote(one.span);
  }
  return {};
}

/// Reads the rows of one table that acts rest on. The columns: row, id, kind, what, amount,
/// discount, currency.
Status add_records(const DuckConnection& connection, std::string_view table, std::string_view sql,
                   std::vector<QuotedEvidence>& evidence) {
  std::unordered_map<std::int64_t, StoredAct> found;
  for (const QuotedEvidence& one : evidence) {
    if (!one.act.empty() && one.event_table == table && one.event_no) found[*one.event_no] = {};
  }
  Numbers numbers;
  for (const auto& [number, act] : found) numbers.push_back(number);
  Status read = for_each_value(connection, sql, numbers, [&](const DuckRow& row) {
    found[row.integer(0)] = {.id = std::string(row.text_or_empty(1)),
                             .kind = std::string(row.text_or_empty(2)),
                             .what = std::string(row.text_or_empty(3)),
                             .amount = integer_or_nothing(row, 4),
                             .discount = integer_or_nothing(row, 5),
                             .currency = std::string(row.text_or_empty(6))};
  });
  if (!read) return read;
  for (QuotedEvidence& one : evidence) {
    if (one.event_table != table || !one.event_no) continue;
    const auto at = found.find(*one.event_no);
    if (at != found.end()) one.record = at->second;
  }
  return {};
}

Status add_all_records(const DuckConnection& connection, std::vector<QuotedEvidence>& evidence) {
  Status s = add_records(connection, "orders",
                         "SELECT row_no, order_id, NULL, COALESCE(product_name, product), amount, "
                         "discount, currency FROM orders WHERE row_no = ?",
                         evidence);
  if (!s) return s;
  return add_records(connection, "events",
                     "SELECT row_no, event_id, kind, COALESCE(object, text), NULL::DECIMAL(18, 4), "
                     "NULL::DECIMAL(18, 4), NULL FROM events WHERE row_no = ?",
                     evidence);
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
        talks[row.integer(0)] = {std::string(row.text(1)), std::string(row.text_or_empty(2))};
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

Result<std::vector<QuotedEvidence>> quoted_evidence(const DuckConnection& connection,
                                                    PersonMessages& messages,
                                                    const QuoteOptions& options) {
  std::vector<QuotedEvidence> out;
  Status s = add_evidence(connection, messages.subjects(), options, out);
  if (!s) return s.failure();
  std::ranges::sort(out, {}, rank);
  if (options.best > 0) keep_best(out, options.best);
  if (s = add_words(messages, out); !s) return s.failure();
  if (s = add_all_records(connection, out); !s) return s.failure();
  if (s = add_conversations(connection, messages.subjects(), out); !s) return s.failure();
  return out;
}

}  // namespace xinjing::store
