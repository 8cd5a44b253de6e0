#include "profile/churn_risk_table.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/json.h"
#include "base/json_writer.h"
#include "behaviour/churn_table.h"
#include "profile/churn_words_table.h"

namespace xinjing::profile {
namespace {

using behaviour::ChurnPeople;
using behaviour::ChurnStudy;
using behaviour::Covariate;

constexpr int kHorizon = 90;
constexpr int kLooks = 6;
constexpr std::int64_t kLearnedFrom = 4'000;
constexpr std::size_t kFolds = 5;
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

}  // namespace

Status write_churn_risks(store::Database& database, Day as_of) {
  const DuckConnection& connection = database.connection();
  auto people = behaviour::load_churn_people(
      connection,
      {.as_of = as_of, .horizon_days = kHorizon, .looks = kLooks, .most_people = kLearnedFrom});
  if (!people) return people.failure();
  std::optional<ChurnStudy> study;
  if (people->rows.size() > 0) {
    auto words = load_word_signals(connection, [](std::string_view) { return true; });
    if (!words) return words.failure();
    std::ranges::move(words->columns, std::back_inserter(people->all.columns));
    people->rows.x = behaviour::first_rows(people->all, people->rows.size());
    auto made = behaviour::study_churn(
        people->rows,
        {.folds = kFolds, .horizon_days = kHorizon, .period_days = kHorizon, .forward = false});
    // Else there are too few, or what was learned does not tell those who leave.
    if (made && behaviour::area_bounds(made->cross).low > 0.5) study = std::move(*made);
  }
  Result<DuckTransaction> transaction = DuckTransaction::begin(connection);
  if (!transaction) return transaction.failure();
  if (Status gone = connection.run("DELETE FROM churn_risks"); !gone) return gone;
  if (study) {
    if (Status written = append(connection, *people, *study, as_of); !written) return written;
  }
  return transaction->commit();
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
