#include "behaviour/recommendation_table.h"

#include <gtest/gtest.h>

#include <random>

#include "base/temporary_folder.h"
#include "store/database.h"
#include "store/erase.h"

namespace xinjing::behaviour {
namespace {

constexpr unsigned kSeed = 41;

struct Order {
  int person = 1;
  std::string product;
  std::string day;
  double quantity = 1;
  std::string status{};
};

/// Rows of `orders`, in this order.
void insert(const DuckConnection& connection, const std::vector<Order>& orders) {
  std::string rows;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const Order& one = orders[i];
    rows += fmt::format("{}({}, {}, TIMESTAMP '{} 04:00:00', {}, {}, {})", i == 0 ? "" : ", ",
                        i + 1, one.person > 0 ? std::to_string(one.person) : "NULL", one.day,
                        one.product.empty() ? "NULL" : sql_quoted(one.product), one.quantity,
                        sql_quoted(one.status));
  }
  ASSERT_TRUE(connection.run(fmt::format(
      "INSERT INTO orders BY NAME SELECT *, row_no AS key_high, 0 AS key_low, 10 AS price FROM "
      "(VALUES {}) AS v(row_no, subject_no, time, product, quantity, status)",
      rows)));
}

void people(const DuckConnection& connection, int count) {
  ASSERT_TRUE(connection.run(
      fmt::format("INSERT INTO subjects SELECT n, FORMAT('c:C{{:03d}}', n), n FROM RANGE(1, {}) AS "
                  "r(n)",
                  count + 1)));
}

/// A year of orders of 80 people, twelve products, each person with one that is bought again.
void company(const DuckConnection& connection, unsigned order) {
  people(connection, 80);
  std::mt19937 random(kSeed);
  std::vector<Order> all;
  for (int person = 1; person <= 80; ++person) {
    for (int day = int(random() % 30); day < 350; day += 25 + int(random() % 20)) {
      const std::string date = iso_date({18'262 + day});
      all.push_back({person, fmt::format("P{:02}", person % 4), date});
      all.push_back({person, fmt::format("P{:02}", 4 + random() % 8), date});
    }
  }
  std::shuffle(all.begin(), all.end(), std::mt19937(order));
  insert(connection, all);
}

TEST(RecommendationTable, LinesThatCannotCountAreLeftOutAndCounted) {
  store::Database database = std::move(*store::Database::in_memory());
  people(database.connection(), 2);
  const std::vector<Order> orders = {{1, "A", "2024-01-01"},
                                     {1, "A", "2024-01-01"},
                                     {1, "A", "2024-01-05", -2},
                                     {1, "B", "2024-02-01"},
                                     {2, "B", "2024-02-02", 0},
                                     {2, "B", "2024-02-03", 1, "已取消"},
                                     {0, "B", "2024-02-03"},
                                     {2, "", "2024-02-03"},
                                     {2, " ", "2024-02-03"},
                                     {2, "B", "2024-02-04"},
                                     {2, "B", "2024-02-05", 1, "未付款"}};
  insert(database.connection(), orders);
  const auto loaded = load_purchases(database.connection(), ProductLevel::kProduct, {});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->rows, 11);
  EXPECT_EQ(loaded->without_customer, 1);
  EXPECT_EQ(loaded->without_product, 2);
  EXPECT_EQ(loaded->cancelled, 1);
  EXPECT_EQ(loaded->zero, 1);
  EXPECT_EQ(loaded->returns, 1);
  EXPECT_EQ(loaded->clock, 0);
  const RecommendStudy study = study_purchases(*loaded, 28, 10);
  ASSERT_EQ(study.baskets.of(0).size(), 1U) << "what was brought back is not bought";
  EXPECT_EQ(study.company.label(study.baskets.of(0)[0].product), "B");
  EXPECT_EQ(study.baskets.of(1).size(), 2U);
  EXPECT_FALSE(study.judged());
  const auto categories = load_purchases(database.connection(), ProductLevel::kCategory, {});
  ASSERT_TRUE(categories);
  EXPECT_TRUE(categories->lines.empty());
  EXPECT_EQ(categories->without_product, 10);
}

TEST(RecommendationTable, DayFarFromAllOthersIsAClockError) {
  store::Database database = std::move(*store::Database::in_memory());
  people(database.connection(), 1);
  std::vector<Order> orders;
  for (int i = 0; i < 300; ++i) {
    orders.push_back({1, fmt::format("P{}", i % 7), iso_date({19'000 + i})});
  }
  orders.push_back({1, "P0", "2150-01-01"});
  insert(database.connection(), orders);
  const auto loaded = load_purchases(database.connection(), ProductLevel::kProduct, {});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->clock, 1);
  EXPECT_EQ(loaded->until, Day{19'300});
}

std::vector<std::string> kept(const DuckConnection& connection) {
  std::vector<std::string> out;
  Result<DuckResult> rows = connection.query(
      "SELECT customer, rank, product, score, why, times FROM v_recommendations ORDER BY ALL");
  EXPECT_TRUE(rows->each([&](const DuckRow& row) {
    out.push_back(fmt::format("{} {} {} {:.12f} {} {}", row.text(0), row.integer(1), row.text(2),
                              row.number(3), row.text(4), row.integer(5)));
  }));
  return out;
}

TEST(RecommendationTable, HoldsFiveForEverybodyWhateverTheOrderOfRows) {
  std::vector<std::vector<std::string>> both;
  for (const unsigned order : {1U, 2U}) {
    store::Database database = std::move(*store::Database::in_memory());
    company(database.connection(), order);
    ASSERT_TRUE(write_recommendations(database, {20'000}));
    both.push_back(kept(database.connection()));
    ASSERT_TRUE(write_recommendations(database, {20'000}));
    EXPECT_EQ(kept(database.connection()), both.back());
  }
  EXPECT_EQ(both[0].size(), 400U);
  EXPECT_EQ(both[0], both[1]) << "seed " << kSeed;
}

TEST(RecommendationTable, IsEmptyWithoutOrdersAndFollowsNewOnes) {
  store::Database database = std::move(*store::Database::in_memory());
  ASSERT_TRUE(write_recommendations(database, {20'000}));
  EXPECT_TRUE(kept(database.connection()).empty());
  company(database.connection(), 1);
  ASSERT_TRUE(write_recommendations(database, {20'000}));
  EXPECT_EQ(kept(database.connection()).size(), 400U);
  const auto rows = load_recommendations(database.connection(), 7);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 5U);
  EXPECT_EQ(rows->front().product, "P03") << "what this person buys again and again";
  EXPECT_EQ(rows->front().why, Why::kDue);
}

TEST(RecommendationTable, ErasureReachesIt) {
  auto folder = TemporaryFolder::make();
  ASSERT_TRUE(folder);
  const auto path = **folder / "company.duckdb";
  {
    store::Database database = std::move(*store::Database::open(path, {}));
    company(database.connection(), 1);
    ASSERT_TRUE(write_recommendations(database, {20'000}));
  }
  ASSERT_TRUE(store::erase_person(path, Sensitive<std::string>("C007"), Instant{1}, {}));
  store::Database database = std::move(*store::Database::open(path, {}));
  EXPECT_TRUE(load_recommendations(database.connection(), 7)->empty());
  EXPECT_TRUE(load_recommendations(database.connection(), 8)->empty()) << "learned from them too";
  ASSERT_TRUE(write_recommendations(database, {20'000}));
  EXPECT_EQ(load_recommendations(database.connection(), 8)->size(), 5U) << "made again";
}

}  // namespace
}  // namespace xinjing::behaviour
