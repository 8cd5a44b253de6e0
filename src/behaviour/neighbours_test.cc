#include "behaviour/neighbours.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>
#include <set>

namespace xinjing::behaviour {
namespace {

Baskets baskets_of(const std::vector<PurchaseLine>& lines, std::int32_t persons,
                   std::int32_t products) {
  return Purchases(lines, persons, products).between({INT32_MIN}, {INT32_MAX});
}

Baskets random_baskets(unsigned seed, std::int32_t persons, std::int32_t products, int lines) {
  std::mt19937 random(seed);
  std::vector<PurchaseLine> out;
  for (int i = 0; i < lines; ++i) {
    const auto product = std::int32_t(random() % unsigned(products) * (random() % 3) / 2);
    out.push_back(
        {std::int32_t(random() % unsigned(persons)), product, {std::int32_t(random() % 50)}, 1});
  }
  return baskets_of(out, persons, products);
}

/// The slow plain way: every pair of products, every person.
std::map<std::pair<int, int>, double> plain_cosine(const Baskets& baskets) {
  std::vector<std::set<int>> people(std::size_t(baskets.products()));
  for (std::int32_t person = 0; person < baskets.persons(); ++person) {
    for (const Bought& line : baskets.of(person)) people[std::size_t(line.product)].insert(person);
  }
  std::map<std::pair<int, int>, double> out;
  for (int a = 0; a < baskets.products(); ++a) {
    for (int b = 0; b < baskets.products(); ++b) {
      const auto& of_a = people[std::size_t(a)];
      const auto& of_b = people[std::size_t(b)];
      double both = 0;
      for (const int person : of_a) both += of_b.contains(person) ? 1 : 0;
      if (a != b && both > 0) {
        out[{a, b}] = both / std::sqrt(double(of_a.size()) * double(of_b.size()));
      }
    }
  }
  return out;
}

TEST(Together, IsTheCosineOfDeshpandeKarypis2004AsThePlainWayHasIt) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const Baskets baskets = random_baskets(seed, 30, 12, 200);
    const auto plain = plain_cosine(baskets);
    const Neighbours quick = together(baskets, {.most = 100});
    std::size_t found = 0;
    for (std::int32_t a = 0; a < 12; ++a) {
      for (const Neighbour& one : quick.of(a)) {
        ++found;
        EXPECT_NEAR(one.weight, plain.at({a, one.product}), 1e-6) << "seed " << seed;
      }
    }
    EXPECT_EQ(found, plain.size()) << "seed " << seed;
  }
}

TEST(Together, TellsTheCountsOfAReason) {
  // Three bought A (0), two of these B (1) as well, one C (2).
  const Baskets baskets = baskets_of(
      {{0, 0, {1}}, {1, 0, {1}}, {2, 0, {1}}, {0, 1, {2}}, {1, 1, {2}}, {2, 2, {2}}}, 3, 3);
  const Neighbours all = together(baskets, {});
  ASSERT_EQ(all.of(0).size(), 2U);
  EXPECT_EQ(all.of(0)[0].product, 1);
  EXPECT_EQ(all.of(0)[0].times, 2);
  EXPECT_EQ(all.times(0), 3);
  EXPECT_NEAR(all.of(0)[0].weight, 2 / std::sqrt(6.0), 1e-6);
}

TEST(Together, ConditionalIsTheShareOfThoseWhoBoughtBothByThePopularityOfTheOther) {
  const Baskets baskets =
      baskets_of({{0, 0, {1}}, {1, 0, {1}}, {0, 1, {2}}, {1, 1, {2}}, {2, 1, {2}}}, 3, 2);
  const Neighbours all = together(baskets, {.likeness = Likeness::kConditional});
  EXPECT_NEAR(all.of(0)[0].weight, 2.0 / 2 / std::sqrt(3.0), 1e-6);
  EXPECT_NEAR(all.of(1)[0].weight, 2.0 / 3 / std::sqrt(2.0), 1e-6);
}

TEST(Together, ManyProductsOfOnePersonAreCutToTheLatest) {
  std::vector<PurchaseLine> lines;
  for (std::int32_t p = 0; p < 50; ++p) lines.push_back({0, p, {p}});
  const Baskets baskets = baskets_of(lines, 1, 50);
  EXPECT_EQ(cut_persons(baskets, {.products_a_person = 10}), 1);
  const Neighbours all = together(baskets, {.products_a_person = 10});
  EXPECT_TRUE(all.of(39).empty());
  EXPECT_EQ(all.of(45).size(), 9U);
}

TEST(Following, CountsWhatTheNextBasketHas) {
  // A then B; A then A and B; B last.
  const Baskets baskets = baskets_of(
      {{0, 0, {1}}, {0, 1, {5}}, {1, 0, {1}}, {1, 0, {3}}, {1, 1, {3}}, {2, 1, {4}}}, 3, 2);
  const Neighbours all = following(baskets, {});
  EXPECT_EQ(all.times(0), 2);
  EXPECT_EQ(all.times(1), 0);
  ASSERT_EQ(all.of(0).size(), 2U);
  EXPECT_EQ(all.of(0)[0].product, 1);
  EXPECT_FLOAT_EQ(all.of(0)[0].weight, 1);
  EXPECT_EQ(all.of(0)[1].product, 0);
  EXPECT_FLOAT_EQ(all.of(0)[1].weight, 0.5);
  EXPECT_TRUE(all.of(1).empty());
}

TEST(Neighbours, NothingBoughtIsNoNeighbour) {
  const Neighbours all = together(baskets_of({}, 0, 3), {});
  EXPECT_EQ(all.products(), 3);
  EXPECT_TRUE(all.of(2).empty());
}

TEST(DistinctProducts, AreTheLatestOnes) {
  const std::vector<Bought> lines = {{{1}, 7}, {{2}, 3}, {{3}, 7}, {{4}, 5}};
  EXPECT_EQ(distinct_products(lines, 10), (std::vector<std::int32_t>{3, 5, 7}));
  EXPECT_EQ(distinct_products(lines, 2), (std::vector<std::int32_t>{5, 7}));
}

}  // namespace
}  // namespace xinjing::behaviour
