#include "sources/parquet.h"

namespace xinjing::sources {
namespace {

constexpr Phrase kLongCell{"a cell is longer than 1 MiB", "单元格超过 1 MiB"};

}  // namespace

Result<std::unique_ptr<Source>> ParquetSource::open(Content content, const OpenOptions& options) {
  if (!content.on_disk()) {
    return fail(ErrorCode::kBadInput,
                {"a Parquet file is read from disk only", "Parquet 文件只能从磁盘读取"},
                content.name());
  }
  std::unique_ptr<ParquetSource> source(new ParquetSource(std::move(content)));
  if (Status status = source->start(options); !status) {
    return fail(status.error().code, status.error().said, source->x_content.name());
  }
  return std::unique_ptr<Source>(std::move(source));
}

Status ParquetSource::start(const OpenOptions& options) {
  x_facts.format = "parquet";
  Result<DuckDatabase> database = DuckDatabase::in_memory({.memory_limit = "512MB"});
  if (!database) return database.failure();
  x_database.emplace(std::move(*database));
  Result<DuckConnection> connection = x_database->connect();
  if (!connection) return connection.failure();
  x_connection.emplace(std::move(*connection));
  if (Status status = x_connection->run("SET TimeZone = 'UTC'"); !status) return status;
  Result<DuckResult> result = x_connection->stream(
      "SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", {std::string_view(x_content.name())});
  if (!result)
    return fail(ErrorCode::kBadInput, {"not a readable Parquet file", "不是可读的 Parquet 文件"});
  x_result.emplace(std::move(*result));
  x_header = x_result->column_names();
  if (x_header.size() > kMaxColumns) {
    return fail(ErrorCode::kBadInput, {"the file has more than 4096 columns", "文件超过 4096 列"});
  }
  if (!options.after || options.after->offset == 0) return {};
  const Position now = whole();
  x_facts.resumed = options.after->offset == now.offset && options.after->digest == now.digest;
  x_facts.rewritten = !x_facts.resumed;
  x_done = x_facts.resumed;
  return {};
}

Position ParquetSource::whole() const {
  const std::string_view bytes = x_content.bytes();
  return {bytes.size(), x_row, PrefixDigest().at(bytes, bytes.size())};
}

Status ParquetSource::next(Batch& batch, std::size_t limit) {
  batch.clear();
  while (!x_done && batch.records.size() + batch.problems.size() < limit) {
    Result<std::optional<DuckChunk>> chunk = x_result->next();
    if (!chunk) {
      return fail(ErrorCode::kBadInput, {"the Parquet file is damaged", "Parquet 文件已损坏"},
                  x_content.name());
    }
    x_done = !chunk->has_value();
    for (std::size_t row = 0; !x_done && row < (*chunk)->rows(); ++row)
      deliver(**chunk, row, batch);
  }
  if (x_done) batch.end = whole();
  return {};
}

void ParquetSource::deliver(const DuckChunk& chunk, std::size_t row, Batch& batch) {
  batch.begin_record(++x_row);
  for (std::size_t i = 0; i < x_header.size(); ++i) {
    const std::string_view cell = chunk[i].is_null(row) ? std::string_view() : chunk[i].text(row);
    if (cell.size() > kMaxCellBytes) {
      batch.drop_record();
      batch.problems.push_back({x_row, std::int64_t(i) + 1, kLongCell.said()});
      return;
    }
    batch.add_cell(x_decoder.clean(batch.arena().keep(cell), batch), std::uint32_t(i + 1));
  }
}

}  // namespace xinjing::sources
