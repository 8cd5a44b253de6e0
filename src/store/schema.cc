#include "store/schema.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/format.h"
#include "base/hash.h"
#include "store/sql.h"

namespace xinjing::store {
namespace {

constexpr std::string_view kMigrations = "schema/";

int number_of(const SqlFile& file) {
  int number = 0;
  const std::string_view digits = file.name.substr(kMigrations.size(), 3);
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

struct EventColumn {
  std::string name;
  std::string type;
  std::string comment;
};

std::string comment_of(const ingest::ColumnSpec& column) {
  std::string out = "as the company brought it";
  if (column.type == ingest::CellType::kTime) out += "; UTC";
  if (column.type == ingest::CellType::kSpeaker) out += "; 0 customer, 1 agent, 2 bot";
  if (column.personal) out += "; personal";
  if (column.free_text) out += "; personal data in it is masked";
  return out;
}

std::vector<EventColumn> event_columns(const ingest::TableSpec& table) {
  std::vector<EventColumn> out = {
      {"row_no", "BIGINT", "number from 1, in order of arrival"},
      {"key_high", "UBIGINT", "upper half of the event id"},
      {"key_low", "UBIGINT", "lower half of the event id: a row with a known id is a duplicate"},
      {"subject_no", "BIGINT", "whom the row is about; null if nobody knows"},
      {"file_no", "BIGINT", "the file it came from"},
      {"line", "BIGINT", "the line or record there"}};
  for (const ingest::ColumnSpec& column : table.columns) {
    out.push_back({std::string(column.name), sql_type(column.type), comment_of(column)});
  }
  return out;
}

std::string create_sql(const ingest::TableSpec& table, const std::vector<EventColumn>& columns) {
  std::string list;
  for (const EventColumn& column : columns) {
    list += fmt::format("{}\"{}\" {}", list.empty() ? "" : ", ", column.name, column.type);
  }
  return fmt::format(
      "CREATE TABLE {0} ({1});\nCOMMENT ON TABLE {0} IS 'events: the {0} a company brought';\n",
      table.name, list);
}

// `known` holds "table.column" of what is there already.
std::string event_table_sql(const ingest::TableSpec& table, const std::set<std::string>& known) {
  const std::vector<EventColumn> columns = event_columns(table);
  const bool exists = known.contains(fmt::format("{}.row_no", table.name));
  std::string out = exists ? "" : create_sql(table, columns);
  for (const EventColumn& column : columns) {
    if (known.contains(fmt::format("{}.{}", table.name, column.name))) continue;
    if (exists) {
      out += fmt::format("ALTER TABLE {} ADD COLUMN \"{}\" {};\n", table.name, column.name,
                         column.type);
    }
    out += fmt::format("COMMENT ON COLUMN {}.\"{}\" IS {};\n", table.name, column.name,
                       sql_quoted(column.comment));
  }
  return out;
}

std::string events_and_views(const std::set<std::string>& known) {
  std::string out;
  for (const ingest::TableSpec& table : ingest::table_specs()) {
    out += event_table_sql(table, known);
  }
  return out += sql("views");
}

Result<std::set<std::string>> known_columns(const DuckConnection& connection) {
  Result<DuckResult> rows = connection.query(
      "SELECT table_name || '.' || column_name FROM duckdb_columns() "
      "WHERE database_name = CURRENT_DATABASE()");
  if (!rows) return rows.failure();
  std::set<std::string> out;
  if (Status read = rows->each([&](const DuckRow& row) { out.emplace(row.text(0)); }); !read) {
    return read.failure();
  }
  return out;
}

Result<std::string> meta_value(const DuckConnection& connection, std::string_view name) {
  Result<DuckResult> rows = connection.query("SELECT value FROM meta WHERE name = ?", {name});
  if (!rows) return rows.failure();
  std::string out;
  if (Status read = rows->each([&](const DuckRow& row) { out = row.text(0); }); !read) {
    return read.failure();
  }
  return out;
}

Status set_meta_value(const DuckConnection& connection, std::string_view name,
                      std::string_view value) {
  if (Status gone = connection.run("DELETE FROM meta WHERE name = ?", {name}); !gone) return gone;
  return connection.run("INSERT INTO meta VALUES (?, ?)", {name, value});
}

Result<int> schema_of(const DuckConnection& connection) {
  const Result<std::int64_t> has_meta = connection.integer(
      "SELECT COUNT(*) FROM duckdb_tables() WHERE table_name = 'meta' AND NOT temporary");
  if (!has_meta) return has_meta.failure();
  if (*has_meta == 0) {
    const Result<std::int64_t> others =
        connection.integer("SELECT COUNT(*) FROM duckdb_tables() WHERE NOT temporary");
    if (!others) return others.failure();
    if (*others == 0) return 0;
    return fail(ErrorCode::kBadInput,
                {"the database belongs to another program", "该数据库属于其他程序"});
  }
  const Result<std::string> version = meta_value(connection, "schema");
  if (!version) return version.failure();
  int number = 0;
  std::from_chars(version->data(), version->data() + version->size(), number);
  if (number <= newest_schema()) return number;
  return fail(ErrorCode::kCorrupt, {"the database was written by a newer version of xinjing",
                                    "数据库由更新版本的 xinjing 写成"});
}

Status in_transaction(const DuckConnection& connection, std::string_view statements,
                      std::string_view name, const std::string& value) {
  Result<DuckTransaction> transaction = DuckTransaction::begin(connection);
  if (!transaction) return transaction.failure();
  if (Status done = connection.run(statements); !done) return done;
  if (Status noted = set_meta_value(connection, name, value); !noted) return noted;
  return transaction->commit();
}

}  // namespace

std::string sql_type(ingest::CellType type) {
  switch (type) {
    case ingest::CellType::kText:
      return "VARCHAR";
    case ingest::CellType::kTime:
      return "TIMESTAMP_MS";
    case ingest::CellType::kDay:
      return "DATE";
    case ingest::CellType::kNumber:
      return "DOUBLE";
    case ingest::CellType::kInteger:
      return "BIGINT";
    case ingest::CellType::kMoney:
      return "DECIMAL(18, 4)";
    case ingest::CellType::kSpeaker:
      return "UTINYINT";
  }
  XINJING_CHECK(false);
}

int newest_schema() {
  int newest = 0;
  for (const SqlFile& file : sql_files()) {
    if (file.name.starts_with(kMigrations)) newest = std::max(newest, number_of(file));
  }
  return newest;
}

Status upgrade_schema(const DuckConnection& connection) {
  const Result<int> version = schema_of(connection);
  if (!version) return version.failure();
  for (const SqlFile& file : sql_files()) {
    if (!file.name.starts_with(kMigrations) || number_of(file) <= *version) continue;
    const std::string number = std::to_string(number_of(file));
    if (Status done = in_transaction(connection, file.text, "schema", number); !done) return done;
  }
  const std::string digest = hex(hash128(events_and_views({})));
  const Result<std::string> known = meta_value(connection, "views");
  if (!known) return known.failure();
  if (*known == digest) return {};
  const Result<std::set<std::string>> columns = known_columns(connection);
  if (!columns) return columns.failure();
  return in_transaction(connection, events_and_views(*columns), "views", digest);
}

Status check_schema(const DuckConnection& connection) {
  // The views are made last, so without them the file's first writer was stopped before it kept
  // anything; it may have been stopped before it made any table.
  const Result<std::int64_t> finished =
      connection.integer("SELECT COUNT(*) FROM duckdb_views() WHERE view_name = 'v_tally'");
  const Result<std::int64_t> foreign = connection.integer(
      "SELECT (COUNT(*) > 0 AND COUNT(*) FILTER (table_name = 'meta') = 0)::INTEGER "
      "FROM duckdb_tables()");
  if (finished && foreign && *finished == 0 && *foreign == 0) {
    return fail(ErrorCode::kNotFound,
                {"nothing is kept in this file yet; run xinjing analyze again",
                 "这个文件里还没有内容，请再运行一次 xinjing analyze"});
  }
  const Result<int> version = schema_of(connection);
  if (!version) return version.failure();
  if (*version == newest_schema()) return {};
  return fail(ErrorCode::kBadInput,
              {"the database is of an older version: run analyze once to bring it up to date",
               "数据库版本较旧：请先运行一次 analyze 升级"});
}

}  // namespace xinjing::store
