#include <fcntl.h>
#include <unistd.h>

#include "base/format.h"
#include "store/database.h"

namespace xinjing::store {
namespace {

namespace fs = std::filesystem;

fs::path log_of(const fs::path& path) { return path.string() + ".wal"; }

void remove_database(const fs::path& path) {
  std::error_code ignored;
  fs::remove(path, ignored);
  fs::remove(log_of(path), ignored);
}

Result<std::vector<std::string>> tables_of(const DuckConnection& connection) {
  Result<DuckResult> rows = connection.query(
      "SELECT table_name FROM duckdb_tables() "
      "WHERE database_name = CURRENT_DATABASE() AND NOT temporary ORDER BY table_name");
  if (!rows) return rows.failure();
  std::vector<std::string> out;
  if (Status read = rows->each([&](const DuckRow& row) { out.emplace_back(row.text(0)); }); !read) {
    return read.failure();
  }
  return out;
}

Status copy_tables(const DuckConnection& from) {
  const Result<std::vector<std::string>> tables = tables_of(from);
  if (!tables) return tables.failure();
  Result<DuckTransaction> transaction = DuckTransaction::begin(from);
  if (!transaction) return transaction.failure();
  for (const std::string& table : *tables) {
    const std::string sql = fmt::format(
        "DELETE FROM fresh.\"{0}\"; INSERT INTO fresh.\"{0}\" BY NAME SELECT * FROM \"{0}\"",
        table);
    if (Status copied = from.run(sql); !copied) return copied;
  }
  if (Status done = from.run("DELETE FROM fresh.meta WHERE name = 'rewrite'"); !done) return done;
  return transaction->commit();
}

Status fill(const Database& old, const fs::path& fresh) {
  remove_database(fresh);
  {
    const Result<Database> made = Database::open(fresh, old.options());
    if (!made) return made.failure();
  }
  const DuckConnection& connection = old.connection();
  Status attached =
      connection.run("ATTACH " + sql_quoted(fresh.string()) + " AS fresh (READ_WRITE)");
  if (!attached) return attached;
  if (Status copied = copy_tables(connection); !copied) return copied;
  if (Status left = connection.run("CHECKPOINT fresh; DETACH fresh"); !left) return left;
  return old.checkpoint();
}

Status synced(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool good = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (good) return {};
  return fail(ErrorCode::kIo, {"cannot write the file", "无法写入文件"}, path.string());
}

}  // namespace

Status rewrite(Database database) {
  const fs::path path = database.path();
  const fs::path fresh = path.string() + ".rewrite";
  if (Status filled = fill(database, fresh); !filled) return filled;
  { const Database closed = std::move(database); }
  // The log was emptied by the checkpoint. It must be gone before the new file stands in the old
  // one's place, for the engine would apply it to that.
  std::error_code error;
  fs::remove(log_of(path), error);
  if (Status on_disk = synced(fresh); !on_disk) return on_disk;
  fs::rename(fresh, path, error);
  if (error) return fail(ErrorCode::kIo, {"cannot write the file", "无法写入文件"}, path.string());
  return synced(path.has_parent_path() ? path.parent_path() : ".");
}

}  // namespace xinjing::store
