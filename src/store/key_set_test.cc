#include "store/key_set.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace xinjing::store {
namespace {

TEST(KeySet, AgreesWithAnOrdinarySetOnRandomKeys) {
  std::mt19937_64 random(7);
  KeySet keys;
  std::set<Hash128> plain;
  for (int i = 0; i < 8000; ++i) {
    const Hash128 key{random() % 20, random() % 200};  // crowded slots, repeats, and zero
    ASSERT_EQ(keys.insert(key), plain.insert(key).second);
  }
  EXPECT_EQ(keys.size(), plain.size());
  EXPECT_TRUE(plain.contains(Hash128{}));
}

TEST(KeySet, GrowsFarBeyondWhatWasExpected) {
  KeySet keys(10);
  for (std::uint64_t i = 1; i <= 100000; ++i) ASSERT_TRUE(keys.insert({i, mix64(i)}));
  for (std::uint64_t i = 1; i <= 100000; ++i) ASSERT_FALSE(keys.insert({i, mix64(i)}));
}

}  // namespace
}  // namespace xinjing::store
