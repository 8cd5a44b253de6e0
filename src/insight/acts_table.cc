#include "insight/acts_table.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/format.h"
#include "behaviour/journey_table.h"
#include "insight/journey_feeling_table.h"
#include "insight/talk_table.h"

namespace xinjing::insight {
namespace {

constexpr std::int64_t kMostRows = 5'000;    // of a list
constexpr std::int64_t kMostOfPart = 1'000;  // of a class, a product, a measure, a rule
constexpr std::int64_t kMostSteps = 100;
constexpr std::int64_t kMostProducts = 200;
constexpr std::int64_t kLately = 180;  // days since a purchase after which a buyer has left already
constexpr int kFeelingHours = 24;
constexpr double kNormal95 = 1.959964;

constexpr std::string_view kActors = R"(
CREATE OR REPLACE TEMP TABLE actor AS
SELECT s.person, plain_id(p.subject) AS customer, ARG_MIN(c.name, c.row_no) AS name,
  one_name('kind', ARG_MIN(c.kind, c.row_no)) AS kind
FROM subjects AS s
JOIN subjects AS p ON p.subject_no = s.person
LEFT JOIN customers AS c ON c.subject_no = s.subject_no
GROUP BY ALL)";

// Chance alone, as of independent customers: the variance of a forecast from its own interval. The
// errors of the model are those of all customers together, so they are added, not their squares.
constexpr std::string_view kSegments = R"(
SELECT segment, COUNT(*), SUM(money)::DOUBLE, COUNT(alive), SUM(alive), SUM(alive * (1 - alive)),
  SUM(orders), SUM(POWER((orders_high - orders_low) / 3.919928, 2)),
  COUNT(value), SUM(value), SUM(POWER((value_high - value_low) / 3.919928, 2)), SUM(value_error),
  MODE(currency), MAX(horizon_days)
FROM customer_values
WHERE as_of <= ?::DATE
GROUP BY segment
ORDER BY COALESCE(SUM(value), SUM(money)::DOUBLE) DESC, segment)";

constexpr std::string_view kValueRows = R"(
SELECT a.person, a.customer, a.name, a.kind, v.segment, v.purchases, v.last_day, v.money::DOUBLE,
  v.alive, v.orders, v.orders_low, v.orders_high, v.value, v.value_low, v.value_high
FROM customer_values AS v
JOIN actor AS a USING (person)
WHERE v.as_of <= ?::DATE
QUALIFY ROW_NUMBER() OVER (PARTITION BY v.segment
  ORDER BY COALESCE(v.value, v.money::DOUBLE) DESC, a.customer) <= ?
ORDER BY COALESCE(v.value, v.money::DOUBLE) DESC, a.customer)";

constexpr std::string_view kLeavingSums = R"(
SELECT COUNT(*), COUNT(*) FILTER (p >= 0.5), MAX(horizon_days), MAX(auc), MAX(customers),
  MAX(leavers), SUM(p), SUM(p * (1 - p)), BOOL_OR(of_words)
FROM churn_risks
WHERE as_of <= ?::DATE)";

constexpr std::string_view kLeaveRows = R"(
WITH bought AS (
  SELECT person, last_day, money
  FROM customer_values
)
SELECT a.person, a.customer, a.name, a.kind, r.p, r.of_words, r.reasons, b.last_day,
  b.money::DOUBLE, COUNT(*) OVER ()
FROM churn_risks AS r
JOIN actor AS a USING (person)
JOIN bought AS b USING (person)
WHERE r.as_of <= $1::DATE AND $1::DATE - b.last_day <= $2
ORDER BY r.p DESC, b.money DESC, a.customer
LIMIT $3)";

// Journeys are kept up to the last day on which a step began, which may lie behind that of the
// words.
constexpr std::string_view kSteps = R"(
SELECT activity, steps, cases, starts, ends, ends_open, repeats, repeat_cases
FROM journey_steps
WHERE as_of <= ?::DATE + 31
ORDER BY cases DESC, activity
LIMIT ?)";

constexpr std::string_view kEdges = R"(
SELECT from_activity, to_activity, n, cases, wait_median, wait_p90
FROM journey_edges
WHERE as_of <= ?::DATE + 31
ORDER BY n DESC, from_activity, to_activity
LIMIT ?)";

constexpr std::string_view kVariants = R"(
SELECT activities, steps, cases, total_median
FROM journey_variants
WHERE as_of <= ?::DATE + 31
ORDER BY place
LIMIT ?)";

constexpr std::string_view kMeters = R"(
SELECT COUNT(*), COUNT(*) FILTER (state = 'good'), COUNT(changed),
  (SELECT COUNT(*) FROM usage_alerts WHERE as_of <= $1::DATE),
  (SELECT COUNT(DISTINCT (person, meter_no)) FROM usage_alerts WHERE as_of <= $1::DATE)
FROM usage_features
WHERE as_of <= $1::DATE)";

constexpr std::string_view kHabits = R"(
SELECT habit, COUNT(*)
FROM usage_features
WHERE habit IS NOT NULL AND as_of <= ?::DATE
GROUP BY habit
ORDER BY COUNT(*) DESC, habit)";

constexpr std::string_view kChanges = R"(
SELECT a.person, a.customer, a.name, a.kind, u.meter_no, u.changed, u.change_ratio, u.change_low,
  u.change_high, u.per_day
FROM usage_features AS u
JOIN actor AS a USING (person)
WHERE u.changed IS NOT NULL AND u.change_ratio > 0 AND u.as_of <= ?::DATE
ORDER BY ABS(LN(u.change_ratio)) DESC, a.customer, u.meter_no
LIMIT ?)";

constexpr std::string_view kAlerts = R"(
SELECT a.person, a.customer, a.name, a.kind, u.meter_no, u.first_day, u.last_day, u.kwh, u.usual,
  u.low, u.high
FROM usage_alerts AS u
JOIN actor AS a USING (person)
WHERE u.as_of <= ?::DATE
ORDER BY u.first_day DESC, ABS(u.kwh - u.usual) DESC, a.customer, u.meter_no
LIMIT ?)";

constexpr std::string_view kProducts = R"(
SELECT product, ANY_VALUE(name), COUNT(*), MODE(why), MAX(window_days),
  COUNT(*) FILTER (why = (SELECT MODE(o.why) FROM recommendations AS o
    WHERE o.rank = 1 AND o.product = r.product))
FROM recommendations AS r
WHERE rank = 1 AND as_of <= ?::DATE
GROUP BY product
ORDER BY COUNT(*) DESC, product
LIMIT ?)";

constexpr std::string_view kNextRows = R"(
SELECT a.person, a.customer, a.name, a.kind, r.product, r.name, r.score, r.why, r.other, r.times,
  r.of_times, r.gap_days, r.elapsed_days, r.season, r.own_gaps
FROM recommendations AS r
JOIN actor AS a USING (person)
WHERE r.rank = 1 AND r.as_of <= ?::DATE
QUALIFY ROW_NUMBER() OVER (PARTITION BY r.product ORDER BY r.score DESC, a.customer) <= ?
ORDER BY r.score DESC, a.customer)";

constexpr std::string_view kSpreads = R"(
SELECT measure, COUNT(DISTINCT person), QUANTILE_CONT(value, 0.1), QUANTILE_CONT(value, 0.5),
  QUANTILE_CONT(value, 0.9)
FROM preferences
WHERE as_of <= ?::DATE
GROUP BY measure
ORDER BY measure)";

constexpr std::string_view kPreferences = R"(
SELECT a.person, a.customer, a.name, a.kind, s.measure, s.about, s.value, s.low, s.high, s.n
FROM preferences AS s
JOIN actor AS a USING (person)
WHERE s.as_of <= ?::DATE
QUALIFY ROW_NUMBER() OVER (PARTITION BY s.measure ORDER BY s.low DESC, s.n DESC, a.customer) <= ?
ORDER BY s.low DESC, s.n DESC, a.customer)";

constexpr std::string_view kGaps = R"(
SELECT a.person, a.customer, a.name, a.kind, g.rule, g.construct, g.p, g.measure, g.value, g.low,
  g.high, g.n, COUNT(*) OVER (PARTITION BY g.rule)
FROM said_did AS g
JOIN actor AS a USING (person)
WHERE g.as_of <= ?::DATE
QUALIFY ROW_NUMBER() OVER (PARTITION BY g.rule ORDER BY g.p DESC, a.customer) <= ?
ORDER BY g.p DESC, a.customer, g.rule)";

double number_or(const DuckRow& row, std::size_t column, double other) {
  return row.is_null(column) ? other : row.number(column);
}

Interval interval_at(const DuckRow& row, std::size_t column) {
  return {row.number(column), row.number(column + 1), row.number(column + 2)};
}

/// The first four columns of a row.
Actor actor_at(const DuckRow& row) {
  return {row.integer(0), text_at(row, 1), text_at(row, 2), text_at(row, 3)};
}

/// A sum of many, at least 0.
Interval sum_interval(double sum, double variance) {
  const double half = kNormal95 * std::sqrt(variance);
  return {sum, std::max(0.0, sum - half), sum + half};
}

/// Sums that a class adds to those of all.
struct ValueSums {
  double known = 0, alive = 0, alive_variance = 0, orders = 0, orders_variance = 0;
  double valued = 0, value = 0, value_variance = 0, value_error = 0;

  void add(const ValueSums& one) {
    known += one.known, alive += one.alive, alive_variance += one.alive_variance;
    orders += one.orders, orders_variance += one.orders_variance;
    valued += one.valued, value += one.value;
    value_variance += one.value_variance, value_error += one.value_error;
  }
  template <typename Out>
  void tell(Out& out) const {
    if (known == 0) return;
    // What the model may be wrong by is known of money, and taken to be as much of orders.
    const double wrong = value > 0 ? value_error / value : 0;
    out.active = sum_interval(alive, alive_variance);
    out.active->high = std::min(out.active->high, known);
    out.orders = sum_interval(orders, orders_variance + std::pow(wrong * orders, 2));
    if (valued > 0) out.value = sum_interval(value, value_variance + std::pow(value_error, 2));
  }
};

class Acts {
 public:
  Acts(const DuckConnection& connection, ReportData& data)
      : x_connection(connection), x_day(iso_date(data.as_of)), x_out(data.acts) {}

  Status load();

 private:
  Status values();
  Status leaving();
  Status journey();
  Status usage();
  Status next();
  Status preferences();
  Status said_did();

  template <typename Visit>
  Status rows(std::string_view sql, std::int64_t most, Visit visit) const {
    return each_row(x_connection, sql, {x_day, most}, visit);
  }

  const DuckConnection& x_connection;
  std::string x_day;
  ActsFigures& x_out;
};

Status Acts::values() {
  Values& out = x_out.values;
  std::map<std::string, std::size_t> places;
  ValueSums all;
  Status done = each_row(x_connection, kSegments, {x_day}, [&](const DuckRow& row) {
    ValueSegment& one = out.segments.emplace_back();
    one.segment = text_at(row, 0), one.n = row.integer(1), one.money = number_or(row, 2, 0);
    ValueSums sums;
    sums.known = double(row.integer(3)), sums.alive = number_or(row, 4, 0);
    sums.alive_variance = number_or(row, 5, 0), sums.orders = number_or(row, 6, 0);
    sums.orders_variance = number_or(row, 7, 0), sums.valued = double(row.integer(8));
    sums.value = number_or(row, 9, 0), sums.value_variance = number_or(row, 10, 0);
    sums.value_error = number_or(row, 11, 0);
    sums.tell(one);
    all.add(sums);
    out.n += one.n, out.money += one.money, out.currency = text_at(row, 12);
    if (!row.is_null(13)) out.horizon_days = int(row.integer(13));
    places[one.segment] = out.segments.size() - 1;
  });
  if (!done) return done;
  all.tell(out);
  return rows(kValueRows, kMostOfPart, [&](const DuckRow& row) {
    ValueRow one{.who = actor_at(row), .segment = text_at(row, 4), .purchases = row.integer(5)};
    one.last = day_at(row, 6), one.money = number_or(row, 7, 0);
    if (!row.is_null(8)) one.alive = row.number(8), one.orders = interval_at(row, 9);
    if (!row.is_null(12)) one.value = interval_at(row, 12);
    out.segments[places[one.segment]].rows.push_back(std::move(one));
  });
}

Status Acts::leaving() {
  LeavingFigures& out = x_out.leaving;
  Status done = each_row(x_connection, kLeavingSums, {x_day}, [&](const DuckRow& row) {
    out.n = row.integer(0);
    if (out.n == 0) return;
    out.likely = row.integer(1), out.horizon_days = int(row.integer(2)), out.auc = row.number(3);
    out.learned_from = row.integer(4), out.left = row.integer(5);
    out.expected = sum_interval(row.number(6), row.number(7));
    out.expected.high = std::min(out.expected.high, double(out.n));
    out.of_words = row.integer(8) != 0;
  });
  if (!done || out.n == 0) return done;
  return each_row(x_connection, kLeaveRows, {x_day, kLately, kMostRows}, [&](const DuckRow& row) {
    LeaveRow one{.who = actor_at(row), .p = row.number(4), .of_words = row.integer(5) != 0};
    one.reasons = text_at(row, 6), one.last = day_at(row, 7), one.money = number_or(row, 8, 0);
    out.recent = row.integer(9);
    out.rows.push_back(std::move(one));
  });
}

Status Acts::journey() {
  Journeys& out = x_out.journey;
  Status done = rows(kSteps, kMostSteps, [&](const DuckRow& row) {
    out.steps.push_back({text_at(row, 0), row.integer(1), row.integer(2), row.integer(3),
                         row.integer(4), row.integer(5), row.integer(6), row.integer(7)});
  });
  if (!done || out.steps.empty()) return done;
  const auto cases = x_connection.integer("SELECT SUM(starts)::BIGINT FROM journey_steps");
  if (!cases) return cases.failure();
  out.cases = *cases;
  done = rows(kEdges, kMostSteps, [&](const DuckRow& row) {
    out.edges.push_back({text_at(row, 0), text_at(row, 1), row.integer(2), row.integer(3),
                         row.number(4), row.number(5)});
  });
  if (done) {
    done = rows(kVariants, kMostSteps, [&](const DuckRow& row) {
      out.variants.push_back({text_at(row, 0), row.integer(1), row.integer(2), row.number(3)});
    });
  }
  if (!done) return done;
  auto readings = load_step_readings(x_connection, {}, kFeelingHours);
  if (!readings) return readings.failure();
  out.feelings = step_feelings(std::move(*readings));
  std::erase_if(out.feelings, [](const StepFeeling& one) { return !one.enough; });
  return {};
}

Status Acts::usage() {
  UsageActs& out = x_out.usage;
  Status done = each_row(x_connection, kMeters, {x_day}, [&](const DuckRow& row) {
    out.meters = row.integer(0), out.good = row.integer(1), out.changed = row.integer(2);
    out.alerts = row.integer(3), out.alert_meters = row.integer(4);
  });
  if (!done || out.meters == 0) return done;
  done = each_row(x_connection, kHabits, {x_day}, [&](const DuckRow& row) {
    out.habits.emplace_back(text_at(row, 0), row.integer(1));
  });
  if (done) {
    done = rows(kChanges, kMostRows, [&](const DuckRow& row) {
      out.changes.push_back({actor_at(row), int(row.integer(4)), day_at(row, 5),
                             interval_at(row, 6), number_or(row, 9, 0)});
    });
  }
  if (!done) return done;
  return rows(kAlerts, kMostRows, [&](const DuckRow& row) {
    out.unusual.push_back({actor_at(row), int(row.integer(4)), day_at(row, 5), day_at(row, 6),
                           row.number(7), interval_at(row, 8)});
  });
}

Status Acts::next() {
  NextNeeds& out = x_out.next;
  std::map<std::string, std::size_t> places;
  Status done = rows(kProducts, kMostProducts, [&](const DuckRow& row) {
    places[text_at(row, 0)] = out.products.size();
    out.products.push_back(
        {text_at(row, 0), text_at(row, 1), row.integer(2), text_at(row, 3), row.integer(5), {}});
    out.window_days = int(row.integer(4));
  });
  if (!done || out.products.empty()) return done;
  const auto people = x_connection.integer("SELECT COUNT(DISTINCT person) FROM recommendations");
  if (!people) return people.failure();
  out.n = *people;
  return rows(kNextRows, kMostOfPart, [&](const DuckRow& row) {
    const auto place = places.find(text_at(row, 4));
    const auto why = std::ranges::find(behaviour::kWhyIds, row.text(7));
    if (place == places.end() || why == behaviour::kWhyIds.end()) return;
    NextRow one{.who = actor_at(row), .row = {}};
    behaviour::RecommendationRow& found = one.row;
    found.person = one.who.person, found.rank = 1, found.product = text_at(row, 4);
    found.name = text_at(row, 5), found.score = row.number(6);
    found.why = static_cast<behaviour::Why>(why - behaviour::kWhyIds.begin());
    found.other = text_at(row, 8), found.times = row.integer(9), found.of_times = row.integer(10);
    if (!row.is_null(11)) found.gap_days = row.number(11);
    if (!row.is_null(12)) found.elapsed_days = int(row.integer(12));
    if (!row.is_null(13)) found.season = row.number(13);
    found.own_gaps = row.integer(14);
    out.products[place->second].rows.push_back(std::move(one));
  });
}

Status Acts::preferences() {
  std::map<std::string, std::size_t> places;
  Status done = each_row(x_connection, kSpreads, {x_day}, [&](const DuckRow& row) {
    places[text_at(row, 0)] = x_out.preferences.size();
    x_out.preferences.push_back(
        {text_at(row, 0), row.integer(1), row.number(2), row.number(3), row.number(4), {}});
  });
  if (!done || places.empty()) return done;
  return rows(kPreferences, kMostOfPart, [&](const DuckRow& row) {
    x_out.preferences[places[text_at(row, 4)]].rows.push_back(
        {actor_at(row), text_at(row, 5), interval_at(row, 6), row.integer(9)});
  });
}

Status Acts::said_did() {
  std::map<std::string, std::size_t> places;
  return rows(kGaps, kMostOfPart, [&](const DuckRow& row) {
    const auto [place, made] = places.try_emplace(text_at(row, 4), x_out.said_did.size());
    if (made) x_out.said_did.push_back({text_at(row, 4), text_at(row, 5), row.integer(12), {}});
    x_out.said_did[place->second].rows.push_back(
        {actor_at(row), row.number(6), text_at(row, 7), interval_at(row, 8), row.integer(11)});
  });
}

Status Acts::load() {
  Status done = x_connection.run(kActors);
  if (done) done = values();
  if (done) done = leaving();
  if (done) done = journey();
  if (done) done = usage();
  if (done) done = next();
  if (done) done = preferences();
  if (done) done = said_did();
  return done;
}

}  // namespace

Status load_acts(const DuckConnection& connection, ReportData& out) {
  return Acts(connection, out).load();
}

}  // namespace xinjing::insight
