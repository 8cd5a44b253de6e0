#pragma once

#include <string>

#include "base/duckdb.h"
#include "base/result.h"
#include "ingest/table.h"

namespace xinjing::store {

/// The number of the last migration this program knows (schema/NNN_name.sql).
int newest_schema();

/// Brings a database to the newest schema: runs the migrations it lacks, each in a transaction of
/// its own, makes a table for every TableSpec (adding columns that are new) and the views. Does
/// nothing, fast, when all that was done before. Fails with kCorrupt when the database is newer,
/// kBadInput when it belongs to another program.
Status upgrade_schema(const DuckConnection& connection);

/// For a database opened read-only: fails unless it is of the newest schema.
Status check_schema(const DuckConnection& connection);

/// How a cell is kept: money as DECIMAL(18, 4), moments as TIMESTAMP_MS in UTC.
std::string sql_type(ingest::CellType type);

/// The columns every event table starts with, before those of its TableSpec:
/// row_no, key_high, key_low, subject_no, file_no, line.
constexpr std::size_t kEventColumns = 6;

}  // namespace xinjing::store
