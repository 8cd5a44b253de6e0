#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "base/json_writer.h"
#include "behaviour/line_table.h"
#include "cli/acts.h"
#include "cli/company.h"
#include "cli/use_argument.h"
#include "profile/said_did_table.h"
#include "report/portrait_text.h"
#include "report/preference_text.h"
#include "report/said_did_json.h"

namespace xinjing::cli::catalog {
namespace {

using behaviour::Measure;
using behaviour::Preference;

// What a customer's measures tell of: who may not know these may not see them.
constexpr std::string_view kTellOf[] = {"preference", "driver"};

/// What customers prefer by what they bought, and where their words say otherwise.
class PreferenceCommand final : public Command {
 public:
  void declare(Arguments& arguments) override {
    x_rows.declare(arguments);
    arguments.add({.name = "--customer",
                   .field = &x_customer,
                   .help = {"one customer (an id that is no file may also stand by itself)",
                            "只看一位客户（不是文件的编号也可以直接写）"}});
    arguments.add({.name = "--gaps",
                   .field = &x_gaps,
                   .help = {"instead: whose words and acts part, the most probable first",
                            "改为列出说的与做的不一致的客户，最可能的在前"}});
    arguments.add({.name = "--as-of",
                   .field = &x_as_of,
                   .help = {"the day to look from, 2026-03-05 (default: the last day with data)",
                            "从哪一天看，如 2026-03-05（默认：有数据的最后一天）"}});
    arguments.add({.name = "--limit",
                   .field = &x_limit,
                   .help = {"with --gaps, how many; 0 is all", "--gaps 最多列几位；0 表示全部"}});
    x_use.declare(arguments);
    arguments.add({.name = "--json",
                   .field = &x_json,
                   .help = {"one JSON object a line", "每行输出一个 JSON 对象"}});
  }

  Result<int> run(const Context& context) override {
    if (x_limit < 0) {
      return fail(ErrorCode::kUsage, {"--limit is 0 or more", "--limit 应不小于 0"});
    }
    const Result<evidence::Use> use = x_use.use();
    if (!use) return use.failure();
    if (Status taken = take_customer(); !taken) return taken.failure();
    const Result<evidence::Catalogue> cards = load_catalogue(context.home);
    if (!cards) return cards.failure();
    const evidence::Permit permit(*cards, *use);
    if (x_gaps) return gaps(context, *cards, permit);
    if (Status left = permit.leaves_any(kTellOf); !left) return left.failure();
    Result<Acts> acts = x_rows.open(context);
    if (!acts) return acts.failure();
    const Result<Day> as_of = as_of_day(acts->connection(), x_as_of);
    if (!as_of) return as_of.failure();
    if (Status some = has_orders(*acts); !some) return some.failure();
    if (Status told = tell_odd(context, *acts, *as_of); !told) return told.failure();
    return x_customer.empty() ? everybody(context, *acts, *as_of) : one(context, *acts, *as_of);
  }

 private:
  /// Words that are no file name the customer.
  Status take_customer() {
    std::vector<std::string> files;
    for (const std::string& word : x_rows.files) {
      std::error_code ignored;
      if (std::filesystem::exists(word, ignored)) {
        files.push_back(word);
      } else if (x_customer.empty()) {
        x_customer = word;
      } else {
        return fail(ErrorCode::kNotFound, {"there is no such file", "没有这个文件"}, word);
      }
    }
    x_rows.files = std::move(files);
    return {};
  }

  static Status has_orders(const Acts& acts) {
    const auto n = acts.connection().integer("SELECT COUNT(*) FROM orders WHERE subject_no > 0");
    if (!n) return n.failure();
    if (*n > 0) return {};
    return fail(ErrorCode::kBadInput,
                {fmt::format("preferences need orders; there are 0, and {} of one customer are the "
                             "least that say anything",
                             behaviour::least_of(Measure::kDiscountShare)),
                 fmt::format("偏好要看订单：现有 0 笔，一位客户至少要有 {} 笔才能说什么",
                             behaviour::least_of(Measure::kDiscountShare))});
  }

  /// What is left out, or read otherwise than it stands, one line each.
  static Status tell_odd(const Context& context, const Acts& acts, Day as_of) {
    const Result<behaviour::OddLines> odd = behaviour::odd_lines(acts.connection(), as_of);
    if (!odd) return odd.failure();
    const auto tell = [&](std::int64_t n, std::string_view en, std::string_view zh) {
      if (n == 0) return;
      fmt::print(context.err, "{}\n",
                 context.say({fmt::format(fmt::runtime(en), n), fmt::format(fmt::runtime(zh), n)}));
    };
    tell(odd->discounts,
         "{} orders have a discount of the other sign than most; they count as without one",
         "{} 笔订单的优惠正负与多数相反，按没有优惠算");
    tell(odd->cancelled, "{} rows of orders were cancelled by their status and are left out",
         "{} 行订单按状态已取消，未计入");
    tell(odd->nobody, "{} rows of orders name no customer and are left out",
         "{} 行订单没有客户，未计入");
    tell(odd->later,
         "{} rows of orders lie after the day of looking (errors of a clock, if far after all "
         "others) and are left out",
         "{} 行订单晚于截止日（若远远晚于其余订单，视为时钟错误），未计入");
    return {};
  }

  Result<int> one(const Context& context, const Acts& acts, Day as_of) const {
    const Result<std::int64_t> person = find_person(acts.database, x_customer);
    if (!person) return person.failure();
    auto table = behaviour::LineTable::open(acts.connection(), {.person = *person, .until = as_of});
    if (!table) return table.failure();
    std::vector<Preference> found;
    Status read = table->each([&](std::int64_t /*who*/, std::span<const behaviour::Line> lines) {
      found = behaviour::preferences_of(lines, table->usual());
    });
    if (!read) return read.failure();
    if (found.empty()) {
      return fail(ErrorCode::kBadInput, {"this customer has 0 orders; 5 are needed",
                                         "这位客户有 0 笔订单，至少需要 5 笔"});
    }
    if (x_json) {
      context.print("{}\n", report::preferences_json(x_customer, found, table->names(), as_of));
    } else {
      context.print(
          "{}", report::preferences_text(x_customer, found, table->names(), as_of, context.lang));
    }
    return int{kDone};
  }

  Result<int> everybody(const Context& context, const Acts& acts, Day as_of) const {
    auto table = behaviour::LineTable::open(acts.connection(), {.until = as_of});
    if (!table) return table.failure();
    report::Spread spread;
    Status read = table->each([&](std::int64_t /*who*/, std::span<const behaviour::Line> lines) {
      spread.add(behaviour::preferences_of(lines, table->usual()));
    });
    if (!read) return read.failure();
    if (!spread.any()) {
      return fail(ErrorCode::kBadInput,
                  {fmt::format("of {} customers with orders none has the 5 that are needed",
                               spread.customers()),
                   fmt::format("有订单的 {} 位客户里，没有一位满 5 笔", spread.customers())});
    }
    if (x_json) {
      context.print("{}", report::spread_json(spread, as_of));
    } else {
      context.print("{}", report::spread_text(spread, as_of, context.lang));
    }
    return int{kDone};
  }

  Result<int> gaps(const Context& context, const evidence::Catalogue& cards,
                   const evidence::Permit& permit);
  Result<std::vector<std::int64_t>> people_with_gaps(const DuckConnection& connection,
                                                     const evidence::Permit& permit,
                                                     const evidence::Catalogue& cards) const;

  ActsArgument x_rows;
  std::string x_customer;
  std::string x_as_of;
  UseArgument x_use;
  bool x_gaps = false;
  bool x_json = false;
  int x_limit = 20;
};

/// From the table of the last analysis, or the one person that was asked for.
Result<std::vector<std::int64_t>> PreferenceCommand::people_with_gaps(
    const DuckConnection& connection, const evidence::Permit& permit,
    const evidence::Catalogue& cards) const {
  std::string allowed;
  for (const evidence::Card& card : cards.cards()) {
    if (!permit.allows(card.id)) continue;
    allowed += (allowed.empty() ? "" : ", ") + sql_quoted(card.id);
  }
  std::vector<std::int64_t> out;
  Result<DuckResult> rows = connection.query(fmt::format(
      "SELECT person FROM said_did WHERE construct IN ({}) GROUP BY person "
      "ORDER BY MAX(p) DESC, person {}",
      allowed.empty() ? "''" : allowed, x_limit > 0 ? fmt::format("LIMIT {}", x_limit) : ""));
  if (!rows) return rows.failure();
  Status read = rows->each([&](const DuckRow& row) { out.push_back(row.integer(0)); });
  if (!read) return read.failure();
  return out;
}

Result<int> PreferenceCommand::gaps(const Context& context, const evidence::Catalogue& cards,
                                    const evidence::Permit& permit) {
  if (!x_rows.files.empty()) {
    return fail(ErrorCode::kUsage,
                {"--gaps needs words that were read: give --db of a company that was analysed",
                 "--gaps 需要读过的话：请用 --db 给出分析过的数据文件"});
  }
  const auto rules = load_said_did_rules(context.home, cards);
  if (!rules) return rules.failure();
  std::vector<std::string_view> constructs;
  for (const profile::SaidDidRule& rule : *rules) constructs.push_back(cards[rule.construct].id);
  if (Status left = permit.leaves_any(constructs); !left) return left.failure();
  Result<Acts> acts = x_rows.open(context);
  if (!acts) return acts.failure();
  const DuckConnection& connection = acts->connection();
  const Result<Day> as_of = as_of_day(connection, x_as_of);
  if (!as_of) return as_of.failure();
  Result<std::vector<std::int64_t>> people = std::vector<std::int64_t>{};
  if (x_customer.empty()) {
    people = people_with_gaps(connection, permit, cards);
  } else {
    const Result<std::int64_t> person = find_person(acts->database, x_customer);
    if (!person) return person.failure();
    people = std::vector<std::int64_t>{*person};
  }
  if (!people) return people.failure();
  std::size_t shown = 0;
  for (const std::int64_t person : *people) {
    auto messages = store::PersonMessages::open(connection, person);
    if (!messages) return messages.failure();
    auto found = profile::load_said_did(connection, *messages, *rules, cards, *as_of);
    if (!found) return found.failure();
    std::erase_if(*found, [&](const auto& each) { return !permit.allows_number(each.construct); });
    const Result<std::string> name = customer_name(connection, person);
    if (!name) return name.failure();
    for (const profile::SaidDid& each : *found) {
      ++shown;
      context.print("{}\n", x_json ? report::gap_json(*name, each, cards)
                                   : report::gap_text(*name, each, cards, context.lang));
    }
  }
  if (shown == 0 && !x_json) {
    context.print("{}\n", context.say({"nobody's words and acts part, as far as is known",
                                       "就已知而言，没有人说的与做的不一致"}));
  }
  return int{kDone};
}

}  // namespace

const Entry& preference() {
  static const Entry entry{
      .name = "preference",
      .summary = {"what customers prefer by what they buy, and where words say otherwise",
                  "从购买看客户偏好什么，说的与做的哪里不一致"},
      .details =
          {"Of one customer: price sensitivity, brands, variety, categories, time to decide, "
           "returns and night orders, each with a 95 %\ninterval and how much it rests on; "
           "of all: how each is spread. --gaps lists whose words and acts part.\n"
           "Formulas: docs/methods/preference.md.\n\nExamples:\n"
           "  xinjing preference C1001 --db company.duckdb\n"
           "  xinjing preference orders.csv events.csv\n"
           "  xinjing preference --gaps --db company.duckdb",
           "一位客户：价格敏感、品牌、求变、品类、决定快慢、退货、夜里下单，各带 95% "
           "区间和依据多少；\n全体：各项怎样分布。--gaps 列出说的与做的不一致的客户。\n"
           "公式见 docs/methods/preference.md。\n\n示例：\n"
           "  xinjing preference C1001 --db company.duckdb\n"
           "  xinjing preference orders.csv events.csv\n"
           "  xinjing preference --gaps --db company.duckdb"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<PreferenceCommand>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
