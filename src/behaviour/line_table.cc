#include "behaviour/line_table.h"

#include <array>

#include "base/format.h"

namespace xinjing::behaviour {
namespace {

// The words by which a status says that an order was given back, or never became one.
constexpr std::string_view kReturnedStatus = "退|refund|return";
constexpr std::string_view kCancelledStatus = "取消|关闭|作废|cancel|void";

// Rows of orders in shape. {0}: whose; {1}: until when.
constexpr std::string_view kPlaced = R"(
CREATE OR REPLACE TEMP TABLE line_placed AS
WITH sign AS (
  SELECT CASE WHEN COUNT(*) FILTER (discount > 0) >= COUNT(*) FILTER (discount < 0)
    THEN 1 ELSE -1 END AS of, COUNT(*) FILTER (discount <> 0) > 0 AS known
  FROM orders
), shaped AS (
  SELECT s.person, o.subject_no, o.row_no, o.key_high, o.key_low, o.time,
    HASH(COALESCE(o.order_id, o.row_no::VARCHAR)) AS order_hash, local_time(o.time) AS clock,
    COALESCE(o.product, o.product_name) AS item, o.brand, o.category, o.quantity, o.currency,
    COALESCE(o.amount::DOUBLE, o.price::DOUBLE * o.quantity, 0) AS worth,
    COALESCE(o.discount, 0)::DOUBLE * sign.of > 0 AS discounted, sign.known,
    COALESCE(REGEXP_MATCHES(LOWER(o.status), '{2}'), FALSE) AS sent_back
  FROM orders AS o
  JOIN subjects AS s USING (subject_no)
  CROSS JOIN sign
  WHERE {0} AND {1} AND NOT COALESCE(REGEXP_MATCHES(LOWER(o.status), '{3}'), FALSE)
)
SELECT *, sent_back OR worth < 0 OR COALESCE(quantity < 0, FALSE) AS returned,
  CASE WHEN clock::TIME <> TIME '00:00:00' THEN HOUR(clock) * 60 + MINUTE(clock) ELSE -1 END AS minute,
  CASE WHEN worth > 0 AND quantity > 0 THEN worth / quantity END AS unit
FROM shaped
ORDER BY {4})";

constexpr std::size_t kLinesAtOnce = 500'000;

// Every customer counts once, so that one with a million lines is not what is usual.
constexpr std::string_view kUsualPrices = R"(
CREATE OR REPLACE TEMP TABLE line_price_{0} AS
WITH paid AS (
  SELECT {0} AS name, currency, subject_no, AVG(LN(unit)) AS log_unit, COUNT(*) AS n
  FROM line_placed
  WHERE unit IS NOT NULL AND NOT returned AND {0} IS NOT NULL
  GROUP BY ALL
)
SELECT name, currency, EXP(MEDIAN(log_unit)) AS usual
FROM paid
GROUP BY name, currency
HAVING SUM(n) >= 5 AND COUNT(*) >= 3)";

// Weeks stand in the join's equality, so that a customer of a million events costs no square.
constexpr std::string_view kLooks = R"(
CREATE OR REPLACE TEMP TABLE line_look AS
WITH goods AS (
  SELECT DISTINCT product AS name FROM orders WHERE product IS NOT NULL
  UNION
  SELECT DISTINCT product_name FROM orders WHERE product_name IS NOT NULL
), looked AS (
  SELECT subject_no, time, HASH(object) AS good, EPOCH_MS(time) // 604800000 AS week
  FROM events
  WHERE LOWER(kind) IN ('view', 'click', 'detail', 'browse', 'pv', 'product_view', 'item_view',
      '浏览', '查看', '点击', '商品浏览', '看商品')
    AND object IN (SELECT name FROM goods) AND {0}
), asked AS (
  SELECT row_no, subject_no, time, EPOCH_MS(time) // 604800000 AS week
  FROM line_placed
  WHERE minute >= 0 AND NOT returned
), both_weeks AS (
  SELECT * FROM asked
  UNION ALL
  SELECT row_no, subject_no, time, week - 1 FROM asked
)
SELECT a.row_no, COUNT(DISTINCT l.good)::INTEGER AS compared,
  (EPOCH_MS(ANY_VALUE(a.time)) - EPOCH_MS(MIN(l.time))) / 3.6e6 AS hours
FROM both_weeks AS a
JOIN looked AS l ON l.subject_no = a.subject_no AND l.week = a.week
WHERE l.time <= a.time AND l.time > a.time - INTERVAL 7 DAY
GROUP BY a.row_no)";

constexpr std::string_view kLines = R"(
SELECT {0} AS who, p.subject_no, p.row_no, p.order_hash, p.clock::DATE, p.minute,
  (HASH(p.item) >> 32)::BIGINT, b.number, c.number, p.known, p.discounted, p.returned,
  {1}, l.compared, l.hours
FROM line_placed AS p
LEFT JOIN line_brand AS b ON b.name = p.brand
LEFT JOIN line_category AS c ON c.name = p.category
LEFT JOIN line_look AS l ON l.row_no = p.row_no
{2}
WHERE {0} BETWEEN ? AND ?
ORDER BY who, p.time, p.key_high, p.key_low)";

constexpr std::string_view kPriceColumn =
    "CASE WHEN p.returned THEN NULL ELSE LN(p.unit / COALESCE(u.usual, v.usual)) END";
constexpr std::string_view kPriceJoins = R"(
LEFT JOIN line_price_item AS u ON u.name = p.item AND u.currency IS NOT DISTINCT FROM p.currency
LEFT JOIN line_price_category AS v ON v.name = p.category
  AND v.currency IS NOT DISTINCT FROM p.currency)";

Line line_from(const DuckRow& row) {
  Line out;
  out.subject = row.integer(1);
  out.row = row.integer(2);
  out.order = row.unsigned_integer(3);
  out.day = {std::int32_t(row.integer(4))};
  out.minute = std::int32_t(row.integer(5));
  out.product = row.is_null(6) ? 0 : std::uint32_t(row.integer(6)) | 1U;
  out.brand = row.is_null(7) ? 0 : std::uint32_t(row.integer(7));
  out.category = row.is_null(8) ? 0 : std::uint32_t(row.integer(8));
  out.discount_known = row.integer(9) != 0;
  out.discounted = row.integer(10) != 0;
  out.returned = row.integer(11) != 0;
  if (!row.is_null(12)) out.log_price = row.number(12);
  if (!row.is_null(13)) out.compared = std::int32_t(row.integer(13));
  if (!row.is_null(14)) out.hours = row.number(14);
  return out;
}

}  // namespace

const std::string& LineNames::of(const Preference& one) const {
  static const std::string kNone;
  if (one.about == 0) return kNone;
  const auto& names = one.measure == Measure::kAffinity ? categories : brands;
  return names[one.about - 1];
}

Result<std::vector<std::string>> LineTable::number_names(const std::string& column) const {
  Status made = x_connection->run(
      fmt::format("CREATE OR REPLACE TEMP TABLE line_{0} AS "
                  "SELECT name, ROW_NUMBER() OVER (ORDER BY name) AS number "
                  "FROM (SELECT DISTINCT {0} AS name FROM line_placed WHERE {0} IS NOT NULL)",
                  column));
  if (!made) return made.failure();
  Result<DuckResult> rows =
      x_connection->query(fmt::format("SELECT name FROM line_{} ORDER BY number", column));
  if (!rows) return rows.failure();
  std::vector<std::string> out;
  Status read = rows->each([&](const DuckRow& row) { out.emplace_back(row.text(0)); });
  if (!read) return read.failure();
  return out;
}

Result<LineTable> LineTable::open(const DuckConnection& connection, const LineQuery& query) {
  LineTable out(connection, query);
  if (Status ready = out.prepare(); !ready) return ready.failure();
  return out;
}

Status LineTable::prepare() {
  // Prices are compared with everybody's, so then everybody's rows are put in shape.
  const bool one = x_query.person.has_value();
  const std::string who =
      one ? fmt::format("subject_no IN (SELECT subject_no FROM subjects WHERE person = {})",
                        *x_query.person)
          : "TRUE";
  const std::string until =
      x_query.until ? fmt::format("local_time(o.time)::DATE <= DATE '{}'", iso_date(*x_query.until))
                    : "TRUE";
  Status done = x_connection->run(fmt::format(fmt::runtime(kPlaced),
                                              x_query.prices || !one ? "TRUE" : "o." + who, until,
                                              kReturnedStatus, kCancelledStatus, who_column()));
  for (const char* kind : {"item", "category"}) {
    if (!done || !x_query.prices) continue;
    done = x_connection->run(fmt::format(fmt::runtime(kUsualPrices), kind));
  }
  if (!done) return done;
  Result<std::vector<std::string>> brands = number_names("brand");
  if (!brands) return brands.failure();
  Result<std::vector<std::string>> categories = number_names("category");
  if (!categories) return categories.failure();
  x_names = {std::move(*brands), std::move(*categories)};
  if (x_query.prices) {
    Result<Usual> usual = what_is_usual();
    if (!usual) return usual.failure();
    x_usual = std::move(*usual);
  }
  if (one && x_query.prices) done = x_connection->run("DELETE FROM line_placed WHERE NOT " + who);
  return done ? x_connection->run(fmt::format(fmt::runtime(kLooks), who)) : done;
}

Result<Usual> LineTable::what_is_usual() const {
  Usual out;
  Result<DuckResult> shares = x_connection->query(
      "SELECT c.number, COUNT(*) / SUM(COUNT(*)) OVER () FROM line_placed AS p "
      "JOIN line_category AS c ON c.name = p.category WHERE NOT p.returned GROUP BY ALL");
  if (!shares) return shares.failure();
  Status read = shares->each([&](const DuckRow& row) {
    out.category_shares[std::uint32_t(row.integer(0))] = row.number(1);
  });
  if (!read) return read.failure();
  Result<DuckResult> rates = x_connection->query(
      "SELECT hits, chances FROM (SELECT person, COUNT(*) FILTER (hit) AS hits, COUNT(*) AS "
      "chances "
      "FROM (SELECT person, order_hash, BOOL_OR(discounted) AS hit FROM line_placed "
      "WHERE known GROUP BY ALL HAVING NOT BOOL_AND(returned)) GROUP BY person) "
      "WHERE chances > 1 ORDER BY ALL");
  if (!rates) return rates.failure();
  std::vector<Rate> all;
  read = rates->each([&](const DuckRow& row) { all.push_back({row.integer(0), row.integer(1)}); });
  if (!read) return read.failure();
  out.discount = prior_of(all);
  return out;
}

std::string LineTable::who_column() const { return x_query.by_subject ? "subject_no" : "person"; }

/// Ranges of people or subjects with so many lines together; one alone may have more.
Result<std::vector<LineTable::Range>> LineTable::ranges() const {
  Result<DuckResult> rows = x_connection->query(
      fmt::format("SELECT {0}, COUNT(*) FROM line_placed GROUP BY {0} ORDER BY {0}", who_column()));
  if (!rows) return rows.failure();
  std::vector<Range> out;
  std::size_t lines = kLinesAtOnce;
  Status read = rows->each([&](const DuckRow& row) {
    const auto more = std::size_t(row.integer(1));
    if (lines + more > kLinesAtOnce) {
      out.push_back({row.integer(0), row.integer(0)});
      lines = 0;
    }
    out.back().last = row.integer(0);
    lines += more;
  });
  if (!read) return read.failure();
  return out;
}

Status LineTable::each_of(const Range& range, const Visit& visit) const {
  Result<DuckResult> rows =
      x_connection->query(fmt::format(fmt::runtime(kLines), "p." + who_column(),
                                      x_query.prices ? kPriceColumn : "NULL::DOUBLE",
                                      x_query.prices ? kPriceJoins : ""),
                          {range.first, range.last});
  if (!rows) return rows.failure();
  std::vector<Line> lines;
  std::optional<std::int64_t> who;
  Status read = rows->each([&](const DuckRow& row) {
    if (who && *who != row.integer(0)) {
      visit(*who, lines);
      lines.clear();
    }
    who = row.integer(0);
    lines.push_back(line_from(row));
  });
  if (read && who) visit(*who, lines);
  return read;
}

Status LineTable::each(const Visit& visit) const {
  const Result<std::vector<Range>> all = ranges();
  if (!all) return all.failure();
  for (const Range& range : *all) {
    if (Status read = each_of(range, visit); !read) return read;
  }
  return {};
}

Result<OddLines> odd_lines(const DuckConnection& connection, Day until) {
  Result<DuckResult> rows = connection.query(
      fmt::format("SELECT LEAST(COUNT(*) FILTER (discount > 0), COUNT(*) FILTER (discount < 0)), "
                  "COUNT(*) FILTER (REGEXP_MATCHES(LOWER(status), '{}')), COUNT(*) FILTER "
                  "(subject_no IS NULL), "
                  "COUNT(*) FILTER (local_time(time)::DATE > DATE '{}') FROM orders",
                  kCancelledStatus, iso_date(until)));
  if (!rows) return rows.failure();
  OddLines out;
  const Status read = rows->each([&](const DuckRow& row) {
    out = {row.integer(0), row.integer(1), row.integer(2), row.integer(3)};
  });
  if (!read) return read.failure();
  return out;
}

}  // namespace xinjing::behaviour
