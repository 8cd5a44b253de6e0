#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/result.h"

// What a killed process leaves behind, in the log and in the file itself: the engine writes a
// transaction into the file's log entry by entry and its end last. On opening, DuckDB 1.5 plays an
// unfinished transaction and takes it back, but not the rows that went in as whole row groups
// (122,880 rows of one table in one transaction): those it keeps. So an unfinished transaction is
// cut off before the engine sees it.
namespace xinjing::store {

/// How many bytes of a log hold whole transactions; what is behind them was never committed.
/// The log is a header, then entries: length and checksum (8 bytes each, little-endian), then the
/// contents, which begin with the entry's kind. Nothing if the header is not of the format known
/// here. Cost: one look at each entry.
std::optional<std::uint64_t> committed_length(std::string_view log);

/// Cuts the unfinished transaction off the log of a database file that nobody has open. Does
/// nothing if there is none, if the log is of another format, or if another process has the file
/// open. kIo if there is one and it cannot be cut.
Status drop_uncommitted(const std::filesystem::path& database);

/// Removes a database file whose maker was stopped before the engine had written all of its three
/// headers: it holds nothing, and the engine would call it damaged. Does nothing if there is none,
/// if it is not such a beginning (a short file of another kind stays), or if another process has it
/// open. kIo if it cannot be removed.
Status drop_unborn(const std::filesystem::path& database);

}  // namespace xinjing::store
