#include "base/json_writer.h"
#include "cli/company.h"
#include "cli/use_argument.h"
#include "profile/figure_table.h"
#include "profile/portrait_table.h"
#include "report/explanation.h"
#include "report/followed_text.h"

namespace xinjing::cli::catalog {
namespace {

void write_rows(JsonWriter& json, const std::vector<profile::EvidenceRow>& rows) {
  json.begin_array();
  for (const profile::EvidenceRow& row : rows) {
    json.begin_object()
        .field("state", row.state)
        .field("micro_nats", row.micro_nats)
        .field("n", row.n);
    json.field("day", iso_date(row.quote.day))
        .field("said", iso_date(row.quote.said))
        .field("quote", row.quote.text);
    json.field("channel", row.quote.channel).field("conversation", row.quote.conversation);
    json.field("message", row.message_id).field("turn", row.turn);
    json.field("source", row.quote.source).field("card", row.card);
    if (!row.figure.en.empty()) {
      json.key("figure").begin_object();
      json.field("zh", row.figure.zh).field("en", row.figure.en).end_object();
    }
    if (!row.quote.act.empty()) {
      json.field("act", row.quote.act).field("table", row.quote.table).field("row", row.quote.row);
      json.key("record").begin_object();
      json.field("zh", row.quote.record.zh).field("en", row.quote.record.en).end_object();
    }
    json.end_object();
  }
  json.end_array();
}

class Explain final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add(
        {.name = "ID",
         .field = &x_id,
         .help = {"customer id, handle, or channel:handle", "客户编号、账号，或 渠道:账号"},
         .required = true});
    arguments.add(
        {.name = "CONSTRUCT",
         .field = &x_construct,
         .help = {"id of a construct: need, motive, bond, …", "构念 id：need、motive、bond 等"},
         .required = true});
    x_database.declare(arguments);
    arguments.add({.name = "--as-of",
                   .field = &x_as_of,
                   .help = {"the day to look from, 2026-03-05", "从哪一天看，如 2026-03-05"}});
    x_use.declare(arguments);
    arguments.add({.name = "--json",
                   .field = &x_json,
                   .help = {"the evidence rows as JSON", "以 JSON 输出依据"}});
  }

  Result<int> run(const Context& context) override {
    const Result<evidence::Use> use = x_use.use();
    if (!use) return use.failure();
    Result<Company> company = Company::open(x_database, context);
    if (!company) return company.failure();
    const auto construct = company->catalogue().number(x_construct);
    if (!construct) return unknown_construct();
    if (Status may = evidence::allowed(company->catalogue()[*construct], *use); !may) {
      return may.failure();
    }
    Result<std::int64_t> person = find_person(company->database, x_id);
    if (!person) return person.failure();
    Result<Day> as_of = as_of_day(company->connection(), x_as_of);
    if (!as_of) return as_of.failure();
    auto whole =
        profile::load_profile(company->connection(), *person, company->catalogue(), *as_of);
    if (!whole) return whole.failure();
    auto rows = profile::load_evidence(
        company->connection(),
        {.person = *person, .construct = x_construct, .most = 0, .as_of = *as_of});
    if (!rows) return rows.failure();
    const auto mentions = load_mentions(context.home);
    if (!mentions) return mentions.failure();
    if (Status s = profile::add_figures(company->connection(), *mentions, *rows); !s) {
      return s.failure();
    }
    if (x_json) {
      std::string out;
      JsonWriter json(out);
      write_rows(json, *rows);
      fmt::print(context.out, "{}\n", out);
    } else {
      const auto portrait = profile::read_portrait(*whole, company->catalogue(), *as_of);
      fmt::print(
          context.out, "{}",
          report::explanation_text(portrait.lines[*construct], company->catalogue()[*construct],
                                   *rows, *as_of, context.lang));
      if (x_construct == "expectation") return print_followed(context, *company, *person, *as_of);
    }
    return int{kDone};
  }

 private:
  /// The entries behind the construct, each with what became of it.
  static Result<int> print_followed(const Context& context, const Company& company,
                                    std::int64_t person, Day as_of) {
    const auto portrait = profile::load_portrait(company.connection(), person,
                                                 {.catalogue = company.catalogue(),
                                                  .deeds = company.deeds,
                                                  .as_of = as_of,
                                                  .said_did = company.said_did});
    if (!portrait) return portrait.failure();
    fmt::print(context.out, "{}", report::followed_text(*portrait, context.lang));
    return int{kDone};
  }

  Failure unknown_construct() const {
    return fail(ErrorCode::kUsage,
                {fmt::format("there is no construct '{}'; see xinjing cards list", x_construct),
                 fmt::format("没有构念“{}”；见 xinjing cards list", x_construct)});
  }

  std::string x_id;
  std::string x_construct;
  DatabaseArgument x_database;
  std::string x_as_of;
  UseArgument x_use;
  bool x_json = false;
};

}  // namespace

const Entry& explain() {
  static const Entry entry{
      .name = "explain",
      .summary = {"go from a number back to every quote, act and weight",
                  "从一个数字追溯到每条原话、行为与分量"},
      .details = {"Shows the prior, each piece of evidence with its weight, decay and words, and "
                  "what they add up "
                  "to.\n\nExample: xinjing explain C1001 need",
                  "列出先验、每条依据的分量、衰减和原话，以及合计结果。\n\n示例：xinjing explain "
                  "C1001 need"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Explain>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
