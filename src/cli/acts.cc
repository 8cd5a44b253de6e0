#include "cli/acts.h"

namespace xinjing::cli {
namespace {

namespace fs = std::filesystem;

/// One line a file that says something: rows rejected or repeated, or why it was refused.
void tell(const Context& context, const AnalysisReport& report) {
  std::int64_t rejected = 0;
  for (const FileOutcome& file : report.files) {
    rejected += file.rejected;
    const Said line =
        file.refused.empty()
            ? Said{fmt::format("{} ({}): {} rows in = {} kept + {} rejected + {} duplicate",
                               file.name, file.table, file.rows_in, file.kept, file.rejected,
                               file.duplicate),
                   fmt::format("{}（{}）：读入 {} = 保留 {} + 拒收 {} + 重复 {}", file.name,
                               file.table, file.rows_in, file.kept, file.rejected, file.duplicate)}
            : Said{fmt::format("{}: {}", file.name, file.refused),
                   fmt::format("{}：{}", file.name, file.refused)};
    if (!context.quiet || !file.refused.empty() || file.rejected > 0) {
      fmt::print(context.err, "{}\n", visible_text(context.say(line)));
    }
  }
  if (rejected > 0) {
    fmt::print(context.err, "{}{}\n", context.say({"rejected rows and why: ", "拒收的行及原因："}),
               visible_text(report.rejects.string()));
  }
}

std::int64_t rows_kept(const AnalysisReport& report) {
  std::int64_t out = 0;
  for (const FileOutcome& file : report.files) out += file.kept;
  return out;
}

}  // namespace

void ActsArgument::declare(Arguments& arguments) {
  arguments.add({.name = "FILE",
                 .field = &files,
                 .help = {"files or folders to read instead of a company's file (docs/files.md)",
                          "改为读这些文件或目录，不用公司的数据文件（docs/files.md）"}});
  database.declare(arguments);
  arguments.add({.name = "--map",
                 .field = &mapping,
                 .help = {"mapping file (TOML) for headers of FILE that are not recognised",
                          "FILE 的表头映射文件（TOML）"}});
  arguments.add({.name = "--rejects",
                 .field = &rejects,
                 .help = {"where rejected rows of FILE are listed (default: rejects.csv)",
                          "FILE 中拒收的行写到哪里（默认 rejects.csv）"}});
  arguments.add({.name = "--timezone",
                 .field = &options.timezone,
                 .help = {"zone of times in FILE that state none (default: +08:00)",
                          "FILE 中没有写明时区的时间属于哪个时区（默认 +08:00）"}});
  arguments.add({.name = "--currency",
                 .field = &options.currency,
                 .help = {"currency of amounts in FILE that state none (default: CNY)",
                          "FILE 中没有写明币种的金额是什么币种（默认 CNY）"}});
}

Result<Acts> ActsArgument::open(const Context& context) {
  if (files.empty()) {
    const Result<fs::path> path = database.existing();
    if (!path) return path.failure();
    Result<store::Database> opened = store::Database::open(*path, {.read_only = true});
    if (!opened) return opened.failure();
    return Acts{nullptr, std::move(*opened)};
  }
  if (!database.path.empty()) {
    return fail(ErrorCode::kUsage,
                {"give either --db or files, not both", "--db 和文件只能给一种"});
  }
  const Result<int> zone = zone_argument(options.timezone);
  if (!zone) return zone.failure();
  if (Status sound = check_options(options); !sound) return sound.failure();
  auto folder = TemporaryFolder::make();
  if (!folder) return folder.failure();
  Result<store::Database> opened = store::Database::open(
      **folder / "acts.duckdb", {.memory_limit = options.memory, .zone_minutes = *zone});
  if (!opened) return opened.failure();
  Acts acts{std::move(*folder), std::move(*opened)};
  AnalysisReport report;
  const fs::path list = rejects.empty() ? fs::path("rejects.csv") : fs::path(rejects);
  for (const std::string& file : files) {
    if (Status loaded = load_files(context, options, acts.database, file, mapping, list, report);
        !loaded)
      return loaded.failure();
  }
  if (Status linked = link_people(acts.database, report); !linked) return linked.failure();
  tell(context, report);
  if (rows_kept(report) == 0) {
    return fail(ErrorCode::kBadInput,
                {"no row of these files could be used", "这些文件里没有可用的行"}, files.front());
  }
  return acts;
}

}  // namespace xinjing::cli
