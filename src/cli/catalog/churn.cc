#include "cli/churn_study.h"
#include "cli/labelled_table.h"
#include "cli/resources.h"
#include "cli/use_argument.h"
#include "profile/churn_words_table.h"

namespace xinjing::cli::catalog {
namespace {

/// "90d", "12w", "3m" (of 30 days) as days; 1 to 730.
std::optional<int> days_of(std::string_view text) {
  if (text.size() < 2 || text.size() > 4) return {};
  int number = 0;
  for (const char c : text.substr(0, text.size() - 1)) {
    if (c < '0' || c > '9') return {};
    number = number * 10 + (c - '0');
  }
  const char unit = text.back();
  const int days = number * (unit == 'd' ? 1 : unit == 'w' ? 7 : unit == 'm' ? 30 : 0);
  if (days < 1 || days > 730) return {};
  return days;
}

/// Who will leave, how sure that is, and why.
class Churn final : public Command {
 public:
  void declare(Arguments& arguments) override {
    x_acts.declare(arguments);
    arguments.add({.name = "--table",
                   .field = &x_table.file,
                   .help = {"instead: a table with one row a customer and a column that says who "
                            "left (CSV, TSV, JSON lines, Parquet, XLSX)",
                            "改为读一张表：每位客户一行，有一列写明谁已离开（CSV、TSV、JSON "
                            "行、Parquet、XLSX）"}});
    arguments.add(
        {.name = "--label",
         .field = &x_table.label,
         .help = {"the column of --table that says who left", "--table 中写明谁已离开的列"}});
    arguments.add({.name = "--positive",
                   .field = &x_table.positive,
                   .help = {"its value of those who left (default: the one that says yes)",
                            "该列中表示已离开的值（默认取表示“是”的那个）"}});
    arguments.add(
        {.name = "--id",
         .field = &x_table.id,
         .help = {"the column of --table that names customers", "--table 中的客户编号列"}});
    arguments.add({.name = "--left",
                   .field = &x_asked.leavers,
                   .help = {"a file of contracts that ended: columns customer and left (a day); "
                            "without it, leaving is to order no more",
                            "合同终止名单：customer（客户编号）和 left（离开日期）两列；不给则以"
                            "不再下单为离开"}});
    arguments.add({.name = "--horizon",
                   .field = &x_horizon,
                   .help = {"within which time: 90d, 12w, 3m (default: 90d)",
                            "多长时间之内：90d、12w、3m（默认 90d）"}});
    arguments.add({.name = "--as-of",
                   .field = &x_asked.as_of,
                   .help = {"the day to look from: 2026-03-05 (default: the last day with data)",
                            "从哪一天看：2026-03-05（默认：有数据的最后一天）"}});
    arguments.add({.name = "--words",
                   .field = &x_words,
                   .help = {"on: also what customers said, and what that adds; off: acts alone",
                            "on：也用客户说的话，并给出增益；off：只看行为"},
                   .choices = {"on", "off"}});
    arguments.add({.name = "--link",
                   .field = &x_link,
                   .help = {"logit: proportional odds; cloglog: proportional hazards",
                            "logit：比例几率；cloglog：比例风险"},
                   .choices = {"logit", "cloglog"}});
    arguments.add(
        {.name = "--folds",
         .field = &x_folds,
         .help = {"parts of the cross-validation, 2 to 20 (default: 5 of buyers, as in the "
                  "table churn_risks; 10 with --left or --table)",
                  "交叉验证分几份，2 到 20（默认：按订单时 5，与 churn_risks "
                  "表一致；用 --left 或 --table 时 10）"}});
    x_use.declare(arguments);
    arguments.add({.name = "--limit",
                   .field = &x_limit,
                   .help = {"customers in the list; 0 is all", "最多列几位客户；0 表示全部"}});
    arguments.add({.name = "--json",
                   .field = &x_json,
                   .help = {"one JSON object a line", "每行输出一个 JSON 对象"}});
  }

  Result<int> run(const Context& context) override {
    if (Status sound = check_arguments(); !sound) return sound.failure();
    const Result<evidence::Use> use = x_use.use();
    if (!use) return use.failure();
    const Result<evidence::Catalogue> cards = load_catalogue(context.home);
    if (!cards) return cards.failure();
    const evidence::Permit permit(*cards, *use);
    constexpr std::string_view kChurn[] = {"churn"};
    if (Status left = permit.leaves_any(kChurn); !left) return left.failure();
    const Result<report::ChurnShown> shown =
        x_table.file.empty() ? of_acts(context, permit) : study_table(context, x_table, x_asked);
    if (!shown) return shown.failure();
    if (x_json) {
      fmt::print(context.out, "{}", report::churn_json(*shown, context.lang));
    } else {
      context.print("{}", report::churn_study_text(*shown, context.lang));
      context.print("{}", report::churn_people_text(*shown, context.lang));
    }
    return int{kDone};
  }

 private:
  Status check_arguments() {
    const std::optional<int> days = days_of(x_horizon);
    if (!days) {
      return fail(
          ErrorCode::kUsage,
          {fmt::format("'{}' is no time like 90d, 12w or 3m, of at most 730 days", x_horizon),
           fmt::format("“{}”不是 90d、12w、3m 这样的时长（至多 730 天）", x_horizon)});
    }
    if (x_limit < 0 || (x_folds != 0 && (x_folds < 2 || x_folds > 20))) {
      return fail(ErrorCode::kUsage, {"--limit is 0 or more and --folds 2 to 20",
                                      "--limit 应不小于 0，--folds 为 2 到 20"});
    }
    if (x_table.file.empty() != x_table.label.empty()) {
      return fail(ErrorCode::kUsage,
                  {"--table and --label go together", "--table 和 --label 须一起给出"});
    }
    const bool of_table = !x_table.file.empty();
    if (of_table &&
        (!x_acts.files.empty() || !x_acts.database.path.empty() || !x_asked.leavers.empty())) {
      return fail(ErrorCode::kUsage, {"--table stands alone: no files, no --db, no --left",
                                      "--table 须单独使用，不能同时给出文件、--db 或 --left"});
    }
    x_asked.horizon_days = *days;
    x_asked.words = x_words == "on";
    x_asked.link =
        x_link == "logit" ? behaviour::Link::kLogit : behaviour::Link::kComplementaryLogLog;
    if (x_folds != 0) x_asked.folds = std::size_t(x_folds);
    x_asked.limit = std::size_t(x_limit);
    return {};
  }

  Result<report::ChurnShown> of_acts(const Context& context, const evidence::Permit& permit) {
    const Result<Acts> acts = x_acts.open(context);
    if (!acts) return acts.failure();
    if (x_asked.words && acts->analysed() && x_use.given()) {
      std::vector<std::string_view> constructs;
      for (const profile::WordSignal& signal : profile::kWordSignals) {
        if (constructs.empty() || constructs.back() != signal.construct) {
          constructs.push_back(signal.construct);
        }
      }
      tell_withheld(context, permit.use(), permit.withheld(constructs));
    }
    return study_acts(context, *acts, permit, x_asked);
  }

  ActsArgument x_acts;
  LabelledTable x_table;
  ChurnAsked x_asked;
  std::string x_horizon = "90d";
  std::string x_words = "on";
  std::string x_link = "logit";
  int x_folds = 0;  // 0: the usual
  int x_limit = 20;
  UseArgument x_use;
  bool x_json = false;
};

}  // namespace

const Entry& churn() {
  static const Entry entry{
      .name = "churn",
      .summary = {"say who will leave, how sure that is, and why",
                  "预计谁会离开、有多大把握、为什么"},
      .details =
          {"A hazard in discrete time is fitted to what customers did before and what came of it, "
           "tested on customers\nand days that it did not learn from, and calibrated on them. "
           "Three "
           "ways to say who left:\n"
           "  orders           leaving is no order within --horizon (a shop)\n"
           "  --left FILE      contracts that ended, one row a customer with its day\n"
           "  --table FILE     one row a customer, with a column that says who left\n"
           "With a company's file, what customers said counts too (--words), as of each day looked "
           "from.\nAUC: how often a leaver has the higher risk of two. Calibration: whether 30% "
           "means 30 in 100.\nGain: how many leavers are reached by calling those at most risk. "
           "Reasons are parts of the log odds,\nagainst the average customer: +0.7 doubles the "
           "odds. They go with leaving; they need not cause it.\n\nExamples:\n"
           "  xinjing churn orders.csv --horizon 3m\n"
           "  xinjing churn --table telco.csv --label Churn\n"
           "  xinjing churn --db company.duckdb --left contracts_ended.csv",
           "按客户以前做了什么、后来怎样，拟合离散时间风险模型；用没学过的客户和日子检验并校准。"
           "谁算离开，有三种说法：\n"
           "  订单             --horizon 之内不再下单（商家）\n"
           "  --left 文件      合同终止名单，每位客户一行，写明日期\n"
           "  --table 文件     每位客户一行，有一列写明谁已离开\n"
           "用公司的数据文件时，客户说过的话也算（--words），只算到回看的那一天。\n"
           "AUC：一走一留两人中，走的那位风险更高的机会。校准：说 30% 的是否 100 人里走 30 人。\n"
           "增益：先联系风险最高的人能赶上多少要走的人。原因是对数几率中的份额，与一般客户相比："
           "+0.7 即几率翻倍。\n它们与离开相伴，未必是起因。\n\n示例：\n"
           "  xinjing churn orders.csv --horizon 3m\n"
           "  xinjing churn --table telco.csv --label Churn\n"
           "  xinjing churn --db company.duckdb --left contracts_ended.csv"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Churn>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
