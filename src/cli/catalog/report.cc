#include "base/file.h"
#include "cli/company.h"
#include "cli/rejects.h"
#include "cli/report_data.h"
#include "cli/use_argument.h"
#include "insight/narrow.h"
#include "report/report_json.h"
#include "report/report_page.h"

namespace xinjing::cli::catalog {
namespace {

constexpr std::size_t kMostRejected = 1'000;

class Report final : public Command {
 public:
  void declare(Arguments& arguments) override {
    x_database.declare(arguments);
    arguments.add({.name = "--out",
                   .field = &x_out,
                   .help = {"the page to write (HTML)", "写到哪个网页文件（HTML）"}});
    arguments.add({.name = "--xlsx",
                   .field = &x_workbook,
                   .help = {"also the tables behind it, as a workbook (XLSX)",
                            "同时把背后的表格写成工作簿（XLSX）"}});
    arguments.add({.name = "--json",
                   .field = &x_json,
                   .help = {"also the data behind it, as JSON", "同时把背后的数据写成 JSON"}});
    arguments.add({.name = "--company",
                   .field = &x_name,
                   .help = {"whose report it is, for the title", "报告是哪家公司的，写进标题"}});
    x_use.declare(arguments);
    arguments.add({.name = "--names",
                   .field = &x_names,
                   .help = {"show personal names in full", "显示完整姓名"}});
    arguments.add({.name = "--as-of",
                   .field = &x_as_of,
                   .help = {"the day to look from, 2026-03-05 (default: the last day with data)",
                            "从哪一天看，如 2026-03-05（默认：有数据的最后一天）"}});
  }

  Result<int> run(const Context& context) override {
    const Result<evidence::Use> use = x_use.use();
    if (!use) return use.failure();
    if (x_out.empty() && x_workbook.empty() && x_json.empty()) x_out = "report.html";
    Result<Company> company = Company::open(x_database, context);
    if (!company) return company.failure();
    const evidence::Permit permit(company->catalogue(), *use);
    if (Status left = permit.leaves_any(insight::constructs_of({})); !left) return left.failure();
    Result<Day> as_of = as_of_day(company->connection(), x_as_of);
    if (!as_of) return as_of.failure();
    Result<ReportKnowledge> knowledge = load_report_knowledge(context.home, context.lang);
    if (!knowledge) return knowledge.failure();
    Result<insight::ReportData> data = load_report_data(*company, *knowledge, *as_of);
    if (!data) return data.failure();
    data->rejected = read_rejects(x_database.resolved().string() + ".rejects.csv", kMostRejected);
    insight::narrow(*data, permit);
    report::ReportStyle style{.cards = company->catalogue(),
                              .plays = knowledge->plays,
                              .promise_plays = knowledge->promise_plays,
                              .measures = knowledge->measures,
                              .lang = context.lang,
                              .names = x_names,
                              .version = XINJING_VERSION,
                              .company = x_name,
                              .said_did = company->said_did};
    const std::string json = report::report_json(*data, style);
    Status done;
    if (!x_out.empty()) done = write_file(x_out, report::html_page(json, context.lang));
    if (done && !x_workbook.empty()) {
      style.whole = true;
      done = report::write_workbook(x_workbook, report::report_json(*data, style), context.lang);
    }
    if (done && !x_json.empty()) done = write_file(x_json, json + "\n");
    if (!done) return done.failure();
    for (const std::string& file : {x_out, x_workbook, x_json}) {
      if (!file.empty()) fmt::print(context.out, "{}\n", file);
    }
    if (x_use.given()) tell_withheld(context, *use, data->withheld);
    return int{kDone};
  }

 private:
  DatabaseArgument x_database;
  std::string x_out;
  std::string x_workbook;
  std::string x_json;
  UseArgument x_use;
  bool x_names = false;
  std::string x_as_of;
  std::string x_name;
};

}  // namespace

const Entry& report() {
  static const Entry entry{
      .name = "report",
      .summary = {"write what happened, what changed and what to do, for a manager",
                  "写一份给管理者的报告：发生了什么、变了什么、该做什么"},
      .details =
          {"Reads the company's file and writes one page that needs no network; on request a "
           "workbook and the data.\nPersonal names are masked unless --names is given. "
           "docs/methods/report.md says how each figure is found.\n\n"
           "Example: xinjing report --out report.html --xlsx report.xlsx",
           "读取公司的数据文件，写出一个不需要网络的网页；可另写工作簿和数据。\n"
           "姓名默认遮盖，加 --names 才显示。每个数字怎样得来，见 docs/methods/report.md。\n\n"
           "示例：xinjing report --out report.html --xlsx report.xlsx"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Report>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
