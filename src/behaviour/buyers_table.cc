#include "behaviour/buyers_table.h"

#include <algorithm>
#include <map>

#include "base/format.h"
#include "behaviour/order_status.h"

namespace xinjing::behaviour {
namespace {

// Money of a row; a negative quantity gives it back.
constexpr std::string_view kWorth =
    "CASE WHEN quantity < 0 THEN -ABS(COALESCE(amount, price * quantity)) "
    "ELSE COALESCE(amount, price * quantity) END";

// The currency of most rows, null where none is named.
constexpr std::string_view kMainCurrency =
    "SELECT currency FROM orders WHERE currency IS NOT NULL GROUP BY currency "
    "ORDER BY COUNT(*) DESC, currency LIMIT 1";

// Days of people with what was bought and given back. {0} cancelled, {1} worth, {2} currency, {3}
// the last day, {4} the first.
constexpr std::string_view kDays = R"(
rows_of AS (
  SELECT s.person, local_time(o.time)::DATE AS day, COALESCE(o.order_id, o.row_no::VARCHAR) AS id,
    ({1})::DECIMAL(18, 4) AS worth
  FROM orders AS o
  JOIN subjects AS s USING (subject_no)
  WHERE NOT ({0}) AND (o.currency IS NULL OR o.currency = ({2}))
    AND local_time(o.time)::DATE BETWEEN DATE '{4}' AND DATE '{3}'
), days AS (
  SELECT person, day, COALESCE(SUM(worth), 0)::DECIMAL(18, 4) AS net,
    COUNT(*) FILTER (worth < 0) AS returned, COUNT(DISTINCT id) AS orders
  FROM rows_of
  GROUP BY person, day
))";

constexpr std::string_view kBought = "(net > 0 OR returned = 0)";

constexpr Day kAlways{-25'567};  // 1900, the first year that files may have

std::string days_of(std::optional<Day> from, Day until) {
  return fmt::format(fmt::runtime(kDays), kCancelledOrder, kWorth, kMainCurrency, iso_date(until),
                     iso_date(from.value_or(kAlways)));
}

Result<OrderNotes> load_notes(const DuckConnection& connection, const BuyersQuery& query) {
  constexpr std::string_view kSql = R"(
WITH main AS ({2})
SELECT COUNT(*), COUNT(*) FILTER (subject_no IS NULL),
  COUNT(*) FILTER (local_time(time)::DATE > DATE '{3}'),
  COUNT(*) FILTER (currency IS NOT NULL AND currency <> (FROM main)),
  COUNT(*) FILTER ({0}), COUNT(*) FILTER (({1}) < 0),
  COUNT(*) FILTER (COALESCE({1}, 0) = 0), COALESCE((FROM main), '')
FROM orders)";
  Result<DuckResult> rows = connection.query(fmt::format(
      fmt::runtime(kSql), kCancelledOrder, kWorth, kMainCurrency, iso_date(query.as_of)));
  if (!rows) return rows.failure();
  OrderNotes out;
  Status read = rows->each([&](const DuckRow& row) {
    out = {.rows = row.integer(0),
           .nobody = row.integer(1),
           .future = row.integer(2),
           .other_currency = row.integer(3),
           .cancelled = row.integer(4),
           .refunds = row.integer(5),
           .no_money = row.integer(6),
           .currency = std::string(row.text(7))};
  });
  if (!read) return read.failure();
  if (!query.count_twins) return out;
  const Result<std::int64_t> twins = connection.integer(
      "SELECT COALESCE(SUM(n - 1), 0)::BIGINT FROM (SELECT COUNT(DISTINCT order_id) AS n "
      "FROM orders WHERE order_id IS NOT NULL AND subject_no IS NOT NULL AND amount > 0 "
      "AND local_time(time) > local_time(time)::DATE "
      "GROUP BY subject_no, time, product, amount HAVING COUNT(DISTINCT order_id) > 1)");
  if (!twins) return twins.failure();
  out.twins = *twins;
  return out;
}

bool has_column(const DuckConnection& connection, std::string_view table, std::string_view column) {
  const Result<std::int64_t> n = connection.integer(
      "SELECT COUNT(*) FROM information_schema.columns WHERE table_name = ? AND column_name = ? "
      "AND data_type IN ('VARCHAR', 'BOOLEAN') AND column_name NOT IN ('name', 'phone', 'email', "
      "'account', 'handle', 'address', 'note', 'order_id', 'item_line', 'customer')",
      {table, column});
  return n && *n > 0;
}

/// A query of (person, value) for a covariate.
Result<std::string> covariate_query(const DuckConnection& connection, const std::string& name) {
  std::string column = name;
  const bool of_customers = name.starts_with("customers."), of_orders = name.starts_with("orders.");
  if (of_customers || of_orders) column = name.substr(name.find('.') + 1);
  if (!of_orders && has_column(connection, "customers", column)) {
    return fmt::format(
        "SELECT s.person, ARG_MIN(c.{0}::VARCHAR, c.row_no) FILTER (c.{0} IS NOT NULL) AS value "
        "FROM customers AS c JOIN subjects AS s USING (subject_no) GROUP BY s.person",
        column);
  }
  if (!of_customers && has_column(connection, "orders", column)) {
    return fmt::format(
        "SELECT s.person, ARG_MIN(o.{0}, (o.time, o.row_no)) FILTER (o.{0} IS NOT NULL) AS value "
        "FROM orders AS o JOIN subjects AS s USING (subject_no) GROUP BY s.person",
        column);
  }
  return fail(ErrorCode::kUsage,
              {fmt::format("there is no column '{}' of customers or orders that could be a "
                           "covariate (such as region, level, kind, channel)",
                           name),
               fmt::format("客户表和订单表中没有可用作协变量的列“{}”（如 region、level、kind、"
                           "channel）",
                           name)});
}

/// Gives every buyer the level of the covariate.
Status add_levels(const DuckConnection& connection, const std::string& covariate, Buyers& buyers) {
  const Result<std::string> sql = covariate_query(connection, covariate);
  if (!sql) return sql.failure();
  Result<DuckResult> rows = connection.query(*sql);
  if (!rows) return rows.failure();
  std::vector<std::string> values(buyers.all.size());
  const auto place = [&](std::int64_t person) {
    const auto at = std::lower_bound(buyers.all.begin(), buyers.all.end(), person,
                                     [](const Buyer& b, std::int64_t p) { return b.person < p; });
    return at != buyers.all.end() && at->person == person ? at - buyers.all.begin() : -1;
  };
  Status read = rows->each([&](const DuckRow& row) {
    const auto at = place(row.integer(0));
    if (at >= 0 && !row.is_null(1)) values[std::size_t(at)] = row.text(1);
  });
  if (!read) return read;
  std::map<std::string, std::int64_t> counts;
  for (const std::string& value : values) ++counts[value];
  std::vector<std::pair<std::int64_t, std::string>> order;
  const auto least = std::max<std::int64_t>(20, std::int64_t(buyers.all.size()) / 50);
  for (const auto& [value, n] : counts) {
    if (!value.empty() && n >= least) order.emplace_back(-n, value);
  }
  std::sort(order.begin(), order.end());
  constexpr std::size_t kMost = 7;
  if (order.size() > kMost) order.resize(kMost);
  buyers.levels.clear();
  for (const auto& [n, value] : order) buyers.levels.push_back(value);
  bool others = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto at = std::find(buyers.levels.begin(), buyers.levels.end(), values[i]);
    buyers.all[i].level = std::int32_t(at - buyers.levels.begin());
    others = others || at == buyers.levels.end();
  }
  if (others) buyers.levels.emplace_back("other");
  return {};
}

}  // namespace

Result<Buyers> load_buyers(const DuckConnection& connection, const BuyersQuery& query) {
  Buyers out;
  out.as_of = query.as_of;
  out.levels = {""};
  Result<OrderNotes> notes = load_notes(connection, query);
  if (!notes) return notes.failure();
  out.notes = std::move(*notes);
  constexpr std::string_view kSql = R"(
WITH {0}
SELECT person, MIN(day) FILTER ({1}), MAX(day) FILTER ({1}), COUNT(*) FILTER ({1}),
  SUM(orders)::BIGINT, COALESCE(SUM(net) FILTER ({1}), 0)::DECIMAL(18, 4),
  COALESCE(ARG_MIN(net, day) FILTER ({1}), 0)::DECIMAL(18, 4),
  COALESCE(SUM(-net) FILTER (NOT {1}), 0)::DECIMAL(18, 4)
FROM days
GROUP BY person
HAVING COUNT(*) FILTER ({1}) > 0
ORDER BY person)";
  Result<DuckResult> rows =
      connection.query(fmt::format(fmt::runtime(kSql), days_of(query.from, query.as_of), kBought));
  if (!rows) return rows.failure();
  Status read = rows->each([&](const DuckRow& row) {
    out.all.push_back({.person = row.integer(0),
                       .first = {std::int32_t(row.integer(1))},
                       .last = {std::int32_t(row.integer(2))},
                       .purchases = row.integer(3),
                       .orders = row.integer(4),
                       .money = row.integer(5),
                       .first_money = row.integer(6),
                       .refunds = std::max<std::int64_t>(0, row.integer(7))});
  });
  if (!read) return read.failure();
  if (!query.covariate.empty()) {
    if (Status added = add_levels(connection, query.covariate, out); !added) return added.failure();
  }
  return out;
}

Result<std::vector<LaterPurchase>> load_later(const DuckConnection& connection, Day from, Day to) {
  constexpr std::string_view kSql = R"(
WITH {0}, known AS (
  SELECT DISTINCT person
  FROM days
  WHERE {1} AND day <= DATE '{2}'
)
SELECT person, day, net
FROM days
JOIN known USING (person)
WHERE {1} AND day > DATE '{2}'
ORDER BY person, day)";
  Result<DuckResult> rows =
      connection.query(fmt::format(fmt::runtime(kSql), days_of({}, to), kBought, iso_date(from)));
  if (!rows) return rows.failure();
  std::vector<LaterPurchase> out;
  Status read = rows->each([&](const DuckRow& row) {
    out.push_back({row.integer(0), {std::int32_t(row.integer(1))}, row.integer(2)});
  });
  if (!read) return read.failure();
  return out;
}

Result<std::optional<SoundDays>> order_days(const DuckConnection& connection) {
  Result<DuckResult> rows = connection.query(
      "SELECT local_time(time)::DATE AS day, COUNT(*) FROM orders WHERE subject_no IS NOT NULL "
      "AND time IS NOT NULL GROUP BY day ORDER BY day");
  if (!rows) return rows.failure();
  std::vector<DayRows> days;
  const Status read = rows->each([&](const DuckRow& row) {
    days.push_back({{std::int32_t(row.integer(0))}, row.integer(1)});
  });
  if (!read) return read.failure();
  return sound_days(days);
}

Result<std::vector<std::string>> person_ids(const DuckConnection& connection,
                                            const std::vector<std::int64_t>& people) {
  Result<DuckResult> rows = connection.query(
      "SELECT subject_no, plain_id(subject) FROM subjects WHERE person = subject_no "
      "ORDER BY subject_no");
  if (!rows) return rows.failure();
  std::vector<std::string> out(people.size());
  std::size_t at = 0;
  Status read = rows->each([&](const DuckRow& row) {
    while (at < people.size() && people[at] < row.integer(0)) ++at;
    if (at < people.size() && people[at] == row.integer(0)) out[at] = row.text(1);
  });
  if (!read) return read.failure();
  return out;
}

}  // namespace xinjing::behaviour
