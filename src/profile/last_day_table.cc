#include "profile/last_day_table.h"

#include <vector>

#include "base/format.h"
#include "behaviour/sound_days.h"

namespace xinjing::profile {
namespace {

constexpr std::string_view kActs = R"((
  SELECT local_time(ended)::DATE AS day FROM conversations
  UNION ALL SELECT local_time(time)::DATE FROM orders
  UNION ALL SELECT local_time(time)::DATE FROM events))";

/// By the rows of each day.
Result<std::optional<Day>> by_rows_of_days(const DuckConnection& connection) {
  Result<DuckResult> rows = connection.query(fmt::format(
      "SELECT day, COUNT(*) FROM {} WHERE day IS NOT NULL GROUP BY day ORDER BY day", kActs));
  if (!rows) return rows.failure();
  std::vector<behaviour::DayRows> days;
  const Status read = rows->each([&](const DuckRow& row) {
    days.push_back({{std::int32_t(row.integer(0))}, row.integer(1)});
  });
  if (!read) return read.failure();
  const auto sound = behaviour::sound_days(days);
  return sound ? std::optional(sound->last) : std::nullopt;
}

}  // namespace

Result<std::optional<Day>> last_sound_day(const DuckConnection& connection) {
  // The day of all rows is looked at only where the last one stands nearly alone.
  Result<DuckResult> rows = connection.query(
      "WITH last AS (SELECT GREATEST((SELECT MAX(ended) FROM conversations), "
      "  (SELECT MAX(time) FROM orders), (SELECT MAX(time) FROM events)) AS time) "
      "SELECT local_time(time)::DATE, "
      "  (SELECT COUNT(*) FROM conversations WHERE ended > last.time - INTERVAL 90 DAY) + "
      "  (SELECT COUNT(*) FROM orders AS o WHERE o.time > last.time - INTERVAL 90 DAY) + "
      "  (SELECT COUNT(*) FROM events AS e WHERE e.time > last.time - INTERVAL 90 DAY), "
      "  (SELECT COUNT(*) FROM conversations) + (SELECT COUNT(*) FROM orders) + "
      "  (SELECT COUNT(*) FROM events) FROM last");
  if (!rows) return rows.failure();
  std::optional<Day> out;
  bool alone = false;
  Status read = rows->each([&](const DuckRow& row) {
    if (row.is_null(0)) return;
    out = Day{std::int32_t(row.integer(0))};
    alone = row.integer(1) == 1 || row.integer(1) * 1000 <= row.integer(2);
  });
  if (!read) return read.failure();
  return alone ? by_rows_of_days(connection) : Result<std::optional<Day>>(out);
}

}  // namespace xinjing::profile
