#include "behaviour/preference_table.h"

#include "behaviour/line_table.h"
#include "store/cells.h"

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

}  // namespace

Status write_preferences(const store::Database& database, Day as_of) {
  const DuckConnection& connection = database.connection();
  Result<store::Transaction> transaction = database.begin();
  if (!transaction) return transaction.failure();
  Status done = connection.run("DELETE FROM preferences");
  if (!done) return done;
  Result<LineTable> lines = LineTable::open(connection, {.until = as_of});
  if (!lines) return lines.failure();
  Result<DuckAppender> to = connection.appender("preferences");
  if (!to) return to.failure();
  Status wrote;
  done = lines->each([&](std::int64_t person, std::span<const Line> of) {
    for (const Preference& one : preferences_of(of, lines->usual())) {
      if (wrote && one.enough()) wrote = append(*to, person, one, lines->names(), as_of);
    }
  });
  if (done) done = wrote;
  if (done) done = to->close();
  if (done) done = transaction->commit();
  return done ? database.checkpoint_if_due() : done;
}

}  // namespace xinjing::behaviour
