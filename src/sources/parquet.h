#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/duckdb.h"
#include "sources/source.h"

namespace xinjing::sources {

/// The rows of a Parquet file, read by DuckDB as it streams; every value as text (times as ISO,
/// those with a zone in UTC). Only files on disk. A file is new as a whole, or it is not. A row has
/// no line; its number stands for it. Memory: at most 512 MiB inside DuckDB.
class ParquetSource final : public Source {
 public:
  static Result<std::unique_ptr<Source>> open(Content content, const OpenOptions& options);

  const SourceFacts& facts() const override { return x_facts; }
  std::span<const std::string> header() const override { return x_header; }
  std::uint64_t size() const override { return x_content.bytes().size(); }
  Status next(Batch& batch, std::size_t limit) override;

 private:
  explicit ParquetSource(Content content) : x_content(std::move(content)) {}
  Status start(const OpenOptions& options);
  void deliver(const DuckChunk& chunk, std::size_t row, Batch& batch);
  Position whole() const;

  Content x_content;
  SourceFacts x_facts;
  std::optional<DuckDatabase> x_database;
  std::optional<DuckConnection> x_connection;
  std::optional<DuckResult> x_result;
  Decoder x_decoder{Encoding::kUtf8};
  std::vector<std::string> x_header;
  std::int64_t x_row = 0;
  bool x_done = false;
};

}  // namespace xinjing::sources
