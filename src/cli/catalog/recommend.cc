#include <algorithm>
#include <map>
#include <set>

#include "behaviour/recommendation_table.h"
#include "cli/acts.h"
#include "cli/use_argument.h"
#include "report/recommendation_text.h"
#include "report/terminal_chart.h"

namespace xinjing::cli::catalog {
namespace {

namespace fs = std::filesystem;
using behaviour::Among;
using behaviour::RecommendationRow;
using behaviour::RecommendStudy;

constexpr int kJudged = 10;  // products that count in figures
constexpr std::size_t kBarColumns = 12;
constexpr std::size_t kPeopleAtOnce = 4096;
constexpr evidence::Use kFitting[] = {evidence::Use::kService, evidence::Use::kFollowUp,
                                      evidence::Use::kRecommendation};

/// Recommends products to one customer or all, or says how good that is.
class Recommend final : public Command {
 public:
  void declare(Arguments& arguments) override {
    x_acts.declare(arguments);
    arguments.add({.name = "--top",
                   .field = &x_top,
                   .help = {"products for each customer, 1 to 100", "每位客户推荐几件，1 到 100"}});
    arguments.add(
        {.name = "--exclude-bought",
         .field = &x_exclude,
         .help = {"only products that the customer never bought", "只推荐客户没有买过的商品"}});
    arguments.add({.name = "--level",
                   .field = &x_level,
                   .help = {"what is recommended: product (default) or category",
                            "推荐商品（product，默认）还是类目（category）"},
                   .choices = {"product", "category"}});
    arguments.add({.name = "--window",
                   .field = &x_window,
                   .help = {"days to look ahead, 1 to 366; 0: an eighth of the history, 7 to 60",
                            "往后看几天，1 到 366；0 表示历史长度的八分之一，7 到 60 天"}});
    arguments.add({.name = "--as-of",
                   .field = &x_as_of,
                   .help = {"orders after this day, 2026-03-05, are left out (default: none)",
                            "不看这一天之后的订单，如 2026-03-05（默认全看）"}});
    arguments.add(
        {.name = "--figures",
         .field = &x_figures,
         .help = {"how good each method is, also with --json", "各方法的好坏；可与 --json 同用"}});
    x_use.declare(arguments);
    arguments.add({.name = "--json",
                   .field = &x_json,
                   .help = {"one JSON object a line; without a customer: everybody's products",
                            "每行一个 JSON 对象；不指定客户时列出所有客户的推荐"}});
  }

  Result<int> run(const Context& context) override;

 private:
  Status check();
  Status take_customer();
  Result<std::optional<Day>> last_day() const;
  Result<int> recommend_to(const Context& context, const Acts& acts, const RecommendStudy& study);
  Status recommend_to_all(const Context& context, const Acts& acts, const RecommendStudy& study);
  Status load_drivers(const Context& context, const DuckConnection& connection);
  void print_rows(const Context& context, const std::vector<RecommendationRow>& rows) const;
  void print_ground(const Context& context, const RecommendStudy& study) const;
  Said fit(const RecommendationRow& row) const {
    const auto found = x_drivers.find(row.person);
    return found == x_drivers.end() ? Said{} : report::fit_in_words(row, found->second);
  }
  Among among() const { return x_exclude ? Among::kNew : Among::kAny; }

  ActsArgument x_acts;
  std::string x_customer;
  int x_top = 5;
  bool x_exclude = false;
  std::string x_level = "product";
  int x_window = 0;
  std::string x_as_of;
  bool x_figures = false;
  UseArgument x_use;
  bool x_json = false;
  evidence::Use x_used = evidence::Use::kRecommendation;
  std::map<std::int64_t, std::set<std::string>> x_drivers;  // by person
};

Status Recommend::check() {
  if (x_top < 1 || x_top > 100) {
    return fail(ErrorCode::kUsage, {"--top is 1 to 100", "--top 为 1 到 100"});
  }
  if (x_window < 0 || x_window > 366) {
    return fail(ErrorCode::kUsage, {"--window is 0 to 366", "--window 为 0 到 366"});
  }
  if (x_use.given()) {
    const Result<evidence::Use> use = x_use.use();
    if (!use) return use.failure();
    x_used = *use;
  }
  if (std::ranges::find(kFitting, x_used) == std::end(kFitting)) {
    const Said label = evidence::use_label(x_used);
    return fail(ErrorCode::kRefused,
                {fmt::format("recommendations are for service, follow_up and recommendation, not "
                             "for {}",
                             label.en),
                 fmt::format("推荐只用于服务、回访和推荐，不用于{}", label.zh)});
  }
  return take_customer();
}

/// Of the words on the command line, what is no file is a customer.
Status Recommend::take_customer() {
  std::error_code ignored;
  std::vector<std::string> files;
  for (const std::string& word : x_acts.files) {
    if (fs::exists(word, ignored)) {
      files.push_back(word);
    } else if (x_customer.empty()) {
      x_customer = word;
    } else {
      return fail(ErrorCode::kUsage,
                  {fmt::format("'{}' and '{}' are no files, and there is one customer at most",
                               x_customer, word),
                   fmt::format("“{}”和“{}”都不是文件，而客户最多一位", x_customer, word)});
    }
  }
  x_acts.files = std::move(files);
  return {};
}

Result<std::optional<Day>> Recommend::last_day() const {
  if (x_as_of.empty()) return std::optional<Day>();
  const Result<Day> day = day_argument(x_as_of);
  if (!day) return day.failure();
  return std::optional<Day>(*day);
}

void tell(const Context& context, std::int64_t n, const Said& what) {
  if (n > 0 && !context.quiet) fmt::print(context.err, "  {}\n", context.say(what));
}

/// Says which lines were left out, one line each.
void tell_left_out(const Context& context, const behaviour::CompanyPurchases& company) {
  const auto lines = [&](std::int64_t n, std::string_view en, std::string_view zh) {
    tell(context, n, {fmt::format("{} order lines {}", n, en), fmt::format("{} 行订单{}", n, zh)});
  };
  lines(company.without_customer, "name no customer: left out", "没有客户：未采用");
  lines(company.without_product, "name no product or category: left out", "没有商品或类目：未采用");
  lines(company.cancelled, "were cancelled or paid back, by their status: left out",
        "按状态已取消或退款：未采用");
  lines(company.zero, "have quantity 0: left out", "数量为 0：未采用");
  lines(company.clock, "are on days far from all others (clock errors?): left out",
        "的日期与其他行相差太远（时钟有误？）：未采用");
  lines(company.returns, "are returns: they take back the purchases before them",
        "是退货：抵销此前的购买");
}

/// Says what was cut.
void tell_cut(const Context& context, const RecommendStudy& study) {
  const int most = study.options.recommend.neighbours.products_a_person;
  tell(context, std::int64_t(study.returned_unbought),
       {fmt::format("{:.0f} pieces were brought back whose purchase is not there: nothing to take "
                    "back",
                    study.returned_unbought),
        fmt::format("退回的 {:.0f} 件找不到对应的购买：无可抵销", study.returned_unbought)});
  tell(
      context, study.people_cut,
      {fmt::format("{} customers bought over {} different products: of these the latest count for "
                   "what goes together",
                   study.people_cut, most),
       fmt::format("{} 位客户买过 {} 种以上商品：算“一起买”时只取最近的", study.people_cut, most)});
  tell(context, study.options.recommend.use_factors ? 0 : 1,
       {"over 100,000 customers: the factor model (ALS) is left out",
        "客户超过 10 万：不用隐因子模型（ALS）"});
}

Failure too_few(const RecommendStudy& study) {
  const auto& few = study.trial.few;
  return fail(
      ErrorCode::kBadInput,
      {fmt::format("too few orders to judge recommendations: {} customers bought in the last {} "
                   "days and {} in as many days before, over {} days in all; 30, 30 and {} days "
                   "are needed",
                   few.people_in_test, study.options.recommend.window_days,
                   few.people_in_validation, few.days,
                   std::max(28, 4 * study.options.recommend.window_days)),
       fmt::format("订单太少，无法检验推荐：最近 {1} 天买过东西的客户 {0} 位，再往前 {1} 天 {2} "
                   "位，历史共 {3} 天；需要 30 位、30 位和 {4} 天",
                   few.people_in_test, study.options.recommend.window_days,
                   few.people_in_validation, few.days,
                   std::max(28, 4 * study.options.recommend.window_days))});
}

Status Recommend::load_drivers(const Context& context, const DuckConnection& connection) {
  const Result<evidence::Catalogue> cards = load_catalogue(context.home);
  if (!cards) return cards.failure();
  const evidence::Permit permit(*cards, x_used);
  constexpr std::string_view kRead[] = {"driver"};
  if (!permit.allows("driver")) {
    tell_withheld(context, x_used, permit.withheld(kRead));
    return {};
  }
  Result<DuckResult> rows = connection.query(
      "SELECT person, state FROM portraits WHERE construct = 'driver' AND said AND p >= 0.5");
  if (!rows) return rows.failure();
  return rows->each(
      [&](const DuckRow& row) { x_drivers[row.integer(0)].insert(std::string(row.text(1))); });
}

Result<int> Recommend::run(const Context& context) {
  if (Status right = check(); !right) return right.failure();
  const Result<std::optional<Day>> until = last_day();
  if (!until) return until.failure();
  Result<Acts> acts = x_acts.open(context);
  if (!acts) return acts.failure();
  const auto level = x_level == "category" ? behaviour::ProductLevel::kCategory
                                           : behaviour::ProductLevel::kProduct;
  auto company = behaviour::load_purchases(acts->connection(), level, *until);
  if (!company) return company.failure();
  tell_left_out(context, *company);
  if (std::int32_t(company->products.size()) < behaviour::kFewestProducts ||
      std::int32_t(company->persons.size()) < behaviour::kFewestPeople) {
    return fail(
        ErrorCode::kBadInput,
        {fmt::format("too little to recommend from: {} customers bought {} different products; {} "
                     "and {} are needed",
                     company->persons.size(), company->products.size(), behaviour::kFewestPeople,
                     behaviour::kFewestProducts),
         fmt::format("数据太少，无法推荐：{} 位客户买过 {} 种商品；至少要 {} 位、{} 种",
                     company->persons.size(), company->products.size(), behaviour::kFewestPeople,
                     behaviour::kFewestProducts)});
  }
  const RecommendStudy study = behaviour::study_purchases(std::move(*company), x_window, kJudged);
  tell_cut(context, study);
  if (acts->analysed()) {
    if (Status loaded = load_drivers(context, acts->connection()); !loaded) return loaded.failure();
  }
  if (!x_customer.empty()) return recommend_to(context, *acts, study);
  if (x_json && !x_figures) {
    if (Status told = recommend_to_all(context, *acts, study); !told) return told.failure();
    return int{kDone};
  }
  if (!study.judged()) return too_few(study);
  if (x_json) {
    fmt::print(context.out, "{}", report::trial_json(*study.trial.trial, kJudged));
  } else {
    context.print("{}", report::trial_text(*study.trial.trial, kJudged, context.lang));
    print_ground(context, study);
  }
  return int{kDone};
}

void Recommend::print_ground(const Context& context, const RecommendStudy& study) const {
  if (!study.judged()) {
    context.print("\n{}\n",
                  context.say({"Not judged: too few customers bought lately. The weights are those "
                               "of other companies.",
                               "未经检验：近期买过东西的客户太少；权重取自其他公司的数据。"}));
    return;
  }
  const auto& task = x_exclude ? study.trial.trial->fresh : study.trial.trial->any;
  double popular = 0;
  double chosen = 0;
  for (const auto& one : task.methods) {
    if (one.method == behaviour::Method::kPopular) popular = one.all.ndcg.mean();
    if (one.method == task.chosen) chosen = one.all.ndcg.mean();
  }
  const Said name = report::method_in_words(task.chosen);
  context.print("\n{}\n",
                context.say({fmt::format("* ranked by: {}, best in the {} days before the test. "
                                         "NDCG in the test {:.1f} %, of popular products {:.1f} %.",
                                         name.en, study.options.recommend.window_days, chosen * 100,
                                         popular * 100),
                             fmt::format("* 采用：{}，在检验期之前的 {} 天里最好。检验期 NDCG 为 "
                                         "{:.1f}%，只推热销品为 {:.1f}%。",
                                         name.zh, study.options.recommend.window_days, chosen * 100,
                                         popular * 100)}));
}

void Recommend::print_rows(const Context& context,
                           const std::vector<RecommendationRow>& rows) const {
  const double highest = rows.empty() ? 1 : rows.front().score;
  for (const RecommendationRow& row : rows) {
    const bool chance = row.method == "blend";
    const std::string score = chance ? fmt::format("{:4.0f} %", row.score * 100) : "";
    context.print("{:2}. {}{}  {}\n", row.rank, padded(visible_line(row.label()), 36), score,
                  chance ? report::bar(row.score, highest, kBarColumns) : "");
    context.print("      {}\n", context.say(report::reason_in_words(row)));
    if (row.season.value_or(1) >= 1.5 && row.why != behaviour::Why::kSeason) {
      context.print("      {}\n",
                    context.say({fmt::format("in season: {:.1f} times as often as at other times",
                                             *row.season),
                                 fmt::format("正当季：是平时的 {:.1f} 倍", *row.season)}));
    }
    const Said why = fit(row);
    if (!why.en.empty()) context.print("      {}\n", context.say(why));
  }
}

Result<int> Recommend::recommend_to(const Context& context, const Acts& acts,
                                    const RecommendStudy& study) {
  const Result<std::int64_t> person = find_person(acts.database, x_customer);
  if (!person) return person.failure();
  const auto number = study.company.number_of(*person);
  const behaviour::Recommender model = behaviour::recommender_of(study);
  auto scratch = model.scratch();
  std::vector<RecommendationRow> rows =
      behaviour::rows_for(study, model, number.value_or(study.newcomer()), among(), x_top, scratch);
  for (RecommendationRow& row : rows) row.person = *person;
  const std::string& id = number ? study.company.ids[std::size_t(*number)] : x_customer;
  if (x_json) {
    for (const RecommendationRow& row : rows) {
      fmt::print(context.out, "{}\n", report::recommendation_json(row, id, fit(row)));
    }
    return int{kDone};
  }
  const std::int64_t baskets =
      number ? behaviour::basket_count(study.baskets.of(*number)) : std::int64_t{0};
  const std::string day = iso_date({study.company.until.number - 1});
  context.print(
      "{}\n", context.say({fmt::format("{}: may need next, within {} days of {} ({} baskets known)",
                                       id, study.options.recommend.window_days, day, baskets),
                           fmt::format("{}：{} 起 {} 天内可能需要（已知购物 {} 次）", id, day,
                                       study.options.recommend.window_days, baskets)}));
  print_rows(context, rows);
  if (!rows.empty() && rows.front().method == "blend") {
    context.print("{}\n", context.say({"%: chance of buying it, if they buy anything in that time.",
                                       "%：这段时间里若买东西，会买它的可能。"}));
  }
  print_ground(context, study);
  return int{kDone};
}

Status Recommend::recommend_to_all(const Context& context, const Acts& /*acts*/,
                                   const RecommendStudy& study) {
  const behaviour::Recommender model = behaviour::recommender_of(study);
  auto scratch = model.scratch();
  std::string out;
  for (std::int32_t person = 0; person < study.newcomer(); ++person) {
    for (const auto& row : behaviour::rows_for(study, model, person, among(), x_top, scratch)) {
      out += report::recommendation_json(row, study.company.ids[std::size_t(person)], fit(row));
      out += '\n';
    }
    if (std::size_t(person) % kPeopleAtOnce == 0) fmt::print(context.out, "{}", out), out.clear();
  }
  fmt::print(context.out, "{}", out);
  return {};
}

}  // namespace

const Entry& recommend() {
  static const Entry entry{
      .name = "recommend",
      .summary = {"what a customer may need next and why, and how often that is right",
                  "客户接下来可能需要什么、为什么，以及说得有多准"},
      .details =
          {"With a customer: the next products, each with its reason. Without: how good each way "
           "of recommending is,\nwhere the last window of the orders is predicted from what was "
           "known before it, beside random and popular\nproducts; customers with two or more "
           "earlier baskets (warm) and others (cold) apart. A word that is no file\nis a customer. "
           "Orders come from a company's file or from FILE (docs/files.md): customer, time, "
           "product;\na basket is what somebody bought on one day. Returns take back what was "
           "bought; what is left out is told.\n\n"
           "Ways: popular lately; own most bought; due again (the time between purchases, own and "
           "others');\nbought together (item-item); next basket (Markov); factors (ALS); and a "
           "blend of all, fitted on the window\nbefore the test. The one that was best there, on "
           "customers it was not fitted on, is used.\nWhere the file has portraits, reasons name "
           "what drives the customer, if the card allows it for --use.\n\nExamples:\n"
           "  xinjing recommend --db company.duckdb\n"
           "  xinjing recommend C1001 --exclude-bought --top 3\n"
           "  xinjing recommend orders.csv --level category\n"
           "  xinjing recommend --json > recommendations.jsonl",
           "指定客户：列出接下来可能需要的商品及理由。不指定：列出各种推荐方法的好坏，即用订单最后"
           "一"
           "段时间之前\n已知的内容去预测这段时间，并与随机、热销对照；此前购物两次以上的熟客与其余"
           "新客分开列。不是文件的词\n就是客户。订单取自公司数据文件或 "
           "FILE（docs/files.md）：客户、"
           "时间、商品；同一天所买算一次购物。\n退货抵销此前的购买；未采用的行都会说明。\n\n"
           "方法：近期热销；本人最常买；到了再买的时候（本人与他人两次购买的间隔）；一起买（物品相"
           "似）；下一次\n（马尔可夫）；隐因子（ALS）；以及把它们综合起来的方法，在检验期前一段时间"
           "上拟合。其中在未参与拟合的\n客户上最好的一个用于推荐。数据文件里有画像时，理由会提到客"
           "户"
           "看重什么，前提是卡片允许用于 --use。\n\n示例：\n"
           "  xinjing recommend --db company.duckdb\n"
           "  xinjing recommend C1001 --exclude-bought --top 3\n"
           "  xinjing recommend orders.csv --level category\n"
           "  xinjing recommend --json > recommendations.jsonl"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Recommend>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
