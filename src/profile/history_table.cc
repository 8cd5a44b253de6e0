#include "profile/history_table.h"

#include <algorithm>
#include <utility>

#include "base/format.h"

namespace xinjing::profile {
namespace {

using Histories = std::map<std::int64_t, behaviour::History>;

// Each is completed by whose rows are meant; that gives s.person. then by
// the last day that counts.
constexpr std::string_view kOfRange =
    "JOIN subjects AS s USING (subject_no) WHERE s.person BETWEEN ? AND ?";
// With the numbers written out the engine skips blocks, which it does not for a join.
constexpr std::string_view kOfSubjects =
    "CROSS JOIN (SELECT ?::BIGINT AS person) AS s WHERE subject_no IN ({})";

constexpr std::string_view kOrders = R"(
SELECT s.person, COALESCE(o.currency, ''), COUNT(DISTINCT o.id) FILTER (o.worth >= 0),
  COUNT(DISTINCT o.id) FILTER (o.worth < 0), SUM(o.worth)::DECIMAL(18, 4),
  MIN(local_time(o.time)::DATE) FILTER (o.worth >= 0),
  MAX(local_time(o.time)::DATE) FILTER (o.worth >= 0)
FROM (
  SELECT subject_no, time, currency, COALESCE(order_id, row_no::VARCHAR) AS id,
    COALESCE(amount, price * quantity, 0)::DECIMAL(18, 4) AS worth
  FROM orders
) AS o
{}
AND COALESCE(local_time(o.time)::DATE <= DATE '{}', TRUE)
GROUP BY ALL)";

constexpr std::string_view kContacts = R"(
SELECT s.person, COALESCE(c.channel, ''), COUNT(*), SUM(c.messages)::BIGINT,
  MIN(local_time(c.started)::DATE), MAX(local_time(c.ended)::DATE)
FROM conversations AS c
{}
AND COALESCE(local_time(c.started)::DATE <= DATE '{}', TRUE)
GROUP BY ALL)";

constexpr std::string_view kActs = R"(
SELECT s.person, e.kind, COUNT(*), MIN(local_time(e.time)::DATE), MAX(local_time(e.time)::DATE)
FROM events AS e
{}
AND COALESCE(local_time(e.time)::DATE <= DATE '{}', TRUE)
GROUP BY ALL)";

void add_days(behaviour::DayRange& range, const DuckRow& row, std::size_t column) {
  if (row.is_null(column) || row.is_null(column + 1)) return;
  range.add({std::int32_t(row.integer(column))});
  range.add({std::int32_t(row.integer(column + 1))});
}

void add_order(Histories& out, const DuckRow& row) {
  behaviour::History& history = out[row.integer(0)];
  history.orders += row.integer(2);
  history.returns += row.integer(3);
  if (!row.is_null(4)) history.spent[std::string(row.text(1))] += row.integer(4);
  add_days(history.bought, row, 5);
}

void add_contact(Histories& out, const DuckRow& row) {
  behaviour::History& history = out[row.integer(0)];
  history.channels[std::string(row.text(1))] += row.integer(2);
  history.conversations += row.integer(2);
  history.messages += row.integer(3);
  add_days(history.contacted, row, 4);
}

void add_act(Histories& out, const DuckRow& row) {
  behaviour::History& history = out[row.integer(0)];
  history.acts[std::string(row.text(1))] += row.integer(2);
  add_days(history.acted, row, 3);
}

Result<Histories> load(const DuckConnection& connection, std::string_view whose,
                       const DuckValues& values, Day until) {
  Histories out;
  const auto each_row = [&](std::string_view sql, void (*add)(Histories&, const DuckRow&)) {
    Result<DuckResult> rows =
        connection.query(fmt::format(fmt::runtime(sql), whose, iso_date(until)), values);
    if (!rows) return Status(rows.failure());
    return rows->each([&](const DuckRow& row) { add(out, row); });
  };
  if (Status s = each_row(kOrders, add_order); !s) return s.failure();
  if (Status s = each_row(kContacts, add_contact); !s) return s.failure();
  if (Status s = each_row(kActs, add_act); !s) return s.failure();
  const Result<std::int64_t> known = connection.integer("SELECT EXISTS (FROM orders)::BIGINT");
  if (!known) return known.failure();
  for (auto& [person, history] : out) {
    history.orders_known = *known != 0;
    history.contacted.last = std::min(history.contacted.last, until);
  }
  return out;
}

}  // namespace

Result<Histories> load_histories(const DuckConnection& connection, PersonRange range, Day until) {
  return load(connection, kOfRange, {range.first, range.last}, until);
}

Result<behaviour::History> load_history(const DuckConnection& connection, std::int64_t person,
                                        const std::vector<std::int64_t>& subjects, Day until) {
  if (subjects.empty()) return behaviour::History{};
  const std::string whose = fmt::format(kOfSubjects, fmt::join(subjects, ", "));
  Result<Histories> out = load(connection, whose, {person}, until);
  if (!out) return out.failure();
  return std::move((*out)[person]);
}

}  // namespace xinjing::profile
