#pragma once

#include <cstdint>
#include <optional>
#include <unordered_set>
#include <vector>

#include "ingest/table.h"
#include "store/database.h"
#include "store/file_table.h"
#include "store/key_set.h"
#include "store/subject_table.h"

namespace xinjing::store {

/// What became of a row.
enum class Kept : std::uint8_t {
  kKept,
  kDuplicate,   // its key is there already: a repeated delivery
  kErased,      // it is about a person who was erased
  kOutOfRange,  // a time or an amount that no calendar and no bank knows
};

/// Adds rows to one event table. A batch is one transaction that also says how far its file was
/// read, so after kill -9 the file is read on from there and no row is lost or doubled. The keys
/// of the table stay in memory (KeySet), which makes duplicates exact and cheap.
///   load = EventLoad::begin(database, subjects, table);
///   for each row: load->add(row, file);   every kBatchRows or at the end: load->commit(file);
/// From the first `add` until `commit` the main connection is inside the transaction. Dropped
/// before `commit`, or after a failure, the batch is undone; then drop `subjects` too. One thread.
class EventLoad {
 public:
  /// Rows of a batch that the engine takes best: one of its row groups.
  static constexpr std::size_t kBatchRows = 122'880;

  static Result<EventLoad> begin(const Database& database, SubjectNumbers& subjects,
                                 const ingest::TableSpec& table);

  /// Keeps the row unless something speaks against it, and counts it in `file` (rows_in and one of
  /// the others; the erased and the out of range as rejected).
  /// REQUIRES: text is UTF-8; row.cells fit the table's columns.
  Result<Kept> add(const ingest::Row& row, FileRecord& file);

  /// Makes the rows since the last commit durable, together with `file`.
  Status commit(const FileRecord& file);

 private:
  EventLoad(const Database& database, SubjectNumbers& subjects, const ingest::TableSpec& table)
      : x_database(&database), x_subjects(&subjects), x_table(&table) {}
  Status load_keys();
  Status open_batch();
  /// What people did is part of their portraits, so whoever has new rows is stale.
  Status mark_stale();
  bool in_range(const ingest::Row& row) const;
  void write(const ingest::Row& row, std::int64_t file_no, std::optional<std::int64_t> subject_no);
  void write_cell(std::size_t column, ingest::CellType type, const ingest::Cell& cell);

  const Database* x_database;
  SubjectNumbers* x_subjects;
  const ingest::TableSpec* x_table;
  KeySet x_keys;
  std::int64_t x_last_row = 0;
  std::unordered_set<std::int64_t> x_touched;  // subjects of the rows of this batch
  std::optional<Transaction> x_transaction;
  std::optional<DuckAppender> x_appender;  // after x_transaction, so it goes first
};

}  // namespace xinjing::store
