#include "behaviour/preference_table.h"

#include "behaviour/line_table.h"
#include "store/cells.h"
#include "store/renewal.h"

namespace xinjing::behaviour {
namespace {

Status append(DuckAppender& to, std::int64_t person, const Preference& one, const LineNames& names,
              Day as_of) {
  store::Cells cells(to);
  cells << person << measure_id(one.measure);
  one.about == 0 ? cells.null() : cells << std::string_view(names.of(one));
  cells << one.estimate.value << one.estimate.low << one.estimate.high << one.estimate.n << as_of;
  return cells.end();
}

Status write_all(const DuckConnection& connection, Day as_of) {
  Result<LineTable> lines = LineTable::open(connection, {.until = as_of});
  if (!lines) return lines.failure();
  Result<DuckAppender> to = connection.appender("preferences");
  if (!to) return to.failure();
  Status wrote;
  const Status read = lines->each([&](std::int64_t person, std::span<const Line> of) {
    for (const Preference& one : preferences_of(of, lines->usual())) {
      if (wrote && one.enough()) wrote = append(*to, person, one, lines->names(), as_of);
    }
  });
  if (!read) return read;
  return wrote ? to->close() : wrote;
}

}  // namespace

Status write_preferences(const store::Database& database, Day as_of) {
  const DuckConnection& connection = database.connection();
  static constexpr std::string_view kFrom[] = {"orders", "events", "subjects"};
  const store::Grounds grounds{.name = "preferences", .tables = kFrom, .more = iso_date(as_of)};
  return store::renew(database, grounds, [&] {
    const Status gone = connection.run("DELETE FROM preferences");
    return gone ? write_all(connection, as_of) : gone;
  });
}

}  // namespace xinjing::behaviour
