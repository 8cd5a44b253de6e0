#include "cli/churn_study.h"

#include <algorithm>
#include <numeric>

#include "behaviour/churn_table.h"
#include "cli/labelled_table.h"
#include "profile/churn_words_table.h"

namespace xinjing::cli {
namespace {

using behaviour::ChurnPeople;
using behaviour::ChurnRows;
using report::ChurnShown;

constexpr std::size_t kFolds = 10;  // of those who left by a list or a label

void tell(const Context& context, const Said& said) {
  fmt::print(context.err, "{}\n", visible_text(context.say(said)));
}

/// The rows told of by their risk, the highest first; equal ones in the order they came.
void rank(ChurnShown& shown) {
  std::vector<double> risks;
  for (const std::uint32_t row : shown.told) {
    risks.push_back(shown.study.model.risk(shown.all, row));
  }
  std::vector<std::size_t> order(risks.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return risks[a] > risks[b]; });
  const std::vector<std::uint32_t> rows = shown.told;
  for (std::size_t i = 0; i < order.size(); ++i) {
    shown.told[i] = rows[order[i]];
    shown.risks.push_back(risks[order[i]]);
  }
}

std::size_t shown_count(const ChurnShown& shown, std::size_t limit) {
  return limit == 0 ? shown.told.size() : std::min(limit, shown.told.size());
}

void tell_left_out(const Context& context, const LabelledRows& rows) {
  if (rows.rejected > 0) {
    tell(context, {fmt::format("{} rows could not be read", rows.rejected),
                   fmt::format("{} 行读不了", rows.rejected)});
  }
  if (rows.repeated > 0) {
    tell(context, {fmt::format("{} rows were there already and count once", rows.repeated),
                   fmt::format("{} 行重复，只算一次", rows.repeated)});
  }
  if (rows.unlabelled > 0) {
    tell(context, {fmt::format("{} customers without a label are told of, not learned from",
                               rows.unlabelled),
                   fmt::format("{} 位客户没有标签，只给出风险，不参与学习", rows.unlabelled)});
  }
}

/// The subjects that stand for people.
Result<std::vector<std::string>> names_of(const DuckConnection& connection,
                                          const std::vector<std::int64_t>& people) {
  std::vector<std::string> out(people.size());
  if (people.empty()) return out;
  Result<DuckResult> rows = connection.query(
      fmt::format("SELECT subject_no, SUBSTRING(subject, 3) FROM subjects WHERE subject_no IN ({})",
                  fmt::join(people, ", ")));
  if (!rows) return rows.failure();
  const Status read = rows->each([&](const DuckRow& row) {
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (people[i] == row.integer(0)) out[i] = row.text(1);
    }
  });
  if (!read) return read.failure();
  return out;
}

/// Fills churn_left; says how many of those who left nobody knows here.
Status load_left(const Context& context, const DuckConnection& connection,
                 const std::map<std::string, Day>& leavers) {
  Status made = connection.run(
      "CREATE OR REPLACE TEMP TABLE churn_left (person BIGINT, day DATE);"
      "CREATE OR REPLACE TEMP TABLE churn_left_named (customer VARCHAR, day DATE)");
  if (!made) return made;
  for (const auto& [customer, day] : leavers) {
    made = connection.run("INSERT INTO churn_left_named VALUES (?, ?::DATE)",
                          {customer, iso_date(day)});
    if (!made) return made;
  }
  made = connection.run(
      "INSERT INTO churn_left SELECT s.person, MIN(n.day) FROM churn_left_named AS n "
      "JOIN subjects AS s ON s.subject IN ('c:' || n.customer, 'h:' || n.customer) "
      "GROUP BY s.person");
  if (!made) return made;
  const Result<std::int64_t> found = connection.integer(
      "SELECT COUNT(DISTINCT n.customer) FROM churn_left_named AS n "
      "JOIN subjects AS s ON s.subject IN ('c:' || n.customer, 'h:' || n.customer)");
  if (!found) return found.failure();
  const std::int64_t unknown = std::int64_t(leavers.size()) - *found;
  if (unknown > 0) {
    tell(context, {fmt::format("{} of those who left are not among the customers", unknown),
                   fmt::format("离开名单中有 {} 位不在客户之列", unknown)});
  }
  return {};
}

Result<behaviour::ChurnQuestion> question_of(const Context& context, const Acts& acts,
                                             const ChurnAsked& asked) {
  const Result<Day> as_of = as_of_day(acts.connection(), asked.as_of);
  if (!as_of) return as_of.failure();
  if (asked.leavers.empty()) return behaviour::buyers_question(*as_of, asked.horizon_days);
  const behaviour::ChurnQuestion out{
      .as_of = *as_of, .horizon_days = asked.horizon_days, .by_day_of_leaving = true};
  const auto leavers = read_leavers(asked.leavers, acts.database.zone_minutes());
  if (!leavers) return leavers.failure();
  if (Status loaded = load_left(context, acts.connection(), *leavers); !loaded) {
    return loaded.failure();
  }
  return out;
}

Status check(const ChurnPeople& people, const ChurnAsked& asked) {
  if (people.rows.size() > 0) return {};
  return fail(
      ErrorCode::kBadInput,
      {fmt::format("there is no day to look from: what is needed are {} days, {} of them after the "
                   "first {}",
                   asked.horizon_days + 30, asked.horizon_days,
                   asked.leavers.empty() ? "order" : "act"),
       fmt::format("没有可以回看的日子：{}之后至少要有 {} 天，其中 {} 天用来看结果",
                   asked.leavers.empty() ? "首个订单" : "首个行为", asked.horizon_days + 30,
                   asked.horizon_days)});
}

void add_columns(behaviour::Covariates& to, const behaviour::Covariates& from) {
  to.columns.insert(to.columns.end(), from.columns.begin(), from.columns.end());
}

Said leaving_of(const ChurnAsked& asked) {
  if (asked.leavers.empty()) {
    return {fmt::format("no order within {} days", asked.horizon_days),
            fmt::format("{} 天内没有订单", asked.horizon_days)};
  }
  return {fmt::format("on the list of those who left, within {} days", asked.horizon_days),
          fmt::format("{} 天内列入离开名单", asked.horizon_days)};
}

/// The same rows with and without the words, and what these add.
Status study_both(ChurnPeople& people, const behaviour::Covariates& words,
                  const behaviour::ChurnOptions& options, ChurnShown& out) {
  auto plain = behaviour::study_churn(people.rows, options);
  if (!plain) return plain.failure();
  out.study = std::move(*plain);
  if (words.columns.empty()) return {};
  add_columns(people.all, words);
  people.rows.x = behaviour::first_rows(people.all, people.rows.size());
  auto both = behaviour::study_churn(people.rows, options);
  if (!both) return both.failure();
  out.acts_alone = behaviour::area_bounds(out.study.cross);
  out.gain = behaviour::area_gain(both->cross, out.study.cross.p);
  out.of_words = words.columns.size();
  out.study = std::move(*both);
  return {};
}

}  // namespace

Result<ChurnShown> study_table(const Context& context, const LabelledTable& table,
                               const ChurnAsked& asked) {
  Result<LabelledRows> rows = read_labelled(table);
  if (!rows) return rows.failure();
  tell_left_out(context, *rows);
  ChurnShown out;
  auto study = behaviour::study_churn(
      rows->rows, {.link = asked.link, .folds = asked.folds.value_or(kFolds), .forward = false});
  if (!study) return study.failure();
  out.study = std::move(*study);
  out.all = std::move(rows->all);
  out.leaving = {fmt::format("{} = {}", table.label, rows->positive),
                 fmt::format("{}＝{}", table.label, rows->positive)};
  for (std::size_t i = 0; i < out.all.rows; ++i) {
    if (i >= rows->rows.size() || rows->rows.left[i] == 0) out.told.push_back(std::uint32_t(i));
  }
  rank(out);
  for (std::size_t i = 0; i < shown_count(out, asked.limit); ++i) {
    out.names.push_back(rows->names[out.told[i]]);
  }
  return out;
}

Result<ChurnShown> study_acts(const Context& context, const Acts& acts,
                              const evidence::Permit& permit, const ChurnAsked& asked) {
  const DuckConnection& connection = acts.connection();
  const auto question = question_of(context, acts, asked);
  if (!question) return question.failure();
  Result<ChurnPeople> people = behaviour::load_churn_people(connection, *question);
  if (!people) return people.failure();
  if (Status enough = check(*people, asked); !enough) return enough.failure();
  if (people->in_others > 0) {
    tell(context, {fmt::format("money is told in {}; that of {} orders in other currencies is left "
                               "out",
                               people->currency, people->in_others),
                   fmt::format("金额以 {} 计；另有 {} 行其他币种，金额未计入", people->currency,
                               people->in_others)});
  }
  behaviour::Covariates words;
  if (asked.words && acts.analysed()) {
    auto signals = profile::load_word_signals(
        connection, [&](std::string_view construct) { return permit.allows(construct); });
    if (!signals) return signals.failure();
    words = std::move(*signals);
  }
  ChurnShown out;
  const Status studied = study_both(
      *people, words,
      {.link = asked.link,
       .folds =
           asked.folds.value_or(question->by_day_of_leaving ? kFolds : behaviour::kBuyersFolds),
       .horizon_days = question->horizon_days,
       .period_days = question->by_day_of_leaving ? 30 : question->horizon_days},
      out);
  if (!studied) return studied.failure();
  out.all = std::move(people->all);
  out.leaving = leaving_of(asked);
  out.in_time = true;
  for (std::size_t i = people->rows.size(); i < out.all.rows; ++i) {
    out.told.push_back(std::uint32_t(i));
  }
  rank(out);
  std::vector<std::int64_t> named;
  for (std::size_t i = 0; i < shown_count(out, asked.limit); ++i) {
    named.push_back(people->person[out.told[i]]);
  }
  auto names = names_of(connection, named);
  if (!names) return names.failure();
  out.names = std::move(*names);
  return out;
}

}  // namespace xinjing::cli
