#include "store/database.h"

#include <charconv>
#include <random>
#include <utility>

#include "base/format.h"
#include "store/checkpoint.h"
#include "store/schema.h"
#include "store/write_ahead_log.h"

namespace xinjing::store {
namespace {

namespace fs = std::filesystem;

std::string random_salt() {
  std::random_device random;
  std::string out;
  for (int i = 0; i < 8; ++i) out += fmt::format("{:08x}", random());
  return out;
}

fs::path temporary_folder(const fs::path& path) { return path.string() + ".tmp"; }

DuckOptions engine_options(const fs::path& path, const DatabaseOptions& options) {
  return {.read_only = options.read_only,
          .memory_limit = options.memory_limit,
          .threads = options.threads,
          .temporary_folder = path.empty() ? fs::path() : temporary_folder(path)};
}

Failure at_place(Failure failure, const fs::path& path) {
  if (failure.error.place.empty()) failure.error.place = path.string();
  return failure;
}

}  // namespace

Result<Database> Database::open(const fs::path& path, const DatabaseOptions& options) {
  if (Status dropped = drop_unborn(path); !dropped) return dropped.failure();
  if (Status undone = undo_checkpoint(path); !undone) return undone.failure();
  if (Status dropped = drop_uncommitted(path); !dropped) return dropped.failure();
  const auto opened = [&] {
    return prepare(DuckDatabase::open(path, engine_options(path, options)), path, options);
  };
  Result<Database> database = opened();
  if (!database || options.read_only) return database;
  const Result<std::optional<std::string>> pending = database->meta("rewrite");
  if (!pending) return pending.failure();
  if (!*pending) return database;
  if (Status done = rewrite(std::move(*database)); !done) return done.failure();
  return opened();
}

Result<Database> Database::in_memory(const DatabaseOptions& options) {
  return prepare(DuckDatabase::in_memory(engine_options({}, options)), {}, options);
}

Result<Database> Database::prepare(Result<DuckDatabase> engine, fs::path path,
                                   const DatabaseOptions& options) {
  if (!engine) return engine.failure();
  Result<DuckConnection> connection = engine->connect();
  if (!connection) return connection.failure();
  Database database(std::move(*engine), std::move(*connection));
  database.x_path = std::move(path);
  database.x_options = options;
  if (!options.read_only && !database.x_path.empty()) {
    // We hold the lock, so what lies there was left by a process that was killed.
    std::error_code ignored;
    fs::remove_all(temporary_folder(database.x_path), ignored);
  }
  if (!options.compression.empty()) {
    const std::string how = sql_quoted(options.compression);
    if (Status set = database.x_connection->run("SET force_compression = " + how); !set) {
      return set.failure();
    }
  }
  if (!options.read_only) {
    // The engine's own checkpoints are off: see store/checkpoint.h.
    const Status set = database.x_connection->run(
        "SET checkpoint_threshold = '1TB'; PRAGMA disable_checkpoint_on_shutdown");
    if (!set) return set.failure();
  }
  const Status schema = options.read_only ? check_schema(*database.x_connection)
                                          : upgrade_schema(*database.x_connection);
  if (!schema) return at_place(schema.failure(), database.x_path);
  if (Status meta = database.prepare_meta(); !meta)
    return at_place(meta.failure(), database.x_path);
  return database;
}

// What was here closes when `other` does.
Database& Database::operator=(Database&& other) noexcept {
  std::swap(x_connection, other.x_connection);
  std::swap(x_engine, other.x_engine);
  std::swap(x_path, other.x_path);
  std::swap(x_options, other.x_options);
  std::swap(x_zone_minutes, other.x_zone_minutes);
  std::swap(x_salt, other.x_salt);
  return *this;
}

Database::~Database() {
  if (x_connection == nullptr || x_options.read_only) return;
  if (log_size() > 0) (void)checkpoint();  // else the next to open it has more to replay
}

std::uintmax_t Database::log_size() const {
  if (x_path.empty()) return 0;
  std::error_code error;
  const std::uintmax_t size = fs::file_size(x_path.string() + ".wal", error);
  return error ? 0 : size;
}

Status Database::checkpoint() const {
  if (x_path.empty()) return x_connection->run("CHECKPOINT");
  return store::checkpoint(*x_connection, x_path);
}

Status Database::checkpoint_if_due() const {
  if (log_size() <= x_options.checkpoint_bytes) return {};
  return checkpoint();
}

Status Database::prepare_meta() {
  Result<std::optional<std::string>> salt = meta("salt");
  if (!salt) return salt.failure();
  if (!*salt && x_options.read_only) {
    // Its writer was stopped before anything was kept: an empty company, as good as any.
    x_zone_minutes = x_options.zone_minutes;
    return {};
  }
  if (!*salt) {
    *salt = random_salt();
    if (Status set = set_meta("zone_minutes", std::to_string(x_options.zone_minutes)); !set) {
      return set;
    }
    if (Status set = set_meta("salt", **salt); !set) return set;
  }
  x_salt = **salt;
  const Result<std::optional<std::string>> zone = meta("zone_minutes");
  if (!zone) return zone.failure();
  if (*zone) std::from_chars((*zone)->data(), (*zone)->data() + (*zone)->size(), x_zone_minutes);
  return {};
}

Result<std::optional<std::string>> Database::meta(std::string_view name) const {
  Result<DuckResult> rows = x_connection->query("SELECT value FROM meta WHERE name = ?", {name});
  if (!rows) return rows.failure();
  std::optional<std::string> out;
  if (Status read = rows->each([&](const DuckRow& row) { out = row.text(0); }); !read) {
    return read.failure();
  }
  return out;
}

Status Database::set_meta(std::string_view name, std::string_view value) const {
  if (Status gone = x_connection->run("DELETE FROM meta WHERE name = ?", {name}); !gone) {
    return gone;
  }
  return x_connection->run("INSERT INTO meta VALUES (?, ?)", {name, value});
}

}  // namespace xinjing::store
