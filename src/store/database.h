#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/duckdb.h"
#include "base/result.h"

namespace xinjing::store {

/// How the file of a company is opened.
struct DatabaseOptions {
  bool read_only = false;
  std::string memory_limit = "700MB";  // beyond it the engine spills beside the file
  int threads = 0;                     // 0: all cores
  int zone_minutes = 480;              // east of Greenwich; kept in a new file, else ignored
  std::uintmax_t checkpoint_bytes = 256 << 20;  // log that is moved into the file at a commit
  std::string compression{};  // empty: the engine's choice; "uncompressed" for tests
};

using Transaction = DuckTransaction;

/// Everything the company brought and everything that was understood from it: one file (docs/
/// schema.md). The event tables are the truth; the rest can be made again. One process may write;
/// several may read while none writes. The object itself belongs to one thread; `connect` gives
/// other threads their own connection. kill -9 at any moment leaves a file that opens as it was
/// after the last commit.
class Database {
 public:
  /// Opens or creates the file, brings its schema up to date and finishes an erasure that was
  /// interrupted. Fails with one sentence: kBusy when another process has the file, kCorrupt when
  /// it is damaged or newer, kNotFound when there is none to read.
  static Result<Database> open(const std::filesystem::path& path,
                               const DatabaseOptions& options = {});
  /// Lives in memory only; for tests.
  static Result<Database> in_memory(const DatabaseOptions& options = {});

  /// The main connection; stays where it is when the database is moved.
  const DuckConnection& connection() const { return *x_connection; }
  Result<DuckConnection> connect() const { return x_engine.connect(); }
  /// A transaction on the main connection.
  Result<Transaction> begin() const { return Transaction::begin(*x_connection); }

  /// Empty for a database in memory.
  const std::filesystem::path& path() const { return x_path; }
  const DatabaseOptions& options() const { return x_options; }

  /// A fact about the file (table meta).
  Result<std::optional<std::string>> meta(std::string_view name) const;
  Status set_meta(std::string_view name, std::string_view value) const;
  /// The zone in which days begin and views show times.
  int zone_minutes() const { return x_zone_minutes; }
  /// What is hashed before the id of an erased person; made at random when the file is made.
  const std::string& salt() const { return x_salt; }

  Database(Database&&) = default;
  Database& operator=(Database&& other) noexcept;
  /// Moves what is in the log into the file, if nobody else is at work.
  ~Database();

  /// Moves what is in the log into the file; a kill in the middle does no harm.
  Status checkpoint() const;
  /// Does so if the log has grown beyond options().checkpoint_bytes: to be called between
  /// transactions. Often would compress the same rows again and again while evidence comes in.
  Status checkpoint_if_due() const;

 private:
  Database(DuckDatabase engine, DuckConnection connection)
      : x_engine(std::move(engine)),
        x_connection(std::make_unique<DuckConnection>(std::move(connection))) {}
  static Result<Database> prepare(Result<DuckDatabase> engine, std::filesystem::path path,
                                  const DatabaseOptions& options);
  Status prepare_meta();
  std::uintmax_t log_size() const;  // bytes; 0 in memory

  DuckDatabase x_engine;
  std::unique_ptr<DuckConnection> x_connection;
  std::filesystem::path x_path;
  DatabaseOptions x_options;
  int x_zone_minutes = 0;
  std::string x_salt;
};

/// Copies a database into a new file beside it and puts that in its place: what was deleted is
/// then in no byte of the file, and the log is gone. A crash leaves the old file or the new one.
Status rewrite(Database database);

}  // namespace xinjing::store
