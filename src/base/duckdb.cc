#include "base/duckdb.h"

#include <algorithm>

#include "base/format.h"

namespace xinjing {
namespace {

// Messages of the engine run over several lines, with a caret under the statement.
std::string first_line(const char* message) {
  std::string_view text = message == nullptr ? "unknown error" : message;
  text = text.substr(0, text.find('\n'));
  return std::string(text.substr(0, 300));
}

ErrorCode code_of(duckdb_error_type type, std::string_view message) {
  if (type == DUCKDB_ERROR_INTERRUPT || message.starts_with("INTERRUPT")) {
    return ErrorCode::kInterrupted;
  }
  if (message.find("set lock on file") != message.npos) return ErrorCode::kBusy;
  if (message.find("orrupt") != message.npos || message.starts_with("FATAL")) {
    return ErrorCode::kCorrupt;
  }
  if (message.starts_with("IO Error: No files found")) return ErrorCode::kNotFound;
  if (message.starts_with("IO Error") || message.starts_with("Out of Memory")) {
    return ErrorCode::kIo;
  }
  return ErrorCode::kBadInput;
}

Failure engine_failure(const char* message, duckdb_error_type type = DUCKDB_ERROR_INVALID) {
  const std::string line = first_line(message);
  return fail(code_of(type, line),
              {"the database engine says: " + line, "数据库引擎报告：" + line});
}

Failure open_failure(const char* message, const std::string& path) {
  const std::string line = first_line(message);
  if (line.find("set lock on file") != line.npos) {
    return fail(ErrorCode::kBusy,
                {"another process is using the database", "另一个进程正在使用该数据库"}, path);
  }
  if (line.find("version number") != line.npos || line.find("newer version") != line.npos) {
    return fail(
        ErrorCode::kCorrupt,
        {"the database was written by a newer version of the engine", "数据库由更新版本的引擎写成"},
        path);
  }
  if (line.find("not a valid DuckDB") != line.npos || line.find("orrupt") != line.npos ||
      line.find("Serialization Error") != line.npos) {
    return fail(
        ErrorCode::kCorrupt,
        {"the file is damaged or is not a database of ours", "文件已损坏或不是本系统的数据库"},
        path);
  }
  if (line.find("does not exist") != line.npos || line.find("No such file") != line.npos) {
    return fail(ErrorCode::kNotFound, {"there is no such database", "数据库不存在"}, path);
  }
  return fail(ErrorCode::kIo, {"the database cannot be opened: " + line, "数据库无法打开：" + line},
              path);
}

struct DestroyType {
  void operator()(duckdb_logical_type type) const { duckdb_destroy_logical_type(&type); }
};
using LogicalType = std::unique_ptr<_duckdb_logical_type, DestroyType>;

duckdb_type storage_of(duckdb_logical_type logical) {
  const duckdb_type type = duckdb_get_type_id(logical);
  switch (type) {
    case DUCKDB_TYPE_DECIMAL:
      return duckdb_decimal_internal_type(logical);
    case DUCKDB_TYPE_DATE:
      return DUCKDB_TYPE_INTEGER;
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_S:
    case DUCKDB_TYPE_TIMESTAMP_MS:
    case DUCKDB_TYPE_TIMESTAMP_NS:
    case DUCKDB_TYPE_TIMESTAMP_TZ:
      return DUCKDB_TYPE_BIGINT;
    default:
      return type;
  }
}

std::int64_t narrowed(duckdb_hugeint value) {
  XINJING_CHECK(value.upper == (static_cast<std::int64_t>(value.lower) < 0 ? -1 : 0));
  return static_cast<std::int64_t>(value.lower);
}

template <typename T>
void put(void* data, std::size_t row, std::int64_t value) {
  XINJING_CHECK(static_cast<std::int64_t>(static_cast<T>(value)) == value);
  static_cast<T*>(data)[row] = static_cast<T>(value);
}

}  // namespace

DuckColumn::DuckColumn(duckdb_vector vector)
    : x_data(duckdb_vector_get_data(vector)), x_validity(duckdb_vector_get_validity(vector)) {
  const LogicalType logical(duckdb_vector_get_column_type(vector));
  x_type = duckdb_get_type_id(logical.get());
  x_storage = storage_of(logical.get());
}

std::int64_t DuckColumn::integer(std::size_t row) const {
  const auto at = [this, row]<typename T>(T) { return static_cast<const T*>(x_data)[row]; };
  switch (x_storage) {
    case DUCKDB_TYPE_BIGINT:
      return at(std::int64_t{});
    case DUCKDB_TYPE_INTEGER:
      return at(std::int32_t{});
    case DUCKDB_TYPE_SMALLINT:
      return at(std::int16_t{});
    case DUCKDB_TYPE_TINYINT:
      return at(std::int8_t{});
    case DUCKDB_TYPE_UINTEGER:
      return at(std::uint32_t{});
    case DUCKDB_TYPE_USMALLINT:
      return at(std::uint16_t{});
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_BOOLEAN:
      return at(std::uint8_t{});
    case DUCKDB_TYPE_HUGEINT:
      return narrowed(at(duckdb_hugeint{}));
    default: {
      const std::uint64_t value = unsigned_integer(row);
      XINJING_CHECK(value <= std::uint64_t(INT64_MAX));
      return static_cast<std::int64_t>(value);
    }
  }
}

double DuckColumn::number(std::size_t row) const {
  if (x_storage == DUCKDB_TYPE_DOUBLE) return static_cast<const double*>(x_data)[row];
  if (x_storage == DUCKDB_TYPE_FLOAT) return double(static_cast<const float*>(x_data)[row]);
  return double(integer(row));
}

DuckChunk::DuckChunk(duckdb_data_chunk chunk)
    : x_chunk(chunk), x_rows(duckdb_data_chunk_get_size(chunk)) {
  const std::size_t count = duckdb_data_chunk_get_column_count(chunk);
  x_columns.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    x_columns.emplace_back(duckdb_data_chunk_get_vector(chunk, i));
  }
}

void DuckResult::Destroy::operator()(duckdb_result* result) const {
  duckdb_destroy_result(result);
  delete result;  // NOLINT(cppcoreguidelines-owning-memory): the deleter of a unique_ptr
}

Result<DuckResult> DuckResult::finish(duckdb_state state,
                                      std::unique_ptr<duckdb_result, Destroy> result) {
  if (state == DuckDBSuccess) return DuckResult(std::move(result));
  return engine_failure(duckdb_result_error(result.get()), duckdb_result_error_type(result.get()));
}

Result<std::optional<DuckChunk>> DuckResult::next() {
  if (x_ended) return std::optional<DuckChunk>();
  duckdb_data_chunk chunk = duckdb_fetch_chunk(*x_result);
  if (chunk != nullptr) return std::optional<DuckChunk>(DuckChunk(chunk));
  x_ended = true;
  const char* message = duckdb_result_error(x_result.get());
  if (message != nullptr && *message != '\0') {
    return engine_failure(message, duckdb_result_error_type(x_result.get()));
  }
  return std::optional<DuckChunk>();
}

std::size_t DuckResult::columns() const { return duckdb_column_count(x_result.get()); }

std::vector<std::string> DuckResult::column_names() const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < columns(); ++i) {
    names.emplace_back(duckdb_column_name(x_result.get(), i));
  }
  return names;
}

std::int64_t DuckResult::rows_changed() const {
  return static_cast<std::int64_t>(duckdb_rows_changed(x_result.get()));
}

Status DuckStatement::bind(DuckValues values) {
  XINJING_CHECK(duckdb_nparams(x_statement.get()) == values.size());
  struct Bind {
    duckdb_prepared_statement statement;
    idx_t index;
    duckdb_state operator()(std::monostate) const { return duckdb_bind_null(statement, index); }
    duckdb_state operator()(bool v) const { return duckdb_bind_boolean(statement, index, v); }
    duckdb_state operator()(std::int64_t v) const { return duckdb_bind_int64(statement, index, v); }
    duckdb_state operator()(std::uint64_t v) const {
      return duckdb_bind_uint64(statement, index, v);
    }
    duckdb_state operator()(double v) const { return duckdb_bind_double(statement, index, v); }
    duckdb_state operator()(std::string_view v) const {
      return duckdb_bind_varchar_length(statement, index, v.data(), v.size());
    }
  };
  idx_t index = 0;
  for (const DuckValue& value : values) {
    if (std::visit(Bind{x_statement.get(), ++index}, value) != DuckDBSuccess) {
      return engine_failure(duckdb_prepare_error(x_statement.get()));
    }
  }
  return {};
}

Result<DuckResult> DuckStatement::execute() {
  std::unique_ptr<duckdb_result, DuckResult::Destroy> result(new duckdb_result{});
  const duckdb_state state = duckdb_execute_prepared(x_statement.get(), result.get());
  return DuckResult::finish(state, std::move(result));
}

Result<DuckResult> DuckStatement::stream() {
  std::unique_ptr<duckdb_result, DuckResult::Destroy> result(new duckdb_result{});
  // Marked deprecated, yet the C API has no other way to read an answer without keeping it whole.
  const duckdb_state state = duckdb_execute_prepared_streaming(x_statement.get(), result.get());
  return DuckResult::finish(state, std::move(result));
}

DuckAppender::DuckAppender(duckdb_appender appender) : x_appender(appender) {
  std::vector<LogicalType> types;
  std::vector<duckdb_logical_type> raw;
  for (std::size_t i = 0; i < duckdb_appender_column_count(appender); ++i) {
    types.emplace_back(duckdb_appender_column_type(appender, i));
    raw.push_back(types.back().get());
    x_columns.push_back({.storage = storage_of(raw.back())});
  }
  x_chunk.reset(duckdb_create_data_chunk(raw.data(), raw.size()));
  look_up_columns();
}

// Appending a chunk moves its memory, so the pointers are read again after each.
void DuckAppender::look_up_columns() {
  for (std::size_t i = 0; i < x_columns.size(); ++i) {
    x_columns[i].vector = duckdb_data_chunk_get_vector(x_chunk.get(), i);
    x_columns[i].data = duckdb_vector_get_data(x_columns[i].vector);
    x_columns[i].validity = nullptr;
  }
}

void DuckAppender::text(std::size_t column, std::string_view value) {
  XINJING_CHECK(x_columns[column].storage == DUCKDB_TYPE_VARCHAR ||
                x_columns[column].storage == DUCKDB_TYPE_BLOB);
  duckdb_vector_assign_string_element_len(x_columns[column].vector, x_row, value.data(),
                                          value.size());
}

void DuckAppender::integer(std::size_t column, std::int64_t value) {
  void* data = x_columns[column].data;
  switch (x_columns[column].storage) {
    case DUCKDB_TYPE_BIGINT:
      return put<std::int64_t>(data, x_row, value);
    case DUCKDB_TYPE_INTEGER:
      return put<std::int32_t>(data, x_row, value);
    case DUCKDB_TYPE_SMALLINT:
      return put<std::int16_t>(data, x_row, value);
    case DUCKDB_TYPE_TINYINT:
      return put<std::int8_t>(data, x_row, value);
    case DUCKDB_TYPE_UBIGINT:
      XINJING_CHECK(value >= 0);
      return unsigned_integer(column, static_cast<std::uint64_t>(value));
    case DUCKDB_TYPE_UINTEGER:
      return put<std::uint32_t>(data, x_row, value);
    case DUCKDB_TYPE_USMALLINT:
      return put<std::uint16_t>(data, x_row, value);
    case DUCKDB_TYPE_UTINYINT:
    case DUCKDB_TYPE_BOOLEAN:
      return put<std::uint8_t>(data, x_row, value);
    default:
      return number(column, double(value));
  }
}

void DuckAppender::unsigned_integer(std::size_t column, std::uint64_t value) {
  XINJING_CHECK(x_columns[column].storage == DUCKDB_TYPE_UBIGINT);
  static_cast<std::uint64_t*>(x_columns[column].data)[x_row] = value;
}

void DuckAppender::number(std::size_t column, double value) {
  if (x_columns[column].storage == DUCKDB_TYPE_FLOAT) {
    static_cast<float*>(x_columns[column].data)[x_row] = float(value);
    return;
  }
  XINJING_CHECK(x_columns[column].storage == DUCKDB_TYPE_DOUBLE);
  static_cast<double*>(x_columns[column].data)[x_row] = value;
}

void DuckAppender::null(std::size_t column) {
  Column& at = x_columns[column];
  if (at.validity == nullptr) {
    duckdb_vector_ensure_validity_writable(at.vector);
    at.validity = duckdb_vector_get_validity(at.vector);
  }
  at.validity[x_row / 64] &= ~(std::uint64_t{1} << (x_row % 64));
}

Failure DuckAppender::failure() const {
  duckdb_error_data error = duckdb_appender_error_data(x_appender.get());
  Failure out =
      engine_failure(duckdb_error_data_message(error), duckdb_error_data_error_type(error));
  duckdb_destroy_error_data(&error);
  return out;
}

Status DuckAppender::append_chunk() {
  duckdb_data_chunk_set_size(x_chunk.get(), x_row);
  if (duckdb_append_data_chunk(x_appender.get(), x_chunk.get()) != DuckDBSuccess) return failure();
  duckdb_data_chunk_reset(x_chunk.get());
  look_up_columns();
  x_row = 0;
  return {};
}

Status DuckAppender::close() {
  if (x_row > 0) {
    if (Status appended = append_chunk(); !appended) return appended;
  }
  if (duckdb_appender_close(x_appender.get()) != DuckDBSuccess) return failure();
  return {};
}

Status DuckConnection::run(std::string_view sql) const {
  duckdb_result result{};
  const duckdb_state state = duckdb_query(x_connection.get(), std::string(sql).c_str(), &result);
  Status status;
  if (state != DuckDBSuccess) {
    status = engine_failure(duckdb_result_error(&result), duckdb_result_error_type(&result));
  }
  duckdb_destroy_result(&result);
  return status;
}

Status DuckConnection::run(std::string_view sql, DuckValues values) const {
  Result<DuckResult> result = query(sql, values);
  return result ? Status{} : Status{result.failure()};
}

Result<DuckStatement> DuckConnection::prepare(std::string_view sql) const {
  duckdb_prepared_statement raw = nullptr;
  const duckdb_state state = duckdb_prepare(x_connection.get(), std::string(sql).c_str(), &raw);
  DuckStatement statement(raw);
  if (state != DuckDBSuccess) return engine_failure(duckdb_prepare_error(raw));
  return statement;
}

Result<DuckResult> DuckConnection::query(std::string_view sql, DuckValues values) const {
  Result<DuckStatement> statement = prepare(sql);
  if (!statement) return statement.failure();
  if (Status bound = statement->bind(values); !bound) return bound.failure();
  return statement->execute();
}

Result<DuckResult> DuckConnection::stream(std::string_view sql, DuckValues values) const {
  Result<DuckStatement> statement = prepare(sql);
  if (!statement) return statement.failure();
  if (Status bound = statement->bind(values); !bound) return bound.failure();
  return statement->stream();
}

Result<std::int64_t> DuckConnection::integer(std::string_view sql, DuckValues values) const {
  Result<DuckResult> result = query(sql, values);
  if (!result) return result.failure();
  Result<std::optional<DuckChunk>> chunk = result->next();
  if (!chunk) return chunk.failure();
  XINJING_CHECK(chunk->has_value() && !(**chunk)[0].is_null(0));
  return (**chunk)[0].integer(0);
}

Result<DuckAppender> DuckConnection::appender(const std::string& table) const {
  duckdb_appender raw = nullptr;
  const duckdb_state state =
      duckdb_appender_create(x_connection.get(), nullptr, table.c_str(), &raw);
  if (state == DuckDBSuccess) return DuckAppender(raw);
  duckdb_error_data error = duckdb_appender_error_data(raw);
  Failure failure = engine_failure(duckdb_error_data_message(error));
  duckdb_destroy_error_data(&error);
  duckdb_appender_destroy(&raw);
  return failure;
}

Result<DuckTransaction> DuckTransaction::begin(const DuckConnection& connection) {
  if (Status begun = connection.run("BEGIN TRANSACTION"); !begun) return begun.failure();
  return DuckTransaction(&connection);
}

DuckTransaction::~DuckTransaction() {
  if (x_connection != nullptr) (void)x_connection->run("ROLLBACK");
}

Status DuckTransaction::commit() { return std::exchange(x_connection, nullptr)->run("COMMIT"); }

Result<DuckDatabase> DuckDatabase::open(const std::filesystem::path& path,
                                        const DuckOptions& options) {
  return open_at(path.string(), options);
}

Result<DuckDatabase> DuckDatabase::in_memory(const DuckOptions& options) {
  return open_at(":memory:", options);
}

Result<DuckDatabase> DuckDatabase::open_at(const std::string& path, const DuckOptions& options) {
  duckdb_config config = nullptr;
  if (duckdb_create_config(&config) != DuckDBSuccess) {
    return fail(ErrorCode::kIo, {"out of memory", "内存不足"}, path);
  }
  const auto refused = [config](const char* name, const std::string& value) {
    return !value.empty() && duckdb_set_config(config, name, value.c_str()) != DuckDBSuccess;
  };
  if (refused("memory_limit", options.memory_limit)) {
    duckdb_destroy_config(&config);
    return fail(ErrorCode::kUsage,
                {fmt::format("memory is a size like 700MB, not '{}'", options.memory_limit),
                 fmt::format("内存大小应如 700MB，而不是“{}”", options.memory_limit)});
  }
  const auto set = [&refused](const char* name, const std::string& value) {
    XINJING_CHECK(!refused(name, value));
  };
  set("access_mode", options.read_only ? "READ_ONLY" : "AUTOMATIC");
  set("threads", options.threads > 0 ? std::to_string(options.threads) : "");
  set("temp_directory", options.temporary_folder.string());
  set("autoinstall_known_extensions", "false");
  set("autoload_known_extensions", "false");
  duckdb_database raw = nullptr;
  char* message = nullptr;
  const duckdb_state state = duckdb_open_ext(path.c_str(), &raw, config, &message);
  duckdb_destroy_config(&config);
  DuckDatabase database(raw);
  if (state == DuckDBSuccess) return database;
  Failure failure = open_failure(message, path);
  duckdb_free(message);
  return failure;
}

Result<DuckConnection> DuckDatabase::connect() const {
  duckdb_connection raw = nullptr;
  if (duckdb_connect(x_database.get(), &raw) != DuckDBSuccess) {
    return fail(ErrorCode::kIo, {"cannot connect to the database", "无法连接数据库"});
  }
  return DuckConnection(raw);
}

std::string sql_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out.append(c == '\'' ? 2 : 1, c);
  return out + "'";
}

std::string duckdb_version() { return duckdb_library_version(); }

}  // namespace xinjing
