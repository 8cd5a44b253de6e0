#include "behaviour/purchases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace xinjing::behaviour {
namespace {

constexpr Day kEver{INT32_MIN};
constexpr Day kEnd{1000};

std::vector<Bought> of(const Purchases& all, std::int32_t person, Day until = kEnd) {
  const Baskets baskets = all.between(kEver, until);
  const auto lines = baskets.of(person);
  return {lines.begin(), lines.end()};
}

TEST(Purchases, ReturnTakesBackTheLatestPurchaseOfTheSameProduct) {
  const Purchases all({{0, 0, {1}, 1}, {0, 0, {5}, 1}, {0, 0, {6}, -1}, {0, 1, {5}, 1}}, 1, 2);
  EXPECT_EQ(of(all, 0), (std::vector<Bought>{{{1}, 0}, {{5}, 1}}));
  EXPECT_EQ(of(all, 0, {6}), (std::vector<Bought>{{{1}, 0}, {{5}, 0}, {{5}, 1}}))
      << "a return that is still to come is not known";
  EXPECT_EQ(all.returned_unbought(), 0);
}

TEST(Purchases, PartOfAPurchaseBroughtBackLeavesIt) {
  const Purchases all({{0, 0, {1}, 3}, {0, 0, {2}, -2}}, 1, 1);
  EXPECT_EQ(of(all, 0), (std::vector<Bought>{{{1}, 0}}));
}

TEST(Purchases, ReturnOfWhatWasNeverBoughtTakesNothingAndIsCounted) {
  const Purchases all({{0, 0, {1}, -4}, {0, 0, {2}, 1}}, 1, 1);
  EXPECT_EQ(of(all, 0), (std::vector<Bought>{{{2}, 0}}));
  EXPECT_EQ(all.returned_unbought(), 4);
}

TEST(Purchases, OrderOfLinesAndRepeatedDeliveryChangeNothing) {
  constexpr unsigned kSeed = 7;
  std::mt19937 random(kSeed);
  std::vector<PurchaseLine> lines;
  for (int i = 0; i < 400; ++i) {
    lines.push_back(
        {std::int32_t(random() % 5), std::int32_t(random() % 7), {std::int32_t(random() % 60)}, 1});
  }
  const Purchases once(lines, 5, 7);
  std::vector<PurchaseLine> twice = lines;
  twice.insert(twice.end(), lines.begin(), lines.end());
  std::shuffle(twice.begin(), twice.end(), random);
  const Purchases again(twice, 5, 7);
  for (std::int32_t person = 0; person < 5; ++person) {
    EXPECT_EQ(of(once, person), of(again, person)) << "seed " << kSeed;
  }
}

TEST(Purchases, QuantityThatIsNoNumberIsNoPurchase) {
  const Purchases all({{0, 0, {1}, 0}, {0, 0, {2}, NAN}, {0, 0, {3}, INFINITY}}, 1, 1);
  EXPECT_TRUE(of(all, 0).empty());
}

TEST(Purchases, BasketIsADay) {
  const std::vector<Bought> lines = {{{1}, 0}, {{1}, 4}, {{3}, 0}, {{3}, 2}};
  EXPECT_EQ(basket_count(lines), 2);
  EXPECT_EQ(last_basket(lines).size(), 2U);
  EXPECT_EQ(basket_count({}), 0);
  EXPECT_TRUE(last_basket({}).empty());
}

}  // namespace
}  // namespace xinjing::behaviour
