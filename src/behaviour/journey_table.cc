#include "behaviour/journey_table.h"

#include <algorithm>

#include "base/format.h"
#include "behaviour/journey.h"
#include "store/renewal.h"

namespace xinjing::behaviour {
namespace {

constexpr std::size_t kMostRows = 10'000;
constexpr std::size_t kMostVariants = 100;
constexpr std::size_t kMostShown = 50;  // steps of a variant that are written out

// Transitions of XES that are about a step without being one.
constexpr std::string_view kScheduling =
    "COALESCE(LOWER(t.status) IN ('schedule', 'assign', 'reassign', 'suspend', 'resume'), FALSE)";

constexpr std::string_view kSteps = R"(
SELECT t.case_id, t.activity, t.started, t.ended, t.resource, {scheduling}
FROM touchpoints AS t
WHERE {chosen}
ORDER BY t.line, t.row_no)";

constexpr std::string_view kTouchpoints = R"(
SELECT t.touchpoint_id, t.case_id, t.customer, t.channel, t.activity, t.resource, t.status,
  t.started, t.ended
FROM touchpoints AS t
WHERE {}
ORDER BY t.case_id, t.started, t.line, t.row_no)";

constexpr std::string_view kLastDay = R"(
SELECT local_time(MAX(started))::DATE
FROM touchpoints
WHERE started <= (SELECT QUANTILE_DISC(started, 0.995) FROM touchpoints) + INTERVAL 366 DAY)";

constexpr std::string_view kChosen = R"(t.case_id IN (
  SELECT case_id
  FROM touchpoints
  GROUP BY case_id
  HAVING {}
))";

/// Times are written out: a TIMESTAMP_MS cannot be bound.
std::string moment(Instant at) { return fmt::format("MAKE_TIMESTAMP_MS({})", at.millis); }

Result<std::optional<Day>> last_day(const DuckConnection& connection) {
  Result<DuckResult> rows = connection.query(kLastDay);
  if (!rows) return rows.failure();
  std::optional<Day> out;
  const Status read = rows->each([&](const DuckRow& row) {
    if (!row.is_null(0)) out = Day{std::int32_t(row.integer(0))};
  });
  if (!read) return read.failure();
  return out;
}

double seconds(double millis) { return millis / 1000; }

void put_times(DuckAppender& rows, std::size_t column, const Times& times) {
  if (times.n == 0) {
    rows.null(column);
    rows.null(column + 1);
    return;
  }
  rows.number(column, seconds(times.median));
  rows.number(column + 1, seconds(times.p90));
}

Status write_steps(const DuckConnection& connection, const EventLog& log, const Journey& journey,
                   Day as_of) {
  Result<DuckAppender> rows = connection.appender("journey_steps");
  if (!rows) return rows.failure();
  const std::size_t count = std::min(journey.activities.size(), kMostRows);
  for (std::size_t i = 0; i < count; ++i) {
    const ActivityFigures& one = journey.activities[i];
    rows->text(0, log.activity_names()[one.activity]);
    const std::int64_t counts[] = {one.steps,     one.cases,   one.starts,       one.ends,
                                   one.ends_open, one.repeats, one.repeat_cases, one.service.n};
    for (std::size_t k = 0; k < std::size(counts); ++k) rows->integer(k + 1, counts[k]);
    put_times(*rows, 9, one.service);
    rows->integer(11, as_of.number);
    if (Status done = rows->end_row(); !done) return done;
  }
  return rows->close();
}

Status write_edges(const DuckConnection& connection, const EventLog& log, const Journey& journey,
                   Day as_of) {
  Result<DuckAppender> rows = connection.appender("journey_edges");
  if (!rows) return rows.failure();
  const std::size_t count = std::min(journey.edges.size(), kMostRows);
  for (std::size_t i = 0; i < count; ++i) {
    const Edge& one = journey.edges[i];
    rows->text(0, log.activity_names()[one.from]);
    rows->text(1, log.activity_names()[one.to]);
    rows->integer(2, one.n);
    rows->integer(3, one.cases);
    rows->integer(4, one.overlapped);
    put_times(*rows, 5, one.wait);
    rows->number(7, seconds(one.wait.mean));
    rows->integer(8, as_of.number);
    if (Status done = rows->end_row(); !done) return done;
  }
  return rows->close();
}

std::string names_of(const EventLog& log, std::span<const std::uint32_t> activities) {
  std::string out;
  for (const std::uint32_t activity : activities.first(std::min(activities.size(), kMostShown))) {
    out += (out.empty() ? "" : " > ") + log.activity_names()[activity];
  }
  return activities.size() > kMostShown ? out + " > …" : out;
}

Status write_variants(const DuckConnection& connection, const EventLog& log, const Journey& journey,
                      Day as_of) {
  Result<DuckAppender> rows = connection.appender("journey_variants");
  if (!rows) return rows.failure();
  const std::size_t count = std::min(journey.variants.size(), kMostVariants);
  for (std::size_t i = 0; i < count; ++i) {
    const Variant& one = journey.variants[i];
    const auto activities = log.activities_of(one.example);
    rows->integer(0, std::int64_t(i + 1));
    rows->text(1, names_of(log, activities));
    rows->integer(2, std::int64_t(activities.size()));
    rows->integer(3, one.cases);
    rows->number(4, seconds(one.total.median));
    rows->integer(5, as_of.number);
    if (Status done = rows->end_row(); !done) return done;
  }
  return rows->close();
}

}  // namespace

std::string chosen_cases(const JourneyFilter& filter) {
  const std::string first =
      fmt::format("MIN(started) FILTER (started >= {})", moment(filter.range.first));
  std::string having;
  const auto add = [&having](std::string condition) {
    having += (having.empty() ? "" : " AND ") + std::move(condition);
  };
  if (filter.from) add(fmt::format("{} >= {}", first, moment(*filter.from)));
  if (filter.before) add(fmt::format("{} < {}", first, moment(*filter.before)));
  if (!filter.channel.empty()) {
    add(fmt::format("BOOL_OR(COALESCE(channel = {}, FALSE))", sql_quoted(filter.channel)));
  }
  if (!filter.activity.empty()) {
    add(fmt::format("BOOL_OR(activity = {})", sql_quoted(filter.activity)));
  }
  return having.empty() ? "TRUE" : fmt::format(kChosen, having);
}

Result<JourneyRows> load_journey(const DuckConnection& connection, const JourneyFilter& filter) {
  Result<DuckResult> rows =
      connection.stream(fmt::format(fmt::runtime(kSteps), fmt::arg("scheduling", kScheduling),
                                    fmt::arg("chosen", chosen_cases(filter))));
  if (!rows) return rows.failure();
  JourneyRows out;
  EventLogBuilder builder(filter.range);
  const Status read = rows->each([&](const DuckRow& row) {
    ++out.rows;
    if (row.integer(5) != 0) {
      ++out.scheduling;
      return;
    }
    StepRow step{.case_id = row.text_or_empty(0),
                 .activity = row.text_or_empty(1),
                 .started = {row.integer(2)},
                 .resource = row.text_or_empty(4)};
    if (!row.is_null(3)) step.ended = Instant{row.integer(3)};
    builder.add(step);
  });
  if (!read) return read.failure();
  out.log = builder.finish();
  return out;
}

Status each_touchpoint(const DuckConnection& connection, const JourneyFilter& filter,
                       const std::function<Status(const TouchpointRow&)>& visit) {
  Result<DuckResult> rows = connection.stream(fmt::format(kTouchpoints, chosen_cases(filter)));
  if (!rows) return rows.failure();
  Status visited;
  const Status read = rows->each([&](const DuckRow& row) {
    if (!visited) return;
    TouchpointRow one{.id = row.text_or_empty(0),
                      .case_id = row.text_or_empty(1),
                      .customer = row.text_or_empty(2),
                      .channel = row.text_or_empty(3),
                      .activity = row.text_or_empty(4),
                      .resource = row.text_or_empty(5),
                      .status = row.text_or_empty(6),
                      .started = {row.integer(7)},
                      .ended = {}};
    if (!row.is_null(8)) one.ended = Instant{row.integer(8)};
    visited = visit(one);
  });
  return read ? visited : read;
}

Status write_journey(store::Database& database, std::optional<Day> asked) {
  const DuckConnection& connection = database.connection();
  static constexpr std::string_view kFrom[] = {"touchpoints"};
  const store::Grounds grounds{
      .name = "journey", .tables = kFrom, .more = asked ? iso_date(*asked) : "last day"};
  return store::renew(database, grounds, [&]() -> Status {
    const Result<std::optional<Day>> last = last_day(connection);
    if (!last) return last.failure();
    const Day as_of = asked.value_or(last->value_or(Day{}));
    JourneyFilter filter;
    filter.range.last = {instant_at({as_of.number + 1}, 0, database.zone_minutes()).millis - 1};
    Result<JourneyRows> rows = load_journey(connection, filter);
    if (!rows) return rows.failure();
    const Journey journey = describe(rows->log);
    Status done = connection.run(
        "DELETE FROM journey_steps; DELETE FROM journey_edges; DELETE FROM journey_variants");
    if (done) done = write_steps(connection, rows->log, journey, as_of);
    if (done) done = write_edges(connection, rows->log, journey, as_of);
    if (done) done = write_variants(connection, rows->log, journey, as_of);
    return done;
  });
}

}  // namespace xinjing::behaviour
