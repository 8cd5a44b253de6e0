#include "store/file_table.h"

namespace xinjing::store {
namespace {

constexpr std::string_view kSelect =
    "SELECT file_no, path, table_name, COALESCE(format, ''), size_bytes, consumed_bytes, "
    "consumed_lines, COALESCE(prefix_digest, ''), rows_in, rows_kept, rows_rejected, "
    "rows_duplicate, COALESCE(run_no, 0) FROM files ORDER BY file_no";

FileRecord record_from(const DuckRow& row) {
  return {.file_no = row.integer(0),
          .path = std::string(row.text(1)),
          .table = std::string(row.text(2)),
          .format = std::string(row.text(3)),
          .size_bytes = row.integer(4),
          .consumed_bytes = row.integer(5),
          .consumed_lines = row.integer(6),
          .prefix_digest = std::string(row.text(7)),
          .rows_in = row.integer(8),
          .rows_kept = row.integer(9),
          .rows_rejected = row.integer(10),
          .rows_duplicate = row.integer(11),
          .run_no = row.integer(12)};
}

}  // namespace

Result<std::vector<FileRecord>> read_files(const Database& database) {
  Result<DuckResult> rows = database.connection().query(kSelect);
  if (!rows) return rows.failure();
  std::vector<FileRecord> out;
  if (Status read = rows->each([&](const DuckRow& row) { out.push_back(record_from(row)); });
      !read) {
    return read.failure();
  }
  return out;
}

Result<FileRecord> file_record(const Database& database, std::string_view path,
                               std::string_view table) {
  const Result<std::vector<FileRecord>> known = read_files(database);
  if (!known) return known.failure();
  FileRecord fresh{.file_no = 1, .path = std::string(path), .table = std::string(table)};
  for (const FileRecord& record : *known) {
    if (record.path == path && record.table == table) return record;
    fresh.file_no = record.file_no + 1;
  }
  if (Status written = write_file_record(database, fresh); !written) return written.failure();
  return fresh;
}

Status write_file_record(const Database& database, const FileRecord& record) {
  XINJING_CHECK(record.balances());
  const DuckConnection& connection = database.connection();
  if (Status gone = connection.run("DELETE FROM files WHERE file_no = ?", {record.file_no});
      !gone) {
    return gone;
  }
  return connection.run(
      "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {record.file_no, std::string_view(record.path), std::string_view(record.table),
       std::string_view(record.format), record.size_bytes, record.consumed_bytes,
       record.consumed_lines, std::string_view(record.prefix_digest), record.rows_in,
       record.rows_kept, record.rows_rejected, record.rows_duplicate, record.run_no});
}

Result<std::int64_t> begin_run(const Database& database, std::string_view command,
                               std::string_view version, Instant now) {
  const DuckConnection& connection = database.connection();
  Result<std::int64_t> number = connection.integer("SELECT COALESCE(MAX(run_no), 0) + 1 FROM runs");
  if (!number) return number;
  const Status written = connection.run(
      "INSERT INTO runs VALUES (?, ?, ?, MAKE_TIMESTAMP_MS(?), "
      "NULL)",
      {*number, command, version, now.millis});
  if (!written) return written.failure();
  return number;
}

Status end_run(const Database& database, std::int64_t run_no, Instant now) {
  return database.connection().run("UPDATE runs SET ended = MAKE_TIMESTAMP_MS(?) WHERE run_no = ?",
                                   {now.millis, run_no});
}

}  // namespace xinjing::store
