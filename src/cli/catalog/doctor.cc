#include "base/duckdb.h"
#include "base/parallel.h"
#include "cli/company.h"
#include "cli/models.h"
#include "cli/packs.h"

namespace xinjing::cli::catalog {
namespace {

/// Prints checks, a line each, and remembers whether all were well.
class Checks {
 public:
  explicit Checks(const Context& context) : x_context(context) {}

  void line(bool good, const Said& what, const std::string& detail) {
    x_good = x_good && good;
    const std::string word =
        x_context.lang == Lang::kZh ? (good ? "正常" : "有问题") : (good ? "ok" : "problem");
    x_context.print("  {:<8} {}: {}\n", word, x_context.say(what), detail);
  }
  void failure(const Said& what, const Error& error) {
    line(false, what, error.message(x_context.lang));
  }
  int code() const { return x_good ? kDone : kFound; }
  Lang lang() const { return x_context.lang; }

 private:
  const Context& x_context;
  bool x_good = true;
};

struct Balance {
  std::string_view query;  // the number of rows that break a rule
  Phrase rule;
};

constexpr Balance kRules[] = {
    {"SELECT COUNT(*) FROM files WHERE rows_in <> rows_kept + rows_rejected + rows_duplicate",
     {"rows in = kept + rejected + duplicate", "读入 = 保留 + 拒收 + 重复"}},
    {"SELECT COUNT(*) - COUNT(DISTINCT (key_high, key_low)) FROM messages",
     {"no message is kept twice", "没有重复保存的消息"}},
    {"SELECT COUNT(*) - COUNT(DISTINCT message_no) FROM turns",
     {"no message stands in two conversations", "没有消息属于两段对话"}},
    {"SELECT COUNT(*) - COUNT(DISTINCT conversation_no) FROM readings",
     {"no conversation is read twice", "没有对话被读两次"}},
    {"SELECT COUNT(*) FROM evidence WHERE conversation_no IS NOT NULL "
     "AND conversation_no NOT IN (SELECT conversation_no FROM readings)",
     {"all evidence belongs to a reading", "每条依据都属于一次阅读"}},
    {"SELECT COUNT(*) FROM portraits WHERE person NOT IN (SELECT person FROM subjects)",
     {"every portrait is of somebody known", "每份画像都有其人"}}};

class Doctor final : public Command {
 public:
  void declare(Arguments& arguments) override { x_database.declare(arguments); }

  Result<int> run(const Context& context) override {
    Checks checks(context);
    checks.line(true, {"program", "程序"},
                fmt::format("xinjing {}, DuckDB {}, {} cores", XINJING_VERSION, duckdb_version(),
                            core_count()));
    check_knowledge(context, checks);
    const std::filesystem::path path = x_database.resolved();
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) {
      check_database(path, checks);
    } else {
      checks.line(x_database.path.empty(), {"database", "数据文件"},
                  context.say({"none at " + path.string(), path.string() + " 不存在"}));
    }
    return checks.code();
  }

 private:
  void check_knowledge(const Context& context, Checks& checks) const;
  void check_database(const std::filesystem::path& path, Checks& checks) const;

  DatabaseArgument x_database;
};

void Doctor::check_knowledge(const Context& context, Checks& checks) const {
  const Said cards{"cards and cues", "卡片与线索词"}, models{"models", "模型"},
      packs{"packs of trades", "行业包"};
  const auto told = [&](const Knowledge& knowledge) {
    checks.line(true, cards,
                fmt::format("{} + {} ({})", knowledge.catalogue.size(), knowledge.cues.size(),
                            knowledge.version));
  };
  // The models come with the knowledge they read by; only where one of both is at fault is it
  // asked for alone.
  const auto loaded = ReadingModels::load(context.home / "models", context.home);
  if (loaded) {
    told(*(*loaded)->knowledge);
  } else if (const auto knowledge = load_knowledge(context.home); !knowledge) {
    checks.failure(cards, knowledge.error());
  } else {
    told(*knowledge);
  }
  const std::vector<std::string> known = known_packs(context.home);
  if (const auto with = load_knowledge(context.home, Need::kReadings, known); !with) {
    checks.failure(packs, with.error());
  } else {
    checks.line(true, packs, fmt::format("{}", fmt::join(known, ", ")));
  }
  if (!loaded) {
    checks.failure(models, loaded.error());
  } else {
    std::vector<std::string> names;
    for (const auto* model : {&(*loaded)->zh, &(*loaded)->en}) {
      if (*model) names.push_back((*model)->name());
    }
    checks.line(names.size() == 2, models, fmt::format("{}", fmt::join(names, ", ")));
  }
}

void Doctor::check_database(const std::filesystem::path& path, Checks& checks) const {
  const Said file{"database", "数据文件"};
  const auto database = store::Database::open(path, {.read_only = true});
  if (!database && database.error().code == ErrorCode::kNotFound) {
    return checks.line(true, file, database.error().message(checks.lang()));
  }
  if (!database) return checks.failure(file, database.error());
  const auto count = [&](std::string_view sql) { return database->connection().integer(sql); };
  const auto messages = count("SELECT COUNT(*) FROM messages"),
             people = count("SELECT COUNT(DISTINCT person) FROM subjects");
  if (!messages || !people) return checks.failure(file, (messages ? people : messages).error());
  checks.line(true, file,
              fmt::format("{}: {} messages, {} people", path.string(), *messages, *people));
  for (const Balance& rule : kRules) {
    const auto broken = count(rule.query);
    if (!broken) {
      checks.failure(rule.rule.said(), broken.error());
    } else {
      checks.line(*broken == 0, rule.rule.said(), fmt::format("{}", *broken));
    }
  }
}

}  // namespace

const Entry& doctor() {
  static const Entry entry{
      .name = "doctor",
      .summary = {"check the installation and a company's file", "检查安装和公司的数据文件"},
      .details = {"Checks cards, cues, models and, where there is one, the database: that nothing "
                  "is counted twice and "
                  "that sums equal\ntheir evidence. Exit code 1 if anything is wrong.",
                  "检查卡片、线索词、模型；有数据文件时检查其中没有重复计数、合计与依据一致。有问题"
                  "时退出码为 1。"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Doctor>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
