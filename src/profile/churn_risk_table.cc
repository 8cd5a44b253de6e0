#include "profile/churn_risk_table.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/json.h"
#include "base/json_writer.h"
#include "behaviour/churn_table.h"
#include "profile/churn_words_table.h"
#include "store/renewal.h"

namespace xinjing::profile {
namespace {

using behaviour::ChurnPeople;
using behaviour::ChurnStudy;
using behaviour::Covariate;

constexpr int kHorizon = behaviour::kUsualHorizonDays;
constexpr std::size_t kReasons = 2;  // for, and as many against

void write_reason(JsonWriter& json, const Covariate& column, std::size_t row, double adds) {
  json.begin_object().field("what", column.name);
  if (column.of_words()) {
    const std::int32_t word = column.words[row];
    if (word >= 0) json.field("level", column.levels[std::size_t(word)]);
  } else if (!std::isnan(column.numbers[row])) {
    json.field("value", column.numbers[row]);
  }
  json.field("adds", adds, 3).end_object();
}

/// Those that add most, then those that take most.
std::string reasons_of(const ChurnPeople& people, std::size_t row, std::vector<double> parts) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const double sign : {1.0, -1.0}) {
    for (std::size_t n = 0; n < std::min(kReasons, parts.size()); ++n) {
      const auto most = std::ranges::max_element(parts, {}, [&](double p) { return sign * p; });
      if (sign * *most < 0.05) break;
      const auto column = std::size_t(most - parts.begin());
      write_reason(json, people.all.columns[column], row, *most);
      *most = 0;
    }
  }
  json.end_array();
  return out;
}

Status append(const DuckConnection& connection, const ChurnPeople& people, const ChurnStudy& study,
              Day as_of) {
  Result<DuckAppender> to = connection.appender("churn_risks");
  if (!to) return to.failure();
  const double area = behaviour::area_under_curve(study.cross.p, study.cross.event);
  for (std::size_t i = people.rows.size(); i < people.all.rows; ++i) {
    const auto row = std::uint32_t(i);
    to->integer(0, people.person[i]);
    to->integer(1, as_of.number);
    to->integer(2, kHorizon);
    to->number(3, study.model.risk(people.all, row));
    to->integer(4, 1);
    to->text(5, reasons_of(people, i, study.model.parts(people.all, row)));
    to->number(6, area);
    to->integer(7, std::int64_t(study.customers));
    to->integer(8, std::int64_t(study.leavers));
    if (Status s = to->end_row(); !s) return s;
  }
  return to->close();
}

/// Nothing where there are too few, or what was learned does not tell those who leave.
Result<std::optional<ChurnStudy>> study(const DuckConnection& connection, ChurnPeople& people) {
  std::optional<ChurnStudy> out;
  if (people.rows.size() == 0) return out;
  auto words = load_word_signals(connection, [](std::string_view) { return true; });
  if (!words) return words.failure();
  std::ranges::move(words->columns, std::back_inserter(people.all.columns));
  people.rows.x = behaviour::first_rows(people.all, people.rows.size());
  auto made = behaviour::study_churn(people.rows, {.folds = behaviour::kBuyersFolds,
                                                   .horizon_days = kHorizon,
                                                   .period_days = kHorizon,
                                                   .forward = false});
  if (made && behaviour::area_bounds(made->cross).low > 0.5) out = std::move(*made);
  return out;
}

}  // namespace

Status write_churn_risks(store::Database& database, Day as_of) {
  const DuckConnection& connection = database.connection();
  static constexpr std::string_view kFrom[] = {"orders",    "events",       "touchpoints",
                                               "customers", "subjects",     "conversations",
                                               "readings",  "expectations", "promise_words"};
  const store::Grounds grounds{.name = "churn_risks", .tables = kFrom, .more = iso_date(as_of)};
  return store::renew(database, grounds, [&]() -> Status {
    if (Status gone = connection.run("DELETE FROM churn_risks"); !gone) return gone;
    auto people = behaviour::load_churn_people(connection, behaviour::buyers_question(as_of));
    if (!people) return people.failure();
    const auto made = study(connection, *people);
    if (!made) return made.failure();
    return *made ? append(connection, *people, **made, as_of) : Status{};
  });
}

Result<std::optional<ChurnRisk>> load_churn_risk(const DuckConnection& connection,
                                                 std::int64_t person, Day as_of) {
  Result<DuckResult> rows = connection.query(
      "SELECT horizon_days, p, of_words, auc, reasons FROM churn_risks "
      "WHERE person = ? AND as_of = ?::DATE",
      {person, iso_date(as_of)});
  if (!rows) return rows.failure();
  std::optional<ChurnRisk> out;
  JsonParser parser;
  const Status read = rows->each([&](const DuckRow& row) {
    out = ChurnRisk{.horizon_days = int(row.integer(0)),
                    .p = row.number(1),
                    .of_words = row.integer(2) != 0,
                    .auc = row.number(3),
                    .reasons = {}};
    const auto list = parser.parse(row.text(4));
    if (!list) return;
    list->each([&](const JsonValue& one) {
      out->reasons.push_back(
          {.what = std::string(one["what"].string().value_or("")),
           .level = std::string(one["level"].string().value_or("")),
           .value = one["value"].number().value_or(std::numeric_limits<double>::quiet_NaN()),
           .adds = one["adds"].number().value_or(0)});
    });
  });
  if (!read) return read.failure();
  return out;
}

}  // namespace xinjing::profile
