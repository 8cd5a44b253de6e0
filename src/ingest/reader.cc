#include "ingest/reader.h"

#include <utility>

#include "base/parallel.h"

namespace xinjing::ingest {

Result<std::vector<std::string>> sheets_to_read(const std::filesystem::path& path,
                                                const Mapping& mapping) {
  const FileRule* rule = mapping.rule_for(path.filename().string());
  if (rule != nullptr && !rule->open.sheet.empty()) return std::vector<std::string>{""};
  const Result<sources::Content> content = sources::Content::open(path);
  if (!content) return content.failure();
  Result<std::vector<std::string>> sheets = sources::sheets_of(*content);
  // What is wrong with a workbook is said where it is opened.
  if (!sheets || sheets->empty()) return std::vector<std::string>{""};
  return sheets;
}

Reader::Reader(std::unique_ptr<sources::Source> source, Plan plan, std::string file_name,
               const ReaderOptions& options)
    : x_source(std::move(source)),
      x_plan(std::move(plan)),
      x_file_name(std::move(file_name)),
      x_row_name(options.sheet.empty() ? x_file_name : x_file_name + "#" + options.sheet),
      x_mapping(options.mapping),
      x_threads(options.threads == 0 ? core_count() : options.threads) {}

Result<Reader> Reader::open(const std::filesystem::path& path, const ReaderOptions& options) {
  Result<sources::Content> content = sources::Content::open(path);
  if (!content) return content.failure();
  return open(std::move(*content), options);
}

Result<Reader> Reader::open(sources::Content content, const ReaderOptions& options) {
  const std::string path = content.name();
  const std::string file_name = std::filesystem::path(path).filename().string();
  const FileRule* rule = options.mapping.rule_for(file_name);
  sources::OpenOptions how = rule != nullptr ? rule->open : sources::OpenOptions{};
  how.after = options.after;
  if (how.sheet.empty()) how.sheet = options.sheet;
  Result<std::unique_ptr<sources::Source>> source = sources::open_source(std::move(content), how);
  if (!source) return source.failure();
  Result<Plan> plan = plan_for(**source, path, options.mapping);
  if (!plan) return plan.failure();
  return Reader(std::move(*source), std::move(*plan), file_name, options);
}

Result<std::optional<Block>> Reader::next() {
  if (x_ready.empty()) {
    if (Status status = read_ahead(); !status) return status.failure();
  }
  if (x_ready.empty()) return std::optional<Block>();
  Block block = std::move(x_ready.front());
  x_ready.pop_front();
  x_counts.merge(block.counts);
  return std::optional<Block>(std::move(block));
}

Status Reader::read_ahead() {
  x_batches.resize(2 * x_threads);
  std::size_t filled = 0;
  const std::size_t columns = x_source->header().size();
  while (filled < x_batches.size()) {
    if (Status status = x_source->next(x_batches[filled]); !status) return status;
    if (x_batches[filled].empty()) break;
    ++filled;
  }
  if (x_source->header().size() != columns) {
    widen(x_plan, x_file_name, x_source->header(), x_mapping);
  }
  const RowMaker maker(x_plan, x_row_name);
  std::vector<Block> blocks(filled);
  parallel_for(filled, x_threads,
               [&](std::size_t i, std::size_t) { blocks[i] = maker.make(x_batches[i]); });
  x_ready.insert(x_ready.end(), std::make_move_iterator(blocks.begin()),
                 std::make_move_iterator(blocks.end()));
  return {};
}

}  // namespace xinjing::ingest
