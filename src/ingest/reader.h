#pragma once

#include <cstddef>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/mapping.h"
#include "ingest/row_maker.h"
#include "sources/source.h"

namespace xinjing::ingest {

/// What of a file is read, one table each: the sheets of a workbook that are not hidden, unless the
/// mapping names one; one empty name for everything else.
Result<std::vector<std::string>> sheets_to_read(const std::filesystem::path& path,
                                                const Mapping& mapping);

struct ReaderOptions {
  Mapping mapping = {};
  std::optional<sources::Position> after = {};  // read only what a grown file has new
  std::size_t threads = 0;                      // 0: all cores
  std::string sheet = {};  // another sheet of a workbook than its first; a mapping's goes before
};

/// Reads one file of a company into rows, block by block in the order of the file. Rows are made
/// on several threads; the blocks are the same for any number of them. One caller at a time.
/// Memory: a few megabytes per thread, whatever the size of the file.
///
///   Result<Reader> reader = Reader::open("messages.csv", {});
///   while (true) {
///     Result<std::optional<Block>> block = reader->next();
///     if (!block) return block.failure();
///     if (!*block) break;
///     …                              // keep (*block)->rows, then remember (*block)->end
///   }
class Reader {
 public:
  /// Fails where the file cannot be opened, fits no table, or lacks a required column.
  static Result<Reader> open(const std::filesystem::path& path, const ReaderOptions& options);
  static Result<Reader> open(sources::Content content, const ReaderOptions& options);

  const TableSpec& table() const { return *x_plan.table; }
  const Plan& plan() const { return x_plan; }
  const sources::SourceFacts& facts() const { return x_source->facts(); }
  /// Bytes of the file, for progress; Block::end.offset of them are done.
  std::uint64_t size() const { return x_source->size(); }
  /// Of all blocks so far.
  const ReadCounts& counts() const { return x_counts; }

  /// The next rows, or nothing at the end.
  Result<std::optional<Block>> next();

 private:
  Reader(std::unique_ptr<sources::Source> source, Plan plan, std::string file_name,
         const ReaderOptions& options);
  Status read_ahead();

  std::unique_ptr<sources::Source> x_source;
  Plan x_plan;
  std::string x_file_name;
  std::string x_row_name;  // "book.xlsx#sheet" for another sheet than the first
  Mapping x_mapping;
  std::size_t x_threads;
  std::vector<sources::Batch> x_batches;
  std::deque<Block> x_ready;
  ReadCounts x_counts;
};

}  // namespace xinjing::ingest
