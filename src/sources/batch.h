#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/lang.h"

namespace xinjing::sources {

/// How far a source has been read, so that a later run over the grown file reads only what is new.
/// `digest` is over all bytes before `offset`: a file that was rewritten has another one.
struct Position {
  std::uint64_t offset = 0;  // bytes; always behind a complete record
  std::int64_t line = 0;     // lines before it
  Hash128 digest;

  bool operator==(const Position&) const = default;
};

/// Memory for the cells of a batch that could not stay where they were read (quotes, other
/// encodings). Views into it live until clear(). Cost: one allocation per 64 KiB, kept by clear().
class Arena {
 public:
  /// Room for `size` bytes.
  char* room(std::size_t size);
  /// A copy of `text` that lives here.
  std::string_view keep(std::string_view text);
  void clear();

 private:
  struct Block {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
    std::size_t used = 0;
  };
  std::vector<Block> x_blocks;
  std::size_t x_current = 0;
};

/// One row. Its cells stand in the batch; there are as many as the header had columns when the row
/// was read (a header of JSON lines may grow).
struct Record {
  std::int64_t line = 0;  // 1-based: the line it starts on, or the row of a sheet
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// A row that could not be read, and why. Never its text.
struct RowProblem {
  std::int64_t line = 0;
  std::int64_t column = 0;  // 1-based byte of the line, or column of a sheet; 0: unknown
  Said reason;
};

/// Some rows, in the order of the file. Cells are UTF-8 without NUL; they are views into the source
/// or into this batch, so both must live while they are used.
class Batch {
 public:
  std::vector<Record> records;
  std::vector<RowProblem> problems;
  std::int64_t repaired = 0;  // cells in which a bad byte was replaced by U+FFFD
  Position end;               // behind the last row of this batch

  std::span<const std::string_view> cells(const Record& record) const {
    return {x_cells.data() + record.first, record.count};
  }
  /// The 1-based byte of the line, or the column of the sheet, where a cell starts; 0: unknown.
  std::uint32_t column(const Record& record, std::size_t cell) const {
    return x_columns[record.first + cell];
  }

  bool empty() const { return records.empty() && problems.empty(); }
  void clear();

  /// For sources: starts a row at `line`, then fills it cell by cell.
  void begin_record(std::int64_t line);
  void add_cell(std::string_view text, std::uint32_t column);
  /// Takes the row that was begun back; what it kept in the arena stays until clear().
  void drop_record();
  std::uint32_t cells_in_record() const { return records.back().count; }
  std::string_view& last_cell() { return x_cells.back(); }
  Arena& arena() { return x_arena; }

 private:
  std::vector<std::string_view> x_cells;
  std::vector<std::uint32_t> x_columns;
  Arena x_arena;
};

}  // namespace xinjing::sources
