#include "base/file.h"
#include "cli/acts.h"
#include "report/usage_text.h"

namespace xinjing::cli::catalog {
namespace {

namespace fs = std::filesystem;
using behaviour::TariffBook;

/// Load curves, habits, changes, unusual use and tariff plans from meter readings.
class Usage final : public Command {
 public:
  void declare(Arguments& arguments) override {
    x_acts.declare(arguments);
    arguments.add({.name = "--customer",
                   .field = &x_customer,
                   .help = {"one customer's meters in full", "只看这位客户，列全"}});
    arguments.add(
        {.name = "--plans",
         .field = &x_plans,
         .help = {"tariff plans to compare (TOML; default: plays/tariffs.toml, which is "
                  "fictional); none: no comparison",
                  "要比较的资费方案（TOML；默认 plays/tariffs.toml，其中数字是虚构的）；none "
                  "表示不比较"}});
    arguments.add({.name = "--present",
                   .field = &x_present,
                   .help = {"id of the plan of whoever has none in the rows",
                            "行里没有写明方案的客户现在用哪个方案（id）"}});
    arguments.add({.name = "--readings",
                   .field = &x_readings,
                   .help = {"what the numbers are: consumption or register (default: by how often "
                            "they fall)",
                            "数值是 consumption（各期用量）还是 "
                            "register（表底示数）；默认按下降的多少判断"},
                   .choices = {"consumption", "register"}});
    arguments.add({.name = "--stamp",
                   .field = &x_stamp,
                   .help = {"whether a time names the start or the end of its interval (default: "
                            "start; of readings over a day apart always the end)",
                            "时间是所记区间的 start（开头，默认）还是 "
                            "end（结尾）；间隔超过一天的总按结尾"},
                   .choices = {"start", "end"}});
    arguments.add({.name = "--habits",
                   .field = &x_habits,
                   .help = {"how many habits, 1 to 20; 0: the number with the highest silhouette",
                            "分成几种习惯，1 到 20；0 表示取轮廓系数最高的"}});
    arguments.add({.name = "--days",
                   .field = &x_days,
                   .help = {"list unusual periods that began within so many days (default 62)",
                            "列出多少天之内开始的异常用电（默认 62）"}});
    arguments.add(
        {.name = "--as-of",
         .field = &x_as_of,
         .help = {"the day to look from, 2026-03-05 (default: the last day with readings)",
                  "从哪一天看，如 2026-03-05（默认：有读数的最后一天）"}});
    arguments.add({.name = "--limit",
                   .field = &x_limit,
                   .help = {"lines of each list; 0 is all", "每个清单最多列几行；0 表示全部"}});
    arguments.add({.name = "--json",
                   .field = &x_json,
                   .help = {"one JSON object a line", "每行输出一个 JSON 对象"}});
  }

  Result<int> run(const Context& context) override {
    behaviour::UsageOptions options;
    if (Status right = check(options); !right) return right.failure();
    std::optional<TariffBook> book;
    if (Status read = read_plans(context, book); !read) return read.failure();
    options.study.tariffs = book ? &*book : nullptr;
    options.study.present = x_present;
    if (book && !x_present.empty() && book->find(x_present) == nullptr) {
      return fail(ErrorCode::kUsage, {fmt::format("'{}' is none of the plans", x_present),
                                      fmt::format("方案里没有“{}”", x_present)});
    }
    Result<Acts> acts = x_acts.open(context);
    if (!acts) return acts.failure();
    std::int64_t person = -1;
    if (!x_customer.empty()) {
      const Result<std::int64_t> found = find_person(acts->database, x_customer);
      if (!found) return found.failure();
      person = *found;
    }
    const auto rows =
        behaviour::load_usage(acts->connection(), acts->database.zone_minutes(), options);
    if (!rows) return rows.failure();
    return print(context, *rows, person, book ? book->currency : "");
  }

 private:
  Status check(behaviour::UsageOptions& options) const {
    if (x_limit < 0 || x_days < 1) {
      return fail(ErrorCode::kUsage, {"--limit is 0 or more and --days at least 1",
                                      "--limit 应不小于 0，--days 至少为 1"});
    }
    if (x_habits < 0 || x_habits > 20) {
      return fail(ErrorCode::kUsage, {"--habits is 0 to 20", "--habits 为 0 到 20"});
    }
    if (!x_as_of.empty()) {
      const Result<Day> day = day_argument(x_as_of);
      if (!day) return day.failure();
      options.as_of = *day;
    }
    if (!x_readings.empty()) {
      options.mode = x_readings == "register" ? behaviour::ReadingMode::kRegister
                                              : behaviour::ReadingMode::kConsumption;
    }
    if (x_stamp == "end") options.stamp = behaviour::ReadingStamp::kEnd;
    options.study.habits = std::size_t(x_habits);
    options.unusual_days = x_days;
    return {};
  }

  Status read_plans(const Context& context, std::optional<TariffBook>& book) const {
    if (x_plans == "none") return {};
    const fs::path path =
        x_plans.empty() ? context.home / "plays" / "tariffs.toml" : fs::path(x_plans);
    const Result<std::string> text = read_file(path);
    if (!text) return text.failure();
    Result<TariffBook> read = TariffBook::parse(*text, path.string());
    if (!read) return read.failure();
    book = std::move(*read);
    return {};
  }

  Result<int> print(const Context& context, const behaviour::UsageRows& rows, std::int64_t person,
                    const std::string& currency) const {
    const report::UsageTextOptions how{.lang = context.lang,
                                       .limit = std::size_t(x_limit),
                                       .currency = currency,
                                       .plans = x_plans != "none"};
    const auto& meters = rows.study.meters;
    if (person >= 0 &&
        std::ranges::none_of(meters, [&](const auto& meter) { return meter.person == person; })) {
      return fail(
          ErrorCode::kBadInput,
          {fmt::format("no reading of '{}' can be used; three of a meter are needed", x_customer),
           fmt::format("“{}”没有可用的读数；每块表至少需要三个", x_customer)});
    }
    if (x_json) {
      fmt::print(context.out, "{}", report::usage_json(rows, person, how));
    } else {
      context.print("{}", person < 0 ? report::usage_text(rows, how)
                                     : report::usage_of_person(rows, person, how));
      if (x_plans.empty()) {
        context.print("\n{}\n",
                      context.say({"The plans are the fictional ones of plays/tariffs.toml; give "
                                   "yours with --plans.",
                                   "方案取自 plays/tariffs.toml，数字是虚构的；请用 --plans "
                                   "给出本公司的方案。"}));
      }
    }
    const bool nothing =
        std::ranges::none_of(meters, [](const auto& meter) { return meter.features.enough(); });
    return nothing ? int{kBadInputError} : int{kDone};
  }

  ActsArgument x_acts;
  std::string x_customer;
  std::string x_plans;
  std::string x_present;
  std::string x_readings;
  std::string x_stamp;
  std::string x_as_of;
  int x_habits = 0;
  int x_days = 62;
  int x_limit = 10;
  bool x_json = false;
};

}  // namespace

const Entry& usage() {
  static const Entry entry{
      .name = "usage",
      .summary = {"load curves, habits, unusual use and the best tariff plan from meter readings",
                  "由电表读数看负荷曲线、用电习惯、异常用电和最省的资费方案"},
      .details =
          {"Readings come from the table usage of a company's file, or from FILE: one row a "
           "reading, with customer,\ntime and number (docs/files.md); the use of each interval, or "
           "standings of the meter, which is told by how\noften they fall. Half-hourly readings "
           "tell hours, habits and all plans; monthly ones tell seasons, changes,\nunusual bills "
           "and plans without hours. Every reading is used or counted as left out, with the "
           "reason.\n\nFar more than usual: a period outside the 90 % interval of the meter's own "
           "past, in the season of all meters,\nat least 1.5 times and 30 kWh a month more. A plan "
           "is cheaper only where the 95 % interval of what it saves\nlies above 0, and only if "
           "people go on as before. A plan is computed from consumption alone; nothing that "
           "is\ninferred about a person enters it.\n\nExamples:\n"
           "  xinjing usage --db company.duckdb\n"
           "  xinjing usage half_hourly.csv --plans plans.toml --habits 4\n"
           "  xinjing usage --customer C1001 --as-of 2026-03-31\n"
           "  xinjing usage --json | jq 'select(.row == \"unusual\")'",
           "读数取自公司数据文件的用量表，或 FILE：每行一个读数，有客户、时间、数值（docs/"
           "files."
           "md）；数值是各期用量或表底示数，\n按下降的多少判断。半小时读数能看出时段、习惯，各种"
           "方案都能比；按月读数能看出季节、变化、异常账单，以及不分时段的\n方案。每个读数要么采用"
           "，"
           "要么计入未采用并写明原因。\n\n“远高于平常”：超出该表自身过去的 90% "
           "区间（已按全部表去掉季节），且至少 1.5 倍、每月多 30 千瓦时。只有省下的钱\n95% "
           "区间都高于 0 "
           "的方案才说更省，且以用电习惯不变为前提。方案只按用电量计算，不用任何对人的推断。\n\n示"
           "例：\n"
           "  xinjing usage --db company.duckdb\n"
           "  xinjing usage half_hourly.csv --plans plans.toml --habits 4\n"
           "  xinjing usage --customer C1001 --as-of 2026-03-31\n"
           "  xinjing usage --json | jq 'select(.row == \"unusual\")'"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Usage>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
