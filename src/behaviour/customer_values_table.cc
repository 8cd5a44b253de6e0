#include "behaviour/customer_values_table.h"

#include "base/format.h"
#include "behaviour/customer_value.h"
#include "behaviour/rfm.h"
#include "store/cells.h"
#include "store/renewal.h"

namespace xinjing::behaviour {
namespace {

struct Found {
  Buyers buyers;
  std::optional<ValueModel> model;
  Valuation valuation;
};

Result<Found> find_values(const DuckConnection& connection, const BuyersQuery& query) {
  Found out;
  Result<Buyers> buyers = load_buyers(connection, query);
  if (!buyers) return buyers.failure();
  out.buyers = std::move(*buyers);
  if (too_few(out.buyers)) return out;
  ValueOptions options;
  options.horizon.weeks = kKeptHorizonDays / kDaysPerWeek;
  out.model = fit_values(out.buyers, options.model);
  out.valuation = valuate(out.buyers, *out.model, options);
  return out;
}

Status write_row(DuckAppender& to, const Found& found, std::size_t i, const RfmCuts& cuts) {
  const Buyer& one = found.buyers.all[i];
  const RfmScore score = rfm_score(one, found.buyers.as_of, cuts);
  store::Cells cells(to);
  cells << one.person << found.buyers.as_of;
  if (found.buyers.notes.currency.empty()) {
    cells.null();
  } else {
    cells << found.buyers.notes.currency;
  }
  cells << one.first << one.last << one.purchases << one.net();
  cells << std::int64_t{score.recency} << std::int64_t{score.frequency};
  cells << std::int64_t{score.money} << segment_id(segment_of(score));
  if (!found.model) {
    cells.null() << std::int64_t{kKeptHorizonDays};
    for (int column = 0; column < 9; ++column) cells.null();
    return cells.end();
  }
  const CustomerValue& value = found.valuation.customers[i];
  cells << model_id(found.model->buying.model) << std::int64_t{kKeptHorizonDays};
  cells << value.alive << value.orders << value.orders_low << value.orders_high;
  if (!found.model->spend) {
    for (int column = 0; column < 5; ++column) cells.null();
  } else {
    cells << value.spend << value.value << value.value_low << value.value_high;
    cells << value.value_error;
  }
  return cells.end();
}

Status write_rows(const DuckConnection& connection, const Found& found) {
  const RfmCuts cuts = quantile_cuts(found.buyers.all, found.buyers.as_of);
  Result<DuckAppender> to = connection.appender("customer_values");
  if (!to) return to.failure();
  for (std::size_t i = 0; i < found.buyers.all.size(); ++i) {
    if (Status wrote = write_row(*to, found, i, cuts); !wrote) return wrote;
  }
  return to->close();
}

}  // namespace

Status write_customer_values(const store::Database& database, Day as_of) {
  const DuckConnection& connection = database.connection();
  static constexpr std::string_view kFrom[] = {"orders", "subjects"};
  const store::Grounds grounds{.name = "customer_values", .tables = kFrom, .more = iso_date(as_of)};
  return store::renew(database, grounds, [&]() -> Status {
    Status gone = connection.run("DELETE FROM customer_values");
    if (!gone) return gone;
    const auto days = order_days(connection);
    if (!days) return days.failure();
    if (!*days || as_of < (*days)->first) return {};
    const bool clock = (*days)->beyond > 0 && as_of == (*days)->latest;
    const Day until = clock ? (*days)->last : as_of;
    const auto found = find_values(connection, {.as_of = until, .from = (*days)->first});
    if (!found) return found.failure();
    return found->buyers.all.empty() ? Status{} : write_rows(connection, *found);
  });
}

Result<std::optional<KeptValue>> load_customer_value(const DuckConnection& connection,
                                                     std::int64_t person, Day as_of) {
  const std::string day = iso_date(as_of);
  Result<DuckResult> rows = connection.query(
      "SELECT as_of, currency, first_day, last_day, purchases, segment, horizon_days, alive, "
      "orders, orders_low, orders_high, value, value_low, value_high FROM customer_values "
      "WHERE person = ? AND as_of <= ?::DATE",
      {person, std::string_view(day)});
  if (!rows) return rows.failure();
  std::optional<KeptValue> out;
  Status read = rows->each([&](const DuckRow& row) {
    out = KeptValue{.as_of = {std::int32_t(row.integer(0))},
                    .currency = std::string(row.text_or_empty(1)),
                    .first = {std::int32_t(row.integer(2))},
                    .last = {std::int32_t(row.integer(3))},
                    .purchases = row.integer(4),
                    .segment = std::string(row.text(5)),
                    .horizon_days = int(row.integer(6)),
                    .expected = {}};
    if (row.is_null(7)) return;
    out->expected = KeptValue::Expected{.alive = row.number(7),
                                        .orders = row.number(8),
                                        .orders_low = row.integer(9),
                                        .orders_high = row.integer(10),
                                        .value = {},
                                        .value_low = {},
                                        .value_high = {}};
    if (row.is_null(11)) return;
    out->expected->value = row.number(11);
    out->expected->value_low = row.number(12), out->expected->value_high = row.number(13);
  });
  if (!read) return read.failure();
  return out;
}

}  // namespace xinjing::behaviour
