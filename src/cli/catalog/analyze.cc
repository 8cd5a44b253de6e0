#include <algorithm>

#include "cli/analysis.h"
#include "cli/company.h"
#include "cli/packs.h"
#include "insight/overview_table.h"
#include "report/overview_text.h"

namespace xinjing::cli::catalog {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPacks = "packs";    // in the table meta
constexpr std::string_view kModels = "models";  // the same: a folder

/// The packs with which the file was read last.
Result<std::vector<std::string>> kept_packs(const store::Database& database, const fs::path& home) {
  const Result<std::optional<std::string>> list = database.meta(kPacks);
  if (!list) return list.failure();
  auto packs = packs_of(list->value_or(""), home);
  if (packs) return packs;
  Failure gone = packs.failure();
  gone.error.code = ErrorCode::kNotFound;  // nobody typed it: it was there once
  return gone;
}

Status keep_packs(const store::Database& database, const std::vector<std::string>& packs) {
  const std::string list = fmt::format("{}", fmt::join(packs, ","));
  const Result<std::optional<std::string>> before = database.meta(kPacks);
  if (!before) return before.failure();
  return before->value_or("") == list ? Status{} : database.set_meta(kPacks, list);
}

/// The folder of the models: what was asked for, else what this file was last read with, else that
/// of the installation.
Result<fs::path> models_folder(const std::string& asked, const Context& context,
                               const std::optional<store::Database>& database) {
  std::error_code ignored;
  if (!asked.empty()) return fs::absolute(asked, ignored).lexically_normal();
  if (database) {
    const Result<std::optional<std::string>> kept = database->meta(kModels);
    if (!kept) return kept.failure();
    if (const std::string& folder = kept->value_or(""); !folder.empty()) {
      if (fs::exists(folder, ignored)) return fs::path(folder);
      return fail(ErrorCode::kNotFound,
                  {"the models that this file was last read with are not there: name others by "
                   "--models",
                   "上次使用的模型不在原处：请用 --models 指定"},
                  folder);
    }
  }
  return context.home / "models";
}

/// The installation's own models need not be kept: an update moves them.
Status keep_models(store::Database& database, const fs::path& folder, const Context& context) {
  std::error_code ignored;
  const bool own = fs::equivalent(folder, context.home / "models", ignored);
  const std::string kept = own ? "" : folder.string();
  const Result<std::optional<std::string>> before = database.meta(kModels);
  if (!before) return before.failure();
  return before->value_or("") == kept ? Status{} : database.set_meta(kModels, kept);
}

class Analyze final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add(
        {.name = "DIR",
         .field = &x_folder,
         .help = {"folder with the company's files, or one file", "公司文件所在的目录，或一个文件"},
         .required = true});
    x_database.declare(arguments);
    arguments.add({.name = "--map",
                   .field = &x_mapping,
                   .help = {"mapping file (TOML) for headers that are not recognised; default: "
                            "DIR/mapping.toml if there",
                            "表头映射文件（TOML）；默认取目录里的 mapping.toml"}});
    arguments.add({.name = "--rejects",
                   .field = &x_rejects,
                   .help = {"where rejected rows are listed (default: beside the database)",
                            "拒收行清单写到哪里（默认在数据文件旁）"}});
    x_packs.declare(arguments);
    arguments.add(
        {.name = "--models",
         .field = &x_models,
         .help = {"the folder of the models; kept in the file (default: those it was last "
                  "read with, else models/ at home)",
                  "模型所在的文件夹，会记在数据文件里（默认取上次所用，再否则取主目录的 "
                  "models/）"}});
    arguments.add_options<AnalysisOptions>(kAnalysisOptions, x_options);
  }

  Result<int> run(const Context& context) override {
    Result<int> zone = zone_argument(x_options.timezone);
    if (!zone) return zone.failure();
    if (x_options.threads < 0 || x_options.threads > 1024 || x_options.gap_minutes < 1) {
      return fail(ErrorCode::kUsage, {"--threads is 0 to 1024 and --gap-minutes at least 1",
                                      "--threads 为 0 到 1024，--gap-minutes 至少为 1"});
    }
    if (Status sound = check_options(x_options); !sound) return sound.failure();
    const Result<fs::path> path = x_database.creatable();
    if (!path) return path.failure();
    const Result<std::vector<std::string>> asked = packs_of(x_packs.list, context.home);
    if (!asked) return asked.failure();
    std::error_code ignored;
    // A file that is there may say which packs; a new one is made only when all else is in order.
    std::optional<store::Database> database;
    if (fs::exists(*path, ignored)) {
      if (Status opened = open(*path, *zone, database); !opened) return opened.failure();
    }
    const Result<std::vector<std::string>> packs =
        x_packs.list.empty() && database ? kept_packs(*database, context.home) : *asked;
    if (!packs) return packs.failure();
    const Result<fs::path> folder = models_folder(x_models, context, database);
    if (!folder) return folder.failure();
    const auto models = ReadingModels::load(*folder, context.home, Need::kConversations, *packs);
    if (!models) return models.failure();
    if (!database) {
      if (Status opened = open(*path, *zone, database); !opened) return opened.failure();
    }
    if (Status kept = keep_packs(*database, *packs); !kept) return kept.failure();
    if (Status kept = keep_models(*database, *folder, context); !kept) return kept.failure();
    return run_on(context, *database, **models, *packs);
  }

 private:
  Status open(const fs::path& path, int zone, std::optional<store::Database>& database) const;
  Result<int> run_on(const Context& context, store::Database& database, const ReadingModels& models,
                     const std::vector<std::string>& packs);
  void print_files(const Context& context, const AnalysisReport& report) const;

  std::string x_folder;
  DatabaseArgument x_database;
  PackArgument x_packs;
  std::string x_models;
  std::string x_mapping;
  std::string x_rejects;
  AnalysisOptions x_options;
};

Status Analyze::open(const fs::path& path, int zone,
                     std::optional<store::Database>& database) const {
  Result<store::Database> opened = store::Database::open(
      path, {.memory_limit = x_options.memory, .threads = x_options.threads, .zone_minutes = zone});
  if (!opened) return opened.failure();
  database.emplace(std::move(*opened));
  return {};
}

Result<int> Analyze::run_on(const Context& context, store::Database& database,
                            const ReadingModels& models, const std::vector<std::string>& packs) {
  const fs::path rejects =
      x_rejects.empty() ? database.path().string() + ".rejects.csv" : x_rejects;
  Result<std::int64_t> run = store::begin_run(database, "analyze", XINJING_VERSION, now());
  if (!run) return run.failure();
  Analysis analysis(context, x_options, database, models);
  Status done = analysis.load(x_folder, x_mapping, rejects);
  if (done) done = analysis.link_people();
  if (done) done = analysis.read_conversations();
  if (done) done = analysis.read_acts();
  if (done) done = analysis.make_portraits();
  if (done) done = analysis.model_acts();
  if (done) done = store::end_run(database, *run, now());
  if (done) done = database.checkpoint();
  if (!done) return done.failure();
  print_files(context, analysis.report());
  if (!packs.empty()) {
    fmt::print(context.out, "  {}{}\n", context.say({"packs of trades: ", "行业包："}),
               fmt::join(packs, ", "));
  }
  auto overview = insight::load_overview(database.connection());
  if (!overview) return overview.failure();
  context.print("\n{}",
                report::overview_text(*overview, models.knowledge->catalogue, context.lang));
  const bool refused = std::any_of(analysis.report().files.begin(), analysis.report().files.end(),
                                   [](const FileOutcome& file) { return !file.refused.empty(); });
  return refused ? int{kFound} : int{kDone};
}

std::string file_line(const FileOutcome& file, bool zh) {
  if (file.unchanged)
    return fmt::format("  {:<22} {}\n", file.name, zh ? "没有新内容" : "nothing new");
  std::string out;
  if (file.rows_in > 0 || file.refused.empty()) {
    out = zh ? fmt::format("  {:<22} {:<13} 读入 {} = 保留 {} + 拒收 {} + 重复 {}\n", file.name,
                           file.table, file.rows_in, file.kept, file.rejected, file.duplicate)
             : fmt::format("  {:<22} {:<13} {} in = {} kept + {} rejected + {} duplicate\n",
                           file.name, file.table, file.rows_in, file.kept, file.rejected,
                           file.duplicate);
  }
  if (!file.refused.empty()) out += fmt::format("  {:<22} {}\n", file.name, file.refused);
  return out;
}

void Analyze::print_files(const Context& context, const AnalysisReport& report) const {
  const bool zh = context.lang == Lang::kZh;
  FileOutcome sum;
  sum.name = zh ? "合计" : "all files";
  std::string out = zh ? "文件：\n" : "Files:\n";
  for (const FileOutcome& file : report.files) {
    out += file_line(file, zh);
    sum.rows_in += file.rows_in;
    sum.kept += file.kept;
    sum.rejected += file.rejected;
    sum.duplicate += file.duplicate;
  }
  if (report.files.size() > 1) out += file_line(sum, zh);
  if (!report.rejects.empty()) {
    out += fmt::format(
        "  {}{}\n", zh ? "拒收的行及原因：" : "rejected rows and why: ", report.rejects.string());
  }
  out +=
      zh ? fmt::format(
               "  屏蔽个人信息 {} 处；新认定同一人的关联 {} 条；共 {} 段对话，本次阅读 {} "
               "段；更新画像 {} 份。\n",
               report.masked, report.linked, report.conversations, report.read, report.portraits)
         : fmt::format(
               "  masked {} stretches of personal data; {} new links between ids; {} "
               "conversations, {} read "
               "now; {} portraits made.\n",
               report.masked, report.linked, report.conversations, report.read, report.portraits);
  context.print("{}", out);
}

}  // namespace

const Entry& analyze() {
  static const Entry entry{
      .name = "analyze",
      .summary = {"read a company's files and make a portrait of every customer",
                  "读入公司的文件，为每位客户画像"},
      .details =
          {"Reads CSV, TSV, JSON lines, Parquet, XLSX and XES: customers, identities, messages, "
           "orders, events, "
           "responses,\ntouchpoints, usage, observations (docs/files.md). Run it again when "
           "files have grown: "
           "only what is new is read.\nRows that cannot be read are listed with file, line "
           "and reason; nothing "
           "else stops.\nPacks of trades (--pack) are kept with the file until others, or "
           "none, are named.\n\nExample: xinjing analyze sample --db company.duckdb --pack "
           "power",
           "读取 CSV、TSV、JSON 行、Parquet、"
           "XLSX 和 XES：客户、账号、消息、订单、行为、问卷、触点、用量、观察卡"
           "（docs/"
           "files."
           "md）。\n文件变长后再运行一次即可，只读新增部分。读不了的行列出文件、行号和原因，"
           "其余照常。\n行业包（--pack）随数据文件记住，直到另指定或写 none。"
           "\n\n示例：xinjing analyze sample --db company.duckdb --pack power"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Analyze>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
