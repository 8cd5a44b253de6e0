#include "behaviour/usage_table.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/format.h"
#include "base/parallel.h"
#include "behaviour/sound_days.h"
#include "store/cells.h"
#include "store/renewal.h"

namespace xinjing::behaviour {
namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kSlice = 8'000'000;  // readings that are held at once
constexpr std::string_view kUnits = R"(CASE LOWER(TRIM(COALESCE(u.unit, '')))
  WHEN '' THEN 1.0 WHEN 'kwh' THEN 1.0 WHEN 'kw·h' THEN 1.0 WHEN '度' THEN 1.0
  WHEN '千瓦时' THEN 1.0 WHEN 'wh' THEN 0.001 WHEN '瓦时' THEN 0.001
  WHEN 'mwh' THEN 1000.0 WHEN '兆瓦时' THEN 1000.0 END)";
constexpr std::string_view kKind = "LOWER(TRIM(COALESCE(u.kind, '')))";
constexpr std::string_view kMeter = "HASH(COALESCE(u.meter, ''), COALESCE(u.account, ''))";
constexpr std::string_view kEarliest = "TIMESTAMP '2000-01-01'";

struct Meter {
  std::int64_t person = 0;
  std::uint64_t key = 0;
  std::vector<MeterReading> readings{};
};

/// What each meter and customer is called; keys are (person, meter key).
struct Names {
  struct Customer {
    std::string id;
    std::string kind;
  };
  struct Called {
    std::string meter;
    std::string tariff;
    int number = 1;
  };
  std::unordered_map<std::int64_t, Customer> customers;
  std::unordered_map<std::uint64_t, Called> meters;

  static std::uint64_t key(std::int64_t person, std::uint64_t meter) {
    return mix64(std::uint64_t(person) * 0x9e3779b97f4a7c15ULL ^ meter);
  }
};

/// Rows of each day.
constexpr std::string_view kDays = R"(
SELECT EPOCH_MS(time + TO_MINUTES({})) // 86400000 AS day, COUNT(*)
FROM usage WHERE time IS NOT NULL GROUP BY day ORDER BY day)";

class Loading {
 public:
  Loading(const DuckConnection& connection, int zone_minutes, const UsageOptions& options)
      : x_connection(connection), x_zone(zone_minutes), x_options(options) {}

  Result<UsageRows> run() {
    if (Status seen = survey(); !seen) return seen.failure();
    if (x_out.source.used == 0) {
      return fail(ErrorCode::kBadInput,
                  {fmt::format("no meter reading of electricity can be used; {} rows are in the "
                               "table usage, at least three of one meter are needed",
                               x_out.source.rows),
                   fmt::format("没有可用的用电读数：用量表有 {} 行，每块表至少需要三行",
                               x_out.source.rows)});
    }
    if (Status named = name_all(); !named) return named.failure();
    const std::int64_t slices = (x_out.source.used + kSlice - 1) / kSlice;
    for (std::int64_t slice = 0; slice < slices; ++slice) {
      if (Status done = study_slice(slice, slices); !done) return done.failure();
    }
    StudyOptions study = x_options.study;
    study.unusual_since = {x_out.source.as_of.number - x_options.unusual_days};
    finish_study(study, x_out.study);
    return std::move(x_out);
  }

 private:
  Status find_day() {
    UsageSource& source = x_out.source;
    if (x_options.as_of) {
      source.as_of = *x_options.as_of;
      return {};
    }
    auto rows = x_connection.query(fmt::format(kDays, x_zone));
    if (!rows) return rows.failure();
    std::vector<DayRows> days;
    const Status read = rows->each([&](const DuckRow& row) {
      days.push_back({{std::int32_t(row.integer(0))}, row.integer(1)});
    });
    if (const auto sound = sound_days(days)) source.as_of = sound->last;
    return read;
  }

  /// Which rows can be used.
  Status survey() {
    UsageSource& source = x_out.source;
    if (Status day = find_day(); !day) return day;
    x_end = fmt::format("TIMESTAMP '1970-01-01' + TO_MILLISECONDS({}::BIGINT)",
                        instant_at({source.as_of.number + 1}, 0, x_zone).millis);
    auto rows = x_connection.query(fmt::format(
        R"(SELECT {0}, SUM(n), SUM(nobody), SUM(later), SUM(earlier), SUM(n) FILTER ({1} IS NULL),
  COALESCE(SUM(good) FILTER ({1} IS NOT NULL), 0)::BIGINT AS used, SUM(meters), SUM(tariffs),
  SUM(units)
FROM (SELECT kind, unit, COUNT(*) AS n, COUNT(*) FILTER (subject_no IS NULL) AS nobody,
    COUNT(*) FILTER (time >= {2}) AS later,
    COUNT(*) FILTER (time < {3} OR quantity IS NULL) AS earlier,
    COUNT(*) FILTER (subject_no IS NOT NULL AND time >= {3} AND time < {2}
      AND quantity IS NOT NULL) AS good,
    COUNT(meter) + COUNT(account) AS meters, COUNT(tariff) AS tariffs, COUNT(unit) AS units
  FROM usage GROUP BY kind, unit) AS u
GROUP BY 1 ORDER BY used DESC, 1)",
        kKind, kUnits, x_end, kEarliest));
    if (!rows) return rows.failure();
    bool first = true;
    return rows->each([&](const DuckRow& row) {
      source.rows += row.integer(1);
      if (std::exchange(first, false)) {
        source.kind = row.text(0);
        source.nobody = row.integer(2);
        source.later = row.integer(3);
        source.earlier = row.integer(4);
        source.other_unit = row.is_null(5) ? 0 : row.integer(5);
        source.used = row.integer(6);
        source.meters = row.integer(7) > 0;
        x_tariffs = row.integer(8) > 0;
        x_units = row.integer(9) > 0;
      } else {
        source.other_kind += row.integer(1);
      }
    });
  }

  std::string which() const {
    std::string out = fmt::format(
        "FROM usage AS u JOIN subjects AS s USING (subject_no) WHERE u.time >= {} AND u.time < {} "
        "AND u.quantity IS NOT NULL",
        kEarliest, x_end);
    if (x_units) out += fmt::format(" AND {} IS NOT NULL", kUnits);
    if (!x_out.source.kind.empty() || x_out.source.other_kind > 0) {
      out += fmt::format(" AND {} = {}", kKind, sql_quoted(x_out.source.kind));
    }
    return out;
  }

  std::string meter_key() const {
    return x_out.source.meters ? std::string(kMeter) : std::string("0::UBIGINT");
  }

  Status name_all() {
    auto people = x_connection.query(fmt::format(
        R"(WITH kinds AS (
  SELECT person, ARG_MIN(c.kind, row_no) AS kind
  FROM customers AS c JOIN subjects USING (subject_no) GROUP BY person)
SELECT subject_no, plain_id(subject), COALESCE(TRIM(k.kind), '')
FROM subjects AS p LEFT JOIN kinds AS k ON k.person = p.subject_no
WHERE subject_no IN (SELECT DISTINCT s.person {}))",
        which()));
    if (!people) return people.failure();
    Status read = people->each([&](const DuckRow& row) {
      x_names.customers.emplace(
          row.integer(0), Names::Customer{std::string(row.text(1)), std::string(row.text(2))});
    });
    if (!read || !(x_out.source.meters || x_tariffs)) return read;
    auto meters = x_connection.query(fmt::format(
        "SELECT s.person, {0} AS meter_key, COALESCE(ANY_VALUE(u.meter), '…' || "
        "RIGHT(ANY_VALUE(u.account), 4), '') AS called, "
        "COALESCE(ARG_MAX(u.tariff, u.time), '') {1} GROUP BY 1, 2 ORDER BY 1, called, 2",
        meter_key(), which()));
    if (!meters) return meters.failure();
    std::int64_t person = -1;
    int number = 0;
    return meters->each([&](const DuckRow& row) {
      number = std::exchange(person, row.integer(0)) == row.integer(0) ? number + 1 : 1;
      x_names.meters.emplace(
          Names::key(row.integer(0), row.unsigned_integer(1)),
          Names::Called{std::string(row.text(2)), std::string(row.text(3)), number});
    });
  }

  /// Readings of every `slices`-th person, by meter in the order of first appearance.
  Result<std::vector<Meter>> read_slice(std::int64_t slice, std::int64_t slices) const {
    std::string query = fmt::format("SELECT s.person, {}, u.time, u.quantity{} {}", meter_key(),
                                    x_units ? fmt::format(" * {}", kUnits) : "", which());
    if (slices > 1) query += fmt::format(" AND s.person % {} = {}", slices, slice);
    auto rows = x_connection.stream(query);
    if (!rows) return rows.failure();
    std::vector<Meter> out;
    std::unordered_map<std::uint64_t, std::size_t> places;
    std::size_t at = 0;
    for (;;) {
      auto chunk = rows->next();
      if (!chunk) return chunk.failure();
      if (!*chunk) return out;
      const DuckChunk& cells = **chunk;
      for (std::size_t i = 0; i < cells.rows(); ++i) {
        const std::int64_t person = cells[0].integer(i);
        const std::uint64_t key = cells[1].unsigned_integer(i);
        if (out.empty() || out[at].person != person || out[at].key != key) {
          at = places.try_emplace(Names::key(person, key), out.size()).first->second;
          if (at == out.size()) out.push_back({person, key});
        }
        const std::int64_t minute = cells[2].integer(i) / kMinute + x_zone;
        out[at].readings.push_back({std::int32_t(minute), cells[3].number(i)});
      }
    }
  }

  Status find_mode(const RisesAndFalls& counts) {
    UsageSource& source = x_out.source;
    source.counts = counts;
    const std::optional<ReadingMode> told = reading_mode(counts);
    if (told) source.mode = *told;
    if (x_options.mode) source.mode = *x_options.mode;
    if (told || x_options.mode) return {};
    return fail(
        ErrorCode::kBadInput,
        {fmt::format("cannot tell whether the readings are amounts or standings of a meter: "
                     "{} rise and {} fall (at most one in fifty falls: standings; at least "
                     "three in twenty: amounts; 8 are needed); say --readings consumption or "
                     "--readings register",
                     counts.rises, counts.falls),
         fmt::format("无法判断读数是各期用量还是表底示数：{} 次上升、{} "
                     "次下降（下降不超过五十分之一为示数，不少于二十分之三为用量，至少需要 8 "
                     "次）；请写明 --readings consumption（用量）或 --readings "
                     "register（示数）",
                     counts.rises, counts.falls)});
  }

  Status study_slice(std::int64_t slice, std::int64_t slices) {
    auto meters = read_slice(slice, slices);
    if (!meters) return meters.failure();
    std::vector<RisesAndFalls> counts(meters->size());
    each_meter(meters->size(),
               [&](std::size_t i) { counts[i] = sort_readings((*meters)[i].readings); });
    if (slice == 0) {
      RisesAndFalls all;
      for (const RisesAndFalls& one : counts) all.merge(one);
      if (Status found = find_mode(all); !found) return found;
    }
    std::vector<MeterStudy>& to = x_out.study.meters;
    const std::size_t before = to.size();
    to.resize(before + meters->size());
    each_meter(meters->size(), [&](std::size_t i) {
      Meter& meter = (*meters)[i];
      MeterStudy& study = to[before + i];
      call(meter, study);
      const SeriesOptions how{.mode = x_out.source.mode, .stamp = x_options.stamp};
      const MeterSeries series = regular_series(meter.readings, how);
      meter.readings = {};
      study_meter(series, x_options.study, study);
    });
    return {};
  }

  /// In batches of some meters, on all cores.
  template <typename Work>
  static void each_meter(std::size_t count, Work work) {
    const std::size_t batch = std::max<std::size_t>(1, std::min<std::size_t>(256, count / 64));
    parallel_for((count + batch - 1) / batch, 0, [&](std::size_t b, std::size_t) {
      for (std::size_t i = b * batch; i < std::min(count, (b + 1) * batch); ++i) work(i);
    });
  }

  void call(const Meter& meter, MeterStudy& out) const {
    out.person = meter.person;
    const auto customer = x_names.customers.find(meter.person);
    if (customer != x_names.customers.end()) {
      out.customer = customer->second.id;
      out.kind = customer->second.kind;
    }
    const auto called = x_names.meters.find(Names::key(meter.person, meter.key));
    if (called == x_names.meters.end()) return;
    out.meter = called->second.meter;
    out.tariff = called->second.tariff;
    out.number = called->second.number;
  }

  const DuckConnection& x_connection;
  int x_zone;
  const UsageOptions& x_options;
  std::string x_end;
  bool x_tariffs = false;
  bool x_units = false;
  Names x_names;
  UsageRows x_out;
};

std::string_view state_id(SeriesState state) {
  constexpr std::string_view kIds[] = {"good", "too_few", "irregular", "never_falls",
                                       "falls_often"};
  return kIds[static_cast<std::size_t>(state)];
}

/// Null where it is not positive.
std::optional<std::int64_t> positive(std::int64_t value) {
  return value > 0 ? std::optional(value) : std::nullopt;
}

std::optional<std::string_view> some(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

Status put_features(store::Cells cells, const UsageStudy& study, const MeterStudy& meter,
                    Day as_of) {
  const LoadFeatures& is = meter.features;
  const bool known = is.days > 0;
  cells << meter.person << std::int64_t(meter.number) << some(meter.meter) << state_id(meter.state)
        << positive(meter.step_minutes) << std::int64_t(is.days)
        << (known ? std::optional(is.first) : std::nullopt)
        << (known ? std::optional(is.last) : std::nullopt) << is.per_day << is.per_day_error
        << is.base_kw << is.peak_kw << is.top_kw << is.load_factor << is.night << is.evening
        << is.weekend << is.variation << is.season << positive(is.high_month)
        << positive(is.low_month);
  cells << (meter.habit ? some(study.habits[*meter.habit].name.id) : std::nullopt);
  if (meter.change) {
    cells << meter.change->since << meter.change->ratio() << meter.change->low
          << meter.change->high;
  } else {
    cells.null().null().null().null();
  }
  return (cells << meter.faults.left_out() << meter.faults.missing << as_of).end();
}

Status put_alert(store::Cells cells, const MeterStudy& meter, const UnusualUse& one, Day as_of) {
  const Day last{one.period.first.number + one.period.days - 1};
  return (cells << meter.person << std::int64_t(meter.number) << some(meter.meter)
                << one.period.first << last << double(one.period.kwh) << one.usual << one.low
                << one.high << one.last_year << std::int64_t(one.before) << as_of)
      .end();
}

Status put_all(const DuckConnection& connection, const UsageStudy& study, Day as_of) {
  Result<DuckAppender> features = connection.appender("usage_features");
  if (!features) return features.failure();
  for (const MeterStudy& meter : study.meters) {
    if (Status put = put_features(store::Cells(*features), study, meter, as_of); !put) return put;
  }
  if (Status closed = features->close(); !closed) return closed;
  Result<DuckAppender> alerts = connection.appender("usage_alerts");
  if (!alerts) return alerts.failure();
  for (const MeterStudy& meter : study.meters) {
    for (const UnusualUse& one : meter.unusual) {
      if (Status put = put_alert(store::Cells(*alerts), meter, one, as_of); !put) return put;
    }
  }
  return alerts->close();
}

}  // namespace

Result<UsageRows> load_usage(const DuckConnection& connection, int zone_minutes,
                             const UsageOptions& options) {
  return Loading(connection, zone_minutes, options).run();
}

Status write_usage(const store::Database& database, Day as_of) {
  const DuckConnection& connection = database.connection();
  static constexpr std::string_view kFrom[] = {"usage", "subjects", "customers"};
  const store::Grounds grounds{.name = "usage", .tables = kFrom, .more = iso_date(as_of)};
  return store::renew(database, grounds, [&]() -> Status {
    constexpr int kYear = 366;
    Result<UsageRows> rows =
        load_usage(connection, database.zone_minutes(), {.as_of = as_of, .unusual_days = kYear});
    if (!rows && rows.error().code != ErrorCode::kBadInput) return rows.failure();
    Status done = connection.run("DELETE FROM usage_features; DELETE FROM usage_alerts");
    return done && rows ? put_all(connection, rows->study, as_of) : done;
  });
}

Result<std::vector<KeptUsage>> load_kept_usage(const DuckConnection& connection,
                                               std::int64_t person, Day as_of) {
  auto rows = connection.query(
      R"(SELECT f.meter_no, f.meter, f.per_day, f.habit, f.changed, f.change_ratio, a.first_day,
  a.last_day, a.kwh, a.usual
FROM usage_features AS f
LEFT JOIN (SELECT meter_no, MAX(first_day) AS first_day, ARG_MAX(last_day, first_day) AS last_day,
    ARG_MAX(kwh, first_day) AS kwh, ARG_MAX(usual, first_day) AS usual
  FROM usage_alerts WHERE person = $1 GROUP BY meter_no) AS a USING (meter_no)
WHERE f.person = $1 AND f.per_day IS NOT NULL AND f.as_of <= DATE '1970-01-01' + $2::INTEGER
ORDER BY f.meter_no)",
      {person, std::int64_t(as_of.number)});
  if (!rows) return rows.failure();
  const auto day = [](const DuckRow& row, std::size_t at) {
    return Day{std::int32_t(row.integer(at))};
  };
  std::vector<KeptUsage> out;
  const Status read = rows->each([&](const DuckRow& row) {
    KeptUsage one{.number = int(row.integer(0)),
                  .meter = std::string(row.text_or_empty(1)),
                  .per_day = row.number(2),
                  .habit = std::string(row.text_or_empty(3))};
    if (!row.is_null(4)) {
      one.changed = day(row, 4);
      one.change = row.number(5);
    }
    if (!row.is_null(6)) one.alert = {day(row, 6), day(row, 7), row.number(8), row.number(9)};
    out.push_back(std::move(one));
  });
  if (!read) return read.failure();
  return out;
}

}  // namespace xinjing::behaviour
