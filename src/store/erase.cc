#include "store/erase.h"

#include "base/file.h"
#include "base/format.h"
#include "base/hash.h"
#include "ingest/table.h"
#include "store/sql.h"
#include "store/subject_table.h"

namespace xinjing::store {
namespace {

namespace fs = std::filesystem;

struct Deletion {
  std::string table;
  std::string condition;
};

std::vector<Deletion> deletions() {
  const std::string mine = "subject_no IN (FROM erased_subjects)";
  const std::string said = "conversation_no IN (FROM erased_conversations)";
  const std::string either = fmt::format("{} OR {}", mine, said);
  std::vector<Deletion> out;
  for (const ingest::TableSpec& table : ingest::table_specs()) {
    const bool messages = table.name == "messages";
    out.push_back(
        {std::string(table.name), mine + (messages ? " OR row_no IN (FROM erased_messages)" : "")});
  }
  for (const char* table : {"readings", "evidence", "expectations", "promise_words"}) {
    out.push_back({table, either});
  }
  out.push_back({"turns", said});
  out.push_back({"conversations", said});
  out.push_back({"stale_subjects", mine});
  // Figures over everybody go whole, to be made again without this person. They come before the
  // touchpoints, by the alphabet.
  for (const char* table : {"journey_edges", "journey_steps", "journey_variants"}) {
    out.push_back({table, fmt::format("EXISTS (FROM touchpoints WHERE {})", mine)});
  }
  // So do figures of models that were fitted on this person among others, prices that were compared
  // with what others paid, and what rests on those.
  for (const char* table :
       {"churn_risks", "customer_values", "preferences", "recommendations", "said_did"}) {
    out.push_back(
        {table,
         fmt::format("EXISTS (FROM {} AS f WHERE f.person IN (FROM erased_subjects))", table)});
  }
  for (const char* table : {"portraits", "usage_alerts", "usage_features"}) {
    out.push_back({table, "person IN (FROM erased_subjects)"});
  }
  out.push_back({"links", "a IN (FROM erased_subjects) OR b IN (FROM erased_subjects)"});
  out.push_back({"subjects", mine});
  std::ranges::sort(out, {}, &Deletion::table);
  return out;
}

Status remember(const Database& database, EraseReceipt& receipt) {
  std::vector<std::uint64_t> digests;
  Result<DuckResult> subjects = database.connection().query(
      "SELECT subject FROM subjects WHERE subject_no IN (FROM erased_subjects)");
  if (!subjects) return subjects.failure();
  Status read = subjects->each(
      [&](const DuckRow& row) { digests.push_back(erased_digest(database.salt(), row.text(0))); });
  if (!read) return read;
  receipt.ids = std::int64_t(digests.size());
  Result<DuckResult> keys = database.connection().query(
      "SELECT key_high, key_low FROM messages WHERE row_no IN (FROM erased_messages)");
  if (!keys) return keys.failure();
  read = keys->each([&](const DuckRow& row) {
    const Hash128 key{row.unsigned_integer(0), row.unsigned_integer(1)};
    digests.push_back(erased_digest(database.salt(), hex(key)));
  });
  if (!read) return read;
  for (const std::uint64_t digest : digests) {
    Status kept = database.connection().run("INSERT INTO erased VALUES (?)", {digest});
    if (!kept) return kept;
  }
  return {};
}

Status delete_rows(const DuckConnection& connection, std::vector<EraseReceipt::Table>& tables) {
  for (const Deletion& one : deletions()) {
    Result<DuckResult> gone =
        connection.query(fmt::format("DELETE FROM {} WHERE {}", one.table, one.condition));
    if (!gone) return gone.failure();
    if (gone->rows_changed() > 0) tables.push_back({one.table, gone->rows_changed()});
  }
  return connection.run(
      "DROP TABLE erased_subjects; DROP TABLE erased_conversations; DROP TABLE erased_messages");
}

// Everything that must happen at once. The note "rewrite" makes sure of the rest.
Status erase_rows(const Database& database, std::int64_t person, EraseReceipt& receipt) {
  Result<Transaction> transaction = database.begin();
  if (!transaction) return transaction.failure();
  const DuckConnection& connection = database.connection();
  Status staged =
      connection.run(fmt::format("SET VARIABLE person = {};\n{}", person, sql("erase")));
  if (!staged) return staged;
  if (Status kept = remember(database, receipt); !kept) return kept;
  if (Status gone = delete_rows(connection, receipt.tables); !gone) return gone;
  if (Status noted = database.set_meta("rewrite", "1"); !noted) return noted;
  return transaction->commit();
}

Result<std::string> file_digest(const fs::path& path) {
  const Result<MappedFile> file = MappedFile::open(path);
  if (!file) return file.failure();
  return hex(hash128(file->bytes()));
}

}  // namespace

Result<EraseReceipt> erase_person(const fs::path& path, const Sensitive<std::string>& id,
                                  Instant at, const DatabaseOptions& options) {
  EraseReceipt receipt{.at = at};
  // Closing a file drops our lock on it, so digests are taken only while the database is closed.
  Result<std::string> before = file_digest(path);
  if (!before) return before.failure();
  Result<Database> database = Database::open(path, options);
  if (!database) return database.failure();
  const Result<std::optional<std::int64_t>> person =
      find_person(*database, id.reveal(Purpose::kErase));
  if (!person) return person.failure();
  if (!*person) {
    return fail(ErrorCode::kNotFound, {"nobody is known by this id", "没有此编号的客户"},
                path.string());
  }
  if (Status erased = erase_rows(*database, **person, receipt); !erased) return erased.failure();
  if (Status rewritten = rewrite(std::move(*database)); !rewritten) return rewritten.failure();
  Result<std::string> after = file_digest(path);
  if (!after) return after.failure();
  receipt.digest_before = std::move(*before);
  receipt.digest_after = std::move(*after);
  return receipt;
}

}  // namespace xinjing::store
