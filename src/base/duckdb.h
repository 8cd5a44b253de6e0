#pragma once

// The home of DuckDB's C header; everybody else sees the classes below.
#include <duckdb.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

namespace xinjing {

/// How a database is opened. Empty strings leave the engine's own choice.
struct DuckOptions {
  bool read_only = false;
  std::string memory_limit{};  // "700MB"
  int threads = 0;             // 0: all cores this process may use
  std::filesystem::path temporary_folder{};
};

/// A value for a `?` or `$1` of a statement. Views are read before the call returns. An `int` may
/// be given as it is; cast an unsigned 32-bit number first, since it fits two alternatives.
using DuckValue =
    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string_view>;
using DuckValues = std::initializer_list<DuckValue>;

/// One column of a chunk: up to 2,048 cells of one type. A view: valid as long as its chunk.
/// Each getter works for the types it names; another type is a bug and stops the program.
/// A null cell reads as an unspecified value, so ask `is_null` where nulls can be.
class DuckColumn {
 public:
  explicit DuckColumn(duckdb_vector vector);

  bool is_null(std::size_t row) const {
    return x_validity != nullptr && (x_validity[row / 64] >> (row % 64) & 1) == 0;
  }
  /// VARCHAR and BLOB; inside the chunk's memory.
  std::string_view text(std::size_t row) const {
    XINJING_CHECK(x_type == DUCKDB_TYPE_VARCHAR || x_type == DUCKDB_TYPE_BLOB);
    const auto& cell = static_cast<const duckdb_string_t*>(x_data)[row].value;
    if (cell.inlined.length <= sizeof cell.inlined.inlined) {
      return {cell.inlined.inlined, cell.inlined.length};
    }
    return {cell.pointer.ptr, cell.pointer.length};
  }
  /// BOOLEAN, whole numbers that fit (HUGEINT too), DATE (days), TIMESTAMPs (in their own unit)
  /// and DECIMALs of up to 18 digits (in units of their last digit).
  std::int64_t integer(std::size_t row) const;
  /// UBIGINT.
  std::uint64_t unsigned_integer(std::size_t row) const {
    XINJING_CHECK(x_type == DUCKDB_TYPE_UBIGINT);
    return static_cast<const std::uint64_t*>(x_data)[row];
  }
  /// FLOAT, DOUBLE, and what `integer` reads.
  double number(std::size_t row) const;

 private:
  const void* x_data;
  const std::uint64_t* x_validity;  // null: no nulls
  duckdb_type x_type;
  duckdb_type x_storage;  // what the cells are in memory: for a DECIMAL, its integer
};

/// Some rows of a result, at most 2,048, column by column.
class DuckChunk {
 public:
  explicit DuckChunk(duckdb_data_chunk chunk);

  std::size_t rows() const { return x_rows; }
  const DuckColumn& operator[](std::size_t column) const { return x_columns[column]; }
  std::size_t columns() const { return x_columns.size(); }

 private:
  struct Destroy {
    void operator()(duckdb_data_chunk chunk) const { duckdb_destroy_data_chunk(&chunk); }
  };
  std::unique_ptr<_duckdb_data_chunk, Destroy> x_chunk;
  std::vector<DuckColumn> x_columns;
  std::size_t x_rows;
};

/// One row of a chunk, for results small enough that convenience matters more than speed.
class DuckRow {
 public:
  DuckRow(const DuckChunk& chunk, std::size_t row) : x_chunk(&chunk), x_row(row) {}

  bool is_null(std::size_t column) const { return (*x_chunk)[column].is_null(x_row); }
  std::string_view text(std::size_t column) const { return (*x_chunk)[column].text(x_row); }
  /// Empty where it is null.
  std::string_view text_or_empty(std::size_t column) const {
    return is_null(column) ? std::string_view() : text(column);
  }
  std::int64_t integer(std::size_t column) const { return (*x_chunk)[column].integer(x_row); }
  std::uint64_t unsigned_integer(std::size_t column) const {
    return (*x_chunk)[column].unsigned_integer(x_row);
  }
  double number(std::size_t column) const { return (*x_chunk)[column].number(x_row); }

 private:
  const DuckChunk* x_chunk;
  std::size_t x_row;
};

/// The answer to a query, read forwards once, a chunk at a time.
class DuckResult {
 public:
  /// The next chunk, or nothing at the end and ever after. A streamed result may fail on any chunk.
  Result<std::optional<DuckChunk>> next();

  std::size_t columns() const;
  std::vector<std::string> column_names() const;
  /// Rows an INSERT, UPDATE or DELETE touched.
  std::int64_t rows_changed() const;

  /// `visit(const DuckRow&)` for every row that is left.
  template <typename Visit>
  Status each(Visit visit) {
    for (;;) {
      Result<std::optional<DuckChunk>> chunk = next();
      if (!chunk) return chunk.failure();
      if (!*chunk) return {};
      for (std::size_t row = 0; row < (*chunk)->rows(); ++row) visit(DuckRow(**chunk, row));
    }
  }

 private:
  friend class DuckConnection;
  friend class DuckStatement;
  struct Destroy {
    void operator()(duckdb_result* result) const;
  };
  explicit DuckResult(std::unique_ptr<duckdb_result, Destroy> result)
      : x_result(std::move(result)) {}
  static Result<DuckResult> finish(duckdb_state state,
                                   std::unique_ptr<duckdb_result, Destroy> result);

  std::unique_ptr<duckdb_result, Destroy> x_result;
  bool x_ended = false;  // a stream must not be asked again
};

/// A statement that was parsed once and may run many times. Belongs to its connection and must not
/// outlive it.
class DuckStatement {
 public:
  /// Sets all parameters, first to last. REQUIRES: as many values as parameters.
  Status bind(DuckValues values);
  /// Runs to the end and keeps the whole answer in memory.
  Result<DuckResult> execute();
  /// Computes the answer as it is read. Until it is read to its end or dropped, the connection can
  /// do nothing else. For answers that may be larger than memory.
  Result<DuckResult> stream();

 private:
  friend class DuckConnection;
  struct Destroy {
    void operator()(duckdb_prepared_statement statement) const {
      duckdb_destroy_prepare(&statement);
    }
  };
  explicit DuckStatement(duckdb_prepared_statement statement) : x_statement(statement) {}

  std::unique_ptr<_duckdb_prepared_statement, Destroy> x_statement;
};

/// Writes rows into a table, column by column in chunks: about ten times as fast as INSERT. Give
/// every cell of a row, then `end_row`. Without a surrounding transaction rows may be committed in
/// pieces, and an appender that is dropped before `close` may keep or lose what it had: use one.
/// Belongs to its connection and must not outlive it.
class DuckAppender {
 public:
  /// REQUIRES: valid UTF-8 for VARCHAR columns.
  void text(std::size_t column, std::string_view value);
  /// Whole numbers of any width, BOOLEAN, DATE, TIMESTAMPs and DECIMALs, in the units of
  /// DuckColumn::integer. REQUIRES: the value fits the column.
  void integer(std::size_t column, std::int64_t value);
  void unsigned_integer(std::size_t column, std::uint64_t value);
  void number(std::size_t column, double value);
  void null(std::size_t column);

  Status end_row() {
    if (++x_row < kRows) return {};
    return append_chunk();
  }
  /// Sends what is left to the table. REQUIRES: no cell after this.
  Status close();

 private:
  friend class DuckConnection;
  static constexpr std::size_t kRows = 2048;
  struct Column {
    duckdb_vector vector = nullptr;
    void* data = nullptr;
    duckdb_type storage = DUCKDB_TYPE_INVALID;
    std::uint64_t* validity = nullptr;  // null until the first null of the chunk
  };
  struct DestroyAppender {
    void operator()(duckdb_appender appender) const { duckdb_appender_destroy(&appender); }
  };
  struct DestroyChunk {
    void operator()(duckdb_data_chunk chunk) const { duckdb_destroy_data_chunk(&chunk); }
  };
  explicit DuckAppender(duckdb_appender appender);
  Status append_chunk();
  void look_up_columns();
  Failure failure() const;

  std::unique_ptr<_duckdb_appender, DestroyAppender> x_appender;
  std::unique_ptr<_duckdb_data_chunk, DestroyChunk> x_chunk;
  std::vector<Column> x_columns;
  std::size_t x_row = 0;
};

/// A way to talk to a database; has its own transaction. One thread at a time.
class DuckConnection {
 public:
  /// One or several statements without parameters; answers are dropped.
  Status run(std::string_view sql) const;
  /// One statement with parameters.
  Status run(std::string_view sql, DuckValues values) const;
  Result<DuckResult> query(std::string_view sql, DuckValues values = {}) const;
  /// As `query`, computed while it is read (DuckStatement::stream).
  Result<DuckResult> stream(std::string_view sql, DuckValues values = {}) const;
  /// The first cell of the first row. REQUIRES: the query has a row and its cell is not null.
  Result<std::int64_t> integer(std::string_view sql, DuckValues values = {}) const;
  Result<DuckStatement> prepare(std::string_view sql) const;
  /// Appends to all columns of `table`, in their order.
  Result<DuckAppender> appender(const std::string& table) const;
  /// Makes the statement that runs on another thread fail with kInterrupted.
  void interrupt() const { duckdb_interrupt(x_connection.get()); }

 private:
  friend class DuckDatabase;
  struct Destroy {
    void operator()(duckdb_connection connection) const { duckdb_disconnect(&connection); }
  };
  explicit DuckConnection(duckdb_connection connection) : x_connection(connection) {}

  std::unique_ptr<_duckdb_connection, Destroy> x_connection;
};

/// Everything between `begin` and `commit` happens at once or not at all. Dropped without a
/// commit, it rolls back. Must not outlive its connection; one at a time per connection.
class DuckTransaction {
 public:
  static Result<DuckTransaction> begin(const DuckConnection& connection);
  DuckTransaction(DuckTransaction&& other) noexcept
      : x_connection(std::exchange(other.x_connection, nullptr)) {}
  DuckTransaction(const DuckTransaction&) = delete;
  DuckTransaction& operator=(const DuckTransaction&) = delete;
  DuckTransaction& operator=(DuckTransaction&&) = delete;
  ~DuckTransaction();

  /// On failure everything is rolled back.
  Status commit();

 private:
  explicit DuckTransaction(const DuckConnection* connection) : x_connection(connection) {}
  const DuckConnection* x_connection;
};

/// An embedded DuckDB database: one file, or memory only. Any thread may call `connect`. The file
/// stays locked against other processes until the object and all its connections are gone.
/// Nothing is downloaded, ever: extensions beyond the built-in ones stay off.
class DuckDatabase {
 public:
  /// Fails with kBusy when another process has the file, kCorrupt when it is damaged, newer than
  /// this engine or no database at all, kNotFound or kIo when it cannot be opened.
  static Result<DuckDatabase> open(const std::filesystem::path& path,
                                   const DuckOptions& options = {});
  static Result<DuckDatabase> in_memory(const DuckOptions& options = {});

  Result<DuckConnection> connect() const;

 private:
  struct Destroy {
    void operator()(duckdb_database database) const { duckdb_close(&database); }
  };
  explicit DuckDatabase(duckdb_database database) : x_database(database) {}
  static Result<DuckDatabase> open_at(const std::string& path, const DuckOptions& options);

  std::unique_ptr<_duckdb_database, Destroy> x_database;
};

/// 'it''s': for the few places of SQL where no parameter can stand (COPY … TO, ATTACH).
std::string sql_quoted(std::string_view text);

/// The version of the engine, for `doctor` and for bug reports.
std::string duckdb_version();

}  // namespace xinjing
