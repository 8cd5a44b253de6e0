#include <future>
#include <set>

#include "cli/analysis.h"
#include "cli/rejects.h"
#include "ingest/reader.h"
#include "store/event_table.h"

namespace xinjing::cli {
namespace {

namespace fs = std::filesystem;

/// What is Xinjing's own, which may lie among the company's files.
class OwnFiles {
 public:
  OwnFiles(const fs::path& database, std::initializer_list<fs::path> others) {
    for (const char* ending : {"", ".wal", ".tmp", ".checkpoint"}) add(database.string() + ending);
    for (const fs::path& file : others) add(file);
  }

  bool has(const fs::path& file) const {
    return x_paths.contains(canonical(file)) || is_rejects_file(file);
  }

 private:
  static fs::path canonical(const fs::path& file) {
    std::error_code ignored;
    return fs::weakly_canonical(file, ignored);
  }
  void add(const fs::path& file) { x_paths.insert(canonical(file)); }

  std::set<fs::path> x_paths;
};

/// The files of a folder that can be read, by name; or the one file.
Result<std::vector<fs::path>> files_of(const fs::path& folder, const ingest::Mapping& mapping,
                                       const OwnFiles& own) {
  std::error_code error;
  if (fs::is_regular_file(folder, error) && own.has(folder)) {
    return fail(
        ErrorCode::kBadInput,
        {"this file is Xinjing's own, not a company's data", "这是心镜自己的文件，不是公司的数据"},
        folder.string());
  }
  if (fs::is_regular_file(folder, error)) return std::vector<fs::path>{folder};
  if (!fs::is_directory(folder, error)) {
    return fail(ErrorCode::kNotFound, {"there is no such folder or file", "没有这个目录或文件"},
                folder.string());
  }
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const ingest::FileRule* rule = mapping.rule_for(entry.path().filename().string());
    const bool wanted = rule != nullptr ? !rule->skip : sources::has_known_extension(entry.path());
    if (wanted && entry.is_regular_file(error) && !own.has(entry.path()))
      out.push_back(entry.path());
  }
  if (out.empty()) {
    return fail(ErrorCode::kNotFound,
                {"there is no file to read (.csv .tsv .jsonl .parquet .xlsx .xes)",
                 "没有可读的文件（.csv .tsv .jsonl .parquet .xlsx .xes）"},
                folder.string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<ingest::Mapping> mapping_of(const fs::path& folder, const fs::path& given,
                                   const AnalysisOptions& options, int zone_minutes) {
  std::error_code error;
  const fs::path usual = folder / "mapping.toml";
  Result<ingest::Mapping> mapping = ingest::Mapping{};
  if (!given.empty()) {
    mapping = ingest::Mapping::load(given);
  } else if (fs::is_regular_file(usual, error)) {
    mapping = ingest::Mapping::load(usual);
  } else {
    mapping->offset_minutes = zone_minutes;
    mapping->currency = options.currency;
  }
  return mapping;
}

std::optional<sources::Position> position_of(const store::FileRecord& record) {
  const auto digest = sources::digest_from(record.prefix_digest);
  if (!digest || record.consumed_bytes <= 0) return {};
  return sources::Position{std::uint64_t(record.consumed_bytes), record.consumed_lines, *digest};
}

Said why_not_kept(store::Kept kept) {
  if (kept == store::Kept::kErased) return {"this person was erased", "此人的数据已被删除"};
  return {"a time or an amount out of range", "时间或金额超出范围"};
}

}  // namespace

/// Loads files one after another; while rows are stored, the next ones are made.
class Loading {
 public:
  Loading(const Context& context, const AnalysisOptions& options, store::Database& database,
          RejectsFile& rejects, AnalysisReport& report)
      : x_context(context),
        x_options(options),
        x_database(database),
        x_rejects(rejects),
        x_report(report) {}

  Status load(const std::vector<fs::path>& files, const ingest::Mapping& mapping);

 private:
  using Blocks = Result<std::optional<ingest::Block>>;

  /// A file, or each sheet of a workbook.
  Status load_sheets(const fs::path& path, const ingest::Mapping& mapping);
  /// `sheet`: another one than the first of a workbook.
  Status load_file(const fs::path& path, const std::string& sheet, const ingest::Mapping& mapping,
                   FileOutcome& outcome);
  /// Takes back what a file gave that only counts as a whole.
  void drop_batch(const store::FileRecord& start, store::FileRecord& record);
  Status take_blocks(ingest::Reader& reader, store::EventLoad& load, store::FileRecord& record,
                     FileOutcome& outcome);
  Status take(const ingest::Block& block, store::EventLoad& load, store::FileRecord& record,
              const std::string& name);
  Status commit(store::EventLoad& load, const store::FileRecord& record);
  Result<store::EventLoad*> load_of(const ingest::TableSpec& table);
  Result<std::optional<store::FileRecord>> known(const std::string& path) const;

  const Context& x_context;
  const AnalysisOptions& x_options;
  store::Database& x_database;
  RejectsFile& x_rejects;
  AnalysisReport& x_report;
  std::optional<store::SubjectNumbers> x_subjects;
  std::map<std::string_view, store::EventLoad> x_loads;
  std::optional<Progress> x_progress;
  std::uint64_t x_bytes_before = 0;
};

Result<store::EventLoad*> Loading::load_of(const ingest::TableSpec& table) {
  if (!x_subjects) {
    Result<store::SubjectNumbers> subjects = store::SubjectNumbers::load(x_database);
    if (!subjects) return subjects.failure();
    x_subjects.emplace(std::move(*subjects));
  }
  auto found = x_loads.find(table.name);
  if (found == x_loads.end()) {
    Result<store::EventLoad> load = store::EventLoad::begin(x_database, *x_subjects, table);
    if (!load) return load.failure();
    found = x_loads.emplace(table.name, std::move(*load)).first;
  }
  return &found->second;
}

Result<std::optional<store::FileRecord>> Loading::known(const std::string& path) const {
  Result<std::vector<store::FileRecord>> files = store::read_files(x_database);
  if (!files) return files.failure();
  for (store::FileRecord& record : *files) {
    if (record.path == path) return std::optional(std::move(record));
  }
  return std::optional<store::FileRecord>();
}

Status Loading::load(const std::vector<fs::path>& files, const ingest::Mapping& mapping) {
  std::uint64_t bytes = 0;
  std::error_code error;
  for (const fs::path& path : files) bytes += std::uint64_t(fs::file_size(path, error));
  x_progress.emplace(Said{"loading bytes", "读入字节"}, bytes, x_context.lang,
                     x_context.progress());
  for (const fs::path& path : files) {
    // The database failing ends the run; a file that cannot be read ends that file.
    if (Status loaded = load_sheets(path, mapping); !loaded) return loaded;
    x_bytes_before += std::uint64_t(fs::file_size(path, error));
    x_progress->reach(x_bytes_before);
  }
  x_progress.reset();
  return {};
}

/// Whether a sheet has no row at all: the second and third of a new workbook.
bool is_blank(const fs::path& path, const std::string& sheet) {
  const auto source = sources::open_source(path, {.sheet = sheet});
  return source && (*source)->header().empty();
}

Status Loading::load_sheets(const fs::path& path, const ingest::Mapping& mapping) {
  const Result<std::vector<std::string>> found = ingest::sheets_to_read(path, mapping);
  const std::vector<std::string> sheets = found ? *found : std::vector<std::string>{""};
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    FileOutcome outcome;
    outcome.name = path.filename().string();
    if (sheets.size() > 1) outcome.name += "#" + sheets[i];
    // The first goes by the file's own name, which it always had.
    if (Status s = load_file(path, i == 0 ? "" : sheets[i], mapping, outcome); !s) return s;
    const bool blank = sheets.size() > 1 && !outcome.refused.empty() && outcome.table.empty() &&
                       is_blank(path, sheets[i]);
    if (!blank) x_report.files.push_back(std::move(outcome));
  }
  return {};
}

void Loading::drop_batch(const store::FileRecord& start, store::FileRecord& record) {
  x_loads.clear();
  x_subjects.reset();
  record = start;
}

Status Loading::load_file(const fs::path& path, const std::string& sheet,
                          const ingest::Mapping& mapping, FileOutcome& outcome) {
  std::error_code error;
  std::string name = fs::weakly_canonical(path, error).string();
  if (!sheet.empty()) name += "#" + sheet;
  Result<std::optional<store::FileRecord>> before = known(name);
  if (!before) return before.failure();
  ingest::ReaderOptions options{
      .mapping = mapping, .threads = std::size_t(x_options.threads), .sheet = sheet};
  if (*before) options.after = position_of(**before);
  Result<ingest::Reader> reader = ingest::Reader::open(path, options);
  if (!reader) {
    outcome.refused = reader.error().message(x_context.lang);
    return {};
  }
  outcome.table = std::string(reader->table().name);
  Result<store::FileRecord> record = store::file_record(x_database, name, outcome.table);
  if (!record) return record.failure();
  const store::FileRecord start = *record;
  record->format = std::string(reader->facts().format);
  record->size_bytes = std::int64_t(reader->size());
  Result<store::EventLoad*> load = load_of(reader->table());
  if (!load) return load.failure();
  const std::int64_t masked = x_report.masked;
  Status taken = take_blocks(*reader, **load, *record, outcome);
  if (taken && reader->facts().whole && !outcome.refused.empty()) {
    drop_batch(start, *record);
    x_report.masked = masked;
  }
  outcome.rows_in = record->rows_in - start.rows_in;
  outcome.kept = record->rows_kept - start.rows_kept;
  outcome.rejected = record->rows_rejected - start.rows_rejected;
  outcome.duplicate = record->rows_duplicate - start.rows_duplicate;
  outcome.unchanged = outcome.rows_in == 0 && start.rows_in > 0 && outcome.refused.empty();
  return taken;
}

Status Loading::take_blocks(ingest::Reader& reader, store::EventLoad& load,
                            store::FileRecord& record, FileOutcome& outcome) {
  const auto next = [&reader] { return reader.next(); };
  std::future<Blocks> coming = std::async(std::launch::async, next);
  const bool whole = reader.facts().whole;
  std::size_t waiting = 0;
  for (;;) {
    Blocks block = coming.get();
    if (!block) {
      outcome.refused = block.error().message(x_context.lang);
      break;
    }
    if (!*block) break;
    coming = std::async(std::launch::async, next);
    if (Status took = take(**block, load, record, outcome.name); !took) return took;
    x_progress->reach(x_bytes_before + (*block)->end.offset);
    waiting += (*block)->rows.size() + (*block)->rejects.size();
    if (whole || waiting < store::EventLoad::kBatchRows) continue;
    if (Status done = commit(load, record); !done) return done;
    waiting = 0;
  }
  if (whole && !outcome.refused.empty()) return {};
  return waiting > 0 ? commit(load, record) : Status{};
}

Status Loading::take(const ingest::Block& block, store::EventLoad& load, store::FileRecord& record,
                     const std::string& name) {
  for (const ingest::Reject& reject : block.rejects) {
    ++record.rows_in;
    ++record.rows_rejected;
    if (Status listed = x_rejects.add(name, reject); !listed) return listed;
  }
  for (const ingest::Row& row : block.rows) {
    Result<store::Kept> kept = load.add(row, record);
    if (!kept) return kept.failure();
    if (*kept == store::Kept::kKept || *kept == store::Kept::kDuplicate) continue;
    Status listed =
        x_rejects.add(name, {.line = row.line, .column = 0, .reason = why_not_kept(*kept)});
    if (!listed) return listed;
  }
  record.consumed_bytes = std::int64_t(block.end.offset);
  record.consumed_lines = block.end.line;
  record.prefix_digest = hex(block.end.digest);
  for (const std::int64_t n : block.counts.masked) x_report.masked += n;
  return {};
}

Status Loading::commit(store::EventLoad& load, const store::FileRecord& record) {
  if (Status flushed = x_rejects.flush(); !flushed) return flushed;
  return load.commit(record);
}

Status load_files(const Context& context, const AnalysisOptions& options, store::Database& database,
                  const fs::path& folder, const fs::path& mapping_path,
                  const fs::path& rejects_path, AnalysisReport& report) {
  Result<ingest::Mapping> mapping =
      mapping_of(folder, mapping_path, options, database.zone_minutes());
  if (!mapping) return mapping.failure();
  Result<std::vector<fs::path>> files =
      files_of(folder, *mapping,
               OwnFiles(database.path(), {rejects_path, mapping_path, folder / "mapping.toml"}));
  if (!files) return files.failure();
  Result<std::int64_t> seen = database.connection().integer("SELECT COUNT(*) FROM files");
  if (!seen) return seen.failure();
  Result<RejectsFile> rejects = RejectsFile::open(rejects_path, *seen == 0, context.lang);
  if (!rejects) return rejects.failure();
  Loading loading(context, options, database, *rejects, report);
  Status loaded = loading.load(*files, *mapping);
  report.rejects = rejects->path();
  return loaded;
}

}  // namespace xinjing::cli
