#include "store/renewal.h"

#include "base/format.h"
#include "base/hash.h"
#include "ingest/table.h"

namespace xinjing::store {
namespace {

/// The columns that tell one row of a table from another.
std::string_view telling(std::string_view table) {
  if (ingest::find_table(table) != nullptr) return "t.key_high, t.key_low, t.subject_no";
  if (table == "evidence") {
    return "t.conversation_no, t.subject_no, t.construct, t.state, t.day, t.micro_nats";
  }
  if (table == "readings") return "t.conversation_no, t.digest, t.model, t.cards";
  return "t";
}

}  // namespace

Result<std::string> digest_of(const DuckConnection& connection, const Grounds& grounds) {
  std::string all = grounds.more;
  for (const std::string_view table : grounds.tables) {
    Result<DuckResult> rows = connection.query(fmt::format(
        "SELECT CONCAT(COUNT(*), '/', SUM(HASH({}))) FROM {} AS t", telling(table), table));
    if (!rows) return rows.failure();
    const Status read =
        rows->each([&](const DuckRow& row) { all += fmt::format(" {} {}", table, row.text(0)); });
    if (!read) return read.failure();
  }
  return hex(hash128(all));
}

Status renew(const Database& database, const Grounds& grounds,
             const std::function<Status()>& make) {
  const Result<std::string> digest = digest_of(database.connection(), grounds);
  if (!digest) return digest.failure();
  const Result<std::optional<std::string>> before = database.meta(grounds.name);
  if (!before) return before.failure();
  if (*before == *digest) return {};
  Result<Transaction> transaction = database.begin();
  if (!transaction) return transaction.failure();
  Status done = make();
  if (done) done = database.set_meta(grounds.name, *digest);
  if (done) done = transaction->commit();
  return done ? database.checkpoint_if_due() : done;
}

}  // namespace xinjing::store
