#include "behaviour/customer_values_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/format.h"

namespace xinjing::behaviour {
namespace {

/// A row of orders as a test says it.
struct Order {
  int person = 1;
  std::string time;  // UTC
  std::string amount = "10";
  std::string id{};
  std::string currency = "CNY";
  std::string status{};
  std::string quantity = "1";
};

class BuyersTable : public testing::Test {
 protected:
  BuyersTable() : x_database(std::move(*store::Database::in_memory({.zone_minutes = 480}))) {}

  const DuckConnection& connection() const { return x_database.connection(); }

  void run(const std::string& sql) {
    const Status done = connection().run(sql);
    ASSERT_TRUE(done) << done.error().message(Lang::kEn) << sql;
  }

  void add(const std::vector<Order>& orders) {
    std::string people, rows;
    for (const Order& one : orders) {
      ++x_rows;
      const std::string id = one.id.empty() ? fmt::format("o{}", x_rows) : one.id;
      rows += fmt::format("{}({}, 0, {}, {}, 1, {}, '{}', '{}', {}, {}, '{}', '{}')",
                          rows.empty() ? "" : ", ", x_rows, x_rows, one.person, x_rows, id,
                          one.time, one.quantity, one.amount, one.currency, one.status);
      people += fmt::format("{}({})", people.empty() ? "" : ", ", one.person);
    }
    run("INSERT INTO subjects SELECT DISTINCT p, 'c:C' || p, p FROM (VALUES " + people +
        ") AS t(p) WHERE p NOT IN (SELECT subject_no FROM subjects)");
    run("INSERT INTO orders (row_no, key_high, key_low, subject_no, file_no, line, order_id, time, "
        "quantity, amount, currency, status) VALUES " +
        rows);
  }

  Buyers buyers(int year, int month, int day) {
    auto out =
        load_buyers(connection(), {.as_of = *day_from_date(year, month, day), .count_twins = true});
    EXPECT_TRUE(out) << (out ? "" : out.error().message(Lang::kEn));
    return std::move(*out);
  }

  /// Some hundred customers who buy at random over half a year.
  std::vector<Order> company() {
    std::mt19937 random(5);
    std::vector<Order> out;
    for (int person = 1; person <= 120; ++person) {
      int day = int(random() % 60);
      for (int n = 0; day < 180 && n < 1 + person % 7; ++n, day += 1 + int(random() % 40)) {
        const Day on{day_from_date(2026, 1, 1)->number + day};
        out.push_back({.person = person,
                       .time = iso_date(on) + " 03:00:00",
                       .amount = fmt::format("{}", 5 + random() % 50)});
      }
    }
    return out;
  }

  std::string dump() {
    Result<DuckResult> rows = connection().query(
        "SELECT (customer_values)::VARCHAR FROM customer_values ORDER BY person");
    std::string out;
    (void)rows->each([&](const DuckRow& row) { out += std::string(row.text(0)) + "\n"; });
    return out;
  }

  store::Database x_database;
  int x_rows = 0;
};

TEST_F(BuyersTable, PurchasesAreLocalDaysAndLinesOfADayAreOne) {
  add({{1, "2026-01-01 15:59:00", "10"},  // 23:59 here
       {1, "2026-01-01 16:00:00", "20"},  // the next day
       {1, "2026-01-02 05:00:00", "5"},
       {1, "2026-02-01 00:00:00", "7"}});
  const Buyer one = buyers(2026, 3, 1).all.at(0);
  EXPECT_EQ(one.purchases, 3);
  EXPECT_EQ(one.orders, 4);
  EXPECT_EQ(one.money, 42'0000);
  EXPECT_EQ(one.first_money, 10'0000);
  EXPECT_EQ(one.first, *day_from_date(2026, 1, 1));
  EXPECT_EQ(one.last, *day_from_date(2026, 2, 1));
  EXPECT_DOUBLE_EQ(one.spending(SpendBasis::kRepeats).mean, 16);
  EXPECT_DOUBLE_EQ(one.spending(SpendBasis::kAll).mean, 14);
}

TEST_F(BuyersTable, RefundsAreNoPurchasesAndLowerWhatIsSpent) {
  add({{1, "2026-01-01 01:00:00", "100"},
       {1, "2026-01-10 01:00:00", "100"},
       {1, "2026-01-20 01:00:00", "-50"},
       {1, "2026-01-30 01:00:00", "80", "a"},
       {1, "2026-01-30 02:00:00", "80", "b", "CNY", "", "-1"},  // given back the same day
       {2, "2026-01-30 02:00:00", "-80"}});                     // never bought
  const Buyers all = buyers(2026, 3, 1);
  ASSERT_EQ(all.all.size(), 1U);
  EXPECT_EQ(all.all[0].purchases, 2);
  EXPECT_EQ(all.all[0].refunds, 50'0000);
  EXPECT_DOUBLE_EQ(all.all[0].spending(SpendBasis::kAll).mean, 75);
  EXPECT_EQ(all.notes.refunds, 3);
}

TEST_F(BuyersTable, OddRowsAreCountedAndLeftOut) {
  add({{1, "2026-01-01 01:00:00"},
       {1, "2026-01-02 01:00:00", "0"},
       {1, "2026-01-03 01:00:00", "9", "x", "USD"},
       {1, "2026-01-04 01:00:00", "9", "y", "CNY", "已取消"},
       {1, "2026-01-05 01:00:00", "9", "twin-1"},
       {1, "2026-01-05 01:00:00", "9", "twin-2"},
       {1, "2031-01-05 01:00:00", "9"}});
  run("INSERT INTO orders (row_no, key_high, key_low, file_no, line, time, amount) VALUES (99, 0, "
      "99, 1, 99, '2026-01-01 00:00:00', 5)");
  const Buyers all = buyers(2026, 3, 1);
  EXPECT_EQ(all.all.at(0).purchases, 3) << "zero money is a purchase, the twins are one day";
  EXPECT_EQ(all.notes.currency, "CNY");
  EXPECT_EQ(all.notes.other_currency, 1);
  EXPECT_EQ(all.notes.cancelled, 1);
  EXPECT_EQ(all.notes.no_money, 1);
  EXPECT_EQ(all.notes.future, 1);
  EXPECT_EQ(all.notes.nobody, 1);
  EXPECT_EQ(all.notes.twins, 1);
}

TEST_F(BuyersTable, AnOrderFarAfterAllOthersIsAnErrorOfAClock) {
  std::vector<Order> orders = company();
  add(orders);
  const Day last = (*order_days(connection()))->last;
  add({{1, "2031-01-05 01:00:00"}});
  const SoundDays days = **order_days(connection());
  EXPECT_EQ(days.last, last);
  EXPECT_EQ(days.beyond, 1);
  EXPECT_EQ(days.latest, *day_from_date(2031, 1, 5));
  ASSERT_TRUE(write_customer_values(x_database, days.latest));
  const auto kept = load_customer_value(connection(), 1, days.latest);
  ASSERT_TRUE(kept && *kept);
  EXPECT_EQ((*kept)->as_of, last);
}

TEST_F(BuyersTable, ValuesDoNotDependOnTheOrderOfRowsNorOnRepeating) {
  std::vector<Order> orders = company();
  add(orders);
  const Day as_of = *day_from_date(2026, 7, 1);
  ASSERT_TRUE(write_customer_values(x_database, as_of));
  const std::string before = dump();
  EXPECT_GT(before.size(), 1000U);
  ASSERT_TRUE(write_customer_values(x_database, as_of));
  EXPECT_EQ(dump(), before);
  run("DELETE FROM orders");
  std::shuffle(orders.begin(), orders.end(), std::mt19937(9));
  add(orders);
  ASSERT_TRUE(write_customer_values(x_database, as_of));
  EXPECT_EQ(dump(), before);
}

TEST_F(BuyersTable, TooFewDataLeaveScoresAndNoExpectation) {
  add({{1, "2026-01-01 01:00:00"}, {1, "2026-01-05 01:00:00"}, {2, "2026-01-05 01:00:00"}});
  const Day as_of = *day_from_date(2026, 2, 1);
  ASSERT_TRUE(write_customer_values(x_database, as_of));
  const auto kept = load_customer_value(connection(), 1, as_of);
  ASSERT_TRUE(kept && *kept);
  EXPECT_EQ((*kept)->purchases, 2);
  EXPECT_FALSE((*kept)->expected);
  EXPECT_FALSE(*load_customer_value(connection(), 1, *day_from_date(2026, 1, 31)))
      << "what is kept looks from a later day";
  EXPECT_FALSE(*load_customer_value(connection(), 7, as_of));
}

TEST_F(BuyersTable, NobodyWhoBoughtIsNoFailure) {
  EXPECT_TRUE(write_customer_values(x_database, *day_from_date(2026, 2, 1)));
  EXPECT_EQ(dump(), "");
}

TEST_F(BuyersTable, ACovariateIsAColumnOfCustomersOrOfTheFirstOrder) {
  add(company());
  run("INSERT INTO customers (row_no, key_high, key_low, subject_no, file_no, line, region) "
      "SELECT subject_no, 1, subject_no, subject_no, 1, subject_no, "
      "CASE WHEN subject_no <= 70 THEN 'north' WHEN subject_no <= 110 THEN 'south' ELSE 'rare' END "
      "FROM subjects");
  const Day as_of = *day_from_date(2026, 7, 1);
  const auto buyers = load_buyers(connection(), {.as_of = as_of, .covariate = "region"});
  ASSERT_TRUE(buyers);
  EXPECT_EQ(buyers->levels, (std::vector<std::string>{"north", "south", "other"}));
  EXPECT_EQ(load_buyers(connection(), {.as_of = as_of, .covariate = "shoe_size"}).error().code,
            ErrorCode::kUsage);
  EXPECT_FALSE(load_buyers(connection(), {.as_of = as_of, .covariate = "phone"}));
}

}  // namespace
}  // namespace xinjing::behaviour
