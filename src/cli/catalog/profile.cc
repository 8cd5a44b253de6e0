#include <unistd.h>

#include <algorithm>

#include "cli/company.h"
#include "cli/use_argument.h"
#include "profile/portrait_table.h"
#include "report/portrait_text.h"
#include "report/usage_text.h"

namespace xinjing::cli::catalog {
namespace {

class Profile final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add(
        {.name = "ID",
         .field = &x_id,
         .help = {"customer id, handle, or channel:handle", "客户编号、账号，或 渠道:账号"},
         .required = true});
    x_database.declare(arguments);
    arguments.add(
        {.name = "--json", .field = &x_json, .help = {"as one JSON object", "输出 JSON"}});
    arguments.add({.name = "--as-of",
                   .field = &x_as_of,
                   .help = {"the day to look from, 2026-03-05 (default: the last day with data)",
                            "从哪一天看，如 2026-03-05（默认：有数据的最后一天）"}});
    x_use.declare(arguments);
    arguments.add({.name = "--quotes",
                   .field = &x_quotes,
                   .help = {"quotes per line, 0 to 5", "每行引文数，0 到 5"}});
  }

  Result<int> run(const Context& context) override {
    if (x_quotes < 0 || x_quotes > 5) {
      return fail(ErrorCode::kUsage, {fmt::format("--quotes is 0 to 5, not {}", x_quotes),
                                      fmt::format("--quotes 为 0 到 5，而不是 {}", x_quotes)});
    }
    const Result<evidence::Use> use = x_use.use();
    if (!use) return use.failure();
    Result<Company> company = Company::open(x_database, context);
    if (!company) return company.failure();
    const evidence::Permit permit(company->catalogue(), *use);
    if (Status left = permit.leaves_any(); !left) return left.failure();
    Result<std::int64_t> person = find_person(company->database, x_id);
    if (!person) return person.failure();
    Result<Day> as_of = as_of_day(company->connection(), x_as_of);
    if (!as_of) return as_of.failure();
    auto portrait =
        profile::load_portrait(company->connection(), *person,
                               {company->catalogue(), company->deeds, *as_of, company->said_did});
    if (!portrait) return portrait.failure();
    const bool tell = x_use.given() || withholds_something(*portrait, permit);
    profile::narrow(*portrait, permit);
    const auto meters = behaviour::load_kept_usage(company->connection(), *person, *as_of);
    if (!meters) return meters.failure();
    if (x_json) {
      fmt::print(context.out, "{}\n",
                 report::portrait_json(*portrait, company->catalogue(), context.lang, *meters));
    } else {
      const bool terminal = ::isatty(::fileno(context.out)) == 1;
      fmt::print(context.out, "{}",
                 report::portrait_text(
                     *portrait, company->catalogue(),
                     {.lang = context.lang, .colour = terminal, .quotes = std::size_t(x_quotes)}));
      context.print("{}", report::usage_lines(*meters, context.lang));
      if (tell) tell_withheld(context, *use, portrait->withheld);
    }
    return int{kDone};
  }

 private:
  /// Whether there is evidence in what the use does not leave.
  static bool withholds_something(const profile::Portrait& portrait,
                                  const evidence::Permit& permit) {
    return std::any_of(portrait.lines.begin(), portrait.lines.end(), [&](const auto& line) {
      return !permit.allows_number(line.construct) && line.standing.evidence > 0;
    });
  }

  std::string x_id;
  DatabaseArgument x_database;
  UseArgument x_use;
  bool x_json = false;
  std::string x_as_of;
  int x_quotes = 2;
};

}  // namespace

const Entry& profile() {
  static const Entry entry{
      .name = "profile",
      .summary = {"show a customer's portrait, with its grounds", "查看一位客户的画像及其依据"},
      .details = {"Every line gives a state, its probability, the weight of evidence in nats, and "
                  "the words it "
                  "rests on;\nwhat has too little ground is listed as such.\n\nExamples:\n"
                  "  xinjing profile C1001\n  xinjing profile C1001 --as-of 2026-03-31 --json",
                  "每一行给出状态、概率、依据的分量（奈特）和所依据的原话；依据不足的单独列出。\n\n"
                  "示例：\n"
                  "  xinjing profile C1001\n  xinjing profile C1001 --as-of 2026-03-31 --json"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Profile>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
