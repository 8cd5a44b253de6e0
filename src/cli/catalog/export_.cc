#include "cli/company.h"
#include "cli/use_argument.h"
#include "store/export.h"

namespace xinjing::cli::catalog {
namespace {

class Export final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add({.name = "DIR",
                   .field = &x_folder,
                   .help = {"folder to write into", "写入的目录"},
                   .required = true});
    x_database.declare(arguments);
    arguments.add({.name = "--format",
                   .field = &x_format,
                   .help = {"format of the files", "文件格式"},
                   .choices = {"csv", "jsonl", "parquet"}});
    x_use.declare(arguments);
    arguments.add({.name = "--raw",
                   .field = &x_raw,
                   .help = {"in CSV, no apostrophe before texts that a spreadsheet would take for "
                            "formulas",
                            "CSV 中不给会被表格软件当作公式的文本加撇号"}});
  }

  Result<int> run(const Context& context) override {
    const Result<evidence::Use> use = x_use.use();
    if (!use) return use.failure();
    const Result<evidence::Catalogue> cards = load_catalogue(context.home);
    if (!cards) return cards.failure();
    const evidence::Permit permit(*cards, *use);
    if (Status left = permit.leaves_any(); !left) return left.failure();
    const store::ExportUse rules = rules_of(permit, *cards, context.lang);
    const Result<std::filesystem::path> path = x_database.existing();
    if (!path) return path.failure();
    Result<store::Database> database = store::Database::open(*path, {.read_only = true});
    if (!database) return database.failure();
    const auto format = store::export_format_from(x_format);
    XINJING_CHECK(format.has_value());
    auto files =
        store::export_views(*database, x_folder, {.format = *format, .raw = x_raw, .use = &rules});
    if (!files) return files.failure();
    for (const store::ExportedFile& file : *files) {
      fmt::print(context.out, "  {:<40} {} {}\n", file.path.string(), file.rows,
                 context.say({"rows", "行"}));
    }
    if (x_use.given()) tell_withheld(context, *use, permit.withheld());
    return int{kDone};
  }

 private:
  static store::ExportUse rules_of(const evidence::Permit& permit, const evidence::Catalogue& cards,
                                   Lang lang) {
    store::ExportUse out{.use = std::string(evidence::use_id(permit.use())), .rules = {}};
    for (const evidence::Card& card : cards.cards()) {
      const bool may = permit.allows(card.id);
      out.rules.push_back(
          {card.id, may, may ? "" : evidence::reason_against(card, permit.use()).in(lang)});
    }
    return out;
  }

  std::string x_folder;
  DatabaseArgument x_database;
  UseArgument x_use;
  std::string x_format = "csv";
  bool x_raw = false;
};

}  // namespace

// The word `export` is reserved, so the file and this function end with an underscore.
const Entry& export_() {  // NOLINT(readability-identifier-naming): as said above
  static const Entry entry{
      .name = "export",
      .summary = {"write the tables for other programs: CSV, JSON lines, Parquet",
                  "导出各表供其他程序使用：CSV、JSON 行、Parquet"},
      .details = {"One file for each view of docs/schema.md: customers, portraits, readings, "
                  "expectations, evidence with "
                  "quotes, …\n\nExample: xinjing export out --format parquet",
                  "docs/schema.md "
                  "的每个视图一个文件：客户、画像、阅读结果、期望、带原话的依据等。\n\n示例：xinjin"
                  "g export out --format parquet"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Export>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
