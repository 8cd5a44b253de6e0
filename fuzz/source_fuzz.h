#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/utf8.h"
#include "ingest/reader.h"
#include "sources/source.h"

namespace xinjing {

/// Reads bytes as a file of that name to its end, as rows of cells and as rows of a table, and
/// checks what every source promises: clean UTF-8, cells that lie in the header, lines that ascend
/// with the batches, counts that balance.
inline void read_to_end(const std::uint8_t* data, std::size_t size, const char* name) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  auto source = sources::open_source(sources::Content::of(bytes, name));
  sources::Batch batch;
  while (source && (*source)->next(batch, 7) && !batch.empty()) {
    for (const sources::Record& record : batch.records) {
      XINJING_CHECK(record.count <= (*source)->header().size());
      for (const std::string_view cell : batch.cells(record)) {
        XINJING_CHECK(is_utf8(cell) && cell.find('\0') == std::string_view::npos);
      }
    }
    XINJING_CHECK(batch.end.offset <= bytes.size());
  }
  auto reader = ingest::Reader::open(sources::Content::of(bytes, name), {.threads = 1});
  while (reader) {
    auto block = reader->next();
    if (!block || !*block) break;
    const ingest::ReadCounts& counts = (*block)->counts;
    XINJING_CHECK(counts.rows_in == counts.kept + counts.rejected);
    for (const ingest::Row& row : (*block)->rows) {
      XINJING_CHECK(row.cells.size() == reader->table().columns.size());
    }
  }
}

}  // namespace xinjing
