#include <fstream>

#include "base/file.h"
#include "behaviour/journey_table.h"
#include "cli/acts.h"
#include "cli/use_argument.h"
#include "insight/journey_feeling_table.h"
#include "report/event_log_writer.h"
#include "report/journey_report.h"

namespace xinjing::cli::catalog {
namespace {

namespace fs = std::filesystem;
using behaviour::JourneyFilter;

constexpr std::int64_t kDay = 86'400'000;
constexpr std::string_view kRead[] = {"satisfaction", "emotion", "expectation"};

/// What is asked beyond the rows themselves.
struct Wanted {
  std::string ideal, change, from, to, channel, with, xes, csv;
  int variants = 5, limit = 10, hours = 24;
  bool raw = false, json = false;
};

/// A step as it is exported.
report::LoggedStep logged(const behaviour::TouchpointRow& row) {
  return {.id = std::string(row.id),
          .case_id = std::string(row.case_id),
          .customer = std::string(row.customer),
          .channel = std::string(row.channel),
          .activity = std::string(row.activity),
          .resource = std::string(row.resource),
          .status = std::string(row.status),
          .started = row.started,
          .ended = row.ended};
}

/// Writes a file piece by piece; a failure to write is told by close().
class Pieces {
 public:
  explicit Pieces(const std::string& path) : x_path(path), x_file(path, std::ios::binary) {}

  std::string text;  // what is to be written next

  void write_if_large() {
    constexpr std::size_t kLarge = 1U << 20;
    if (text.size() >= kLarge) write();
  }
  Status close() {
    write();
    x_file.close();
    if (x_file) return {};
    return fail(ErrorCode::kIo, {"the file cannot be written", "文件无法写入"}, x_path);
  }

 private:
  void write() {
    x_file.write(text.data(), std::streamsize(text.size()));
    text.clear();
  }
  std::string x_path;
  std::ofstream x_file;
};

Status write_xes(const Acts& acts, const JourneyFilter& filter, const std::string& path) {
  Pieces file(path);
  report::XesWriter writer(file.text, acts.database.zone_minutes());
  writer.begin();
  const Status read = behaviour::each_touchpoint(acts.connection(), filter, [&](const auto& row) {
    writer.add(logged(row));
    file.write_if_large();
    return Status{};
  });
  if (!read) return read;
  writer.end();
  return file.close();
}

Status write_csv(const Acts& acts, const JourneyFilter& filter, const std::string& path, bool raw) {
  Pieces file(path);
  file.text = report::csv_header();
  Status read = behaviour::each_touchpoint(acts.connection(), filter, [&](const auto& row) {
    file.text += report::csv_row(logged(row), acts.database.zone_minutes(), raw);
    file.write_if_large();
    return Status{};
  });
  return read ? file.close() : read;
}

Result<JourneyFilter> filter_of(const Wanted& wanted, int zone) {
  JourneyFilter out;
  out.channel = wanted.channel;
  out.activity = wanted.with;
  if (!wanted.from.empty()) {
    const Result<Day> day = day_argument(wanted.from);
    if (!day) return day.failure();
    out.from = instant_at(*day, 0, zone);
  }
  if (!wanted.to.empty()) {
    const Result<Day> day = day_argument(wanted.to);
    if (!day) return day.failure();
    out.before = instant_at({day->number + 1}, 0, zone);
  }
  out.range.last = {now().millis + kDay};
  return out;
}

Result<std::vector<behaviour::IdealStep>> ideal_of(const std::string& text,
                                                   const behaviour::EventLog& log) {
  std::error_code ignored;
  if (!fs::is_regular_file(text, ignored)) return behaviour::parse_ideal(text, log);
  constexpr std::uint64_t kMost = 1U << 20;
  const Result<std::string> file = read_file(text, kMost);
  if (!file) return file.failure();
  return behaviour::parse_ideal(*file + "\n", log);
}

Status compare(const Wanted& wanted, report::JourneyReport& report) {
  auto ideal = ideal_of(wanted.ideal, report.log);
  if (!ideal) return ideal.failure();
  report.ideal = std::move(*ideal);
  report.conformance = behaviour::conform(report.log, report.journey, report.ideal);
  if (report.conformance->missing.size() < report.ideal.size()) return {};
  std::string names;
  const auto known = report.log.activity_names();
  for (std::size_t i = 0; i < std::min<std::size_t>(known.size(), 20); ++i) {
    names += (i == 0 ? "" : ", ") + known[i];
  }
  return fail(ErrorCode::kUsage,
              {fmt::format("no step of the ideal path is in the rows; their steps are: {}", names),
               fmt::format("理想路径中的步骤一个也没有出现；数据中的步骤有：{}", names)});
}

Status simulate(const Wanted& wanted, report::JourneyReport& report) {
  const auto changes = behaviour::parse_changes(wanted.change, report.log);
  if (!changes) return changes.failure();
  report.change = wanted.change;
  report.what_if = behaviour::what_if(report.log, *changes);
  if (report.what_if->touched >= behaviour::kFewestTouched) return {};
  return fail(ErrorCode::kBadInput,
              {fmt::format("'{}' touches {} cases; {} are needed to say what would change",
                           wanted.change, report.what_if->touched, behaviour::kFewestTouched),
               fmt::format("“{}”只涉及 {} 个案例；至少要 {} 个才能说会有什么变化", wanted.change,
                           report.what_if->touched, behaviour::kFewestTouched)});
}

Failure too_few(const behaviour::JourneyRows& rows) {
  const std::size_t cases = rows.log.cases();
  return fail(
      ErrorCode::kBadInput,
      {fmt::format("a journey needs at least one case of two steps; the rows asked for are {}, "
                   "with {} cases and {} usable steps",
                   rows.rows, cases, rows.log.steps()),
       fmt::format("旅程至少要有一个两步的案例；所问的行有 {} 行，其中案例 {} 个、可用的步骤 {} 个",
                   rows.rows, cases, rows.log.steps())});
}

class JourneyCommand final : public Command {
 public:
  void declare(Arguments& arguments) override;
  Result<int> run(const Context& context) override;

 private:
  Status check() const;
  Status join_words(const Context& context, const Acts& acts, const JourneyFilter& filter,
                    report::JourneyReport& report) const;
  Status write_files(const Acts& acts, const JourneyFilter& filter) const;

  ActsArgument x_acts;
  UseArgument x_use;
  Wanted x_wanted;
};

void JourneyCommand::declare(Arguments& arguments) {
  x_acts.declare(arguments);
  const auto add = [&arguments](const char* name, Field field, Said help) {
    arguments.add({.name = name, .field = field, .help = std::move(help)});
  };
  add("--ideal", &x_wanted.ideal,
      {"the path as it should be: 'register>wait>serve>pay', or a file with a step a line; ? "
       "behind "
       "a step: may be left out, +: may be repeated",
       "理想路径：'取号>等候>受理>评价'，或每行一步的文件；步骤后加 ? 表示可省，加 + 表示可重复"});
  add("--what-if", &x_wanted.change,
      {"times that change: FROM:TO=0.5 the wait between, *:TO=0.5 every wait before, STEP=0.8 the "
       "step itself; several with commas",
       "改变时长：前:后=0.5 两步之间的等待，*:后=0.5 "
       "此步之前的一切等待，步骤=0.8 此步自身；多个用逗号隔开"});
  add("--variants", &x_wanted.variants,
      {"how many ways through are listed; 0 is all", "列出几种走法；0 表示全部"});
  add("--limit", &x_wanted.limit,
      {"rows in each other list; 0 is all", "其他各表最多列几行；0 表示全部"});
  add("--from", &x_wanted.from,
      {"cases that began on this day or later: 2026-03-01", "只看这一天或之后开始的案例"});
  add("--to", &x_wanted.to,
      {"cases that began on this day or before", "只看这一天或之前开始的案例"});
  add("--channel", &x_wanted.channel,
      {"cases with a step of this channel", "只看有此渠道步骤的案例"});
  add("--with", &x_wanted.with,
      {"cases that have this step: one kind of journey among several",
       "只看有此步骤的案例：多种旅程混在一起时取其一种"});
  add("--hours", &x_wanted.hours,
      {"hours after a step in which words still count for it",
       "步骤结束后多少小时内的话算作对它说的"});
  x_use.declare(arguments);
  add("--xes", &x_wanted.xes,
      {"also write the cases as an event log (XES)", "另把这些案例写成事件日志（XES）"});
  add("--csv", &x_wanted.csv, {"also write the cases as CSV", "另把这些案例写成 CSV"});
  add("--raw", &x_wanted.raw,
      {"in CSV, no apostrophe before texts that a spreadsheet would take for formulas",
       "CSV 中不给会被表格软件当作公式的文本加撇号"});
  add("--json", &x_wanted.json, {"one JSON object a line", "每行输出一个 JSON 对象"});
}

Status JourneyCommand::check() const {
  constexpr int kYear = 8784;
  if (x_wanted.variants < 0 || x_wanted.limit < 0) {
    return fail(ErrorCode::kUsage,
                {"--variants and --limit are 0 or more", "--variants 和 --limit 应不小于 0"});
  }
  if (x_wanted.hours < 0 || x_wanted.hours > kYear) {
    return fail(ErrorCode::kUsage,
                {"--hours is 0 to 8784, a year", "--hours 应为 0 到 8784（一年）"});
  }
  return {};
}

Status JourneyCommand::join_words(const Context& context, const Acts& acts,
                                  const JourneyFilter& filter,
                                  report::JourneyReport& report) const {
  const Result<evidence::Use> use = x_use.use();
  if (!use) return use.failure();
  if (!acts.analysed()) return {};
  const Result<evidence::Catalogue> cards = load_catalogue(context.home);
  if (!cards) return cards.failure();
  const evidence::Permit permit(*cards, *use);
  if (!permit.allows_all({"satisfaction", "emotion", "expectation"})) {
    tell_withheld(context, *use, permit.withheld(kRead));
    return {};
  }
  auto readings = insight::load_step_readings(acts.connection(), filter, x_wanted.hours);
  if (!readings) return readings.failure();
  report.feeling_hours = x_wanted.hours;
  report.feelings = insight::step_feelings(std::move(*readings));
  return {};
}

Status JourneyCommand::write_files(const Acts& acts, const JourneyFilter& filter) const {
  Status done;
  if (!x_wanted.xes.empty()) done = write_xes(acts, filter, x_wanted.xes);
  if (done && !x_wanted.csv.empty()) done = write_csv(acts, filter, x_wanted.csv, x_wanted.raw);
  return done;
}

Result<int> JourneyCommand::run(const Context& context) {
  if (Status sound = check(); !sound) return sound.failure();
  const Result<Acts> acts = x_acts.open(context);
  if (!acts) return acts.failure();
  const int zone = acts->database.zone_minutes();
  const Result<JourneyFilter> filter = filter_of(x_wanted, zone);
  if (!filter) return filter.failure();
  auto rows = behaviour::load_journey(acts->connection(), *filter);
  if (!rows) return rows.failure();
  if (rows->log.steps() == rows->log.cases()) return too_few(*rows);
  report::JourneyReport report{.log = std::move(rows->log),
                               .journey = {},
                               .rows = rows->rows,
                               .scheduling = rows->scheduling,
                               .zone_minutes = zone};
  report.journey = behaviour::describe(report.log);
  Status done;
  if (!x_wanted.ideal.empty()) done = compare(x_wanted, report);
  if (done && !x_wanted.change.empty()) done = simulate(x_wanted, report);
  if (done) done = join_words(context, *acts, *filter, report);
  if (done) done = write_files(*acts, *filter);
  if (!done) return done.failure();
  const report::JourneyShown shown{.rows = std::size_t(x_wanted.limit),
                                   .variants = std::size_t(x_wanted.variants),
                                   .lang = context.lang};
  if (x_wanted.json) {
    fmt::print(context.out, "{}", report::journey_json(report, shown));
  } else {
    context.print("{}", report::journey_text(report, shown));
  }
  return int{kDone};
}

}  // namespace

const Entry& journey() {
  static const Entry entry{
      .name = "journey",
      .summary = {"the steps that cases go through: waits, rework, drop-off, against a path",
                  "案例经过的步骤：等待、重复、流失，与理想路径相比"},
      .details =
          {"A case is a visit, a complaint, an order: rows of touchpoints with a case, a step, a "
           "start, perhaps an end and who did it; or an event log in XES. Shows which step follows "
           "which and where time goes, what is done again, where cases end, the usual ways "
           "through, and who hands over to whom. --ideal compares with the path as it should be; "
           "--what-if plays every case again with other times. In a company's file, what people "
           "say during a step is joined to it: where satisfaction falls.\n"
           "Rows with times that cannot be, ends before starts, cases of one step are counted and "
           "told (lines with !). Method: docs/methods/journey.md.\n\nExamples:\n"
           "  xinjing journey touchpoints.csv\n  xinjing journey log.xes.gz --variants 20\n"
           "  xinjing journey --db company.duckdb --ideal 'register>wait>serve>pay'\n"
           "  xinjing journey touchpoints.csv --what-if '*:serve=0.5'\n"
           "  xinjing journey --from 2026-01-01 --channel hall --xes hall.xes",
           "案例是一次到访、一件投诉、一张订单：触点表里有案例号、步骤、开始，可有结束和经办人；也"
           "可"
           "以是 XES 事件日志。看哪一步接着哪一步、时间耗在哪里、什么在重复、案例止于何处、常见的"
           "走法、谁转给谁。--ideal 与理想路径相比；--what-if 改变某些时长，把每个案例重放一遍。"
           "在公司的数据文件中，还把客户在步骤中或其后说的话接到步骤上：满意在哪里下降。\n"
           "时间不可能、结束早于开始、只有一步的案例等，都计数并说明（以 ! "
           "开头的行）。方法见 docs/methods/journey.md。\n\n示例：\n"
           "  xinjing journey touchpoints.csv\n  xinjing journey log.xes.gz --variants 20\n"
           "  xinjing journey --db company.duckdb --ideal '取号>等候>受理>评价'\n"
           "  xinjing journey touchpoints.csv --what-if '*:受理=0.5'\n"
           "  xinjing journey --from 2026-01-01 --channel 营业厅 --xes hall.xes"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<JourneyCommand>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
