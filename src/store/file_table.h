#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "store/database.h"

namespace xinjing::store {

/// How far a file was read, and what became of its rows. One record for a path and a table; another
/// sheet than the first of a workbook is "PATH#SHEET".
struct FileRecord {
  std::int64_t file_no = 0;
  std::string path{};
  std::string table{};
  std::string format{};
  std::int64_t size_bytes = 0;
  std::int64_t consumed_bytes = 0;  // reading goes on here
  std::int64_t consumed_lines = 0;
  std::string prefix_digest{};  // of the consumed bytes
  std::int64_t rows_in = 0;
  std::int64_t rows_kept = 0;
  std::int64_t rows_rejected = 0;
  std::int64_t rows_duplicate = 0;
  std::int64_t run_no = 0;

  bool balances() const { return rows_in == rows_kept + rows_rejected + rows_duplicate; }
  bool operator==(const FileRecord&) const = default;
};

/// The record of a file; a new one, already stored with nothing consumed, if it was never read.
/// REQUIRES: no open transaction.
Result<FileRecord> file_record(const Database& database, std::string_view path,
                               std::string_view table);

/// All records, by number.
Result<std::vector<FileRecord>> read_files(const Database& database);

/// Replaces the record with this number. Inside the transaction that keeps the rows.
/// REQUIRES: record.balances().
Status write_file_record(const Database& database, const FileRecord& record);

/// Notes that a command begins to write; gives the number of the run.
Result<std::int64_t> begin_run(const Database& database, std::string_view command,
                               std::string_view version, Instant now);
Status end_run(const Database& database, std::int64_t run_no, Instant now);

}  // namespace xinjing::store
