#include "psychology/deeds_table.h"

#include <array>

#include "base/format.h"
#include "store/person_messages.h"

namespace xinjing::psychology {
namespace {

// Every statement gives: whose, row, begin, end, what, status, money, currency, who, id.
struct Statement {
  DeedTable table;
  std::string_view sql;  // completed by whose, where, and grouped rows
};

// A refund of several lines is one.
constexpr std::string_view kOrders = R"(
SELECT {0}, MIN(t.row_no), EPOCH_MS(t.time), NULL::BIGINT, '', MIN(t.status),
  -SUM(COALESCE(t.amount, t.price * t.quantity, 0)::DECIMAL(18, 4))::DECIMAL(18, 4),
  MIN(t.currency), '',
  MIN(t.order_id)
FROM orders AS t {1}
WHERE COALESCE(t.amount, t.price * t.quantity, 0) < 0 AND {2}
GROUP BY {0}, t.subject_no, t.time, COALESCE(t.order_id, t.row_no::VARCHAR))";

constexpr std::string_view kTouchpoints = R"(
SELECT {0}, t.row_no, EPOCH_MS(t.started), EPOCH_MS(t.ended), t.activity, t.status,
  NULL::DECIMAL(18, 4), '', t.resource, t.case_id
FROM touchpoints AS t {1}
WHERE {2})";

constexpr std::string_view kEvents = R"(
SELECT {0}, t.row_no, EPOCH_MS(t.time), NULL::BIGINT, t.kind, '', NULL::DECIMAL(18, 4), '', '',
  t.event_id
FROM events AS t {1}
WHERE {2})";

constexpr std::array kStatements = {Statement{DeedTable::kOrders, kOrders},
                                    Statement{DeedTable::kTouchpoints, kTouchpoints},
                                    Statement{DeedTable::kEvents, kEvents}};

constexpr std::string_view kPromisedTo =
    "s.person IN (SELECT p.person FROM promise_words AS w JOIN subjects AS p USING (subject_no))";

/// Makes deeds of rows.
class Reading {
 public:
  Reading(const DeedWords& words, Instant as_of, int zone)
      : x_words(words), x_as_of(as_of), x_zone(zone) {}

  static Result<Reading> open(const DuckConnection& connection, const DeedWords& words,
                              Instant as_of) {
    const Result<std::int64_t> zone = connection.integer(
        "SELECT COALESCE(MAX(value::BIGINT), 0) FROM meta WHERE name = 'zone_minutes'");
    if (!zone) return zone.failure();
    return Reading(words, as_of, static_cast<int>(*zone));
  }

  std::optional<Deed> deed_of(DeedTable table, const DuckRow& row) const {
    const auto text = [&](std::size_t column) {
      return row.is_null(column) ? std::string_view() : row.text(column);
    };
    const std::size_t time = row.is_null(3) ? 2 : 3;
    if (row.is_null(time)) return {};
    Deed deed{.table = table, .row = row.integer(1), .from = {row.integer(time)}, .until = {}};
    if (deed.from > x_as_of) return {};
    if (time == 3 && !row.is_null(2)) deed.begun = {row.integer(2)};
    deed.acts = x_words.acts_of(table, text(4), text(5));
    if (deed.acts == 0) return {};
    // Midnight to the millisecond is a day without a time.
    const Day day = day_of(deed.from, x_zone);
    const bool whole_day = instant_at(day, 0, x_zone) == deed.from;
    deed.until =
        whole_day ? Instant{instant_at({day.number + 1}, 0, x_zone).millis - 1} : deed.from;
    if (!row.is_null(6)) deed.paid = row.integer(6);
    deed.currency = text(7);
    deed.what = text(4);
    deed.who = text(8);
    deed.id = text(9);
    return deed;
  }

 private:
  const DeedWords& x_words;
  Instant x_as_of;
  int x_zone;
};

/// The kinds of events that show an act: there may be millions of views and clicks.
Result<std::vector<std::string>> kinds_that_show(const DuckConnection& connection,
                                                 const DeedWords& words) {
  std::vector<std::string> out;
  Result<DuckResult> rows = connection.query("SELECT DISTINCT kind FROM events ORDER BY kind");
  if (!rows) return rows.failure();
  Status read = rows->each([&](const DuckRow& row) {
    if (!row.is_null(0) && words.acts_of(DeedTable::kEvents, row.text(0), "") != 0) {
      out.emplace_back(row.text(0));
    }
  });
  if (!read) return read.failure();
  return out;
}

}  // namespace

Result<DeedsByPerson> load_deeds(const DuckConnection& connection, const DeedWords& words,
                                 Instant as_of) {
  DeedsByPerson out;
  if (words.acts().empty()) return out;
  const Result<Reading> reading = Reading::open(connection, words, as_of);
  if (!reading) return reading.failure();
  const auto read = [&](const Statement& statement, std::string_view more, DuckValues values) {
    const std::string sql = fmt::format(fmt::runtime(statement.sql), "s.person",
                                        "JOIN subjects AS s USING (subject_no)",
                                        fmt::format("{}{}", kPromisedTo, more));
    Result<DuckResult> rows = connection.query(sql, values);
    if (!rows) return Status(rows.failure());
    return rows->each([&](const DuckRow& row) {
      if (auto deed = reading->deed_of(statement.table, row)) {
        out[row.integer(0)].push_back(std::move(*deed));
      }
    });
  };
  for (const Statement& statement : kStatements) {
    if (statement.table != DeedTable::kEvents) {
      if (Status s = read(statement, "", {}); !s) return s.failure();
      continue;
    }
    const auto kinds = kinds_that_show(connection, words);
    if (!kinds) return kinds.failure();
    for (const std::string& kind : *kinds) {
      Status s = read(statement, " AND t.kind = ?", {std::string_view(kind)});
      if (!s) return s.failure();
    }
  }
  return out;
}

Result<std::vector<Deed>> load_deeds(const DuckConnection& connection, const DeedWords& words,
                                     const DeedSpan& span,
                                     const std::vector<std::int64_t>& subjects) {
  std::vector<Deed> out;
  if (words.acts().empty()) return out;
  const Result<Reading> reading = Reading::open(connection, words, span.as_of);
  if (!reading) return reading.failure();
  for (const Statement& statement : kStatements) {
    // A day without a time stands at its beginning. A touchpoint may end long after it began.
    constexpr std::int64_t kDayMillis = 86'400'000;
    std::string where = "t.subject_no = ?";
    if (statement.table != DeedTable::kTouchpoints) {
      where += fmt::format(" AND t.time >= MAKE_TIMESTAMP_MS({})", span.first.millis - kDayMillis);
    }
    const std::string sql = fmt::format(fmt::runtime(statement.sql), "t.subject_no", "", where);
    Status read = store::for_each_value(connection, sql, subjects, [&](const DuckRow& row) {
      if (auto deed = reading->deed_of(statement.table, row)) out.push_back(std::move(*deed));
    });
    if (!read) return read.failure();
  }
  return out;
}

}  // namespace xinjing::psychology
